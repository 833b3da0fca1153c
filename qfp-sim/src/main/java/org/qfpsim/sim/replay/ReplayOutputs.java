package org.qfpsim.sim.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.capture.PcapngWriter;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Egress;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.capture.LinkType;
import org.qfpsim.sim.capture.OutputFile;
import org.qfpsim.sim.router.Router;

/**
 * The files that a replay writes. They appear under their names when {@link #commit} is called, each of them whole: one that could not be
 * written does not keep the others from it. Without {@code commit} none appears.
 */
final class ReplayOutputs implements AutoCloseable {
    private static final String APPLICATION = "qfp-sim";

    private final List<Output> outputs = new ArrayList<>();
    private final List<CommitObserver> observers = new ArrayList<>();
    private final @Nullable FrameHistory history;
    private final @Nullable VerdictLog verdicts;
    private final @Nullable ForwardCapture forwarded;
    private final @Nullable Output report;

    /**
     * What the user calls the files.
     *
     * @param verdicts verdicts as JSON lines, or null.
     * @param out      forwarded packets, or null.
     * @param drops    dropped frames, or null.
     * @param json     the report, or null.
     */
    record Names(@Nullable String verdicts, @Nullable String out, @Nullable String drops, @Nullable String json) {
        /** Whether one of them is standard output. */
        boolean useStandardOutput() {
            return Stream.of(verdicts, out, drops, json).filter(Objects::nonNull).anyMatch(OutputFile::isStandardOutput);
        }
    }

    /** A file and whether writing it has failed. */
    private record Output(OutputFile file, FirstFailure failure) {
    }

    /**
     * Opens what was asked for.
     *
     * @param names    the files.
     * @param token    how drops are spelled.
     * @param inFlight most frames between being offered and being committed.
     * @throws InputException if a file cannot be written.
     */
    ReplayOutputs(final Names names, final EngineToken token, final int inFlight) {
        try {
            verdicts = names.verdicts == null ? null : verdictLog(open(names.verdicts), token);
            history = names.drops == null ? null : new FrameHistory(inFlight);
            if (names.drops != null && history != null) {
                observers.add(dropCapture(open(names.drops), history, token));
            }
            forwarded = names.out == null ? null : forwardCapture(open(names.out));
            report = names.json == null ? null : open(names.json);
        } catch (final IOException e) {
            close();
            throw new InputException(String.valueOf(e.getMessage()), e);
        } catch (final InputException e) {
            close();
            throw e;
        }
        if (verdicts != null) {
            observers.add(verdicts);
        }
    }

    private Output open(final String name) {
        final Output output = new Output(OutputFile.create(name), new FirstFailure());
        outputs.add(output);
        return output;
    }

    private static VerdictLog verdictLog(final Output output, final EngineToken token) {
        return new VerdictLog(output.file.stream(), token, output.failure);
    }

    private static DropCapture dropCapture(final Output output, final FrameHistory history, final EngineToken token) throws IOException {
        return new DropCapture(new PcapngWriter(output.file.stream(), APPLICATION), history, token, output.failure);
    }

    private static ForwardCapture forwardCapture(final Output output) throws IOException {
        final PcapngWriter writer = new PcapngWriter(output.file.stream(), APPLICATION);
        return new ForwardCapture(writer, writer.addInterface(LinkType.RAW.number(), "output"), output.failure);
    }

    /** Who is told about verdicts. */
    CommitObserver observer() {
        return switch (observers.size()) {
            case 0 -> CommitObserver.NONE;
            case 1 -> observers.getFirst();
            default -> new Observers(List.copyOf(observers));
        };
    }

    /** Where packets leave. */
    Egress egress() {
        return forwarded != null ? forwarded : (buffer, offset, length, nanos) -> true;
    }

    /** The names of the SAs. */
    void start(final Router router) {
        if (verdicts != null) {
            verdicts.sas(router.inbound());
        }
    }

    /** Keeps a frame that is about to be offered. */
    void remember(final byte[] frame, final int length) {
        if (history != null) {
            history.add(frame, length);
        }
    }

    /** Whether all files can still be written. */
    boolean healthy() {
        return outputs.stream().allMatch(output -> output.failure.get() == null);
    }

    /** Whether the report is asked for. */
    boolean wantReport() {
        return report != null;
    }

    /** Writes the report, if it was asked for. */
    void writeReport(final Map<String, Object> content) {
        if (report != null) {
            report.failure.attempt(() -> report.file.writeJson(content));
        }
    }

    /** Gives their names to the files that could be written. */
    void commit() {
        outputs.forEach(output -> output.failure.attempt(output.file::commit));
    }

    /**
     * Looks whether writing went well.
     *
     * @throws InputException what the first write that failed said.
     */
    void check() {
        for (final Output output : outputs) {
            final InputException failure = output.failure.get();
            if (failure != null) {
                throw failure;
            }
        }
    }

    /** Deletes what was not committed. */
    @Override
    public void close() {
        outputs.forEach(output -> output.file.close());
    }
}

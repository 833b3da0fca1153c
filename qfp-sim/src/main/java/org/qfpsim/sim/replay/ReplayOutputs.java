package org.qfpsim.sim.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.Egress;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.capture.LinkType;
import org.qfpsim.sim.capture.OutputFile;
import org.qfpsim.sim.capture.PcapngWriter;
import org.qfpsim.sim.router.Router;

/**
 * The files that a replay writes while it runs. They appear under their names when {@link #commit} is called, all of them whole; without it
 * none does.
 */
final class ReplayOutputs implements AutoCloseable {
    private static final String APPLICATION = "qfp-sim";

    private final List<OutputFile> files = new ArrayList<>();
    private final List<CommitObserver> observers = new ArrayList<>();
    private final @Nullable FrameHistory history;
    private final @Nullable VerdictLog verdicts;
    private final FirstFailure failure = new FirstFailure();
    private final @Nullable ForwardCapture forwarded;

    /**
     * Opens what was asked for.
     *
     * @param verdictsFile name, or null.
     * @param outFile      name, or null.
     * @param dropsFile    name, or null.
     * @param token        how drops are spelled.
     * @param inFlight     most frames between being offered and being committed.
     * @throws InputException if a file cannot be written.
     */
    ReplayOutputs(final @Nullable String verdictsFile, final @Nullable String outFile, final @Nullable String dropsFile,
                  final EngineToken token, final int inFlight) {
        try {
            verdicts = verdictsFile == null ? null : new VerdictLog(open(verdictsFile).stream(), token, failure);
            history = dropsFile == null ? null : new FrameHistory(inFlight);
            if (dropsFile != null && history != null) {
                observers.add(new DropCapture(new PcapngWriter(open(dropsFile).stream(), APPLICATION), history, token, failure));
            }
            forwarded = outFile == null ? null : forwardCapture(open(outFile));
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

    private OutputFile open(final String name) {
        final OutputFile file = OutputFile.create(name);
        files.add(file);
        return file;
    }

    private ForwardCapture forwardCapture(final OutputFile file) throws IOException {
        final PcapngWriter writer = new PcapngWriter(file.stream(), APPLICATION);
        return new ForwardCapture(writer, writer.addInterface(LinkType.RAW, "output"), failure);
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

    /**
     * Looks whether writing still works.
     *
     * @throws InputException what the first write that failed said.
     */
    void check() {
        failure.check();
    }

    /**
     * Gives the files their names.
     *
     * @throws InputException if something could not be written; then no file appears.
     */
    void commit() {
        check();
        files.forEach(OutputFile::commit);
    }

    @Override
    public void close() {
        files.forEach(OutputFile::close);
    }
}

package org.qfpsim.sim.net;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Notes what arrives and when, sends what it is told, and can answer each frame after a while. */
final class Recorder implements Node {
    final List<Arrival> arrivals = new ArrayList<>();
    final List<Boolean> carrier = new ArrayList<>();
    final List<Long> wakes = new ArrayList<>();
    private final String name;
    private final long answerAfter;
    private Wire wire;
    private Consumer<String> log;
    private long now;

    record Arrival(int interfaceIndex, long nanos, byte[] frame) {
    }

    Recorder(final String name) {
        this(name, 0);
    }

    /** Logs and sends back each frame that long after it came; 0: never. */
    Recorder(final String name, final long answerAfter) {
        this.name = name;
        this.answerAfter = answerAfter;
    }

    /** A frame of some octets whose first behind the header says which it is. */
    static byte[] frame(final int number, final int length) {
        final byte[] frame = new byte[length];
        frame[5] = 2;
        frame[11] = 1;
        frame[14] = (byte) (number >>> 8);
        frame[15] = (byte) number;
        return frame;
    }

    static int number(final byte[] frame) {
        return (frame[14] & 0xff) << 8 | frame[15] & 0xff;
    }

    void send(final int interfaceIndex, final byte[] frame) {
        wire.send(interfaceIndex, new UnsafeBuffer(frame), 0, frame.length);
    }

    void wakeAt(final long nanos) {
        wakes.add(nanos);
    }

    List<Integer> numbers() {
        return arrivals.stream().map(arrival -> number(arrival.frame())).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> interfaces() {
        return List.of("a", "b");
    }

    @Override
    public void connect(final Wire toNetwork) {
        wire = toNetwork;
    }

    @Override
    public void carrier(final int interfaceIndex, final boolean up) {
        carrier.add(up);
    }

    @Override
    public void receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        if (length == 1) {
            throw new IllegalStateException("a frame of one octet");
        }
        final byte[] copy = new byte[length];
        frame.getBytes(offset, copy);
        arrivals.add(new Arrival(interfaceIndex, nanos, copy));
        if (answerAfter > 0) {
            wakes.add(nanos + answerAfter);
        }
    }

    @Override
    public long nextDeadline() {
        return wakes.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public int advance(final long nanos) {
        now = nanos;
        final int before = wakes.size();
        wakes.removeIf(wake -> wake <= nanos);
        for (int i = wakes.size(); i < before && !arrivals.isEmpty(); i++) {
            log.accept(name + " answers at " + now);
            send(0, arrivals.getLast().frame());
        }
        return before - wakes.size();
    }

    @Override
    public String execute(final String commandLine) {
        return "at " + now + ": " + commandLine;
    }

    @Override
    public void crash() {
        arrivals.clear();
    }

    @Override
    public void restart(final long nanos) {
        now = nanos;
    }

    @Override
    public void onLog(final Consumer<String> listener) {
        log = listener;
    }

    @Override
    public OptionalLong counter(final String counter) {
        return "arrivals".equals(counter) ? OptionalLong.of(arrivals.size()) : OptionalLong.empty();
    }

    @Override
    public void close() {
        wakes.clear();
    }
}

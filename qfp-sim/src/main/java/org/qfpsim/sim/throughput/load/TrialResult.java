package org.qfpsim.sim.throughput.load;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a trial. Its members are those of the JSON object.
 *
 * @param purpose        what it was made for.
 * @param load           packets a second that were meant to be offered.
 * @param seconds        meant duration.
 * @param offered        frames that were offered.
 * @param offeredSeconds from the first frame's time to when the last was sent.
 * @param forwarded      packets that left.
 * @param lost           frames without an outcome that they were made for: offered less forwarded, less those that were made to be dropped.
 * @param sent           frames by kind.
 * @param drops          drops by reason, also the intended ones.
 * @param latestNanos    the most that a frame was sent behind its time.
 * @param starved        frames that were not ready when they were due, and had to be encrypted first.
 * @param stolenMillis   time that the hypervisor took from this machine's processors; -1 if it does not say.
 * @param clockMillis    how far the wall clock moved against the monotonic one.
 * @param latency        of forwarded packets, if it was recorded.
 * @param utilization    share of the time that parts of a modelled device were busy, percent, by part; empty for a real one.
 * @param samples        counters during a trial of more than a second.
 * @param conservation   empty, or what does not add up.
 * @param discarded      empty, or why the trial does not count.
 */
public record TrialResult(String purpose, double load, double seconds, long offered, double offeredSeconds, long forwarded, long lost,
                          Map<String, Long> sent, Map<String, Long> drops, long latestNanos, long starved, long stolenMillis,
                          long clockMillis, @Nullable Latency latency,
                          Map<String, Double> utilization, List<Sample> samples, String conservation, String discarded) {
    /** Lost frames of all. */
    public double lossRatio() {
        return offered == 0 ? 1 : (double) lost / offered;
    }

    /** Packets a second that were offered. */
    public double offeredRate() {
        return offeredSeconds <= 0 ? 0 : offered / offeredSeconds;
    }

    /** Packets a second that were forwarded. */
    public double forwardedRate() {
        return offeredSeconds <= 0 ? 0 : forwarded / Math.max(seconds, offeredSeconds);
    }

    /** Lost packets of those that were made to be forwarded, as far as it can be told from the counters. */
    public double goodLossRatio() {
        final long good = count(PacketKind.GOOD) + count(PacketKind.PLAIN) + count(PacketKind.FRAGMENT) / 2;
        return good == 0 ? 0 : Math.max(0, (double) (good - forwarded) / good);
    }

    private long count(final PacketKind kind) {
        return sent.getOrDefault(kind.key(), 0L);
    }

    /** Whether it counts. */
    public boolean counts() {
        return discarded.isEmpty();
    }

    /**
     * The same with a reason not to count.
     *
     * @param reason why.
     * @return a copy.
     */
    public TrialResult discard(final String reason) {
        return new TrialResult(purpose, load, seconds, offered, offeredSeconds, forwarded, lost, sent, drops, latestNanos, starved,
            stolenMillis, clockMillis, latency, utilization, samples, conservation, reason);
    }
}

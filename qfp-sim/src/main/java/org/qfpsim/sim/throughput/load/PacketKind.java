package org.qfpsim.sim.throughput.load;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.sim.InputException;

/** What a generated frame is, and how the router must count it. */
public enum PacketKind {
    /** ESP of an SA that the router has, with the next sequence number. */
    GOOD("good", null),
    /** ESP of an SA that the router does not have. */
    UNKNOWN_SPI("unknown-spi", IpsecDrop.IN_US_V4_PKT_SA_NOT_FOUND_SPI),
    /** Good but for the last octet. */
    BAD_ICV("bad-icv", IpsecDrop.IN_MAC_EXCEPTION),
    /** A copy of the packet before. */
    REPLAYED("replayed", IpsecDrop.IN_ANTI_REPLAY_FAIL),
    /** A packet whose sequence number the window has left behind. */
    LATE("late", IpsecDrop.IN_ANTI_REPLAY_FAIL),
    /** Not encrypted, though the policy asks for it. */
    CLEAR("clear", IpsecDrop.IN_TRANS_CL_V4_PKT_FAILED_POLICY),
    /** Not encrypted, and the policy lets it pass. */
    PLAIN("plain", null),
    /** Good ESP in two fragments, which are two frames. */
    FRAGMENT("fragments", null);

    private final String key;
    private final @Nullable IpsecDrop drop;

    PacketKind(final String key, final @Nullable IpsecDrop drop) {
        this.key = key;
        this.drop = drop;
    }

    /** Its name in options and files. */
    public String key() {
        return key;
    }

    /** What drops it; null if it is to be forwarded. */
    public @Nullable IpsecDrop drop() {
        return drop;
    }

    /**
     * Finds a kind.
     *
     * @param key as {@link #key}.
     * @return the kind.
     * @throws InputException naming those that exist.
     */
    public static PacketKind parse(final String key) {
        return Arrays.stream(values()).filter(kind -> kind.key.equals(key)).findFirst().orElseThrow(() -> new InputException(
            "--mix: '" + key + "' is no kind of packet; use "
                + Arrays.stream(values()).map(PacketKind::key).collect(Collectors.joining(", "))));
    }
}

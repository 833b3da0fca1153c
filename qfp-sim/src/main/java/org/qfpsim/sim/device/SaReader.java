package org.qfpsim.sim.device;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.sim.InputException;

/** Reads one list of SAs of a device file and sees that they can be told apart. */
final class SaReader {
    private static final Map<String, EspSuite.Cipher> CIPHERS =
        Stream.of(EspSuite.Cipher.values()).collect(Collectors.toMap(EspSuite.Cipher::id, c -> c));
    private static final Map<String, EspSuite.Auth> AUTHS =
        Stream.of(EspSuite.Auth.values()).collect(Collectors.toMap(EspSuite.Auth::id, a -> a));
    private static final Map<String, SaSpec.Mode> MODES = Map.of("tunnel", SaSpec.Mode.TUNNEL, "transport", SaSpec.Mode.TRANSPORT);
    private static final int NAT_T_PORT = 4500;
    private static final int MAX_PORT = 65535;
    /** A hundred years: keeps nanoseconds within 64 bits. */
    private static final long MAX_SECONDS = 100L * 366 * 86400;

    private final int defaultWindow;
    private final Map<String, String> pathByDestinationAndSpi = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    SaReader(final int defaultWindow) {
        this.defaultWindow = defaultWindow;
    }

    /** The names of the SAs read so far. */
    Set<String> names() {
        return names;
    }

    SaSpec read(final JsonCursor sa) {
        sa.object(DeviceFields.SA);
        if (sa.has("proto") && !sa.at("proto").text().equals("esp")) {
            throw sa.at("proto").error(Shown.value(sa.at("proto").text()) + " is not supported; use esp");
        }
        final int spi = (int) sa.at("spi").unsigned(32);
        if (spi == 0) {
            throw sa.at("spi").error("0 never is on the wire (RFC 4303 section 2.1)");
        }
        final IpAddress source = address(sa.at("src"));
        final IpAddress destination = address(sa.at("dst"));
        if (source.v6() != destination.v6()) {
            throw sa.at("dst").error(destination + " and src " + source + " are of different families");
        }
        final String name = sa.has("name") ? sa.at("name").text() : DeviceConfig.saName(spi, destination);
        unique(sa, name, spi, destination);
        final boolean esn = sa.bool("esn", false);
        final Keying keying = keying(sa);
        return new SaSpec(name, spi, source, destination, sa.has("mode") ? sa.at("mode").choice(MODES) : SaSpec.Mode.TUNNEL,
            keying.suite(), keying.keys(), esn, window(sa, esn), initialSequence(sa, esn), udpEncap(sa), selectors(sa), lifetime(sa));
    }

    static IpAddress address(final JsonCursor value) {
        return value.parsed(IpAddress::parse, "an address such as 20.1.1.2 or 2001:db8::1");
    }

    /** 0 or a power of two. */
    static int window(final JsonCursor value) {
        final int window = (int) value.integer(Integer.MAX_VALUE);
        if (window != 0 && (window < 64 || window > SaSpec.MAX_REPLAY_WINDOW || Integer.bitCount(window) != 1)) {
            throw value.error(window + " is not 0 (off) or a power of two within 64 to " + SaSpec.MAX_REPLAY_WINDOW);
        }
        return window;
    }

    private int window(final JsonCursor sa, final boolean esn) {
        final int window = sa.has("replay_window") ? window(sa.at("replay_window")) : defaultWindow;
        if (esn && window == 0) {
            throw sa.place("replay_window").error("0 does not go with esn: the receiver needs a window to infer the high half "
                + "(RFC 4303 section 3.3.3)");
        }
        return window;
    }

    private void unique(final JsonCursor sa, final String name, final int spi, final IpAddress destination) {
        final String other = pathByDestinationAndSpi.putIfAbsent(DeviceConfig.saName(spi, destination), sa.path());
        if (other != null) {
            throw sa.at("spi").error("0x%08x towards %s is the SA %s already; give each SA its own SPI".formatted(spi, destination, other));
        }
        if (!names.add(name)) {
            throw sa.place("name").error(Shown.value(name) + " is the name of another SA already");
        }
    }

    private static Keying keying(final JsonCursor sa) {
        final EspSuite.Cipher cipher = sa.at("cipher").choice(CIPHERS);
        final EspSuite.Auth auth = sa.has("auth") ? sa.at("auth").choice(AUTHS) : EspSuite.Auth.NONE;
        final EspKeys keys = new EspKeys(sa.secret("key"), sa.secret("salt"), sa.secret("authkey"));
        return Keying.of(cipher, auth, (int) sa.integer("icv_len", Keying.ANY_ICV, 255), keys, (part, problem) -> error(sa, part, problem));
    }

    private static InputException error(final JsonCursor sa, final Keying.Part part, final String problem) {
        return sa.place(switch (part) {
            case KEY -> "key";
            case SALT -> "salt";
            case ICV -> "icv_len";
            case AUTH -> "auth";
            case AUTH_KEY -> "authkey";
        }).error(problem);
    }

    private static long initialSequence(final JsonCursor sa, final boolean esn) {
        if (!sa.has("initial_top")) {
            return 0;
        }
        final JsonCursor value = sa.at("initial_top");
        final long top = value.unsigned(64);
        if (!esn && top >>> 32 != 0) {
            throw value.error("0x" + Long.toHexString(top) + " has more than 32 bits; set esn or correct it");
        }
        return top;
    }

    private static SaSpec.@Nullable UdpEncap udpEncap(final JsonCursor sa) {
        final int sourcePort = (int) sa.integer("udp_sport", NAT_T_PORT, MAX_PORT);
        final int destinationPort = (int) sa.integer("udp_dport", NAT_T_PORT, MAX_PORT);
        return sa.bool("udpencap", false) ? new SaSpec.UdpEncap(sourcePort, destinationPort) : null;
    }

    private static List<TrafficSelector> selectors(final JsonCursor sa) {
        final List<JsonCursor> selectors = sa.has("selectors") && sa.at("selectors").node().isObject()
            ? List.of(sa.at("selectors"))
            : sa.elements("selectors");
        return selectors.stream().map(s -> SelectorReader.read(s.object(DeviceFields.SELECTOR))).toList();
    }

    private static SaSpec.Lifetime lifetime(final JsonCursor sa) {
        final long seconds = sa.integer("lifetime_hard_seconds", 0, MAX_SECONDS);
        return new SaSpec.Lifetime(sa.integer("lifetime_soft_bytes", 0, Long.MAX_VALUE),
            sa.integer("lifetime_hard_bytes", 0, Long.MAX_VALUE), seconds == 0 ? Long.MAX_VALUE : seconds * 1_000_000_000L);
    }
}

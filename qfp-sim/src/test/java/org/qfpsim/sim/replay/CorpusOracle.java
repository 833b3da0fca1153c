package org.qfpsim.sim.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.sim.capture.CaptureReader;

/** Says what must become of each frame of the corpus, and whether a verdict is that. */
final class CorpusOracle {
    private static final Map<String, Set<Integer>> DROPS_OF_EITHER_FAMILY = Map.of("ICV_FAIL", Set.of(62), "REPLAY_DUP", Set.of(19),
        "REPLAY_OLD", Set.of(19), "BAD_TRAILER", Set.of(76), "PAD_CONTENT", Set.of(76), "BAD_LENGTH", Set.of(20), "BAD_NEXT_HEADER", Set.of(65),
        "BAD_INNER", Set.of(89, 65), "ENCAP_MISMATCH", Set.of(63), "FRAGMENT", Set.of(70));
    private static final Set<Integer> BAD_IP = Set.of(6, 10, 11, 16);
    private static final Set<Integer> NOT_EVEN_ESP = Set.of(6, 11, 16);

    private final JsonNode oracle;
    private final List<Outer> frames = new ArrayList<>();
    private final Map<String, Integer> innerFamily = new HashMap<>();

    /** The outer IP header: its version, 0 without one, and whether its destination is the device. */
    private record Outer(int version, boolean forUs) {
    }

    CorpusOracle() throws IOException {
        oracle = TestFiles.json("corpus/oracle.json.gz");
        final JsonNode keys = TestFiles.json("corpus/keys.json");
        keys.get("sas").forEach(sa -> innerFamily.put(sa.get("name").asText(), sa.get("inner_family").asInt()));
        final Set<IpAddress> ours = new HashSet<>();
        keys.get("device").get("ipv4").forEach(address -> ours.add(IpAddress.parse(address.asText())));
        keys.get("device").get("ipv6").forEach(address -> ours.add(IpAddress.parse(address.asText())));
        try (CaptureReader reader = new CaptureReader(new ByteArrayInputStream(TestFiles.resource("corpus/corpus.pcap")), "corpus.pcap")) {
            while (reader.next()) {
                frames.add(outer(reader.data(), reader.capturedLength(), ours));
            }
        }
    }

    private static Outer outer(final byte[] frame, final int length, final Set<IpAddress> ours) {
        final boolean tagged = u16(frame, 12) == 0x8100;
        final int ip = tagged ? 18 : 14;
        return switch (u16(frame, ip - 2)) {
            case 0x0800 -> new Outer(4, length >= ip + 20 && ours.contains(new IpAddress(false, 0, word(frame, ip + 16, 4))));
            case 0x86dd -> new Outer(6,
                length >= ip + 40 && ours.contains(new IpAddress(true, word(frame, ip + 24, 8), word(frame, ip + 32, 8))));
            default -> new Outer(0, false);
        };
    }

    private static int u16(final byte[] frame, final int at) {
        return (int) word(frame, at, 2);
    }

    private static long word(final byte[] frame, final int at, final int octets) {
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | frame[at + i] & 0xff;
        }
        return value;
    }

    /** What is said about each frame, in order. */
    JsonNode packets() {
        return oracle.get("packets");
    }

    /** The highest authenticated sequence number of each SA after the last frame, by the SA's name. */
    Map<String, String> finalReplayTop() {
        final Map<String, String> tops = new HashMap<>();
        oracle.get("final_replay_top").properties().forEach(top -> tops.put(top.getKey(), top.getValue().asText()));
        return tops;
    }

    /** What is wrong with the verdicts, a line for each frame. */
    List<String> complaints(final List<JsonNode> verdicts) {
        final List<String> complaints = new ArrayList<>();
        if (verdicts.size() != packets().size()) {
            complaints.add(verdicts.size() + " verdicts for " + packets().size() + " frames");
        }
        for (int i = 0; i < Math.min(verdicts.size(), packets().size()); i++) {
            if (!accepts(verdicts.get(i), packets().get(i))) {
                complaints.add(verdicts.get(i) + " is not as in " + packets().get(i));
            }
        }
        return complaints;
    }

    private boolean accepts(final JsonNode verdict, final JsonNode packet) {
        if (verdict.get("n").asInt() != packet.get("n").asInt()) {
            return false;
        }
        if (accepts(packet.get("outcome").asText(), verdict, packet)) {
            return true;
        }
        for (final JsonNode other : packet.path("also_acceptable")) {
            if (accepts(other.asText(), verdict, packet)) {
                return true;
            }
        }
        return false;
    }

    private boolean accepts(final String outcome, final JsonNode verdict, final JsonNode packet) {
        final String kind = verdict.get("verdict").asText();
        return switch (outcome) {
            case "OK" -> packet.has("frag_group") ? reassembled(verdict, packet) : kind.equals("FORWARD") && opened(verdict, packet);
            case "CLEAR_PASS" -> kind.equals("FORWARD") && !verdict.has("sa");
            case "PUNT_OPTIONS" -> kind.equals("PUNT");
            case "PUNT_IKE" -> kind.equals("PUNT") && verdict.get("cause").asInt() == 55;
            case "NON_IP" -> kind.equals("PUNT") && verdict.get("cause").asInt() == 7;
            case "DUMMY" -> kind.equals("CONSUME") && verdict.get("why").asText().equals("dummy");
            case "NATT_KEEPALIVE" -> kind.equals("CONSUME") && verdict.get("why").asText().equals("nat-keepalive");
            case "BAD_IP" -> dropped(verdict, "global", BAD_IP);
            case "RUNT", "TRUNCATED" -> dropped(verdict, "global", NOT_EVEN_ESP)
                || kind.equals("DROP") && verdict.get("table").asText().equals("ipsec") && underIpsecInput(verdict);
            default -> dropped(verdict, "ipsec", ipsecDrops(outcome, packet)) && underIpsecInput(verdict);
        };
    }

    private Set<Integer> ipsecDrops(final String outcome, final JsonNode packet) {
        final Outer outer = frames.get(packet.get("n").asInt() - 1);
        final boolean v6 = outer.version == 6;
        return switch (outcome) {
            case "SA_NOT_FOUND", "AH_UNSUPPORTED" -> Set.of(v6 ? 12 : 4);
            case "NOT_FOR_US" -> Set.of(v6 ? 14 : 7);
            case "CLEARTEXT_POLICY" -> Set.of(outer.forUs ? v6 ? 15 : 8 : v6 ? 14 : 6);
            case "POLICY_INNER" -> Set.of(innerFamily.get(packet.get("sa").asText()) == 6 ? 31 : 30);
            default -> DROPS_OF_EITHER_FAMILY.get(outcome);
        };
    }

    private static boolean dropped(final JsonNode verdict, final String table, final Set<Integer> ids) {
        return verdict.get("verdict").asText().equals("DROP") && verdict.get("table").asText().equals(table)
            && ids.contains(verdict.get("id").asInt());
    }

    private static boolean underIpsecInput(final JsonNode verdict) {
        return verdict.get("global").asText().equals("IpsecInput") && verdict.get("global_id").asInt() == 56;
    }

    private static boolean opened(final JsonNode verdict, final JsonNode packet) {
        return verdict.get("inner").equals(packet.get("inner")) && verdict.get("sa").equals(packet.get("sa"))
            && Long.parseUnsignedLong(verdict.get("seq").asText().substring(2), 16)
            == Long.parseUnsignedLong(packet.get("seq").asText().substring(2), 16)
            && Long.decode(verdict.get("spi").asText()).equals(Long.decode(packet.get("spi").asText()))
            && (!packet.has("inner_ecn_after") || verdict.get("ecn").equals(packet.get("inner_ecn_after")));
    }

    /** A fragment is consumed and names the frame that completes it; that one carries the datagram. */
    private boolean reassembled(final JsonNode verdict, final JsonNode packet) {
        final int completing = completing(packet.get("frag_group").asInt());
        return packet.get("n").asInt() == completing
            ? verdict.get("verdict").asText().equals("FORWARD") && verdict.get("inner").equals(packet.get("reassembled_inner"))
            : verdict.get("verdict").asText().equals("CONSUME") && verdict.get("group").asInt() == completing;
    }

    private int completing(final int group) {
        int last = 0;
        for (final JsonNode packet : packets()) {
            if (packet.path("frag_group").asInt() == group) {
                last = packet.get("n").asInt();
            }
        }
        return last;
    }
}

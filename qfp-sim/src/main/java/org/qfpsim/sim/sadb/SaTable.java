package org.qfpsim.sim.sadb;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qfpsim.controlplane.sadb.SaRecord;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Records of SAs for people and for programs. Keys only when they are asked for. */
final class SaTable {
    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final String ROW = "%-15s %-3s %-10s %-10s %-15s %-9s %-8s %-14s %s";

    private SaTable() {
    }

    static List<String> lines(final List<SaRecord> records, final boolean keys) {
        final List<String> lines = new ArrayList<>();
        if (!records.isEmpty()) {
            lines.add("");
            lines.add(ROW.formatted("Local", "Dir", "Our SPI", "Peer SPI", "Peer", "State", "By", "Policy", "Suite"));
        }
        for (final SaRecord sa : records) {
            lines.add(ROW.formatted(sa.path().local(), direction(sa), spi(sa.inboundSpi()), spi(sa.outboundSpi()), sa.path().remote(),
                lower(sa.status().state().name()), origin(sa), sa.policy(), sa.suite().text()));
            lines.add("    " + lower(sa.mode().name()) + " " + selector(sa.selector()) + "; since " + time(sa.life().createdNanos())
                + (sa.life().hardNanos() == Long.MAX_VALUE ? "" : " until " + time(sa.life().hardNanos()))
                + (sa.status().reason().isEmpty() ? "" : "; " + sa.status().reason()));
            if (keys) {
                lines.add("    key " + hex(sa.keys().key()) + " salt " + hex(sa.keys().salt()) + " authkey " + hex(sa.keys().authKey()));
            }
        }
        return lines;
    }

    static Map<String, Object> map(final SaRecord sa, final boolean keys) {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("direction", direction(sa));
        map.put("local", sa.path().local().toString());
        map.put("local_port", sa.path().localPort());
        map.put("remote", sa.path().remote().toString());
        map.put("remote_port", sa.path().remotePort());
        map.put("udp", sa.udp());
        map.put("our_spi", spi(sa.inboundSpi()));
        map.put("peer_spi", spi(sa.outboundSpi()));
        map.put("suite", sa.suite().name());
        map.put("mode", lower(sa.mode().name()));
        map.put("esn", sa.esn());
        map.put("replay_window", sa.replayWindow());
        map.put("sequence", Long.toUnsignedString(sa.sequence()));
        map.put("selector", selector(sa.selector()));
        map.put("seconds", sa.life().seconds());
        map.put("kilobytes", sa.life().kilobytes());
        map.put("created", time(sa.life().createdNanos()));
        map.put("soft", time(sa.life().softNanos()));
        map.put("hard", time(sa.life().hardNanos()));
        map.put("identity", sa.identity() == null ? "" : sa.identity().text());
        map.put("by", origin(sa));
        map.put("replaces", sa.origin().replaces() == null ? "" : spi(sa.origin().replaces()));
        map.put("policy", sa.policy());
        map.put("state", lower(sa.status().state().name()));
        map.put("changed", time(sa.status().changedNanos()));
        map.put("reason", sa.status().reason());
        if (keys) {
            map.put("key", hex(sa.keys().key()));
            map.put("salt", hex(sa.keys().salt()));
            map.put("authkey", hex(sa.keys().authKey()));
        }
        return map;
    }

    private static String direction(final SaRecord sa) {
        return sa.direction() == SaRecord.Direction.INBOUND ? "in" : "out";
    }

    private static String origin(final SaRecord sa) {
        final SaRecord.Origin origin = sa.origin();
        return origin.ikeVersion() == 0 ? "manual" : "ikev" + origin.ikeVersion() + (origin.initiator() ? " I" : " R");
    }

    private static String selector(final TrafficSelector selector) {
        final String protocol = selector.protocol() == TrafficSelector.ANY_PROTOCOL ? "" : " protocol " + selector.protocol();
        return selector.source() + ports(selector.sourcePortLow(), selector.sourcePortHigh()) + " to " + selector.destination()
            + ports(selector.destinationPortLow(), selector.destinationPortHigh()) + protocol;
    }

    private static String ports(final int low, final int high) {
        return low == 0 && high == 65535 ? "" : " port " + low + (low == high ? "" : "-" + high);
    }

    private static String time(final long nanos) {
        return nanos == Long.MAX_VALUE ? "never"
            : Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS_A_SECOND)).toString();
    }

    private static String spi(final int spi) {
        return "0x%08X".formatted(spi);
    }

    private static String hex(final byte[] octets) {
        return octets.length == 0 ? "-" : HexFormat.of().formatHex(octets);
    }

    private static String lower(final String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

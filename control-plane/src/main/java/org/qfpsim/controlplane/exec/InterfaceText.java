package org.qfpsim.controlplane.exec;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.TunnelConfig;
import org.qfpsim.controlplane.exec.Interfaces.Entry;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.InterfaceAddress;
import org.qfpsim.datapath.route.PortCounters.Column;
import org.qfpsim.datapath.route.TunnelSpec;

/** One interface as {@code show interfaces} prints it. Errors that cannot happen to a port here are zero. */
final class InterfaceText {
    private static final long KILO = 1000;
    private static final int FULL_LOAD = 255;
    /** What the platform takes for the MTU of a tunnel: this, less what the tunnel's headers are taken for. */
    private static final int TUNNEL_ROOM = 10_000;
    private static final int GRE = 24;
    private static final int GRE_KEY = 4;
    private static final int VTI = 62;

    private final Box box;
    private final Entry entry;
    private final InterfaceStatistics statistics;
    private final StringBuilder text = new StringBuilder(2048);

    InterfaceText(final Box box, final Entry entry) {
        this.box = box;
        this.entry = entry;
        statistics = box.statistics();
    }

    private void line(final String form, final @Nullable Object... values) {
        text.append(String.format(Locale.ROOT, form, values)).append('\n');
    }

    private long count(final Column column) {
        return statistics.count(entry.index(), column);
    }

    /** All lines. */
    String text() {
        line("%s is %s, line protocol is %s ", entry.name(), entry.status(), entry.protocol());
        switch (entry.config().kind()) {
            case LOOPBACK -> loopback();
            case TUNNEL -> tunnel();
            case GIGABIT_ETHERNET, TEN_GIGABIT_ETHERNET -> ethernet();
        }
        traffic();
        return text.toString();
    }

    private void ethernet() {
        final boolean ten = entry.config().kind() == InterfaceConfig.Kind.TEN_GIGABIT_ETHERNET;
        line("  Hardware is %s, address is %s (bia %s)", Hardware.ports(box.config().simulator().platform(), ten), entry.spec().mac(),
            entry.spec().mac());
        head();
        numbers(entry.config().mtu(), 10, "ARPA");
        line("  Keepalive not supported ");
        line(ten ? "  Full Duplex, 10000Mbps, link type is force-up, media type is 10GBase-SR"
            : "  Full Duplex, 1000Mbps, link type is auto, media type is T");
        line("  output flow-control is off, input flow-control is off");
        line("  ARP type: ARPA, ARP Timeout 04:00:00");
    }

    private void loopback() {
        line("  Hardware is Loopback");
        head();
        numbers(entry.spec().mtu(), 5000, "LOOPBACK");
        line("  Keepalive set (10 sec)");
    }

    private void tunnel() {
        final TunnelConfig tunnel = entry.config().tunnel();
        final TunnelConfig config = tunnel == null ? TunnelConfig.NEW : tunnel;
        final Long key = config.key();
        line("  Hardware is Tunnel");
        head();
        numbers(TUNNEL_ROOM - (config.mode().gre() ? GRE + (key == null ? 0 : GRE_KEY) : VTI), 50_000, "TUNNEL");
        line("  Keepalive not set");
        line("  Tunnel linestate evaluation %s", entry.protocol());
        final TunnelSpec spec = entry.spec().tunnel();
        final IpAddress source = spec == null ? config.sourceAddress() : spec.source();
        line("  Tunnel source %s%s%s", source == null ? config.sourceInterface() == null ? "UNKNOWN" : "0.0.0.0" : upper(source),
            config.sourceInterface() == null ? "" : " (" + config.sourceInterface() + ")",
            config.destination() == null ? config.mode() == TunnelConfig.Mode.GRE_IP ? ", destination UNKNOWN" : ""
                : ", destination " + upper(config.destination()));
        line("  Tunnel protocol/transport %s", switch (config.mode()) {
            case GRE_IP -> "GRE/IP";
            case GRE_MULTIPOINT -> "multi-GRE/IP";
            case IPSEC_IPV4 -> "IPSEC/IP";
            case IPSEC_IPV6 -> "IPSEC/IPV6";
        });
        if (config.mode().gre()) {
            line("    Key %s, sequencing disabled", key == null ? "disabled" : "0x" + Long.toHexString(key).toUpperCase(Locale.ROOT));
            line("    Checksumming of packets disabled");
        }
        line("  Tunnel TTL 255, Fast tunneling enabled");
        line("  Tunnel transport MTU %d bytes", entry.spec().ipMtu());
        line("  Tunnel transmit bandwidth 8000 (kbps)");
        line("  Tunnel receive bandwidth 8000 (kbps)");
        if (config.protection() != null) {
            line("  Tunnel protection via IPSec (profile \"%s\")", config.protection().profile());
        }
    }

    private static String upper(final IpAddress address) {
        return address.toString().toUpperCase(Locale.ROOT);
    }

    private void head() {
        if (entry.config().description() != null) {
            line("  Description: %s", entry.config().description());
        }
        entry.spec().addresses().stream().filter(address -> !address.address().v6()).findFirst()
            .ifPresent((InterfaceAddress address) -> line("  Internet address is %s", address));
    }

    private void numbers(final int mtu, final int delay, final String encapsulation) {
        line("  MTU %d bytes, BW %d Kbit/sec, DLY %d usec, ", mtu, bandwidth(), delay);
        line("     reliability 255/255, txload %d/255, rxload %d/255", load(Column.TX_OCTETS), load(Column.RX_OCTETS));
        line("  Encapsulation %s, loopback not set", encapsulation);
    }

    private long bandwidth() {
        return switch (entry.config().kind()) {
            case LOOPBACK -> 8_000_000;
            case TUNNEL -> 100;
            case GIGABIT_ETHERNET -> 1_000_000;
            case TEN_GIGABIT_ETHERNET -> 10_000_000;
        };
    }

    private long load(final Column column) {
        return Math.clamp(statistics.rate(entry.index(), column) * FULL_LOAD / (bandwidth() * KILO), 1, FULL_LOAD);
    }

    private void traffic() {
        line("  Last input %s, output %s, output hang never", ago(statistics.last(entry.index(), Column.RX_PACKETS, Column.RX_NANOS)),
            ago(statistics.last(entry.index(), Column.TX_PACKETS, Column.TX_NANOS)));
        line("  Last clearing of \"show interface\" counters %s", ago(statistics.cleared(entry.index())));
        line("  Input queue: 0/%d/0/0 (size/max/drops/flushes); Total output drops: %d", entry.ethernet() ? 375 : 75,
            count(Column.TX_DROPS));
        line("  Queueing strategy: fifo");
        line("  Output queue: 0/%d (size/max)", entry.ethernet() ? 40 : 0);
        rate("input", Column.RX_OCTETS, Column.RX_PACKETS);
        rate("output", Column.TX_OCTETS, Column.TX_PACKETS);
        line("     %d packets input, %d bytes, 0 no buffer", count(Column.RX_PACKETS), count(Column.RX_OCTETS));
        line("     Received %d broadcasts (0 IP multicasts)", count(Column.RX_BROADCASTS));
        line("     %d runts, 0 giants, 0 throttles ", count(Column.RX_SHORT));
        final long overruns = count(Column.RX_OVERRUNS);
        line("     %d input errors, 0 CRC, 0 frame, %d overrun, 0 ignored%s", count(Column.RX_SHORT) + overruns, overruns,
            entry.ethernet() ? "" : ", 0 abort");
        if (entry.ethernet()) {
            line("     0 watchdog, %d multicast, 0 pause input", count(Column.RX_MULTICASTS));
        }
        line("     %d packets output, %d bytes, 0 underruns", count(Column.TX_PACKETS), count(Column.TX_OCTETS));
        line("     %d output errors, 0 collisions, 0 interface resets", count(Column.TX_ERRORS));
        line("     0 unknown protocol drops");
        if (entry.ethernet()) {
            line("     0 babbles, 0 late collision, 0 deferred");
            line("     0 lost carrier, 0 no carrier, 0 pause output");
        }
        line("     0 output buffer failures, 0 output buffers swapped out");
    }

    private void rate(final String direction, final Column octets, final Column packets) {
        line("  5 minute %s rate %d bits/sec, %d packets/sec", direction, rounded(statistics.rate(entry.index(), octets)),
            statistics.rate(entry.index(), packets));
    }

    /** The platform prints thousands of bits. */
    static long rounded(final long bits) {
        return bits / KILO * KILO;
    }

    private String ago(final long nanos) {
        return nanos == InterfaceStatistics.NEVER ? "never" : TimeText.ago(box.timers().nanos() - nanos);
    }
}

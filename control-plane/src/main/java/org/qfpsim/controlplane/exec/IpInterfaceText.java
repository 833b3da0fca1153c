package org.qfpsim.controlplane.exec;

import java.util.List;
import java.util.Locale;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.exec.Interfaces.Entry;
import org.qfpsim.datapath.route.InterfaceAddress;

/** What the commands of IPv4 and IPv6 print of interfaces. */
final class IpInterfaceText {
    private IpInterfaceText() {
    }

    /** A row of {@code show ip interface brief}. */
    static String brief(final Box box, final Entry entry) {
        final List<InterfaceAddress> own = addresses(entry, false);
        return String.format(Locale.ROOT, "%-22s %-15s YES %-6s %-21s %-8s\n", entry.briefName(),
            own.isEmpty() ? "unassigned" : own.getFirst().address(), own.isEmpty() ? "unset" : isFromNvram(box, entry) ? "NVRAM" : "manual",
            entry.status(), entry.protocol());
    }

    private static List<InterfaceAddress> addresses(final Entry entry, final boolean v6) {
        return entry.spec().addresses().stream().filter(address -> address.address().v6() == v6).toList();
    }

    /** Whether the address is the one that the router has started with. */
    private static boolean isFromNvram(final Box box, final Entry entry) {
        return box.atBoot().interfaceNamed(entry.name()).map(InterfaceConfig::ipv4).filter(entry.config().ipv4()::equals).isPresent();
    }

    /** What {@code show ipv6 interface brief} has of an interface. */
    static String brief6(final Entry entry) {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-22s [%s/%s]\n", entry.briefName(), entry.status(),
            entry.protocol()));
        addresses(entry, true).stream().sorted((a, b) -> Boolean.compare(b.isLinkLocal(), a.isLinkLocal()))
            .forEach(address -> text.append("    ").append(address.address().toString().toUpperCase(Locale.ROOT)).append('\n'));
        if (addresses(entry, true).isEmpty()) {
            text.append("    unassigned\n");
        }
        return text.toString();
    }

    /** What {@code show ip interface} prints of one. */
    static String full(final Box box, final Entry entry) {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%s is %s, line protocol is %s\n", entry.name(),
            entry.status(), entry.protocol()));
        final List<InterfaceAddress> own = addresses(entry, false);
        if (own.isEmpty()) {
            return text.append("  Internet protocol processing disabled\n").toString();
        }
        text.append("  Internet address is ").append(own.getFirst()).append("\n  Broadcast address is 255.255.255.255\n")
            .append("  Address determined by ").append(isFromNvram(box, entry) ? "non-volatile memory" : "setup command")
            .append("\n  MTU is ").append(entry.spec().ipMtu())
            .append(" bytes\n  Helper address is not set\n  Directed broadcast forwarding is disabled\n");
        own.stream().skip(1).forEach(address -> text.append("  Secondary address ").append(address).append('\n'));
        text.append("""
              Outgoing access list is not set
              Inbound  access list is not set
              Proxy ARP is disabled
              Local Proxy ARP is disabled
              Security level is default
              Split horizon is enabled
              ICMP redirects are never sent
              ICMP unreachables are always sent
              ICMP mask replies are never sent
              IP Flow switching is disabled
              IP CEF switching is enabled
              Router Discovery is disabled
              IP output packet accounting is disabled
              IP access violation accounting is disabled
              TCP/IP header compression is disabled
              RTP/IP header compression is disabled
              Policy routing is disabled
              Network address translation is disabled
              BGP Policy Mapping is disabled
            """);
        return text.toString();
    }
}

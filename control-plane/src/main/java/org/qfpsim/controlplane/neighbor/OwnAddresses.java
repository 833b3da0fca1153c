package org.qfpsim.controlplane.neighbor;

import org.qfpsim.controlplane.log.EventLog;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.MacAddress;

/** The addresses of our interfaces, and those who claim them too (RFC 5227 section 2.4, RFC 4862 section 5.4). */
final class OwnAddresses {
    private final EventLog log;

    OwnAddresses(final EventLog log) {
        this.log = log;
    }

    static boolean has(final InterfaceSpec spec, final IpAddress address) {
        return spec.addresses().stream().anyMatch(own -> own.address().equals(address));
    }

    /** Whether somebody claims an address of ours; if it is not ourselves, that is reported. */
    boolean claimed(final InterfaceSpec spec, final IpAddress address, final MacAddress mac) {
        if (!has(spec, address)) {
            return false;
        }
        if (!mac.equals(spec.mac())) {
            log.message("IP", 4, "DUPADDR", "Duplicate address " + address + " on " + spec.name() + ", sourced by " + mac);
        }
        return true;
    }
}

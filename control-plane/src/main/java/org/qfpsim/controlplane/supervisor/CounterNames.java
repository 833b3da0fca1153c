package org.qfpsim.controlplane.supervisor;

import java.util.Arrays;
import java.util.OptionalLong;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.drop.GlobalDrop;

/** Counters by the names that the platform shows them under. */
final class CounterNames {
    private CounterNames() {
    }

    /** A global drop ({@code IpsecInput}), or {@code ipsec N}; empty if there is none of that name. */
    static OptionalLong value(final CounterReader counters, final String name) {
        if (name.matches("ipsec [0-9]{1,3}")) {
            return OptionalLong.of(counters.ipsecPackets(Integer.parseInt(name.substring(6))));
        }
        return Arrays.stream(GlobalDrop.values()).filter(each -> each.cliName().equals(name))
            .mapToLong(each -> counters.globalPackets(each.id())).findFirst();
    }
}

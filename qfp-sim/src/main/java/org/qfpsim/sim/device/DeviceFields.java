package org.qfpsim.sim.device;

import java.util.Set;
import java.util.TreeSet;

/**
 * The fields of a device file, per kind of object: what {@link DeviceFile} reads and what it accepts for the information of people and
 * other programs only. docs/device.schema.json names the same ones (held by a test).
 */
enum DeviceFields {
    FILE(Set.of("device", "replay_window", "sas", "esp", "outbound_sas", "policies", "default_policy", "outbound"),
        Set.of("$schema", "name", "comment", "ike", "note", "description", "seed", "version")),
    DEVICE(Set.of("ipv4", "ipv6"), Set.of("name", "comment", "mac")),
    OUTBOUND(Set.of("mtu", "df_bit", "fragmentation"), Set.of("comment")),
    SA(Set.of("name", "spi", "src", "dst", "mode", "proto", "cipher", "key", "salt", "icv_len", "auth", "authkey", "esn", "initial_top",
        "replay_window", "udpencap", "udp_sport", "udp_dport", "selectors", "lifetime_soft_bytes", "lifetime_hard_bytes",
        "lifetime_hard_seconds"),
        Set.of("comment", "note", "primed_to", "outer_family", "inner_family", "proposal", "key_role")),
    SELECTOR(Set.of("src", "dst", "protocol", "sport", "dport"), Set.of("comment")),
    POLICY(Set.of("name", "action", "direction", "src", "dst", "protocol", "sport", "dport", "sa"), Set.of("comment"));

    private final Set<String> all;

    DeviceFields(final Set<String> read, final Set<String> informational) {
        this.all = new TreeSet<>(read);
        this.all.addAll(informational);
    }

    /** Read and informational. */
    Set<String> all() {
        return all;
    }
}

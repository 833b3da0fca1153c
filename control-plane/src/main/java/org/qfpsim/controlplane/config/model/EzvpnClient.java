package org.qfpsim.controlplane.config.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * {@code crypto ipsec client ezvpn}; incomplete without group, mode, peer or outside interface.
 *
 * @param name     its name.
 * @param connect  when it connects.
 * @param group    name of the group at the server, or null.
 * @param groupKey the group's key, or null.
 * @param mode     how the networks behind us are seen; null: incomplete, since the platform's default, {@code client}, is not simulated.
 * @param peers    the server; none: incomplete.
 * @param user     XAUTH user, or null: the console asks, so there is none.
 * @param password XAUTH password, or null.
 */
public record EzvpnClient(String name, Connect connect, @Nullable String group, @Nullable Secret groupKey, @Nullable Mode mode,
                          List<IpAddress> peers, @Nullable String user, @Nullable Secret password) {
    /** When it connects. */
    public enum Connect {
        /** At once and again: the default. */
        AUTO,
        /** When {@code crypto ipsec client ezvpn connect} is typed. */
        MANUAL
    }

    /** How the networks behind us are seen. */
    public enum Mode {
        /** As they are. */
        NETWORK_EXTENSION("network-extension"),
        /** As they are, and an address besides, which the server hands out. */
        NETWORK_PLUS("network-plus");

        private final String word;

        Mode(final String word) {
            this.word = word;
        }

        /** What follows {@code mode}. */
        public String word() {
            return word;
        }
    }

    /** Copies the list. */
    public EzvpnClient {
        peers = List.copyOf(peers);
    }
}

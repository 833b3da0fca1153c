package org.qfpsim.controlplane.login;

import java.util.List;

/**
 * What speaks SSH for a router, for those who ask the router about it.
 *
 * @param hostKey   its public key as it is written in {@code known_hosts}: type and base 64.
 * @param hostKeys  signature algorithms of it, the preferred one first.
 * @param exchanges key exchange algorithms.
 * @param ciphers   that it knows.
 * @param macs      that it knows.
 */
public record SshProtocol(String hostKey, List<String> hostKeys, List<String> exchanges, List<String> ciphers, List<String> macs) {
    /** Copies the lists. */
    public SshProtocol {
        hostKeys = List.copyOf(hostKeys);
        exchanges = List.copyOf(exchanges);
        ciphers = List.copyOf(ciphers);
        macs = List.copyOf(macs);
    }
}

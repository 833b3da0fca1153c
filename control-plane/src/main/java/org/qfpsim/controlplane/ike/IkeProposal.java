package org.qfpsim.controlplane.ike;

import java.util.List;

/**
 * Algorithms for an IKE SA. IKEv1 has one of each (a {@code crypto isakmp policy}); an IKEv2 proposal may list several, the preferred one
 * first. Names are those of the IOS configuration.
 *
 * @param priority  of the isakmp policy, 1 to 10000 (default policies 65507, 65508); 0 for IKEv2.
 * @param ciphers   {@code aes-cbc-128|192|256}, {@code aes-gcm-128|256} (IKEv2 only).
 * @param hashes    {@code sha1|sha256|sha384|sha512}: integrity, and PRF unless {@code prfs} says otherwise; empty with GCM alone.
 * @param prfs      as hashes; IKEv2 only; empty means the hashes.
 * @param groups    numbers of Diffie-Hellman groups: 2, 5, 14, 15, 16, 19, 20, 21, 31.
 * @param seconds   lifetime of the IKE SA.
 */
public record IkeProposal(int priority, List<String> ciphers, List<String> hashes, List<String> prfs, List<Integer> groups, long seconds) {
    /** Copies the lists. */
    public IkeProposal {
        ciphers = List.copyOf(ciphers);
        hashes = List.copyOf(hashes);
        prfs = List.copyOf(prfs);
        groups = List.copyOf(groups);
    }
}

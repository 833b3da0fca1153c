package org.qfpsim.controlplane.config.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an IPsec profile or an entry of a crypto map says about its SAs.
 *
 * @param transformSets names, the preferred one first; none: incomplete.
 * @param pfsGroup      Diffie-Hellman group of perfect forward secrecy; 0 for none.
 * @param seconds       lifetime, 120 to 2592000; null: the global one.
 * @param kilobytes     lifetime by volume, 2560 to 4294967295, 0 for no limit; null: the global one.
 * @param replayWindow  packets, 0 for no replay check; null: the global one.
 * @param isakmpProfile name of an ISAKMP profile, or null.
 * @param ikev2Profile  name of an IKEv2 profile; null: IKEv1 negotiates.
 */
public record SaSettings(List<String> transformSets, int pfsGroup, @Nullable Integer seconds, @Nullable Long kilobytes,
                         @Nullable Integer replayWindow, @Nullable String isakmpProfile, @Nullable String ikev2Profile) {
    /** Nothing said. */
    public static final SaSettings EMPTY = new SaSettings(List.of(), 0, null, null, null, null, null);

    /** Copies the list. */
    public SaSettings {
        transformSets = List.copyOf(transformSets);
    }

    /** IKE version that negotiates, 1 or 2. */
    public int version() {
        return ikev2Profile == null ? 1 : 2;
    }
}

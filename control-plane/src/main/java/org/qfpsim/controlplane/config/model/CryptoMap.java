package org.qfpsim.controlplane.config.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.packet.IpAddress;

/**
 * A crypto map.
 *
 * @param name               its name.
 * @param localInterface     {@code local-address}: interface whose address stands for us, or null: the one that the map is on.
 * @param authenticationList {@code client authentication list} (XAUTH), or null.
 * @param authorizationList  {@code isakmp authorization list}, or null.
 * @param modeConfig         {@code client configuration address}.
 * @param entries            by sequence number.
 */
public record CryptoMap(String name, @Nullable String localInterface, @Nullable String authenticationList,
                        @Nullable String authorizationList, IsakmpConfig.ModeConfig modeConfig, List<Entry> entries) {
    /** An entry of a crypto map. */
    public sealed interface Entry {
        /** 1 to 65535; lower ones are looked at first. */
        int sequence();
    }

    /**
     * IKE negotiates ({@code ipsec-isakmp}); incomplete without access list, peer or transform set.
     *
     * @param sequence    number.
     * @param description or null.
     * @param accessList  name of the access list, or null.
     * @param peers       in the order in which they are tried.
     * @param defaultPeer the one of them with {@code default}, which every new connection tries first; or null.
     * @param settings    of the SAs.
     */
    public record Static(int sequence, @Nullable String description, @Nullable String accessList, List<IpAddress> peers,
                         @Nullable IpAddress defaultPeer, SaSettings settings) implements Entry {
        /** Copies the list. */
        public Static {
            peers = List.copyOf(peers);
        }

        /** Whether it can be used. */
        public boolean complete() {
            return accessList != null && !peers.isEmpty() && !settings.transformSets().isEmpty();
        }
    }

    /**
     * Any peer may ask ({@code ipsec-isakmp dynamic}).
     *
     * @param sequence number.
     * @param map      name of the dynamic crypto map.
     */
    public record Dynamic(int sequence, String map) implements Entry {
    }

    /**
     * Keys are in the configuration ({@code ipsec-manual}); incomplete unless everything is set.
     *
     * @param sequence     number.
     * @param description  or null.
     * @param accessList   name of the access list, or null.
     * @param peer         or null.
     * @param transformSet name, or null.
     * @param inbound      of packets to us, or null.
     * @param outbound     of packets from us, or null.
     */
    public record Manual(int sequence, @Nullable String description, @Nullable String accessList, @Nullable IpAddress peer,
                         @Nullable String transformSet, @Nullable SessionKey inbound, @Nullable SessionKey outbound) implements Entry {
        /** Whether it can be used. */
        public boolean complete() {
            return accessList != null && peer != null && transformSet != null && inbound != null && outbound != null;
        }
    }

    /**
     * {@code set session-key inbound|outbound esp}.
     *
     * @param spi           as on the wire; 256 or more, unsigned.
     * @param cipher        key, or null (NULL encryption).
     * @param authenticator key, or null (no integrity).
     */
    public record SessionKey(int spi, @Nullable Secret cipher, @Nullable Secret authenticator) {
    }

    /** Copies the list. */
    public CryptoMap {
        entries = List.copyOf(entries);
    }
}

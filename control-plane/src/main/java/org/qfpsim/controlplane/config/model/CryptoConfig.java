package org.qfpsim.controlplane.config.model;

import java.util.List;
import java.util.Optional;

/**
 * IKE and IPsec.
 *
 * @param isakmp      IKEv1.
 * @param ikev2       IKEv2.
 * @param ipsec       transform sets, profiles, global settings.
 * @param maps        crypto maps, by name.
 * @param dynamicMaps dynamic crypto maps, by name.
 * @param ezvpn       EzVPN clients.
 * @param admission   limits of {@code crypto call admission}.
 */
public record CryptoConfig(IsakmpConfig isakmp, Ikev2Config ikev2, IpsecConfig ipsec, List<CryptoMap> maps, List<DynamicMap> dynamicMaps,
                           List<EzvpnClient> ezvpn, Admission admission) {
    /**
     * Call admission control.
     *
     * @param ikeSas        IKE SAs at most; 0 is no limit.
     * @param inNegotiation exchanges in negotiation at most: 1000 unless set.
     */
    public record Admission(int ikeSas, int inNegotiation) {
        /** As the platform shows it: {@code Max in nego: 1000}. */
        public static final int DEFAULT_IN_NEGOTIATION = 1000;
    }

    /** Copies the lists. */
    public CryptoConfig {
        maps = List.copyOf(maps);
        dynamicMaps = List.copyOf(dynamicMaps);
        ezvpn = List.copyOf(ezvpn);
    }

    /**
     * Finds a crypto map.
     *
     * @param name its name.
     * @return the map.
     */
    public Optional<CryptoMap> map(final String name) {
        return maps.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * Finds a dynamic crypto map.
     *
     * @param name its name.
     * @return the map.
     */
    public Optional<DynamicMap> dynamicMap(final String name) {
        return dynamicMaps.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}

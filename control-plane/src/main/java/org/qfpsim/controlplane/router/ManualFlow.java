package org.qfpsim.controlplane.router;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ipsec.FlowSpec;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.TrafficSelector;

/**
 * The flow of an {@code ipsec-manual} entry: its keys are in the configuration, it does not expire and has no replay check (RFC 4301
 * section 4.5.1, RFC 4303 section 3.3.3). One pair of SAs serves the first line of the access list, as on the platform.
 */
final class ManualFlow {
    private final ConfigFlows all;
    private final RouterConfig config;
    private final ConfigFlows.Place place;
    private final CryptoMap.Manual entry;

    ManualFlow(final ConfigFlows all, final RouterConfig config, final ConfigFlows.Place place, final CryptoMap.Manual entry) {
        this.all = all;
        this.config = config;
        this.place = place;
        this.entry = entry;
    }

    void addTo(final List<FlowSpec> flows) {
        final List<TrafficSelector> selectors = ConfigFlows.permitted(config, entry.accessList());
        final CryptoMap.SessionKey in = entry.inbound();
        final CryptoMap.SessionKey out = entry.outbound();
        if (selectors.isEmpty() || entry.transformSet() == null || in == null || out == null) {
            return;
        }
        final Optional<ChildPolicy> policy = all.policy(config, place, selectors.getFirst(),
            new SaSettings(List.of(entry.transformSet()), 0, 0, 0L, 0, null, null));
        policy.flatMap(found -> keys(in, found.suites().getFirst()).flatMap(inbound -> keys(out, found.suites().getFirst()).map(outbound ->
                ConfigFlows.flow(place, found, new FlowSpec.Manual(in.spi(), inbound, out.spi(), outbound)))))
            .ifPresent(flows::add);
    }

    /** Keys of the suite's lengths, cut from what is configured; empty if that is too short: the entry is incomplete. */
    private static Optional<EspKeys> keys(final CryptoMap.SessionKey key, final EspSuite suite) {
        final byte[] cipher = octets(key.cipher());
        final byte[] authenticator = octets(key.authenticator());
        if (cipher.length < suite.keyBytes() || authenticator.length < suite.authKeyBytes() || suite.combined()) {
            return Optional.empty();
        }
        return Optional.of(new EspKeys(Arrays.copyOf(cipher, suite.keyBytes()), new byte[0],
            Arrays.copyOf(authenticator, suite.authKeyBytes())));
    }

    private static byte[] octets(final @Nullable Secret secret) {
        return secret == null ? new byte[0] : secret.octets();
    }
}

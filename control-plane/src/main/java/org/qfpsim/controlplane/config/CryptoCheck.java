package org.qfpsim.controlplane.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.CryptoConfig;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.EzvpnClient;
import org.qfpsim.controlplane.config.model.Ikev2Config;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.datapath.crypto.EspSuite;

/** The part of {@link ConfigCheck} about IKE, IPsec and crypto maps. */
final class CryptoCheck {
    private final RouterConfig config;
    private final CryptoConfig crypto;
    private final List<String> warnings = new ArrayList<>();

    private CryptoCheck(final RouterConfig config) {
        this.config = config;
        crypto = config.crypto();
    }

    static List<String> check(final RouterConfig config) {
        final CryptoCheck check = new CryptoCheck(config);
        check.crypto.isakmp().policies().forEach(check::policy);
        check.ikev2();
        check.crypto.ipsec().profiles().forEach(profile -> {
            final String start = "crypto ipsec profile " + profile.name() + ": ";
            check.settings(start, profile.settings());
        });
        check.crypto.dynamicMaps().forEach(map -> map.entries()
            .forEach(entry -> check.entry("crypto dynamic-map " + map.name() + " " + entry.sequence() + ": ", entry)));
        check.crypto.maps().forEach(check::map);
        check.crypto.ezvpn().forEach(check::ezvpn);
        return check.warnings;
    }

    private void warnIf(final boolean condition, final String warning) {
        if (condition) {
            warnings.add(warning);
        }
    }

    private void policy(final IsakmpConfig.Policy policy) {
        final String start = "crypto isakmp policy " + policy.priority() + ": incomplete: ";
        warnIf(policy.cipher() == null, start + "the default cipher, DES, is not simulated: add \"encryption aes\"");
        warnIf(policy.group() == null, start + "the default group, 1, is not simulated: add \"group 14\"");
        warnIf(!policy.preShare(), start + "the default, RSA signatures, is not simulated: add \"authentication pre-share\"");
    }

    private void ikev2() {
        final Ikev2Config ikev2 = crypto.ikev2();
        ikev2.proposals().stream().filter(each -> !each.complete()).forEach(each -> warnings.add("crypto ikev2 proposal " + each.name()
            + ": incomplete: encryption, integrity (or prf with GCM) and group are needed"));
        for (final Ikev2Config.Policy policy : ikev2.policies()) {
            final String start = "crypto ikev2 policy " + policy.name() + ": ";
            warnIf(policy.proposals().isEmpty(), start + "incomplete: proposal is missing");
            policy.proposals().stream().filter(name -> ikev2.proposal(name).isEmpty())
                .forEach(name -> warnings.add(start + "crypto ikev2 proposal " + name + " does not exist"));
        }
        for (final Ikev2Config.Profile profile : ikev2.profiles()) {
            final String start = "crypto ikev2 profile " + profile.name() + ": ";
            final String keyring = profile.keyring();
            warnIf(profile.remotes().isEmpty(), start + "incomplete: match identity remote is missing");
            warnIf(!profile.localPreShare(), start + "incomplete: authentication local pre-share is missing");
            warnIf(!profile.remotePreShare(), start + "incomplete: authentication remote pre-share is missing");
            warnIf(keyring == null && (profile.localKey() == null || profile.remoteKey() == null),
                start + "incomplete: keyring local is missing");
            warnIf(keyring != null && ikev2.keyring(keyring).isEmpty(), start + "crypto ikev2 keyring " + keyring + " does not exist");
        }
    }

    private void map(final CryptoMap map) {
        final String name = "crypto map " + map.name();
        final String local = map.localInterface();
        final String login = map.authenticationList();
        final String authorization = map.authorizationList();
        warnIf(local != null && config.interfaceNamed(local).isEmpty(), name + ": interface " + local + " does not exist");
        warnIf(login != null && !config.access().loginLists().contains(login),
            name + ": aaa authentication login " + login + " does not exist");
        warnIf(authorization != null && !config.access().authorizationLists().contains(authorization),
            name + ": aaa authorization network " + authorization + " does not exist");
        for (final CryptoMap.Entry each : map.entries()) {
            final String start = name + " " + each.sequence() + ": ";
            switch (each) {
                case CryptoMap.Static entry -> {
                    warnIf(entry.accessList() == null, start + "incomplete: match address is missing");
                    warnIf(entry.peers().isEmpty(), start + "incomplete: set peer is missing");
                    entry(start, entry);
                }
                case CryptoMap.Dynamic entry -> warnIf(crypto.dynamicMap(entry.map()).isEmpty(),
                    start + "crypto dynamic-map " + entry.map() + " does not exist");
                case CryptoMap.Manual entry -> manual(start, entry);
            }
        }
    }

    private void entry(final String start, final CryptoMap.Static entry) {
        accessList(start, entry.accessList());
        settings(start, entry.settings());
    }

    private void accessList(final String start, final @Nullable String name) {
        warnIf(name != null && config.accessList(name).isEmpty(), start + "access list " + name + " does not exist");
    }

    private void isakmpProfile(final String start, final @Nullable String name) {
        warnIf(name != null && crypto.isakmp().profile(name).isEmpty(), start + "crypto isakmp profile " + name + " does not exist");
    }

    private void settings(final String start, final SaSettings settings) {
        warnIf(settings.transformSets().isEmpty(), start + "incomplete: set transform-set is missing");
        settings.transformSets().stream().filter(name -> crypto.ipsec().transformSet(name).isEmpty())
            .forEach(name -> warnings.add(start + "crypto ipsec transform-set " + name + " does not exist"));
        isakmpProfile(start, settings.isakmpProfile());
        final String ikev2 = settings.ikev2Profile();
        warnIf(ikev2 != null && crypto.ikev2().profile(ikev2).isEmpty(), start + "crypto ikev2 profile " + ikev2 + " does not exist");
    }

    private void manual(final String start, final CryptoMap.Manual entry) {
        warnIf(!entry.complete(), start + "incomplete: set peer, set transform-set, match address and both session keys are needed");
        accessList(start, entry.accessList());
        final String name = entry.transformSet();
        if (name == null) {
            return;
        }
        final IpsecConfig.TransformSet set = crypto.ipsec().transformSet(name).orElse(null);
        if (set == null) {
            warnings.add(start + "crypto ipsec transform-set " + name + " does not exist");
            return;
        }
        warnIf(set.suite().combined(), start + "incomplete: " + name + " is GCM, which must not have manual keys (RFC 4106 section 2)");
        sessionKey(start + "session key inbound", set.suite(), entry.inbound());
        sessionKey(start + "session key outbound", set.suite(), entry.outbound());
    }

    private void sessionKey(final String start, final EspSuite suite, final CryptoMap.@Nullable SessionKey key) {
        if (key == null || suite.combined()) {
            return;
        }
        length(start + " cipher", key.cipher(), suite.keyBytes());
        length(start + " authenticator", key.authenticator(), suite.authKeyBytes());
    }

    private void length(final String start, final @Nullable Secret key, final int octets) {
        final int given = key == null ? 0 : key.octets().length;
        warnIf(given != octets, start + ": incomplete: key of " + given + " octets, the transform set needs " + octets);
    }

    private void ezvpn(final EzvpnClient client) {
        final String start = "crypto ipsec client ezvpn " + client.name() + ": incomplete: ";
        warnIf(client.group() == null, start + "group is missing");
        warnIf(client.peers().isEmpty(), start + "peer is missing");
        warnIf(client.mode() == null, start + "the default, mode client, is not simulated: add \"mode network-extension\"");
        warnIf(config.interfaces().stream().flatMap(each -> each.ezvpn().stream())
            .noneMatch(use -> !use.inside() && use.client().equals(client.name())), start + "no interface is its outside");
    }
}

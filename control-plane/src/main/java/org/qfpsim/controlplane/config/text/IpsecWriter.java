package org.qfpsim.controlplane.config.text;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.edit.Transforms;
import org.qfpsim.controlplane.config.model.CryptoConfig;
import org.qfpsim.controlplane.config.model.CryptoMap;
import org.qfpsim.controlplane.config.model.EzvpnClient;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.config.model.SaSettings;
import org.qfpsim.controlplane.config.model.Secret;
import org.qfpsim.datapath.sa.SaSpec;

/** IPsec, crypto maps, EzVPN clients, call admission. */
final class IpsecWriter {
    private IpsecWriter() {
    }

    static void write(final Lines lines, final CryptoConfig crypto) {
        ipsec(lines, crypto.ipsec());
        crypto.ezvpn().forEach(client -> ezvpn(lines, client));
        lines.gap();
        final CryptoConfig.Admission admission = crypto.admission();
        lines.addIf(admission.ikeSas() > 0, "crypto call admission limit ike sa " + admission.ikeSas());
        lines.addIf(admission.inNegotiation() != CryptoConfig.Admission.DEFAULT_IN_NEGOTIATION,
            "crypto call admission limit ike in-negotiation-sa " + admission.inNegotiation());
        lines.gap();
        crypto.dynamicMaps().forEach(map -> map.entries().forEach(entry -> {
            lines.add("crypto dynamic-map " + map.name() + " " + entry.sequence());
            entry(lines, entry);
        }));
        lines.gap();
        crypto.maps().forEach(map -> map(lines, map));
        lines.gap();
    }

    private static void ipsec(final Lines lines, final IpsecConfig ipsec) {
        lines.addIf(ipsec.seconds() != IpsecConfig.DEFAULT_SECONDS,
            "crypto ipsec security-association lifetime seconds " + ipsec.seconds());
        lines.addIf(ipsec.kilobytes() != IpsecConfig.DEFAULT_KILOBYTES,
            "crypto ipsec security-association lifetime kilobytes " + kilobytes(ipsec.kilobytes()));
        lines.addIf(ipsec.replayWindow() != IpsecConfig.DEFAULT_REPLAY_WINDOW,
            "crypto ipsec security-association replay " + replay(ipsec.replayWindow()));
        lines.gap();
        for (final IpsecConfig.TransformSet set : ipsec.transformSets()) {
            lines.add("crypto ipsec transform-set " + set.name() + " " + Transforms.words(set.suite()));
            lines.sub("mode " + (set.mode() == SaSpec.Mode.TRANSPORT ? "transport" : "tunnel"));
            lines.subIf(set.esn(), "esn");
        }
        lines.addIf(ipsec.dfBit() != IpsecConfig.DfBit.COPY, dfBit(ipsec.dfBit()));
        lines.addIf(ipsec.fragmentation() == IpsecConfig.Fragmentation.AFTER_ENCRYPTION, fragmentation(ipsec.fragmentation()));
        lines.gap();
        for (final IpsecConfig.Profile profile : ipsec.profiles()) {
            lines.add("crypto ipsec profile " + profile.name());
            settings(lines, profile.settings());
            lines.gap();
        }
    }

    static String dfBit(final IpsecConfig.DfBit dfBit) {
        return "crypto ipsec df-bit " + dfBit.name().toLowerCase(Locale.ROOT);
    }

    static String fragmentation(final IpsecConfig.Fragmentation fragmentation) {
        return "crypto ipsec fragmentation " + fragmentation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String kilobytes(final long kilobytes) {
        return kilobytes == 0 ? "disable" : String.valueOf(kilobytes);
    }

    private static String replay(final int window) {
        return window == 0 ? "disable" : "window-size " + window;
    }

    private static void settings(final Lines lines, final SaSettings settings) {
        final Integer seconds = settings.seconds();
        final Long kilobytes = settings.kilobytes();
        final Integer window = settings.replayWindow();
        lines.subIf(seconds != null, "set security-association lifetime seconds " + seconds);
        if (kilobytes != null) {
            lines.sub("set security-association lifetime kilobytes " + kilobytes(kilobytes));
        }
        if (window != null) {
            lines.sub("set security-association replay " + replay(window));
        }
        lines.subIf(!settings.transformSets().isEmpty(), "set transform-set " + String.join(" ", settings.transformSets()));
        lines.subIf(settings.pfsGroup() > 0, "set pfs group" + settings.pfsGroup());
        lines.subNamed("set isakmp-profile", settings.isakmpProfile());
        lines.subNamed("set ikev2-profile", settings.ikev2Profile());
    }

    private static void ezvpn(final Lines lines, final EzvpnClient client) {
        lines.add("crypto ipsec client ezvpn " + client.name());
        lines.sub("connect " + (client.connect() == EzvpnClient.Connect.AUTO ? "auto" : "manual"));
        if (client.group() != null && client.groupKey() != null) {
            lines.sub("group " + client.group() + " key " + lines.show(client.groupKey()));
        }
        lines.subNamed("mode", client.mode() == null ? null : client.mode().word());
        client.peers().forEach(peer -> lines.sub("peer " + peer));
        if (client.user() != null && client.password() != null) {
            lines.sub("username " + client.user() + " password " + lines.key(client.password(), "0"));
        }
    }

    private static void map(final Lines lines, final CryptoMap map) {
        final String name = "crypto map " + map.name() + " ";
        lines.addIf(map.localInterface() != null, name + "local-address " + map.localInterface());
        lines.addIf(map.authenticationList() != null, name + "client authentication list " + map.authenticationList());
        lines.addIf(map.authorizationList() != null, name + "isakmp authorization list " + map.authorizationList());
        final String modeConfig = IkeWriter.modeConfig(map.modeConfig());
        lines.addIf(modeConfig != null, name + "client configuration address " + modeConfig);
        for (final CryptoMap.Entry entry : map.entries()) {
            final String start = name + entry.sequence() + " ";
            switch (entry) {
                case CryptoMap.Static isakmp -> {
                    lines.add(start + "ipsec-isakmp");
                    entry(lines, isakmp);
                }
                case CryptoMap.Dynamic dynamic -> lines.add(start + "ipsec-isakmp dynamic " + dynamic.map());
                case CryptoMap.Manual manual -> {
                    lines.add(start + "ipsec-manual");
                    manual(lines, manual);
                }
            }
        }
    }

    private static void entry(final Lines lines, final CryptoMap.Static entry) {
        lines.subNamed("description", entry.description());
        entry.peers().forEach(peer -> lines.sub("set peer " + Lines.address(peer)
            + (peer.equals(entry.defaultPeer()) ? " default" : "")));
        settings(lines, entry.settings());
        lines.subNamed("match address", entry.accessList());
    }

    private static void manual(final Lines lines, final CryptoMap.Manual entry) {
        lines.subNamed("description", entry.description());
        if (entry.peer() != null) {
            lines.sub("set peer " + Lines.address(entry.peer()));
        }
        sessionKey(lines, "inbound", entry.inbound());
        sessionKey(lines, "outbound", entry.outbound());
        lines.subNamed("set transform-set", entry.transformSet());
        lines.subNamed("match address", entry.accessList());
    }

    private static void sessionKey(final Lines lines, final String direction, final CryptoMap.@Nullable SessionKey key) {
        if (key != null) {
            lines.sub("set session-key " + direction + " esp " + Integer.toUnsignedString(key.spi())
                + key(lines, " cipher ", key.cipher()) + key(lines, " authenticator ", key.authenticator()));
        }
    }

    private static String key(final Lines lines, final String word, final @Nullable Secret key) {
        return key == null ? "" : word + lines.show(key);
    }
}

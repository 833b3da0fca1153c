package org.qfpsim.controlplane.config.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.IsakmpConfig;
import org.qfpsim.controlplane.config.model.LocalIdentity;
import org.qfpsim.controlplane.config.model.PeerMatch;
import org.qfpsim.controlplane.ike.IkeIdentity;

/** {@code crypto isakmp}: policies, keys and global settings of IKEv1. */
final class IsakmpCommands {
    static final Argument<Long> KEEPALIVE = Argument.number(10, 3600);
    static final Argument<Long> RETRY = Argument.number(2, 60);
    private static final Argument<Long> PRIORITY = Argument.number(1, 10_000);
    private static final Argument<Long> LIFETIME = Argument.number(60, 86_400);
    private static final Argument<Long> NAT_KEEPALIVE = Argument.number(5, 3600);
    private static final Argument<String> KEY = Argument.word();
    private static final List<String> HASHES = List.of("sha", "sha256", "sha384", "sha512");

    private final Map<Integer, Policy> policies = new TreeMap<>();
    private final Map<PeerMatch, IsakmpConfig.Key> keys = new LinkedHashMap<>();
    private final IsakmpProfileCommands profiles;
    private final IsakmpGroupCommands groups;
    private LocalIdentity identity = LocalIdentity.ADDRESS;
    private @Nullable DpdConfig keepalive;
    private int natKeepalive;
    private boolean invalidSpiRecovery;
    private boolean aggressiveModeOff;
    private Policy current = new Policy();

    private static final class Policy {
        private @Nullable String cipher;
        private String hash = "sha1";
        private @Nullable Integer group;
        private boolean preShare;
        private int seconds = IsakmpConfig.DEFAULT_SECONDS;
    }

    IsakmpCommands(final Mode global, final Mode.Stack stack) {
        final Mode mode = Mode.of("(config-isakmp)", global);
        final Branch crypto = global.commands().on("crypto", "Encryption module");
        final Branch isakmp = crypto.on("isakmp", "Configure ISAKMP policy");
        isakmp.on("policy", "Set policy for an ISAKMP protection suite").arg(PRIORITY, "Priority of protection suite")
            .does(in -> {
                current = policies.computeIfAbsent(Arguments.integer(in, PRIORITY), priority -> new Policy());
                stack.enter(mode);
            }).undo(in -> policies.remove(Arguments.integer(in, PRIORITY)));
        policy(mode.commands());
        key(isakmp.on("key", "Set pre-shared key for remote peer"));
        settings(isakmp);
        keepalive(isakmp.on("keepalive", "Set a keepalive interval for use with IOS peers"), value -> keepalive = value);
        profiles = new IsakmpProfileCommands(global, stack);
        groups = new IsakmpGroupCommands(global, stack);
    }

    private void policy(final Branch root) {
        final Branch aes = root.on("encryption", "Set encryption algorithm for protection suite").undo(in -> current.cipher = null)
            .on("aes", "AES - Advanced Encryption Standard.").does(in -> current.cipher = "aes-cbc-128");
        for (final int bits : new int[] {128, 192, 256}) {
            aes.on(String.valueOf(bits), bits + " bit keys").does(in -> current.cipher = "aes-cbc-" + bits);
        }
        final Branch hash = root.on("hash", "Set hash algorithm for protection suite").undo(in -> current.hash = "sha1");
        for (final String name : HASHES) {
            hash.on(name, "Secure Hash Standard").does(in -> current.hash = "sha".equals(name) ? "sha1" : name);
        }
        root.on("authentication", "Set authentication method for protection suite").undo(in -> current.preShare = false)
            .on("pre-share", "Pre-Shared Key").does(in -> current.preShare = true);
        final Branch group = root.on("group", "Set the Diffie-Hellman group").undo(in -> current.group = null);
        for (final int number : Algorithms.GROUPS) {
            group.on(String.valueOf(number), Algorithms.groupHelp(number)).does(in -> current.group = number);
        }
        root.on("lifetime", "Set lifetime for ISAKMP security association")
            .undo(in -> current.seconds = IsakmpConfig.DEFAULT_SECONDS)
            .arg(LIFETIME, "Lifetime in seconds").does(in -> current.seconds = Arguments.integer(in, LIFETIME));
    }

    private void key(final Branch key) {
        final Branch value = key.arg(KEY, "The UNENCRYPTED (cleartext) user password");
        key.on("0", "Specifies an UNENCRYPTED password will follow").arg(KEY, "The UNENCRYPTED (cleartext) user password").as(value);
        final Peers.End end = (branch, peer) -> branch.does(in -> setKey(peer.read(in), in))
            .undo(in -> keys.remove(peer.read(in))).options(Branch.Option.of("no-xauth", "Bypasses XAuth for this peer"));
        final Branch address = value.on("address", "define shared key with IP address");
        Peers.address(address, end);
        Peers.address(address.on("ipv6", "define shared key with IPv6 address"), end);
        Peers.name(value.on("hostname", "define shared key with hostname"), IkeIdentity.FQDN, end);
    }

    private void setKey(final PeerMatch peer, final Input input) {
        keys.put(peer, new IsakmpConfig.Key(peer, Arguments.secret(input, KEY), input.has("no-xauth")));
    }

    private void settings(final Branch isakmp) {
        final Branch id = isakmp.on("identity", "Set the identity which ISAKMP will use").undo(in -> identity = LocalIdentity.ADDRESS);
        id.on("address", "Use the IP address of the interface for the identity").does(in -> identity = LocalIdentity.ADDRESS);
        id.on("hostname", "Use the hostname of the router for the identity")
            .does(in -> identity = new LocalIdentity(LocalIdentity.Kind.FQDN, null, null));
        isakmp.on("nat", "Set a nat  keepalive interval for use with IOS peers").on("keepalive", "Set a nat keepalive interval")
            .undo(in -> natKeepalive = 0).arg(NAT_KEEPALIVE, "Number of seconds between keep alives")
            .does(in -> natKeepalive = Arguments.integer(in, NAT_KEEPALIVE));
        isakmp.on("invalid-spi-recovery", "Initiate IKE and send Invalid SPI Notify")
            .does(in -> invalidSpiRecovery = true).undo(in -> invalidSpiRecovery = false);
        isakmp.on("aggressive-mode", "ISAKMP aggressive mode").on("disable", "Disable ISAKMP aggressive mode")
            .does(in -> aggressiveModeOff = true).undo(in -> aggressiveModeOff = false);
    }

    /** {@code keepalive SECONDS [RETRY] [periodic|on-demand]}. */
    static void keepalive(final Branch at, final Consumer<@Nullable DpdConfig> setter) {
        final Branch.Effect set = in -> setter.accept(new DpdConfig(Arguments.integer(in, KEEPALIVE),
            Arguments.integer(in, RETRY, DpdConfig.DEFAULT_RETRY), in.has("periodic")));
        final Branch seconds = at.undo(in -> setter.accept(null)).arg(KEEPALIVE, "Number of seconds between keep alives").does(set);
        kind(seconds, set);
        kind(seconds.arg(RETRY, "Number of seconds between retries if keepalive fails").does(set), set);
    }

    private static void kind(final Branch at, final Branch.Effect set) {
        at.on("on-demand", "DPD messages are sent on demand").does(set);
        at.on("periodic", "DPD messages are sent at regular intervals").does(set);
    }

    IsakmpConfig build() {
        final List<IsakmpConfig.Policy> all = policies.entrySet().stream().map(entry -> {
            final Policy policy = entry.getValue();
            return new IsakmpConfig.Policy(entry.getKey(), policy.cipher, policy.hash, policy.group, policy.preShare, policy.seconds);
        }).toList();
        return new IsakmpConfig(all, List.copyOf(keys.values()), profiles.keyrings(), profiles.profiles(), groups.build(),
            identity, keepalive, natKeepalive, invalidSpiRecovery, aggressiveModeOff);
    }
}

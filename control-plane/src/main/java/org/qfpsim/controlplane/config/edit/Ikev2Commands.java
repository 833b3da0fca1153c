package org.qfpsim.controlplane.config.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.Branch.Option;
import org.qfpsim.controlplane.config.model.DpdConfig;
import org.qfpsim.controlplane.config.model.Ikev2Config;
import org.qfpsim.datapath.packet.IpAddress;

/** {@code crypto ikev2}: proposals, policies and global settings. */
final class Ikev2Commands {
    private static final Argument<String> NAME = Argument.word();
    private static final Argument<String> PROPOSAL = Argument.word();
    private static final Argument<IpAddress> LOCAL = Argument.ipv4();
    private static final Argument<IpAddress> LOCAL6 = Argument.ipv6();
    private static final Argument<Long> DPD = Argument.number(10, 3600);
    private static final Argument<Long> RETRY = Argument.number(2, 60);
    private static final Argument<Long> NAT = Argument.number(5, 3600);
    private static final Argument<Long> COUNT = Argument.number(1, 1000);
    private static final Argument<Long> MTU = Argument.number(96, 1500);
    private static final List<String> CIPHERS = List.of("aes-cbc-128", "aes-cbc-192", "aes-cbc-256", "aes-gcm-128", "aes-gcm-256");
    private static final List<String> HASHES = List.of("sha1", "sha256", "sha384", "sha512");

    private final Map<String, Proposal> proposals = new TreeMap<>();
    private final Map<String, Policy> policies = new TreeMap<>();
    private final Ikev2KeyringCommands keyrings;
    private final Ikev2ProfileCommands profiles;
    private @Nullable DpdConfig dpd;
    private int natKeepalive;
    private int cookieChallenge;
    private int maxInNegotiation;
    private int fragmentationMtu;
    private Proposal proposal = new Proposal();
    private Policy policy = new Policy();

    private static final class Proposal {
        private List<String> ciphers = List.of();
        private List<String> hashes = List.of();
        private List<String> prfs = List.of();
        private List<Integer> groups = List.of();
    }

    private static final class Policy {
        private final List<IpAddress> locals = new ArrayList<>();
        private final List<String> proposals = new ArrayList<>();
    }

    Ikev2Commands(final Mode global, final Mode.Stack stack) {
        final Branch ikev2 = global.commands().on("crypto", "Encryption module").on("ikev2", "Configure IKEv2 Options");
        final Mode proposalMode = Mode.of("(config-ikev2-proposal)", global);
        ikev2.on("proposal", "Define IKEV2 proposals").arg(NAME, "Name of IKEv2 proposal").does(in -> {
            proposal = proposals.computeIfAbsent(in.get(NAME), name -> new Proposal());
            stack.enter(proposalMode);
        }).undo(in -> proposals.remove(in.get(NAME)));
        proposal(proposalMode.commands());
        final Mode policyMode = Mode.of("(config-ikev2-policy)", global);
        ikev2.on("policy", "Define IKEV2 policies").arg(NAME, "Name of IKEv2 policy").does(in -> {
            policy = policies.computeIfAbsent(in.get(NAME), name -> new Policy());
            stack.enter(policyMode);
        }).undo(in -> policies.remove(in.get(NAME)));
        policy(policyMode.commands());
        dpd(ikev2.on("dpd", "Enable IKE liveness check for peers"), value -> dpd = value);
        settings(ikev2);
        keyrings = new Ikev2KeyringCommands(global, stack);
        profiles = new Ikev2ProfileCommands(global, stack);
    }

    private void proposal(final Branch root) {
        list(root.on("encryption", "Set encryption algorithm(s) for proposal"), CIPHERS, list -> proposal.ciphers = list);
        list(root.on("integrity", "Set integrity hash algorithm(s) for proposal"), HASHES, list -> proposal.hashes = list);
        list(root.on("prf", "Set prf algorithm(s) for proposal"), HASHES, list -> proposal.prfs = list);
        list(root.on("group", "Set the Diffie-Hellman group(s)"), Algorithms.IKEV2_GROUPS.stream().map(String::valueOf).toList(),
            list -> proposal.groups = list.stream().map(Integer::valueOf).toList());
    }

    /** Keywords of which any number may stand, each once, the preferred one first. */
    private static void list(final Branch at, final List<String> words, final Consumer<List<String>> setter) {
        at.undo(in -> setter.accept(List.of()));
        for (final String word : words) {
            final Option[] others = words.stream().filter(other -> !other.equals(word)).map(other -> Option.of(other, help(other)))
                .toArray(Option[]::new);
            at.on(word, help(word)).does(in -> setter.accept(in.keywords().stream().filter(words::contains).toList())).options(others);
        }
    }

    private static String help(final String word) {
        return word.startsWith("aes") ? "Advanced Encryption Standard" : word.startsWith("sha") ? "Secure Hash Standard"
            : Algorithms.groupHelp(Integer.parseInt(word));
    }

    private void policy(final Branch root) {
        root.on("proposal", "Specify Proposal").arg(PROPOSAL, "Name of the proposal").does(in -> {
            policy.proposals.remove(in.get(PROPOSAL));
            policy.proposals.add(in.get(PROPOSAL));
        }).undo(in -> policy.proposals.remove(in.get(PROPOSAL)));
        final Branch local = root.on("match", "Match values of local").on("address", "Match address").on("local", "Local address");
        for (final Argument<IpAddress> argument : List.of(LOCAL, LOCAL6)) {
            local.arg(argument, "Address").does(in -> {
                policy.locals.remove(in.get(argument));
                policy.locals.add(in.get(argument));
            }).undo(in -> policy.locals.remove(in.get(argument)));
        }
    }

    /** {@code dpd SECONDS RETRY periodic|on-demand}. */
    static void dpd(final Branch at, final Consumer<@Nullable DpdConfig> setter) {
        final Branch retry = at.undo(in -> setter.accept(null)).arg(DPD, "DPD R-U-THERE interval").arg(RETRY, "DPD Retry Interval");
        retry.on("on-demand", "DPD messages are sent on demand").does(in -> setter.accept(
            new DpdConfig(Arguments.integer(in, DPD), Arguments.integer(in, RETRY), false)));
        retry.on("periodic", "DPD messages are sent at regular intervals").does(in -> setter.accept(
            new DpdConfig(Arguments.integer(in, DPD), Arguments.integer(in, RETRY), true)));
    }

    private void settings(final Branch ikev2) {
        ikev2.on("nat", "NAT-transparency").on("keepalive", "Set a nat keepalive interval").undo(in -> natKeepalive = 0)
            .arg(NAT, "Number of seconds between keep alives").does(in -> natKeepalive = Arguments.integer(in, NAT));
        ikev2.on("cookie-challenge", "Set Cookie-challenge watermark").undo(in -> cookieChallenge = 0)
            .arg(COUNT, "Half-open SAs").does(in -> cookieChallenge = Arguments.integer(in, COUNT));
        // The platform spells it so.
        ikev2.on("limit", "Limit the number of maximum and negotiating sa").on("max-in-negotation-sa", "Limit the number of sa")
            .undo(in -> maxInNegotiation = 0).arg(COUNT, "Number of SAs").does(in -> maxInNegotiation = Arguments.integer(in, COUNT));
        ikev2.on("fragmentation", "Enable fragmentation of ikev2 packets").undo(in -> fragmentationMtu = 0)
            .does(in -> fragmentationMtu = Ikev2Config.DEFAULT_FRAGMENTATION_MTU)
            .on("mtu", "MTU of ikev2 packets").arg(MTU, "MTU in bytes").does(in -> fragmentationMtu = Arguments.integer(in, MTU));
    }

    Ikev2Config build() {
        final List<Ikev2Config.Proposal> allProposals = proposals.entrySet().stream().map(entry -> new Ikev2Config.Proposal(
            entry.getKey(), entry.getValue().ciphers, entry.getValue().hashes, entry.getValue().prfs, entry.getValue().groups)).toList();
        final List<Ikev2Config.Policy> allPolicies = policies.entrySet().stream().map(entry -> new Ikev2Config.Policy(
            entry.getKey(), entry.getValue().locals, entry.getValue().proposals)).toList();
        return new Ikev2Config(allProposals, allPolicies, keyrings.build(), profiles.build(), dpd, natKeepalive, cookieChallenge,
            maxInNegotiation, fragmentationMtu);
    }
}

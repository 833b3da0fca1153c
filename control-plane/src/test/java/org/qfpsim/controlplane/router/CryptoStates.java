package org.qfpsim.controlplane.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.ChildSa;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** A hub whose peers have come by themselves, with SAs in every state and any counts, without IKE. */
final class CryptoStates {
    static final String HUB = "10.0.0.1";
    private static final String CONFIG = """
        hostname HUB
        crypto isakmp policy 10
         encr aes
         authentication pre-share
         group 14
        crypto isakmp key secret address 0.0.0.0
        crypto ipsec transform-set TS esp-aes esp-sha-hmac
        crypto ipsec profile PROT
         set transform-set TS
        crypto dynamic-map DYN 10
         set transform-set TS
        crypto map HUB 10 ipsec-isakmp dynamic DYN
        interface GigabitEthernet0/0/0
         ip address 10.0.0.1 255.0.0.0
         crypto map HUB
        """;

    final Lab lab;
    final Lab.Router hub;
    private final Random random;

    CryptoStates(final long seed) {
        lab = new Lab(seed);
        hub = lab.router(HUB, ConfigFile.read("hub", CONFIG).config());
        random = new Random(seed);
    }

    /** One peer's pair; its inbound SPI. */
    int pair(final int peer, final boolean complete) {
        final IpAddress remote = IpAddress.v4(0x0b00_0000 + peer);
        final boolean nat = random.nextInt(4) == 0;
        final IkePath path = new IkePath(IpAddress.parse(HUB), nat ? 4500 : 500, remote, nat ? 1024 + random.nextInt(60_000) : 500);
        final TrafficSelector selector = TrafficSelector.between(new IpPrefix(IpAddress.parse("192.168.0.0"), 16),
            new IpPrefix(IpAddress.v4(0x7000_0000 + (peer << 4)), 28));
        final ChildPolicy policy = hub.plane.ipsec().engine().accept(1, path, IkeIdentity.of(remote), selector, SaSpec.Mode.TUNNEL).orElseThrow();
        final EspSuite suite = List.of(EspSuite.AES_CBC_128_SHA1_96, EspSuite.AES_CBC_256_SHA256_128, EspSuite.AES_GCM_256_16)
            .get(random.nextInt(3));
        final EspKeys keys = new EspKeys(new byte[suite.keyBytes()], new byte[suite.saltBytes()], new byte[suite.authKeyBytes()]);
        final int inbound = hub.plane.ipsec().engine().reserveSpi(path.local(), remote);
        final int outbound = random.nextInt() | 0x100;
        hub.plane.ipsec().engine().install(new ChildSa(policy, path, nat, inbound, outbound, suite, SaSpec.Mode.TUNNEL, false, keys, keys,
            policy.selector(), 120 + random.nextInt(100_000), random.nextBoolean() ? 0 : random.nextInt(1 << 30), random.nextBoolean(),
            null), complete);
        return inbound;
    }

    /** As many peers as are wanted, some with several pairs, some without a complete one, and counts of up to twenty digits. */
    List<SaPair> populate(final int peers) {
        for (int peer = 1; peer <= peers; peer++) {
            for (int i = random.nextInt(3); i >= 0; i--) {
                pair(peer, random.nextInt(8) > 0);
            }
        }
        hub.datapath.inbound.values().forEach(this::fill);
        hub.datapath.outbound.values().forEach(this::fill);
        hub.plane.ipsec().flows().forEach(flow -> hub.datapath.withoutSa(flow.id(), number() >>> 1));
        return new ArrayList<>(hub.plane.ipsec().pairs());
    }

    private void fill(final FakeDatapath.FakeSa sa) {
        sa.set(number(), number() >>> 30, number(), number());
    }

    /** As many bits as chance wants: small numbers and those of twenty digits. */
    private long number() {
        return random.nextLong() >>> random.nextInt(64);
    }
}

package org.qfpsim.controlplane.sadb;

import java.util.Random;
import org.qfpsim.controlplane.ike.IkeIdentity;
import org.qfpsim.controlplane.ike.IkePath;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.packet.IpPrefix;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Records of all shapes, from a seed. */
final class TestRecords {
    private static final IpAddress V4 = IpAddress.parse("20.1.1.2");
    private static final IpAddress V6 = IpAddress.parse("2001:db8::1");

    private TestRecords() {
    }

    /** Any record, found by a number. */
    static SaRecord any(final long seed, final int number) {
        final Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L + number);
        final boolean v6 = (number & 4) != 0;
        final EspSuite suite = EspSuite.values()[random.nextInt(EspSuite.values().length)];
        final boolean esn = random.nextBoolean();
        final IpAddress local = v6 ? V6 : V4;
        final IpAddress remote = v6 ? new IpAddress(true, random.nextLong(), random.nextLong()) : IpAddress.v4(random.nextInt());
        final boolean udp = random.nextBoolean();
        final IkePath path = udp ? new IkePath(local, 4500, remote, random.nextInt(65536)) : IkePath.between(local, remote);
        final int version = random.nextInt(3);
        return new SaRecord(SaRecord.Direction.values()[number & 1], path, udp, 256 + (number >>> 1), random.nextInt(), suite,
            SaSpec.Mode.values()[random.nextInt(2)], esn, esn ? 1024 : 64, keys(suite, random), selector(random),
            new SaRecord.Life(random.nextInt(90_000), random.nextInt(5_000_000), random.nextLong(), random.nextLong(), Long.MAX_VALUE),
            version == 0 ? null : identity(random),
            new SaRecord.Origin(version, random.nextBoolean(), random.nextBoolean() ? random.nextInt() : null),
            "VPN " + random.nextInt(1_000_000),
            new SaRecord.Status(SaRecord.State.values()[random.nextInt(SaRecord.State.values().length)], random.nextLong(),
                "r".repeat(random.nextInt(SaRecord.MAX_TEXT + 1))), random.nextLong(), 1);
    }

    private static EspKeys keys(final EspSuite suite, final Random random) {
        final EspKeys keys = new EspKeys(new byte[suite.keyBytes()], new byte[suite.saltBytes()], new byte[suite.authKeyBytes()]);
        random.nextBytes(keys.key());
        random.nextBytes(keys.salt());
        random.nextBytes(keys.authKey());
        return keys;
    }

    private static TrafficSelector selector(final Random random) {
        final boolean v6 = random.nextBoolean();
        final IpPrefix source = v6
            ? new IpPrefix(new IpAddress(true, random.nextLong(), random.nextLong()), random.nextInt(129))
            : new IpPrefix(IpAddress.v4(random.nextInt()), random.nextInt(33));
        final int port = random.nextInt(65536);
        return random.nextBoolean() ? TrafficSelector.between(source, IpPrefix.any(v6))
            : new TrafficSelector(source, IpPrefix.any(v6), random.nextInt(256), 0, port, port, 65535);
    }

    private static IkeIdentity identity(final Random random) {
        return random.nextBoolean() ? IkeIdentity.of(IkeIdentity.FQDN, "spoke" + random.nextInt(10_000) + ".example.org")
            : IkeIdentity.of(IpAddress.v4(random.nextInt()));
    }
}

package org.qfpsim.sim.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Much data at once, both ways, between this machine's TCP at either end of a tunnel with strongSwan: what comes is what went. */
class StrongSwanBulkTest {
    private static final long OCTETS = Integer.getInteger("qfp.test.scale", 1) > 1 ? 100_000_000 : 10_000_000;
    private static final int SECONDS = Integer.getInteger("qfp.test.scale", 1) > 1 ? 600 : 60;

    private static final String INSIDE = """
        interface GigabitEthernet0/0/0
         ipv6 address FD09::2/64
        interface GigabitEthernet0/0/1
         ipv6 address FD02::1/64
        """;
    private static final String MAP = """
        ipv6 access-list SIX
         permit ipv6 FD02::/64 FD01::/64
        crypto map VPN 20 ipsec-isakmp
         set peer 10.9.0.1
         set transform-set TS
         match address SIX%s
        ipv6 route FD01::/64 FD09::1
        """ + INSIDE;
    private static final String VTI = """
        crypto ikev2 keyring RING
         peer SIX
          address FD09::1/128
          pre-shared-key not-a-real-secret
        crypto ikev2 profile PROFILE
         match identity remote address FD09::1/128
        crypto ipsec profile VTI
         set transform-set TS
         set ikev2-profile PROFILE
        interface Tunnel1
         ipv6 address FD0A::2/64
         tunnel source FD09::2
         tunnel mode ipsec ipv6
         tunnel destination FD09::1
         tunnel protection ipsec profile VTI
        ipv6 route FD01::/64 Tunnel1
        """ + INSIDE;

    @BeforeAll
    static void shouldHaveAPeer() {
        assumeTrue(StrongSwan.missing().isEmpty(), () -> StrongSwan.missing().orElse(""));
    }

    private static Process start(final NetworkNamespace namespace, final String... args) {
        final String[] words = new String[5 + args.length];
        System.arraycopy(new String[] {Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
            System.getProperty("java.class.path"), BulkTransfer.class.getName()}, 0, words, 0, 5);
        System.arraycopy(args, 0, words, 5, args.length);
        return namespace.start(words);
    }

    /** Both ends send at once; every octet arrives. */
    private static void transfer(final Lab lab, final String host, final String peer) throws IOException {
        final Process server = start(lab.host(), host, "7000", "-", "-", Long.toString(OCTETS), "1");
        lab.await("a server", 20, () -> available(server));
        final long begin = lab.scenario().nanos();
        final Process client = start(lab.namespace(), peer, "0", host, "7000", Long.toString(OCTETS), "2");
        final List<String> there = List.of(lab.finish(client, SECONDS).strip().split(" "));
        final List<String> here = List.of(lab.finish(server, SECONDS).lines().skip(1).findFirst().orElse("").split(" "));
        System.out.printf("%d octets each way in %.1f s%n", OCTETS, (lab.scenario().nanos() - begin) / 1e9);
        assertThat(there).hasSize(2).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
        assertThat(here).as("received what the other has sent").containsExactly(there.get(1), there.get(0));
        assertThat(lab.scenario().problems()).isEmpty();
    }

    private static boolean available(final Process process) {
        try {
            return process.getInputStream().available() > 0;
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, esp-aes esp-sha-hmac, aes128-sha1", "2, esp-gcm 256, aes256gcm16"})
    void shouldCarryEveryOctet(final int version, final String transforms, final String proposal, @TempDir final Path folder)
        throws IOException {
        try (Lab lab = Lab.withHost(folder, Tunnel.of(version).suite(transforms, proposal, false))) {
            lab.initiate();
            transfer(lab, Tunnel.BOB, Tunnel.PEER_INSIDE);
            // Cut before it is encrypted, put together again at the far end.
            assertThat(lab.finish(lab.namespace().start("ping", "-n", "-c", "20", "-i", "0.05", "-W", "5", "-s", "4000", "-I",
                Tunnel.PEER_INSIDE, Tunnel.BOB), 20)).contains(" 0% packet loss");
        }
    }

    /** IPv6 inside IPv4: a crypto map with an IPv6 access list; inside IPv6: a virtual tunnel interface. */
    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "2, true"})
    void shouldCarryIpv6(final int version, final boolean outside, @TempDir final Path folder) throws IOException {
        final Tunnel tunnel = Tunnel.of(version).router(outside ? VTI : MAP.formatted(version == 1 ? "" : "\n set ikev2-profile PROFILE"))
            .child("}\nsix {\nlocal_ts = fd01::/64\nremote_ts = fd02::/64\nesp_proposals = aes256-sha256");
        try (Lab lab = Lab.withHost(folder, tunnel)) {
            lab.namespace().run("ip", "addr", "add", "fd01::1/64", "dev", "lo", "nodad");
            lab.namespace().run("ip", "addr", "add", "fd09::1/64", "dev", "eth0", "nodad");
            if (outside) {
                lab.daemon().load(tunnel.daemonConfiguration().replace(Tunnel.PEER, "fd09::1").replace(Tunnel.ROUTER, "fd09::2"));
            }
            lab.host().run("ip", "addr", "add", "fd02::10/64", "dev", "eth0", "nodad");
            lab.host().run("ip", "-6", "route", "add", "default", "via", "fd02::1");
            final Process initiate = lab.daemon().controlLater("--initiate", "--child", "six", "--timeout", "5");
            assertThat(lab.finish(initiate, 10)).contains("completed successfully");
            assertThat(lab.show("show crypto ipsec sa")).contains("remote ident (addr/mask/prot/port): (fd01::/64/0/0)",
                "current_peer " + (outside ? "fd09::1" : Tunnel.PEER) + " port 4500");
            transfer(lab, "fd02::10", "fd01::1");
        }
    }
}

package org.qfpsim.controlplane.nhrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.controlplane.nhrp.Cloud.ip;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.nhrp.NhrpPacket.Kind;
import org.qfpsim.datapath.route.Notification;
import org.qfpsim.datapath.route.RoutedConfig;

/** Resolution of next hops (RFC 2332 sections 5.2.1, 5.2.2), in virtual time. */
class NhrpResolutionTest {
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);

    private final Cloud cloud = new Cloud();

    @Test
    void shouldFindAnotherSpokeThroughTheServer() {
        cloud.hub();
        final Cloud.Station two = cloud.spoke(2);
        cloud.spoke(3, "ip nhrp holdtime 300");
        cloud.run(50);
        assertThat(two.want("172.16.0.3")).isTrue();
        assertThat(two.hop("172.16.0.3")).as("while it is looked for, packets go through the server").isEqualTo("10.0.0.1");
        cloud.run(1);
        assertThat(two.hop("172.16.0.3")).isEqualTo("10.0.0.3");
        final NhrpPacket request = cloud.taken(Kind.RESOLUTION_REQUEST).getFirst().packet();
        assertThat(request.flags()).isEqualTo(NhrpPacket.ROUTER | NhrpPacket.AUTHORITATIVE | NhrpPacket.SOURCE_STABLE);
        assertThat(request.destination()).isEqualTo(ip("172.16.0.3"));
        final NhrpPacket reply = cloud.taken(Kind.RESOLUTION_REPLY).getFirst().packet();
        assertThat(reply.has(NhrpPacket.AUTHORITATIVE)).isTrue();
        assertThat(reply.cies()).containsExactly(NhrpCie.of(32, 1400, 250, ip("10.0.0.3"), ip("172.16.0.3")));
        cloud.run(248);
        assertThat(two.hop("172.16.0.3")).isEqualTo("10.0.0.3");
        cloud.run(2);
        assertThat(two.hop("172.16.0.3")).as("what was left of the hold time is over").isNull();
        assertThat(cloud.taken(Kind.RESOLUTION_REQUEST)).hasSize(1);
    }

    @Test
    void shouldAskAgainUntilItIsAnswered() {
        cloud.hub();
        final Cloud.Station two = cloud.spoke(2);
        cloud.spoke(3);
        cloud.run(10);
        cloud.filter(message -> message.seconds() > 15);
        two.want("172.16.0.3");
        two.want("172.16.0.3");
        cloud.run(10);
        assertThat(cloud.taken(Kind.RESOLUTION_REQUEST)).extracting(Cloud.Message::seconds).containsExactly(10.0, 11.0, 13.0, 17.0);
        assertThat(cloud.taken(Kind.RESOLUTION_REQUEST)).extracting(message -> message.packet().requestId()).containsOnly(1);
        assertThat(two.hop("172.16.0.3")).isEqualTo("10.0.0.3");
    }

    @Test
    void shouldRememberForAWhileThatThereIsNone() {
        final Cloud.Station hub = cloud.hub();
        final Cloud.Station two = cloud.spoke(2);
        cloud.run(10);
        two.want("172.16.0.9");
        cloud.run(1);
        assertThat(cloud.taken(Kind.RESOLUTION_REPLY).getFirst().packet().cies()).containsExactly(NhrpCie.refused(12));
        assertThat(hub.nhrp.count(NhrpCounter.REFUSED)).isEqualTo(1);
        assertThat(two.nhrp.show(false)).contains("172.16.0.9/32\n   Tunnel0 created 00:00:01, expire 00:02:59\n"
            + "   Type: incomplete, Flags: negative\n   Cache hits: 1\n");
        two.want("172.16.0.9");
        cloud.run(178);
        assertThat(cloud.taken(Kind.RESOLUTION_REQUEST)).hasSize(1);
        cloud.run(2);
        assertThat(two.hop("172.16.0.9")).isNull();
        two.want("172.16.0.9");
        assertThat(cloud.taken(Kind.RESOLUTION_REQUEST)).hasSize(2);
    }

    @Test
    void shouldTellThoseWhoHaveAskedWhenAStationGoes() {
        final Cloud.Station hub = cloud.hub();
        final Cloud.Station two = cloud.spoke(2);
        final Cloud.Station three = cloud.spoke(3);
        cloud.run(10);
        two.want("172.16.0.3");
        cloud.run(1);
        assertThat(two.hop("172.16.0.3")).isEqualTo("10.0.0.3");
        three.nhrp.close();
        cloud.run(1);
        assertThat(hub.hop("172.16.0.3")).isNull();
        assertThat(two.hop("172.16.0.3")).isNull();
        assertThat(cloud.taken(Kind.PURGE_REQUEST)).extracting(message -> message.to().toString())
            .containsExactly("10.0.0.1", "10.0.0.2");
    }

    @Test
    void shouldAskAServerThatAnswers() {
        cloud.filter(message -> !message.to().equals(ip("10.0.0.1")));
        cloud.new Station("10.0.0.8", "172.16.0.8");
        final Cloud.Station two = cloud.spoke(2, "ip nhrp nhs 172.16.0.8 nbma 10.0.0.8");
        cloud.spoke(3, "ip nhrp nhs 172.16.0.8 nbma 10.0.0.8");
        cloud.run(5);
        two.want("172.16.0.3");
        assertThat(two.hop("172.16.0.3")).isEqualTo("10.0.0.8");
        cloud.run(1);
        assertThat(two.hop("172.16.0.3")).isEqualTo("10.0.0.3");
    }

    @Test
    void shouldPassARequestOnToItsOwnServerAndTheReplyBack() {
        final Cloud.Station top = cloud.new Station("10.0.0.8", "172.16.0.8");
        final Cloud.Station hub = cloud.hub("ip nhrp nhs 172.16.0.8 nbma 10.0.0.8");
        final Cloud.Station two = cloud.spoke(2);
        cloud.new Station("10.0.0.3", "172.16.0.3", "ip nhrp nhs 172.16.0.8 nbma 10.0.0.8");
        cloud.run(5);
        two.want("172.16.0.3");
        cloud.run(1);
        assertThat(two.hop("172.16.0.3")).isEqualTo("10.0.0.3");
        assertThat(hub.nhrp.count(NhrpCounter.FORWARDED)).isEqualTo(2);
        assertThat(top.nhrp.count(NhrpCounter.FORWARDED)).isZero();
        final NhrpPacket forwarded = cloud.taken(Kind.RESOLUTION_REQUEST).get(1).packet();
        assertThat(forwarded.hops()).isEqualTo(254);
        assertThat(forwarded.source()).isEqualTo(ip("172.16.0.2"));
        final NhrpPacket reply = cloud.taken(Kind.RESOLUTION_REPLY).getLast().packet();
        assertThat(reply.hops()).isEqualTo(254);
        assertThat(entries(reply, NhrpExtension.FORWARD_RECORD)).extracting(NhrpCie::nbma).containsExactly(ip("10.0.0.1"));
        assertThat(entries(reply, NhrpExtension.REVERSE_RECORD)).extracting(NhrpCie::nbma).containsExactly(ip("10.0.0.1"));
        assertThat(entries(reply, NhrpExtension.RESPONDER)).extracting(NhrpCie::nbma).containsExactly(ip("10.0.0.8"));
    }

    private static List<NhrpCie> entries(final NhrpPacket packet, final int type) {
        return packet.extensions().stream().filter(extension -> extension.type() == type)
            .flatMap(extension -> NhrpDecoder.entries(extension.value(), 4, 4).orElseThrow().stream()).toList();
    }

    @Test
    void shouldEndALoopOfServers() {
        // A ring of three servers, none of which knows the target.
        cloud.new Station("10.0.0.11", "172.16.0.11", "ip nhrp nhs 172.16.0.12 nbma 10.0.0.12");
        cloud.new Station("10.0.0.12", "172.16.0.12", "ip nhrp nhs 172.16.0.13 nbma 10.0.0.13");
        cloud.new Station("10.0.0.13", "172.16.0.13", "ip nhrp nhs 172.16.0.11 nbma 10.0.0.11");
        final Cloud.Station two = cloud.new Station("10.0.0.2", "172.16.0.2", "ip nhrp nhs 172.16.0.11 nbma 10.0.0.11");
        cloud.run(5);
        two.want("172.16.0.3");
        cloud.run(0.5);
        assertThat(cloud.taken(Kind.RESOLUTION_REQUEST)).hasSize(4);
        assertThat(cloud.taken(Kind.ERROR_INDICATION)).singleElement()
            .satisfies(message -> assertThat(message.packet().errorCode()).isEqualTo(NhrpNames.ERROR_LOOP));
    }

    @Test
    void shouldNotPassOnWhatHasComeFarEnough() {
        final Cloud.Station hub = cloud.hub("ip nhrp nhs 172.16.0.8 nbma 10.0.0.8");
        cloud.run(1);
        final NhrpPacket request = new NhrpPacket(Kind.RESOLUTION_REQUEST, 0, 0, 5, ip("10.0.0.2"), ip("172.16.0.2"), ip("172.16.0.3"),
            List.of(), List.of(), new byte[0]);
        hub.deliver(ip("10.0.0.2"), NhrpEncoder.write(request, false));
        assertThat(cloud.taken(Kind.RESOLUTION_REQUEST)).isEmpty();
        final NhrpPacket error = cloud.taken(Kind.ERROR_INDICATION).getFirst().packet();
        assertThat(error.errorCode()).isEqualTo(15);
        assertThat(error.destination()).isEqualTo(ip("172.16.0.2"));
        assertThat(NhrpDecoder.read(error.inError()).orElseThrow()).usingRecursiveComparison().isEqualTo(request);
        hub.deliver(ip("10.0.0.2"), NhrpEncoder.write(error, false));
        assertThat(cloud.taken(Kind.ERROR_INDICATION)).as("no error about an error").hasSize(1);
    }

    @Test
    void shouldSayWhichExtensionItDoesNotKnow() {
        final Cloud.Station hub = cloud.hub();
        final NhrpPacket request = new NhrpPacket(Kind.RESOLUTION_REQUEST, 9, 0, 5, ip("10.0.0.2"), ip("172.16.0.2"), ip("172.16.0.1"),
            List.of(), List.of(NhrpExtension.empty(4), new NhrpExtension(true, 99, new byte[2])), new byte[0]);
        hub.deliver(ip("10.0.0.2"), NhrpEncoder.write(request, false));
        final NhrpPacket error = cloud.taken(Kind.ERROR_INDICATION).getFirst().packet();
        assertThat(error.errorCode()).isEqualTo(1);
        assertThat(error.errorOffset()).isEqualTo(44);
        final NhrpPacket optional = request.withExtensions(List.of(new NhrpExtension(false, 99, new byte[2])));
        hub.deliver(ip("10.0.0.2"), NhrpEncoder.write(optional, false));
        assertThat(cloud.taken(Kind.RESOLUTION_REPLY)).singleElement()
            .satisfies(message -> assertThat(message.packet().cies().getFirst().nbma()).isEqualTo(ip("10.0.0.1")));
    }

    @Test
    void shouldNotBelieveAnswersThatItDidNotAskFor() {
        cloud.hub();
        final Cloud.Station two = cloud.spoke(2);
        cloud.run(10);
        cloud.filter(message -> false);
        two.want("172.16.0.3");
        for (final int id : List.of(0, 2, 77)) {
            final NhrpPacket forged = new NhrpPacket(Kind.RESOLUTION_REPLY, 255, 0, id, ip("10.0.0.2"), ip("172.16.0.2"),
                ip("172.16.0.3"), List.of(NhrpCie.of(32, 1400, 600, ip("6.6.6.6"), ip("172.16.0.3"))), List.of(), new byte[0]);
            two.deliver(ip("6.6.6.6"), NhrpEncoder.write(forged, false));
        }
        assertThat(two.hop("172.16.0.3")).isEqualTo("10.0.0.1");
        assertThat(two.nhrp.count(NhrpCounter.UNWANTED)).isEqualTo(3);
    }

    @Test
    void shouldNotLookForMoreThanItCanHold() {
        cloud.filter(message -> false);
        cloud.prefix = 16;
        final Cloud.Station two = cloud.spoke(2);
        for (int i = 0; i < 2_000; i++) {
            two.want("172.16." + i / 200 + "." + i % 200);
            two.want("172.20." + i / 200 + "." + i % 200);
        }
        assertThat(two.nhrp.size()).isEqualTo(NhrpResolver.MAX_INCOMPLETE);
        assertThat(two.hop("172.20.0.3")).as("no next hop through this tunnel").isNull();
        assertThat(two.hop("172.16.0.1")).as("the server itself").isEqualTo("10.0.0.1");
        assertThat(two.nhrp.notified(notification(0))).isTrue();
        assertThat(two.nhrp.notified(notification(1))).as("another interface").isFalse();
    }

    private static Notification notification(final int index) {
        return new Notification(Notification.Kind.NEIGHBOR_WANTED, ip("0.0.0.0"), ip("172.16.0.3"), 0, 0, 0, 0, index,
            RoutedConfig.NO_FLOW, 1, 0, 0, 0);
    }

    @Test
    void shouldShowItsCache() {
        final Cloud.Station hub = cloud.hub("ip nhrp map 172.16.0.7 10.0.0.7");
        cloud.spoke(2);
        final Cloud.Station three = cloud.spoke(3);
        cloud.run(3);
        three.want("172.16.0.2");
        cloud.run(62);
        assertThat(hub.nhrp.show(false)).isEqualTo("""
            172.16.0.7/32 via 172.16.0.7
               Tunnel0 created 00:01:05, never expire
               Type: static, Flags:\s
               NBMA address: 10.0.0.7
            172.16.0.2/32 via 172.16.0.2
               Tunnel0 created 00:01:04, expire 00:08:55
               Type: dynamic, Flags: unique registered nhop
               NBMA address: 10.0.0.2
            172.16.0.3/32 via 172.16.0.3
               Tunnel0 created 00:01:04, expire 00:08:55
               Type: dynamic, Flags: unique registered nhop
               NBMA address: 10.0.0.3
            """);
        assertThat(three.nhrp.show(true)).isEqualTo("""
                Target           Via              NBMA              Mode       Intfc   Claimed
            172.16.0.1/32        172.16.0.1       10.0.0.1          static     Tu0     <     >
            172.16.0.2/32        172.16.0.2       10.0.0.2          dynamic    Tu0     <     >
            """);
    }

    @Test
    void shouldSurviveChangedPackets() {
        final RandomGenerator random = new Random(517);
        final List<Cloud.Station> stations = List.of(cloud.hub("ip nhrp nhs 172.16.0.8 nbma 10.0.0.8"), cloud.spoke(2), cloud.spoke(3),
            cloud.new Station("10.0.0.8", "172.16.0.8"));
        cloud.run(2);
        stations.get(1).want("172.16.0.3");
        cloud.run(2);
        final List<byte[]> seen = cloud.messages.stream().map(Cloud.Message::octets).toList();
        for (int i = 0; i < 3_000 * SCALE; i++) {
            final byte[] octets = seen.get(random.nextInt(seen.size())).clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            final byte[] changed = random.nextInt(8) == 0 ? octets : NhrpCodecTest.checksummed(octets);
            stations.get(random.nextInt(stations.size())).deliver(ip("10.0.0." + random.nextInt(10)), changed);
            if (i % 16 == 0) {
                stations.get(1 + random.nextInt(2)).want("172.16.0." + random.nextInt(20));
                cloud.run(random.nextInt(40));
                cloud.messages.clear();
            }
        }
        assertThat(stations).allSatisfy(station -> assertThat(station.nhrp.size()).isLessThan(256));
        assertThat(stations.getFirst().nhrp.count(NhrpCounter.MALFORMED)).isPositive();
        // What was forged is forgotten in time, and the honest stations are there again.
        cloud.run(65_536 + 1_000);
        assertThat(stations.getFirst().hop("172.16.0.3")).isEqualTo("10.0.0.3");
    }
}

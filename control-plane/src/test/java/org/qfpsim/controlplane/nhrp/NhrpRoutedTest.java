package org.qfpsim.controlplane.nhrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.controlplane.nhrp.Cloud.ip;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.route.NhrpMapping;
import org.qfpsim.datapath.route.RoutedConfig;

/** Hub and spokes over a multipoint tunnel with whole datapaths: real packets, real GRE, no IPsec. */
class NhrpRoutedTest {
    private static final int TTL = 8;

    @Test
    void shouldCarryPacketsFromSpokeToSpoke() {
        try (ThreeRouters net = new ThreeRouters()) {
            net.settle();
            assertThat(net.router(1).datapath.configuration().nhrp()).containsExactlyInAnyOrder(mapping(2), mapping(3));

            net.router(2).send(1);
            net.settle();
            assertThat(net.router(1).lan).as("to the hub").hasSize(1);
            net.router(1).send(3);
            net.settle();
            assertThat(net.router(3).lan).as("from the hub, by registration").hasSize(1);

            net.router(3).lan.clear();
            net.router(2).send(3);
            net.settle();
            assertThat(net.router(3).lan).as("the first one finds no next hop").isEmpty();
            assertThat(net.router(2).store.reader().globalPackets(GlobalDrop.IPV4_NO_ADJ.id())).isEqualTo(1);
            assertThat(net.router(2).datapath.configuration().nhrp()).as("resolved").contains(mapping(3));

            net.wan.clear();
            net.router(2).send(3);
            net.settle();
            assertThat(net.router(3).lan).hasSize(1);
            assertThat(net.router(3).lan.getFirst()[TTL]).as("two routers").isEqualTo((byte) 62);
            assertThat(net.wan).as("not over the hub").singleElement()
                .satisfies(packet -> assertThat(outer(packet)).containsExactly(ip("10.0.0.2"), ip("10.0.0.3")));
            net.routers.forEach(router -> assertThat(router.store.reader().inFlight()).isZero());
        }
    }

    @Test
    void shouldCarryPacketsOverTheHubWhileTheNextHopIsNotKnown() {
        try (ThreeRouters net = new ThreeRouters()) {
            net.settle();
            // The spoke that is looked for goes: the hub can tell nothing, and its own packets to it are lost.
            net.router(3).nhrp.close();
            net.settle();
            assertThat(net.router(1).datapath.configuration().nhrp()).containsExactly(mapping(2));
            net.router(2).send(3);
            net.settle();
            net.wan.clear();
            net.router(2).send(3);
            net.settle();
            assertThat(net.wan).as("to the hub").singleElement()
                .satisfies(packet -> assertThat(outer(packet)).containsExactly(ip("10.0.0.2"), ip("10.0.0.1")));
            assertThat(net.router(3).lan).isEmpty();
            assertThat(net.router(1).store.reader().globalPackets(GlobalDrop.IPV4_NO_ADJ.id())).isEqualTo(1);
            assertThat(net.router(2).nhrp.show(true)).contains("172.16.0.3/32").contains("incomplete");
        }
    }

    @Test
    void shouldKeepRegistrationsForAnHour() {
        try (ThreeRouters net = new ThreeRouters()) {
            net.run(3600);
            assertThat(net.router(1).datapath.configuration().nhrp()).containsExactlyInAnyOrder(mapping(2), mapping(3));
            // One at 0, one every 200 s.
            assertThat(net.router(1).nhrp.count(NhrpCounter.RECEIVED)).isEqualTo(2 * 19);
            assertThat(net.routers).allSatisfy(router -> assertThat(router.nhrp.count(NhrpCounter.MALFORMED)
                + router.nhrp.count(NhrpCounter.UNAUTHENTICATED) + router.nhrp.count(NhrpCounter.UNWANTED)).isZero());
        }
    }

    private static NhrpMapping mapping(final int router) {
        return new NhrpMapping(ThreeRouters.TUNNEL, ip("172.16.0." + router), ip("10.0.0." + router), RoutedConfig.NO_FLOW);
    }

    private static List<IpAddress> outer(final byte... packet) {
        return List.of(address(packet, 12), address(packet, 16));
    }

    private static IpAddress address(final byte[] packet, final int at) {
        return IpAddress.of(Arrays.copyOfRange(packet, at, at + 4));
    }
}

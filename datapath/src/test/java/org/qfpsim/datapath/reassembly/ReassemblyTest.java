package org.qfpsim.datapath.reassembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.qfpsim.datapath.support.Packets.concat;
import static org.qfpsim.datapath.support.Packets.counting;
import static org.qfpsim.datapath.support.Packets.extension;
import static org.qfpsim.datapath.support.Packets.ipv4;
import static org.qfpsim.datapath.support.Packets.ipv6;
import static org.qfpsim.datapath.support.Packets.ipv6Fragment;
import static org.qfpsim.datapath.support.Packets.udp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.support.Event;
import org.qfpsim.datapath.support.Expect;
import org.qfpsim.datapath.support.Packets;
import org.qfpsim.datapath.support.PipelineFixture;
import org.qfpsim.datapath.support.Sa;
import org.qfpsim.datapath.support.Sender;

/** Reassembly through the pipeline: whatever comes, each fragment is accounted for exactly once (checked by the fixture). */
class ReassemblyTest {
    private static final long SEED = 0x46524147L;
    private static final int SCALE = Integer.getInteger("qfp.test.scale", 1);
    private static final int TO_US = Expect.punt(PuntCause.FOR_US_DATA);
    private static final int BAD_LENGTH = Expect.drop(GlobalDrop.REASS_BAD_LEN);
    private static final int OVERLAP = Expect.drop(GlobalDrop.REASS_OVERLAP);
    private static final int TOO_BIG = Expect.drop(GlobalDrop.REASS_FRAG_TOO_BIG);
    private static final int TIMEOUT = Expect.drop(GlobalDrop.REASS_TIMEOUT);
    private static final byte[] INNER = ipv4("10.1.0.1", "10.2.0.1", 17, udp(7, 9, counting(1200)));

    private static List<byte[]> cut(final byte[] packet, final int mtu) {
        final List<byte[]> fragments = new ArrayList<>();
        new Fragmenter().cut(new UnsafeBuffer(packet), 0, packet.length, mtu, (buffer, offset, length) -> {
            final byte[] fragment = new byte[length];
            buffer.getBytes(offset, fragment);
            return fragments.add(fragment);
        });
        return fragments;
    }

    /** One IPv4 fragment for us. */
    private static byte[] part(final int protocol, final int id, final int offset, final int length, final boolean more) {
        return Packets.ipv4Fragment(ipv4(Sa.PEER, Sa.US, protocol, counting(length)), id, more ? Packets.MORE : 0, offset);
    }

    private static void feed(final PipelineFixture fixture, final byte[]... fragments) {
        for (final byte[] fragment : fragments) {
            fixture.offer(fragment);
        }
        fixture.drain();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReassembleEspInAnyOrder(final boolean v6) {
        final Random random = new Random(SEED);
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install((v6 ? Sa.spi(1).v6() : Sa.spi(1)).window(4096).build());
            final Sender natt = fixture.install((v6 ? Sa.spi(2).v6() : Sa.spi(2)).window(4096).udp().build());
            for (int i = 0; i < 50 * SCALE; i++) {
                final List<byte[]> fragments = cut((i % 2 == 0 ? sender : natt).wrap(INNER), v6 ? 100 + random.nextInt(900) : 68 + random.nextInt(900));
                if (i == 1) {
                    Collections.reverse(fragments);
                } else if (i > 1) {
                    Collections.shuffle(fragments, random);
                }
                fixture.recorder().events().clear();
                fragments.forEach(fixture::offer);
                fixture.drain();
                final List<Event> events = fixture.recorder().events();
                assertThat(events).as("seed %d datagram %d", SEED, i).hasSize(fragments.size());
                assertThat(events.getLast().packet()).isEqualTo(INNER);
                assertThat(events.subList(0, events.size() - 1)).allSatisfy(event -> {
                    assertThat(event.verdict()).isEqualTo(Expect.FRAGMENT_USED);
                    assertThat(event.completing()).isEqualTo(events.getLast().arrival());
                });
            }
        }
    }

    @Test
    void shouldReassembleClearPacketsForUsWithOptionsAndExtensionHeaders() {
        final byte[] options = {(byte) 0x94, 4, 0, 0, 7, 7, 4, 0, 0, 0, 0, 0};
        final byte[] packet4 = ipv4(Sa.PEER, Sa.US, 6, counting(3000), 0, options);
        final byte[] tcp = counting(64);
        try (PipelineFixture fixture = new PipelineFixture()) {
            cut(packet4, 576).forEach(fixture::offer);
            fixture.offer(ipv6(Sa.PEER6, Sa.US6, 60, concat(extension(44, 2), fragmentHeader(6, 0, true, 5), Arrays.copyOf(tcp, 32))))
                .offer(ipv6(Sa.PEER6, Sa.US6, 60, concat(extension(44, 2), fragmentHeader(6, 32, false, 5), Arrays.copyOfRange(tcp, 32, 64))))
                .drain();
            final List<byte[]> punted = new ArrayList<>();
            fixture.pipeline().drainPunts((type, buffer, index, length) -> {
                final byte[] message = new byte[length - 24];
                buffer.getBytes(index + 24, message);
                punted.add(message);
            }, 10);
            assertThat(punted).hasSize(2);
            assertThat(punted.getFirst()).isEqualTo(packet4WithId(packet4));
            assertThat(punted.getLast()).isEqualTo(ipv6(Sa.PEER6, Sa.US6, 60, concat(extension(6, 2), tcp)));
        }
    }

    private static byte[] packet4WithId(final byte[] packet) {
        return Packets.ipv4Fragment(packet, 0x1234, 0, 0);
    }

    private static byte[] fragmentHeader(final int next, final int offset, final boolean more, final int id) {
        return Arrays.copyOfRange(ipv6Fragment(Sa.PEER6, Sa.US6, next, new byte[0], id, offset, more), 40, 48);
    }

    @Test
    void shouldDropTheWholeDatagramForAnOverlapOrADuplicate() {
        for (final int[] second : new int[][] {{0, 64}, {56, 64}, {8, 8}, {0, 8}, {0, 128}}) {
            try (PipelineFixture fixture = new PipelineFixture()) {
                feed(fixture, part(6, 1, 0, 64, true), part(6, 1, second[0], second[1], true));
                assertThat(fixture.verdicts()).as("%d octets at %d", second[1], second[0]).containsExactly(OVERLAP, OVERLAP);
            }
        }
    }

    @Test
    void shouldDropFragmentsWithImpossibleLengths() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            feed(fixture, part(6, 1, 0, 0, true), part(6, 2, 8, 0, false), part(6, 3, 0, 63, true),
                ipv6Fragment(Sa.PEER6, Sa.US6, 6, new byte[0], 1, 0, true), ipv6Fragment(Sa.PEER6, Sa.US6, 6, new byte[9], 2, 0, true));
            assertThat(fixture.verdicts()).containsOnly(BAD_LENGTH).hasSize(5);
        }
    }

    @Test
    void shouldDropDatagramsWhoseEndsContradict() {
        final byte[] end100 = part(6, 1, 64, 36, false);
        for (final byte[][] fragments : new byte[][][] {
            {end100, part(6, 1, 128, 8, true)},
            {part(6, 1, 128, 8, true), end100},
            {end100, part(6, 1, 128, 8, false)},
            // As many octets as the datagram has, but one part lies behind its end and leaves a hole.
            {end100, part(6, 1, 0, 56, true), part(6, 1, 104, 8, true)}}) {
            try (PipelineFixture fixture = new PipelineFixture()) {
                feed(fixture, fragments);
                assertThat(fixture.verdicts()).containsOnly(BAD_LENGTH).hasSize(fragments.length);
            }
        }
    }

    @Test
    void shouldWaitForGapsAndGiveUpByPacketTime() {
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().reassembly(4, 8, 1_000), "auto")) {
            fixture.offer(part(6, 1, 0, 64, true), 0).offer(part(6, 1, 128, 8, false), 10).offer(part(50, 2, 0, 64, true), 500).drain();
            assertThat(fixture.verdicts()).isEmpty();
            fixture.offer(ipv4(Sa.PEER, Sa.US, 6, counting(20)), 999).drain();
            assertThat(fixture.verdicts()).containsExactly(TO_US);
            fixture.offer(ipv4(Sa.PEER, Sa.US, 6, counting(20)), 1_000).drain();
            assertThat(fixture.verdicts()).containsExactly(TO_US, TIMEOUT, TIMEOUT, TO_US);
            fixture.pipeline().expire(1_499);
            assertThat(fixture.recorder().events()).hasSize(4);
            fixture.pipeline().expire(1_500);
            assertThat(fixture.verdicts().getLast()).isEqualTo(Expect.FRAGMENT_LOST);
            fixture.offer(part(6, 1, 64, 64, true), 1_600).drain();
            assertThat(fixture.recorder().events()).as("too late: a new datagram").hasSize(5);
        }
    }

    @Test
    void shouldBoundFragmentsOfADatagram() {
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().reassembly(4, 4, 1_000), "auto")) {
            for (int i = 0; i < 5; i++) {
                fixture.offer(part(6, 1, i * 16, 8, true));
            }
            fixture.drain();
            assertThat(fixture.verdicts()).containsOnly(Expect.drop(GlobalDrop.REASS_TOO_MANY_FRAGS)).hasSize(5);
        }
    }

    @Test
    void shouldBoundDatagramsInTheMaking() {
        try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().reassembly(2, 4, 1_000), "auto")) {
            feed(fixture, part(6, 1, 0, 8, true), part(6, 2, 0, 8, true), part(6, 3, 0, 8, true), part(50, 4, 0, 8, true),
                part(6, 1, 8, 8, false), part(6, 3, 8, 8, true));
            assertThat(fixture.verdicts()).containsExactly(Expect.drop(GlobalDrop.REASS_NO_FRAG_INFO), Expect.FRAGMENT_LOST,
                Expect.FRAGMENT_USED, TO_US);
        }
    }

    @Test
    void shouldRefusePingsOfDeath() {
        final byte[] eight = counting(8);
        try (PipelineFixture fixture = new PipelineFixture()) {
            feed(fixture, part(1, 1, 65_528, 8, true), part(1, 2, 65_528, 100, false), part(1, 3, 65_528, 8, false),
                ipv6Fragment(Sa.PEER6, Sa.US6, 58, eight, 1, 65_528, true));
            assertThat(fixture.verdicts()).containsOnly(TOO_BIG).hasSize(4);
        }
    }

    @Test
    void shouldReassembleTheLongestPacketsAndRefuseOneOctetMore() {
        for (int more = 0; more <= 1; more++) {
            try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().reassembly(2, 64, 1_000).ringSlots(64), "auto")) {
                for (int offset = 0; offset < 65_515 - 1_515; offset += 1_600) {
                    fixture.offer(part(6, 1, offset, 1_600, true));
                }
                fixture.offer(part(6, 1, 64_000, 65_515 - 64_000 + more, false)).drain();
                final int last = fixture.verdicts().getLast();
                assertThat(Event.text(last)).isEqualTo(Event.text(more == 0 ? TO_US : TOO_BIG));
                assertThat(fixture.recorder().events()).hasSize(41);
            }
        }
    }

    @Test
    void shouldCountEspLossesAsIpsecAndOthersAsReassembly() {
        final byte[] natt = udp(4500, 4500, counting(56));
        try (PipelineFixture fixture = new PipelineFixture()) {
            feed(fixture, part(50, 1, 0, 64, true), part(50, 1, 8, 64, true));
            assertThat(fixture.verdicts()).containsOnly(Expect.FRAGMENT_LOST).hasSize(2);
            feed(fixture, Packets.ipv4Fragment(ipv4(Sa.PEER, Sa.US, 17, natt), 2, Packets.MORE, 0), part(17, 2, 8, 64, true));
            assertThat(fixture.verdicts()).containsOnly(Expect.FRAGMENT_LOST).hasSize(4);
            feed(fixture, ipv6Fragment(Sa.PEER6, Sa.US6, 50, counting(64), 3, 0, true));
            fixture.giveUpFragments();
            assertThat(fixture.verdicts()).containsOnly(Expect.FRAGMENT_LOST).hasSize(5);
            feed(fixture, part(17, 4, 0, 64, true));
            fixture.giveUpFragments();
            assertThat(fixture.verdicts().getLast()).isEqualTo(TIMEOUT);
        }
    }

    @Test
    void shouldTakeIpv6AtomicFragmentsForWholePackets() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            feed(fixture, ipv6Fragment(Sa.PEER6, Sa.US6, 6, counting(64), 9, 0, true),
                ipv6Fragment(Sa.PEER6, Sa.US6, 6, counting(64), 9, 0, false));
            assertThat(fixture.verdicts()).as("it does not touch the datagram of the same number").containsExactly(TO_US);
            assertThat(fixture.recorder().held()).isEqualTo(1);
        }
    }

    @Test
    void shouldKeepDatagramsOfDifferentSendersProtocolsAndNumbersApart() {
        final byte[][] firsts = {part(6, 1, 0, 64, true), part(17, 1, 0, 64, true), part(6, 2, 0, 64, true),
            Packets.ipv4Fragment(ipv4("20.1.1.3", Sa.US, 6, counting(64)), 1, Packets.MORE, 0),
            ipv6Fragment(Sa.PEER6, Sa.US6, 6, counting(64), 1, 0, true), ipv6Fragment(Sa.PEER6, Sa.US6, 6, counting(64), 0x60001, 0, true)};
        try (PipelineFixture fixture = new PipelineFixture()) {
            feed(fixture, firsts);
            assertThat(fixture.verdicts()).isEmpty();
            feed(fixture, part(6, 2, 64, 8, false));
            assertThat(fixture.verdicts()).containsExactly(Expect.FRAGMENT_USED, TO_US);
            assertThat(fixture.recorder().events().getFirst().arrival()).isEqualTo(2);
        }
    }

    /** A fragment whose reassembled payload begins with another fragment header (RFC 8200 section 4.1 has each header once). */
    @Test
    void shouldDropFragmentsWithinFragments() {
        final byte[] nested = concat(fragmentHeader(6, 0, true, 7), counting(64));
        try (PipelineFixture fixture = new PipelineFixture()) {
            for (int i = 0; i < 20; i++) {
                feed(fixture, ipv6Fragment(Sa.PEER6, Sa.US6, 44, Arrays.copyOf(nested, 40), 7, 0, true),
                    ipv6Fragment(Sa.PEER6, Sa.US6, 44, Arrays.copyOfRange(nested, 40, nested.length), 7, 40, false));
            }
            assertThat(fixture.verdicts()).hasSize(40).containsOnly(Expect.FRAGMENT_USED, Expect.drop(GlobalDrop.REASS_DROP));
            assertThat(fixture.counters().total(Total.REASSEMBLED)).isEqualTo(20);
            fixture.recorder().events().clear();
            feed(fixture, part(6, 1, 0, 64, true), part(6, 1, 64, 64, false));
            assertThat(fixture.verdicts()).containsExactly(Expect.FRAGMENT_USED, TO_US);
        }
    }

    /** RFC 3168 section 5.3: a mark on any fragment is a mark on the datagram. */
    @Test
    void shouldKeepCongestionMarksOfLaterFragments() {
        try (PipelineFixture fixture = new PipelineFixture()) {
            final Sender sender = fixture.install(Sa.spi(1).build());
            final byte[] inner = ipv4("10.1.0.1", "10.2.0.1", 17, udp(7, 9, counting(1200)), 2, new byte[0]);
            final List<byte[]> fragments = cut(sender.wrap(inner), 800);
            fragments.set(1, Packets.checksummed(Packets.with(fragments.get(1), 1, 3)));
            fragments.forEach(fixture::offer);
            fixture.drain();
            assertThat(fixture.lastSent()[1] & 3).isEqualTo(3);
        }
    }

    @Test
    void shouldAccountForEveryFragmentOfARandomMess() {
        final int rounds = 20 * SCALE;
        for (int round = 0; round < rounds; round++) {
            final Random random = new Random(SEED + round);
            try (PipelineFixture fixture = new PipelineFixture(PipelineFixture.config().reassembly(4, 6, 2_000), "auto")) {
                final Sender sender = fixture.install(Sa.spi(1).window(4096).build());
                int frames = 0;
                long time = 0;
                while (frames < 500) {
                    final List<byte[]> mess = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        mess.addAll(cut(sender.wrap(INNER), 300 + random.nextInt(800)));
                        mess.add(part(random.nextBoolean() ? 6 : 50, random.nextInt(4), random.nextInt(20) * 8, random.nextInt(20) * 4,
                            random.nextBoolean()));
                        mess.add(mess.get(random.nextInt(mess.size())));
                    }
                    Collections.shuffle(mess, random);
                    for (final byte[] fragment : mess) {
                        fixture.offer(fragment, time);
                        time += random.nextInt(200);
                    }
                    frames += mess.size();
                }
                fixture.drain().giveUpFragments();
                assertThat(fixture.recorder().events().stream().map(Event::arrival).sorted().toList())
                    .as("seed %d", SEED + round).isEqualTo(LongStream.range(0, frames).boxed().toList());
            }
        }
    }
}

package org.qfpsim.controlplane.ike.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.controlplane.ike.ChildPolicy;
import org.qfpsim.controlplane.ike.IkeProposal;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;
import org.qfpsim.controlplane.ike.v2.wire.Transform;
import org.qfpsim.datapath.crypto.EspSuite;

/** Proposals and what is chosen of them. */
class IkeOffersTest {
    private static final List<IkeProposal> OURS = List.of(FakeConfig.proposal(List.of("aes-gcm-256", "aes-cbc-128"), List.of(19, 14)));

    @Test
    void shouldKeepCombinedModesApart() {
        final List<Proposal> offers = IkeOffers.offer(OURS, new byte[0]);
        assertThat(offers).hasSize(2);
        assertThat(offers.get(0).of(Transform.INTEGRITY)).hasSize(1);
        assertThat(offers.get(1).of(Transform.INTEGRITY)).isEmpty();
        assertThat(offers.get(1).of(Transform.ENCRYPTION)).containsExactly(Transform.cipher(20, 256));
    }

    @Test
    void shouldPreferTheGroupOfTheKeyThatCame() {
        assertThat(IkeOffers.choose(OURS, IkeOffers.offer(OURS, new byte[0]), 14).orElseThrow().suite().group().number()).isEqualTo(14);
        assertThat(IkeOffers.choose(OURS, IkeOffers.offer(OURS, new byte[0]), 31).orElseThrow().suite().group().number()).isEqualTo(19);
    }

    @Test
    void shouldNotChooseWhatItDoesNotUnderstand() {
        final Proposal good = IkeOffers.offer(OURS, new byte[0]).get(1);
        final List<Transform> more = new ArrayList<>(good.transforms());
        more.add(new Transform(6, 1));
        assertThat(IkeOffers.choose(OURS, List.of(new Proposal(1, Proposal.IKE, new byte[0], more)), 19)).isEmpty();
        final List<Transform> odd = new ArrayList<>(good.transforms());
        odd.replaceAll(one -> new Transform(one.type(), one.id(), one.keyBits(), one.type() != Transform.PRF));
        assertThat(IkeOffers.choose(OURS, List.of(new Proposal(1, Proposal.IKE, new byte[0], odd)), 19)).isEmpty();
        assertThat(IkeOffers.choose(OURS, List.of(new Proposal(1, Proposal.ESP, new byte[0], good.transforms())), 19)).isEmpty();
        assertThat(IkeOffers.choose(OURS, List.of(new Proposal(1, Proposal.IKE, new byte[0], List.of())), 19)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldOfferAndChooseEverySuiteThatAuthenticates(final EspSuite suite) {
        final ChildPolicy policy = new TwoParties(1).a.policy(List.of(suite), 0);
        final List<Proposal> offers = ChildOffers.offer(policy, 0x0123_4567, null);
        if (!suite.authenticated()) {
            assertThat(offers).isEmpty();
            return;
        }
        final ChildOffers.Chosen chosen = ChildOffers.choose(policy, offers, true, 0).orElseThrow();
        assertThat(chosen.suite()).isEqualTo(suite);
        assertThat(chosen.spi()).isEqualTo(0x0123_4567);
        assertThat(chosen.replyWith(7).spi()).containsExactly(0, 0, 0, 7);
        for (final EspSuite other : EspSuite.values()) {
            if (other != suite) {
                assertThat(ChildOffers.choose(new TwoParties(1).a.policy(List.of(other), 0), offers, true, 0)).isEmpty();
            }
        }
    }
}

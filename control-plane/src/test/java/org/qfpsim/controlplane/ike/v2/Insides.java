package org.qfpsim.controlplane.ike.v2;

import java.util.List;
import org.qfpsim.controlplane.ike.v2.wire.NotifyType;
import org.qfpsim.controlplane.ike.v2.wire.Payload;
import org.qfpsim.controlplane.ike.v2.wire.Proposal;
import org.qfpsim.controlplane.ike.v2.wire.SelectorRange;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.packet.IpAddress;

/** Contents of encrypted payloads, of every kind. */
final class Insides {
    private Insides() {
    }

    static List<List<Payload>> of() {
        final TwoParties two = new TwoParties(1);
        final List<Proposal> esp = ChildOffers.offer(
            two.a.policy(List.of(EspSuite.AES_CBC_256_SHA256_128, EspSuite.AES_GCM_128_16), 0), 0x1234, null);
        final Payload.Selectors ts = new Payload.Selectors(true, List.of(
            new SelectorRange(0, 0, 65_535, IpAddress.parse("172.16.1.0"), IpAddress.parse("172.16.1.255")),
            new SelectorRange(17, 53, 53, IpAddress.parse("2001:db8::"), IpAddress.parse("2001:db8::ffff"))));
        return List.of(
            List.of(new Payload.Identification(true, 1, new byte[] {10, 1, 1, 1}), new Payload.Authentication(2, new byte[32]),
                new Payload.SecurityAssociation(esp), ts, new Payload.Selectors(false, ts.ranges())),
            List.of(new Payload.Notify(Proposal.ESP, new byte[4], NotifyType.REKEY_SA, new byte[0]),
                new Payload.SecurityAssociation(esp), new Payload.Nonce(new byte[32]), new Payload.KeyExchange(31, new byte[32]), ts),
            List.of(new Payload.Notify(NotifyType.INVALID_SPI, new byte[4]), new Payload.Delete(Proposal.ESP, List.of(1, 2, 3))),
            List.of(new Payload.Delete(Proposal.IKE, List.of())));
    }
}

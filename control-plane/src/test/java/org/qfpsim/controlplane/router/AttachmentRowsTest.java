package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qfpsim.controlplane.config.model.TunnelConfig.Mode;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.v1.Ikev1Service;
import org.qfpsim.controlplane.ike.v1.Ikev1Settings;
import org.qfpsim.controlplane.ipsec.Attachment;
import org.qfpsim.controlplane.recovery.Decision;
import org.qfpsim.datapath.packet.IpAddress;

/** The document's table: in which configurations recovery works. Traffic flows before the fault in every row. */
class AttachmentRowsTest {
    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";
    private static final String IN_A = "192.168.1.0/24";
    private static final String IN_B = "192.168.2.0/24";

    private Lab lab = new Lab(3);

    /** A row of the table: how each end is configured, and what follows. */
    private enum Row {
        STATIC_MAP(Attachment.STATIC_MAP, Decision.START_IKE),
        DYNAMIC_MAP(Attachment.DYNAMIC_MAP, Decision.UNKNOWN_PEER),
        GRE(Attachment.GRE, Decision.START_IKE),
        MGRE_STATIC(Attachment.MGRE_STATIC, Decision.START_IKE),
        MGRE_DYNAMIC(Attachment.MGRE_DYNAMIC, Decision.UNKNOWN_PEER),
        SVTI(Attachment.VTI, Decision.START_IKE),
        EZVPN_CLIENT(Attachment.EZVPN_CLIENT, Decision.NOT_APPLICABLE);

        private final Attachment attachment;
        private final Decision decision;

        Row(final Attachment attachment, final Decision decision) {
            this.attachment = attachment;
            this.decision = decision;
        }

        TestConfig sender() {
            final TestConfig a = TestConfig.at(A).networks(IN_A, IN_B);
            return switch (this) {
                case STATIC_MAP, DYNAMIC_MAP -> a.staticMap(B);
                case GRE -> a.tunnel(Mode.GRE_IP, B);
                case MGRE_STATIC, MGRE_DYNAMIC -> a.tunnel(Mode.GRE_MULTIPOINT, null, B);
                case SVTI -> a.tunnel(Mode.IPSEC_IPV4, B);
                case EZVPN_CLIENT -> a.ezvpnServer();
            };
        }

        TestConfig receiver() {
            final TestConfig b = TestConfig.at(B).networks(IN_B, IN_A).recovery();
            return switch (this) {
                case STATIC_MAP -> b.staticMap(A);
                case DYNAMIC_MAP -> b.dynamicMap();
                case GRE -> b.tunnel(Mode.GRE_IP, A);
                case MGRE_STATIC -> b.tunnel(Mode.GRE_MULTIPOINT, null, A);
                case MGRE_DYNAMIC -> b.tunnel(Mode.GRE_MULTIPOINT, null);
                case SVTI -> b.tunnel(Mode.IPSEC_IPV4, A);
                case EZVPN_CLIENT -> b.ezvpnClient(A);
            };
        }
    }

    private Lab.Router a;
    private Lab.Router b;

    private void upAndRunning(final Row row) {
        a = lab.router(A, row.sender().build());
        b = lab.router(B, row.receiver().build());
        if (row == Row.EZVPN_CLIENT) {
            // The client comes to the server.
            b.stream(b.flow(), 100 * Lab.MS, Lab.SECOND);
            lab.run(2 * Lab.SECOND);
        }
        a.stream(a.flow(), 100 * Lab.MS, 1000 * Lab.SECOND);
        lab.run(5 * Lab.SECOND);
        assertThat(b.datapath.delivered).as("traffic flows before the fault").isGreaterThan(45);
        assertThat(b.datapath.unknown).isZero();
        assertThat(b.plane.ipsec().pairs()).singleElement()
            .matches(pair -> pair.flow().spec().attachment() == row.attachment, row.attachment.text());
    }

    @ParameterizedTest
    @EnumSource(Row.class)
    void shouldRecoverWhereThePeerIsKnownStatically(final Row row) {
        upAndRunning(row);
        b.plane.sas().lose(null, true);
        lab.run(2 * Lab.SECOND);
        final long before = b.datapath.delivered;
        lab.run(10 * Lab.SECOND);
        final boolean recovers = row.decision == Decision.START_IKE;
        assertThat(b.datapath.delivered - before).isEqualTo(recovers ? 100 : 0);
        assertThat(b.plane.recovery().started()).isEqualTo(recovers ? 1 : 0);
        assertThat(b.plane.recovery().decisions(row.decision)).isPositive();
        assertThat(b.log.debugs).as("every decision is a debug line").anyMatch(line -> line.contains(row.decision.text()));
        assertThat(b.plane.showInvalidSpi()).contains("decision: " + row.decision.text());
        assertThat(b.datapath.violations).isEmpty();
        assertThat(a.datapath.violations).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Row.class)
    void shouldDoTheSameWithIkev1OverTheWire(final Row row) {
        lab = new Lab(3, List.of((config, engine, transport, timers, log, random) ->
            new Ikev1Service(config, engine, transport, timers, log, random, IkeKeyLog.NONE, Ikev1Settings.DEFAULT)));
        shouldRecoverWhereThePeerIsKnownStatically(row);
    }

    @Test
    void shouldSayWhyItIsNotApplicable() {
        upAndRunning(Row.EZVPN_CLIENT);
        b.plane.sas().lose(null, true);
        lab.run(Lab.SECOND);
        assertThat(b.plane.recovery().entries().getFirst().reason()).isEqualTo(
            "the EzVPN client EZ watches its server and connects again by itself");
    }

    @Test
    void shouldStartWhenTheStaticMapIsAddedAndStopWhenItIsRemoved() {
        upAndRunning(Row.DYNAMIC_MAP);
        b.plane.sas().lose(null, true);
        lab.run(5 * Lab.SECOND);
        assertThat(b.plane.recovery().started()).isZero();
        b.plane.configure(TestConfig.at(B).networks(IN_B, IN_A).recovery().staticMap(A).dynamicMap().build());
        final long before = b.datapath.delivered;
        lab.run(5 * Lab.SECOND);
        assertThat(b.plane.recovery().started()).isOne();
        assertThat(b.datapath.delivered - before).isGreaterThan(30);
        b.plane.configure(Row.DYNAMIC_MAP.receiver().build());
        lab.run(5 * Lab.SECOND);
        b.plane.sas().lose(null, true);
        lab.run(5 * Lab.SECOND);
        assertThat(b.plane.recovery().started()).as("no static map, no start").isOne();
        assertThat(b.plane.recovery().entries()).anyMatch(each -> each.reason().contains("dynamic crypto map vpn 1000 names no peer"));
    }

    @Test
    void shouldStartWhenTheNhrpMappingIsAddedAndStopWhenItIsRemoved() {
        upAndRunning(Row.MGRE_DYNAMIC);
        b.plane.sas().lose(null, true);
        lab.run(5 * Lab.SECOND);
        assertThat(b.plane.recovery().started()).isZero();
        assertThat(b.plane.recovery().entries().getFirst().reason()).contains("no static NHRP mapping");
        b.plane.configure(Row.MGRE_STATIC.receiver().build());
        lab.run(5 * Lab.SECOND);
        assertThat(b.plane.recovery().started()).isOne();
        b.plane.configure(Row.MGRE_DYNAMIC.receiver().build());
        lab.run(5 * Lab.SECOND);
        b.plane.sas().lose(null, true);
        lab.run(5 * Lab.SECOND);
        assertThat(b.plane.recovery().started()).isOne();
    }

    @Test
    void shouldKnowOnlyWhomTheConfigurationNames() {
        a = lab.router(A, Row.MGRE_DYNAMIC.sender().build());
        assertThat(a.plane.flows()).hasSize(2);
        assertThat(a.plane.flows()).extracting(flow -> String.valueOf(flow.policy().peer())).containsExactly(B, "null");
        assertThat(a.datapath.flows.values()).extracting(flow -> flow.policy().peer()).containsExactly(IpAddress.parse(B));
    }
}

package org.qfpsim.datapath.drop;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class GlobalDropTest {
    /** Every name that was seen in output of a real router. */
    private static final Set<String> SEEN_NAMES = Set.of(
        "BadUidbIdx", "BadUidbSubIdx", "BFDoffload", "CTSNotEnabled", "Disabled", "Erspan", "FirewallInvalidZone",
        "ForUs", "Icmp", "InjectErr", "IpBadOptions", "IpFormatErr", "IpFragErr", "IpTtlExceeded", "IpsecDenyDrop",
        "IpsecIkeIndicate", "IpsecInput", "IpsecInvalidSa", "IpsecOutput", "IpsecTailDrop", "IpsecTedIndicate", "Ipv4Acl",
        "Ipv4Martian", "Ipv4NoAdj", "Ipv4NoRoute", "Ipv4Null0", "Ipv4Unclassified", "Ipv4uRpfStrictFailed", "Ipv6NoRoute",
        "MplsIpv6FragReq", "NatOut2in", "PuntPerCausePolicerDrops", "ReassDrop", "ReassNoFragInfo", "ReassTimeout",
        "TailDrop", "UidbNotCfgd", "UnconfiguredIpv4Fia", "UnconfiguredIpv6Fia");

    /** Rows of IOS XE 17.2.1; the later ones were appended. */
    private static final int ROWS_IN_17_2_1 = 494;

    @Test
    void shouldHaveTheRowsOfTheYangModelInItsOrder() throws IOException {
        assertThat(Arrays.stream(GlobalDrop.values()).map(GlobalDrop::yangName)).containsExactlyElementsOf(yangNames());
        assertThat(GlobalDrop.values()).hasSize(GlobalDrop.COUNT);
    }

    @Test
    void shouldNumberTheRowsByPosition() {
        for (final GlobalDrop drop : GlobalDrop.values()) {
            assertThat(drop.id()).isEqualTo(drop.ordinal() + 1);
            assertThat(GlobalDrop.byId(drop.id())).isSameAs(drop);
        }
        assertThat(GlobalDrop.MAX_ID).isEqualTo(GlobalDrop.COUNT);
    }

    @Test
    void shouldFindNothingOutsideOfTheList() {
        assertThat(List.of(Integer.MIN_VALUE, -1, 0, GlobalDrop.MAX_ID + 1, Integer.MAX_VALUE)).allMatch(id -> GlobalDrop.byId(id) == null);
    }

    @Test
    void shouldKnowWhichNamesWereSeen() {
        assertThat(Arrays.stream(GlobalDrop.values()).filter(GlobalDrop::cliNameSeen).map(GlobalDrop::cliName))
            .containsExactlyInAnyOrderElementsOf(SEEN_NAMES);
    }

    @Test
    void shouldNameTheOtherRowsInCamelCase() {
        assertThat(GlobalDrop.BAD_IP_CHECKSUM.cliName()).isEqualTo("BadIpChecksum");
        assertThat(GlobalDrop.IPV6_NO_ADJ.cliName()).isEqualTo("Ipv6NoAdj");
        assertThat(GlobalDrop.FIREWALL_POLICY.cliName()).isEqualTo("FirewallPolicy");
        assertThat(GlobalDrop.SDWAN.cliName()).isEqualTo("Sdwan");
        assertThat(GlobalDrop.PUNT_GLOBAL_POLICER_DROP.cliName()).isEqualTo("PuntGlobalPolicerDrops");
        assertThat(GlobalDrop.COFF_OUTPUT.cliName()).isEqualTo("CryptoOffloadOutput");
        assertThat(Arrays.stream(GlobalDrop.values()).map(GlobalDrop::cliName)).doesNotHaveDuplicates();
    }

    @Test
    void shouldAgreeWithIdsThatWereSeenInUse() {
        assertThat(GlobalDrop.BFD.id()).isEqualTo(319);
        assertThat(GlobalDrop.ICMP.id()).isEqualTo(61);
        assertThat(GlobalDrop.TAIL_DROP.id()).isEqualTo(23);
        assertThat(GlobalDrop.IPV4_NO_ROUTE.id()).isEqualTo(19);
        assertThat(GlobalDrop.IPV6_NO_ADJ.id()).isEqualTo(140);
        assertThat(GlobalDrop.FIREWALL_POLICY.id()).isEqualTo(187);
        assertThat(GlobalDrop.TUNNEL_VRF_DEMUX.id()).isEqualTo(ROWS_IN_17_2_1);
    }

    @Test
    void shouldSayWhatEveryRowMeans() {
        assertThat(GlobalDrop.values()).allMatch(drop -> !drop.meaning().isBlank())
            .allMatch(drop -> drop.event().equals(drop.event().strip()));
    }

    private static List<String> yangNames() throws IOException {
        try (InputStream in = Objects.requireNonNull(GlobalDropTest.class.getResourceAsStream("global-drops-yang.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}

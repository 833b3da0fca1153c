package org.qfpsim.controlplane.show;

import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** The layouts of real routers, typed in by hand from the reference of this project; values are illustrative. */
class ReferenceSamplesTest {
    private static final String QFP = "show platform hardware qfp active ";

    private final FakeCounters counters = new FakeCounters();
    private Clearing.Source clearing = Clearing.Source.NEVER;

    @Test
    void shouldPrintTheTableOfANewRelease() {
        counters.global(56, 64574, 9944396).global(94, 7, 296).global(206, 2003, 184230);
        assertThat(onRelease("17.13", "statistics drop")).isEqualTo("""
            Last clearing of QFP drops statistics : never

            -------------------------------------------------------------------------
            Global Drop Stats                         Packets                  Octets
            -------------------------------------------------------------------------
            IpsecInput                                  64574                 9944396
            Ipv4NoAdj                                       7                     296
            PuntPerCausePolicerDrops                     2003                  184230
            """);
    }

    @Test
    void shouldPrintTheTableOf2016() {
        counters.global(94, 7, 296).global(19, 181, 7964).global(206, 2003, 184230).global(1, 466391, 29312827).global(215, 6, 360);
        assertThat(onRelease("3.16", "statistics drop | exclude _0_")).isEqualTo("""
            -------------------------------------------------------------------------
            Global Drop Stats                         Packets                  Octets \s
            -------------------------------------------------------------------------
            Ipv4NoAdj                                       7                     296 \s
            Ipv4NoRoute                                   181                    7964 \s
            PuntPerCausePolicerDrops                     2003                  184230 \s
            UidbNotCfgd                                466391                29312827 \s
            UnconfiguredIpv4Fia                             6                     360 \s
            """);
    }

    @Test
    void shouldPrintIdsAndTheAge() {
        counters.global(319, 9, 1350).global(61, 84, 3780).global(56, 18, 4654).global(23, 26713208, 10952799454L);
        final Clearing last = new Clearing(Instant.parse("2022-02-18T08:02:37Z"), Instant.parse("2022-02-25T07:57:06Z"));
        clearing = () -> last;
        assertThat(onRelease("17.6", "statistics drop detail")).isEqualTo("""
            Last clearing of QFP drops statistics : Fri Feb 18 08:02:37 2022
             (6d 23h 54m 29s ago)

            --------------------------------------------------------------------------------
               ID  Global Drop Stats                         Packets                  Octets
            --------------------------------------------------------------------------------
              319  BFDoffload                                      9                    1350
               61  Icmp                                           84                    3780
               56  IpsecInput                                     18                    4654
               23  TailDrop                                 26713208             10952799454
            """);
    }

    @Test
    void shouldSayThatAllIsZero() {
        assertThat(onRelease("17.13", "statistics drop")).endsWith("-\n   The Global drop stats were all zero\n");
    }

    @Test
    void shouldPrintTheThreeSpiRows() {
        counters.ipsec(4, 64574);
        assertThat(onRelease("3.7", "feature ipsec datapath drops all | in SPI")).isEqualTo("""
                    4  IN_US_V4_PKT_SA_NOT_FOUND_SPI                           64574
                    7  IN_TRANS_V4_IPSEC_PKT_NOT_FOUND_SPI                         0
                   12  IN_US_V6_PKT_SA_NOT_FOUND_SPI                               0
            """);
    }

    @Test
    void shouldPrintTheSevenIpsecRowsOfTheDefaultRelease() {
        assertThat(onRelease("3.7", "statistics drop | inc Ipsec").lines().map(line -> line.replaceAll(" +", " ").strip())).containsExactly(
            "IpsecDenyDrop 0 0", "IpsecIkeIndicate 0 0", "IpsecInput 0 0", "IpsecInvalidSa 0 0", "IpsecOutput 0 0", "IpsecTailDrop 0 0",
            "IpsecTedIndicate 0 0");
    }

    private String onRelease(final String release, final String command) {
        return new ShowCommands(PlatformProfile.DEFAULT, Release.parse(release), counters, clearing).execute(QFP + command);
    }
}

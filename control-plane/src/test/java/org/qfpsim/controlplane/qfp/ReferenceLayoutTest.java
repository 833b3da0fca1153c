package org.qfpsim.controlplane.qfp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.ipsec.IpsecMessages.Kind;
import org.qfpsim.controlplane.qfp.hardware.InterfaceDrops;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.route.PortCounters.Column;

/** Outputs of real routers, typed in by hand from the reference of this project: what is counted so prints so. */
class ReferenceLayoutTest {
    private static final String QFP = "show platform hardware qfp active ";
    private static final int SAMPLES = 720;

    private final FakeQfp router = new FakeQfp();

    /** Packets or octets a second, as the columns for 5 s and 1, 5 and 60 minutes show them. */
    private long[] series(final long last, final long minute, final long five, final long sixty) {
        final long[] steps = new long[SAMPLES];
        steps[SAMPLES - 1] = last * 5;
        steps[SAMPLES - 2] = minute * 60 - last * 5;
        steps[SAMPLES - 30] = five * 300 - minute * 60;
        steps[0] = sixty * 3600 - five * 300;
        return steps;
    }

    @Test
    void shouldPrintTheUtilizationOfTheReference() {
        final var commands = router.commands("software", "17.13.1a");
        final long[][] steps = {series(2, 3, 3, 1), series(130, 194, 194, 94), series(1, 2, 2, 1), series(608, 2203, 2204, 1045)};
        final Column[] columns = {Column.RX_PACKETS, Column.RX_OCTETS, Column.TX_PACKETS, Column.TX_OCTETS};
        for (int sample = 0; sample < SAMPLES; sample++) {
            for (int i = 0; i < columns.length; i++) {
                router.traffic[0][columns[i].ordinal()] += steps[i][sample];
            }
            router.pass(5);
        }
        assertThat(commands.execute(QFP + "datapath utilization")).isEqualTo("""
              CPP 0: Subdev 0            5 secs        1 min        5 min       60 min
            Input:  Priority (pps)            0            0            0            0
                             (bps)            0            0            0            0
                Non-Priority (pps)            2            3            3            1
                             (bps)         1040         1552         1552          752
                       Total (pps)            2            3            3            1
                             (bps)         1040         1552         1552          752
            Output: Priority (pps)            0            0            0            0
                             (bps)            0            0            0            0
                Non-Priority (pps)            1            2            2            1
                             (bps)         4864        17624        17632         8360
                       Total (pps)            1            2            2            1
                             (bps)         4864        17624        17632         8360
            Processing: Load (pct)            0            0            0            0

            Crypto/IO
                Crypto: Load (pct)            0            0            0            0
                    RX: Load (pct)            0            0            0            0
                    TX: Load (pct)            0            0            0            0
                        Idle (pct)          100          100          100          100
            """);
    }

    @Test
    void shouldPrintTheCausesOfTheReference() {
        punt(3, 3888454, 3888454);
        punt(7, 123809, 123809);
        punt(10, 15382, 15382);
        punt(11, 24882279, 24882279);
        punt(21, 307824, 307824);
        punt(55, 443436, 443436);
        router.injections.put(InjectCause.QFP_DESTINATION_LOOKUP, new long[] {290837, 288727});
        router.injections.put(InjectCause.QFP_ADJACENCY_ID_LOOKUP, new long[] {473405, 473405});
        router.injections.put(InjectCause.QFP_ICMP_GENERATED_PACKET, new long[] {16183, 16174});
        assertThat(router.commands("esp20", "17.13.1a").execute(QFP + "infrastructure punt statistics type per-cause")).isEqualTo("""
            Global Per Cause Statistics

              Number of punt causes =   160

              Per Punt Cause Statistics
                                                                    Packets               Packets
              Counter ID  Punt Cause Name                           Received              Transmitted
              ------------------------------------------------------------------------------------------------
              003         Layer2 control and legacy                 3888454               3888454
              007         ARP request or response                   123809                123809
              010         Incomplete adjacency                      15382                 15382
              011         For-us data                               24882279              24882279
              021         RP<->QFP keepalive                        307824                307824
              055         For-us control                            443436                443436


              Number of inject causes = 56

              Per Inject Cause Statistics
                                                                    Packets               Packets
              Counter ID  Inject Cause Name                         Received              Transmitted
              ------------------------------------------------------------------------------------------------
              002         QFP destination lookup                    290837                288727
              007         QFP adjacency-id lookup                   473405                473405
              009         QFP ICMP generated packet                 16183                 16174
            """);
    }

    private void punt(final int id, final long received, final long transmitted) {
        final PuntCause cause = PuntCause.byId(id);
        assertThat(cause).isNotNull();
        router.punts.put(cause, new long[] {received, transmitted});
    }

    @Test
    void shouldPrintTheHistoryOfTheReference() {
        final var commands = router.commands("esp20", "17.13.1a");
        router.packets[94] = 5;
        commands.execute(QFP + "statistics drop clear");
        router.packets[94] += 99818;
        router.pass(45);
        assertThat(commands.execute(QFP + "statistics drop history")).isEqualTo("""
            Last clearing of QFP drops statistics : Fri Mar 20 10:00:00 2026
             (45s ago)

            -------------------------------------------------------------------------------------------------------------------------
            Global Drop Stats                           1-Min                   5-Min                  30-Min                     All
            -------------------------------------------------------------------------------------------------------------------------
            Ipv4NoAdj                                   99818                   99818                   99818                   99818
            """);
    }

    @Test
    void shouldPrintTheClearFormOfTheReference() {
        final var commands = router.commands("esp20", "17.13.1a");
        router.packets[94] = 7;
        router.octets[94] = 296;
        assertThat(commands.execute(QFP + "statistics drop clear")).isEqualTo("""
            Last clearing of QFP drops statistics : Fri Mar 20 10:00:00 2026


            -------------------------------------------------------------------------
            Global Drop Stats                         Packets                  Octets
            -------------------------------------------------------------------------
            Ipv4NoAdj                                       7                     296
            """);
    }

    @Test
    void shouldPrintTheMessagesOfTheReference() {
        router.messages.taken(Kind.INITIALIZE);
        router.messages.taken(Kind.SPD_CREATE);
        router.messages.taken(Kind.SPD_CREATE);
        assertThat(router.commands("esp20", "17.13.1a").execute(QFP + "feature ipsec state")).startsWith("""
            QFP IPSEC state:

             Configured throughput sucessfully:unlimited\s
            Message counter:
              Type                  Request          Reply (OK)       Reply (Error)   \s
              -----------------------------------------------------------------------
              Initialize            1                1                0             \s
              SPD create            2                2                0             \s
            """);
    }

    @Test
    void shouldPrintTheCryptoDeviceAndTheDropSummaryOfTheReference() {
        final var commands = router.commands("esp100", "17.13.1a");
        router.decrypted = 89846705;
        router.encrypted = 176;
        router.pass(60);
        assertThat(commands.execute("show platform hardware crypto-device utilization")).startsWith("""
            Past crypto device utilization:
             1 min (percentage) : 58%
                   (decrypt pkt): 89846705
                   (encrypt pkt): 176
            """);
        router.interfaces.add(new InterfaceDrops("GigabitEthernet0/0/0", 12, 0));
        assertThat(commands.execute(QFP + "interface all statistics drop_summary")).startsWith("-".repeat(64) + "\nDrop Stats Summary:\n")
            .endsWith("""
            Interface                                       Rx Pkts             Tx Pkts
            ---------------------------------------------------------------------------
            GigabitEthernet0/0/0                                 12                   0
            """);
    }
}

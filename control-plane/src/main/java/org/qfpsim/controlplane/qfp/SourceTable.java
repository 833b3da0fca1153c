package org.qfpsim.controlplane.qfp;

import java.util.Locale;

/** {@code show qfp-sim sources}: which numbers of the platform's tables are measured, configured, modelled or fixed. */
final class SourceTable {
    private static final String ROW = "%-40s%-43s%s%n";

    private enum Source {
        MEASURED, CONFIGURED, MODELLED, FIXED
    }

    private enum Row {
        DROPS("statistics drop", "all", Source.MEASURED),
        DROPS_IPSEC("feature ipsec datapath drops", "all", Source.MEASURED),
        RATES("datapath utilization", "pps, bps", Source.MEASURED),
        LOAD("datapath utilization", "Processing, Crypto/IO", Source.MODELLED),
        CRYPTO_PACKETS("crypto-device utilization", "decrypt pkt, encrypt pkt", Source.MEASURED),
        CRYPTO_LOAD("crypto-device utilization", "percentage", Source.MODELLED),
        PUNTS("infrastructure punt statistics", "Received, Transmitted, Packets", Source.MEASURED),
        PUNT_NUMBERS("infrastructure punt statistics", "Number of ... causes, counters", Source.FIXED),
        POLICER("punt-policer", "Config Rate, Config Burst", Source.CONFIGURED),
        POLICER_COUNTS("punt-policer", "Conform, Dropped", Source.MEASURED),
        DROP_SUMMARY("interface all statistics drop_summary", "all", Source.MEASURED),
        EXMEM("infrastructure exmem statistics", "InUse, Lowest free water mark", Source.MODELLED),
        EXMEM_TOTAL("infrastructure exmem statistics", "Total", Source.FIXED),
        STATE("feature ipsec state", "all", Source.MEASURED),
        SA("feature ipsec sa, spd, interface", "ids, SPIs, addresses, states", Source.MEASURED),
        SA_POINTERS("feature ipsec sa", "crypto ctx, sp_ptr, sbs_ptr, flags", Source.MODELLED),
        SOFTWARE("show platform software ipsec", "ids, SPIs, addresses, numbers", Source.MEASURED),
        RESOURCES("show platform resources", "bootflash, TCAM cells", Source.MEASURED),
        RESOURCES_MODEL("show platform resources", "DRAM, CPU, Crypto Utilization", Source.MODELLED),
        RESOURCES_FIXED("show platform resources", "IRAM, Pkt Buf Mem, Max, Warning, Critical", Source.FIXED),
        ELI("show crypto eli", "active, failed, created", Source.MEASURED),
        ELI_FIXED("show crypto eli", "max", Source.FIXED),
        SYSTEM("system state", "Load Time", Source.MEASURED),
        SYSTEM_FIXED("system state", "everything else", Source.FIXED);

        private final String command;
        private final String columns;
        private final Source source;

        Row(final String command, final String columns, final Source source) {
            this.command = command;
            this.columns = columns;
            this.source = source;
        }
    }

    private SourceTable() {
    }

    static String text() {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, ROW, "Table", "Columns", "Source")).append("-".repeat(90))
            .append('\n');
        for (final Row row : Row.values()) {
            text.append(String.format(Locale.ROOT, ROW, row.command, row.columns + " ", row.source.name().toLowerCase(Locale.ROOT)));
        }
        return text.toString();
    }
}

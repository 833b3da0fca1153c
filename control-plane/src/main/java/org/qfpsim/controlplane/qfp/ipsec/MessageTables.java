package org.qfpsim.controlplane.qfp.ipsec;

import java.util.Locale;
import org.qfpsim.controlplane.ipsec.IpsecMessages;
import org.qfpsim.controlplane.ipsec.IpsecMessages.Kind;

/** {@code feature ipsec state} (qfp-reference 3.2) and {@code show platform software ipsec policy statistics} (from memory). */
final class MessageTables {
    private static final String ROW = "  %-22s%-17s%-17s%-15s%n";
    private static final String HEADER = "  %-22s%-17s%-17s%-17s%n";
    private static final String COMMAND = "%-24s%15s%13s%11s%10s%n";

    private final IpsecMessages messages;

    MessageTables(final IpsecMessages messages) {
        this.messages = messages;
    }

    String state() {
        final StringBuilder text = new StringBuilder("QFP IPSEC state:\n\n")
            .append(" Configured throughput sucessfully:unlimited \nMessage counter:\n")
            .append(String.format(Locale.ROOT, HEADER, "Type", "Request", "Reply (OK)", "Reply (Error)")).append("  ")
            .append("-".repeat(71))
            .append('\n');
        for (final Kind kind : Kind.values()) {
            final long ok = messages.ok(kind);
            final long errors = messages.errors(kind);
            text.append(String.format(Locale.ROOT, ROW, kind.label(), ok + errors, ok, errors));
        }
        return text.toString();
    }

    String policyStatistics() {
        final StringBuilder text = new StringBuilder(
            String.format(Locale.ROOT, COMMAND, "PAL CMD", "REQUEST", "REPLY OK", "REPLY ERR", "ABORT")).append('\n');
        command(text, "SADB_INIT_START", Kind.INITIALIZE);
        command(text, "SADB_INTF_ATTACH", Kind.SPD_BIND);
        command(text, "SADB_INTF_DETACH", Kind.SPD_UNBIND);
        command(text, "ACL_INSERT", Kind.SP_CREATE);
        command(text, "ACL_DELETE", Kind.SP_REMOVE);
        command(text, "SPI_INSERT", Kind.IN_SA_ADD);
        command(text, "SPI_DELETE", Kind.IN_SA_REMOVE);
        command(text, "CFLOW_INSERT", Kind.IN_SA_ADD, Kind.OUT_SA_ADD);
        command(text, "CFLOW_DELETE", Kind.IN_SA_REMOVE, Kind.OUT_SA_REMOVE);
        text.append('\n').append(String.format(Locale.ROOT, COMMAND, "PAL NOTIFY", "RECEIVE", "COMPLETE", "PROC ERR", "IGNORE"))
            .append('\n');
        command(text, "NOTIFY_RP", Kind.IKE_MESSAGE);
        command(text, "SA_DEAD", Kind.TRAFFIC_EXPIRY);
        command(text, "SA_SOFT_LIFE", Kind.SOFT_EXPIRY);
        command(text, "INVALID_SPI", Kind.INVALID_SPI);
        return text.toString();
    }

    private void command(final StringBuilder text, final String name, final Kind... kinds) {
        long ok = 0;
        long errors = 0;
        for (final Kind kind : kinds) {
            ok += messages.ok(kind);
            errors += messages.errors(kind);
        }
        text.append(String.format(Locale.ROOT, COMMAND, name, ok + errors, ok, errors, 0));
    }
}

package org.qfpsim.sim.router;

import java.util.Objects;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.Verdict;

/** Verdicts in the platform's names. */
public final class VerdictNames {
    private VerdictNames() {
    }

    /**
     * The name of a drop.
     *
     * @param verdict a drop.
     * @param token   of the platform.
     * @return such as {@code IN_US_V4_PKT_SA_NOT_FOUND_SPI} or {@code IpFormatErr}.
     */
    public static String drop(final int verdict, final EngineToken token) {
        final int id = Verdict.number(verdict);
        return Verdict.kind(verdict) == Verdict.DROP_IPSEC
            ? Objects.requireNonNull(IpsecDrop.byId(id)).name(token)
            : global(verdict).cliName();
    }

    /**
     * The global drop that a drop counts.
     *
     * @param verdict a drop.
     * @return the row of the global table.
     */
    public static GlobalDrop global(final int verdict) {
        final int id = Verdict.number(verdict);
        return Objects.requireNonNull(GlobalDrop.byId(Verdict.kind(verdict) == Verdict.DROP_IPSEC ? CounterBlock.globalOf(id) : id));
    }

    /**
     * Why a packet was consumed.
     *
     * @param verdict a consume.
     * @return one word.
     */
    public static String consumed(final int verdict) {
        return switch (Verdict.number(verdict)) {
            case Verdict.CONSUMED_DUMMY -> "dummy";
            case Verdict.CONSUMED_KEEPALIVE -> "nat-keepalive";
            default -> "fragment";
        };
    }
}

package org.qfpsim.datapath.support;

import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.feature.Verdict;

/** Verdicts that tests expect. */
public final class Expect {
    public static final int FORWARD = Verdict.FORWARD;
    public static final int PROTECT = Verdict.PROTECT;
    public static final int REPLAY = drop(IpsecDrop.IN_ANTI_REPLAY_FAIL);
    public static final int BAD_ICV = drop(IpsecDrop.IN_MAC_EXCEPTION);
    public static final int BAD_ESP_LENGTH = drop(IpsecDrop.IN_UNEXP_EXCEPTION);
    public static final int FRAGMENT_LOST = drop(IpsecDrop.IN_V4_PKT_FRAG_ERR);
    public static final int DUMMY = Verdict.CONSUME | Verdict.CONSUMED_DUMMY;
    public static final int KEEPALIVE = Verdict.CONSUME | Verdict.CONSUMED_KEEPALIVE;
    public static final int FRAGMENT_USED = Verdict.CONSUME | Verdict.CONSUMED_FRAGMENT;

    private Expect() {
    }

    public static int drop(final IpsecDrop drop) {
        return Verdict.DROP_IPSEC | drop.id();
    }

    public static int drop(final GlobalDrop drop) {
        return Verdict.DROP_GLOBAL | drop.id();
    }

    public static int punt(final PuntCause cause) {
        return Verdict.PUNT | cause.id();
    }
}

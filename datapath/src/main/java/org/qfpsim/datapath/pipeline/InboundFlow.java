package org.qfpsim.datapath.pipeline;

import org.qfpsim.datapath.route.RoutedSa;
import org.qfpsim.datapath.route.SaUse;
import org.qfpsim.datapath.sa.InboundSa;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.datapath.sa.SaSpec;

/** The control thread's handle of an inbound SA of a routed pipeline. */
final class InboundFlow implements RoutedSa {
    private final SaSpec spec;
    private final int flow;
    private final InstalledSa installed;
    private final SaUse use;
    private boolean retired;

    InboundFlow(final SaSpec spec, final int flow, final InstalledSa installed, final SaUse use) {
        this.spec = spec;
        this.flow = flow;
        this.installed = installed;
        this.use = use;
    }

    InstalledSa installed() {
        return installed;
    }

    void retired() {
        retired = true;
    }

    @Override
    public SaSpec spec() {
        return spec;
    }

    @Override
    public int flow() {
        return flow;
    }

    @Override
    public boolean inbound() {
        return true;
    }

    @Override
    public boolean isRetired() {
        return retired;
    }

    @Override
    public long packets() {
        return installed.isFreed() ? 0 : InboundSa.packets(installed.record());
    }

    @Override
    public long octets() {
        return installed.isFreed() ? 0 : InboundSa.octets(installed.record());
    }

    @Override
    public long sequence() {
        return installed.isFreed() ? 0 : InboundSa.top(installed.record());
    }

    @Override
    public long lastUsedNanos() {
        return use.lastUsed(installed.number());
    }

    @Override
    public long replayDrops() {
        return installed.isFreed() ? 0 : InboundSa.replayDrops(installed.record());
    }

    @Override
    public long icvDrops() {
        return installed.isFreed() ? 0 : InboundSa.icvDrops(installed.record());
    }
}

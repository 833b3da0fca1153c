package org.qfpsim.controlplane.supervisor;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.exec.MemoryUse;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.IpsecMessages;
import org.qfpsim.controlplane.ipsec.IpsecMessages.Kind;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.platform.Machine;
import org.qfpsim.controlplane.qfp.hardware.HardwareState;
import org.qfpsim.controlplane.qfp.hardware.InterfaceDrops;
import org.qfpsim.controlplane.qfp.ipsec.QfpIpsecState;
import org.qfpsim.controlplane.qfp.load.TrafficHistory;
import org.qfpsim.controlplane.qfp.punt.PuntSource;
import org.qfpsim.controlplane.time.WallClock;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.PacketBuffers;
import org.qfpsim.datapath.route.PortCounters;
import org.qfpsim.datapath.route.RoutedConfig;
import org.qfpsim.datapath.route.RoutedDatapath;

/** A router as the tables of its QFP look at it. */
final class QfpState implements TrafficHistory.Source, PuntSource, HardwareState, QfpIpsecState {
    private static final String INTERNAL = "internal0/0/rp:0";

    private final Supervisor supervisor;
    private final RoutedDatapath datapath;
    private final CounterReader counters;
    private final IpsecMessages messages;
    private final int qfps;
    private final Instant started;
    private final long startedNanos;

    QfpState(final Supervisor supervisor, final IpsecMessages messages) {
        this.supervisor = supervisor;
        datapath = supervisor.parts().datapath();
        counters = supervisor.parts().counters();
        this.messages = messages;
        qfps = supervisor.config().simulator().platform().hardware().qfps();
        started = now();
        startedNanos = supervisor.parts().timers().nanos();
    }

    /** The router's time of day, as if its zone were UTC: what the QFP prints has no zone. */
    Instant now() {
        final WallClock clock = supervisor.parts().clock();
        return clock.local().toLocalDateTime().toInstant(ZoneOffset.UTC);
    }

    private RoutedConfig routed() {
        return datapath.configuration();
    }

    /** Interfaces are shared out to the QFPs by their numbers; the way to the control plane is the first one's. */
    @Override
    public long traffic(final int qfp, final PortCounters.Column column) {
        long sum = qfp == 0 ? datapath.portCounters(RoutedConfig.NO_INTERFACE).get(column) : 0;
        final List<InterfaceSpec> interfaces = routed().interfaces();
        for (int index = qfp; index < interfaces.size(); index += qfps) {
            sum += isPhysical(interfaces.get(index)) ? datapath.portCounters(index).get(column) : 0;
        }
        return sum;
    }

    /** By its name: one that the configuration no longer has is no Ethernet interface any more, and keeps what it has counted. */
    private static boolean isPhysical(final InterfaceSpec each) {
        for (final InterfaceConfig.Kind kind : InterfaceConfig.Kind.values()) {
            if (kind.physical() && each.name().startsWith(kind.label())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long decrypted() {
        return counters.total(Total.ESP_OPENED);
    }

    @Override
    public long encrypted() {
        return counters.total(Total.ESP_SEALED);
    }

    @Override
    public long received(final PuntCause cause) {
        return counters.puntReceived(cause.id());
    }

    @Override
    public long transmitted(final PuntCause cause) {
        return counters.puntTransmitted(cause.id());
    }

    @Override
    public long received(final InjectCause cause) {
        return counters.injectReceived(cause.id());
    }

    @Override
    public long transmitted(final InjectCause cause) {
        return counters.injectTransmitted(cause.id());
    }

    @Override
    public Policer policer(final PuntCause cause, final boolean high) {
        final PuntPolicers.Row row = supervisor.puntPolicers().row(cause, high);
        return new Policer(row.rate(), row.burst(), row.conform(), row.dropped());
    }

    @Override
    public List<InterfaceDrops> interfaces() {
        final List<InterfaceDrops> all = new ArrayList<>();
        for (final InterfaceSpec each : routed().interfaces()) {
            if (each.kind() == InterfaceKind.ETHERNET) {
                all.add(drops(each.name(), each.index()));
            }
        }
        all.add(drops(INTERNAL, RoutedConfig.NO_INTERFACE));
        return all;
    }

    private InterfaceDrops drops(final String name, final int index) {
        final PortCounters port = datapath.portCounters(index);
        return new InterfaceDrops(name, port.get(PortCounters.Column.RX_DROPS), port.get(PortCounters.Column.TX_DROPS));
    }

    @Override
    public long resourceOctets() {
        return MemoryUse.ofDatapath(routed(), activeSas()).values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public int policyEntries() {
        return routed().cryptoMap().size();
    }

    @Override
    public long activeSas() {
        return messages.ok(Kind.IN_SA_ADD) - messages.ok(Kind.IN_SA_REMOVE) + messages.ok(Kind.OUT_SA_ADD)
            - messages.ok(Kind.OUT_SA_REMOVE);
    }

    @Override
    public long createdSas() {
        return messages.ok(Kind.IN_SA_ADD) + messages.ok(Kind.OUT_SA_ADD);
    }

    @Override
    public long failedSas() {
        return messages.errors(Kind.IN_SA_ADD) + messages.errors(Kind.OUT_SA_ADD);
    }

    @Override
    public long ikeSas() {
        return supervisor.controlPlane().ike().stream().mapToLong(service -> service.ikeSas().size()).sum();
    }

    @Override
    public long flashUsed() {
        try {
            return supervisor.parts().flash().list().values().stream().mapToLong(Long::longValue).sum();
        } catch (final IOException unreadable) {
            // What cannot be listed cannot be counted; "dir" says why.
            return 0;
        }
    }

    @Override
    public long flashCapacity() {
        return supervisor.parts().flash().capacity();
    }

    @Override
    public PacketBuffers buffers() {
        return datapath.buffers();
    }

    @Override
    public long enginePackets(final int engine) {
        return counters.total(engine, Total.FORWARDED) + counters.dropped(engine) + counters.total(engine, Total.PUNTED)
            + counters.total(engine, Total.CONSUMED);
    }

    @Override
    public long engineBatches(final int engine) {
        return counters.total(engine, Total.BATCHES);
    }

    @Override
    public long injected() {
        return Arrays.stream(InjectCause.values()).mapToLong(this::received).sum();
    }

    @Override
    public int timersActive() {
        return supervisor.parts().timers().pending();
    }

    @Override
    public long uptimeNanos() {
        return supervisor.parts().timers().nanos() - startedNanos;
    }

    @Override
    public OptionalLong busyNanos() {
        final Machine machine = supervisor.parts().machine();
        return machine.isMeasured() ? OptionalLong.of(machine.datapathNanos()) : OptionalLong.empty();
    }

    @Override
    public Instant started() {
        return started;
    }

    @Override
    public Collection<Flow> flows() {
        return supervisor.controlPlane().ipsec().flows();
    }

    @Override
    public Collection<SaPair> pairs() {
        return supervisor.controlPlane().ipsec().pairs();
    }

    @Override
    public IpsecMessages messages() {
        return messages;
    }

    @Override
    public @Nullable InterfaceSpec interfaceNamed(final String name) {
        final int index = supervisor.interfaces().indexOf(name);
        return index < 0 || index >= routed().interfaces().size() ? null : routed().interfaces().get(index);
    }

    @Override
    public IpsecConfig settings() {
        return supervisor.config().crypto().ipsec();
    }
}

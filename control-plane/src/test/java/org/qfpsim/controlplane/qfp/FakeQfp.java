package org.qfpsim.controlplane.qfp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.model.IpsecConfig;
import org.qfpsim.controlplane.ipsec.Flow;
import org.qfpsim.controlplane.ipsec.IpsecMessages;
import org.qfpsim.controlplane.ipsec.SaPair;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.controlplane.platform.Release;
import org.qfpsim.controlplane.qfp.hardware.HardwareState;
import org.qfpsim.controlplane.qfp.hardware.InterfaceDrops;
import org.qfpsim.controlplane.qfp.ipsec.QfpIpsecState;
import org.qfpsim.controlplane.qfp.load.TrafficHistory;
import org.qfpsim.controlplane.qfp.punt.PuntSource;
import org.qfpsim.controlplane.show.ShowCommands;
import org.qfpsim.controlplane.time.Timers;
import org.qfpsim.datapath.counters.CostLook;
import org.qfpsim.datapath.counters.CounterLayout;
import org.qfpsim.datapath.counters.DropCounters;
import org.qfpsim.datapath.drop.InjectCause;
import org.qfpsim.datapath.drop.PuntCause;
import org.qfpsim.datapath.route.InterfaceSpec;
import org.qfpsim.datapath.route.PacketBuffers;
import org.qfpsim.datapath.route.PortCounters;

/** A router whose every number a test sets. */
final class FakeQfp implements TrafficHistory.Source, PuntSource, HardwareState, QfpIpsecState, DropCounters {
    final Timers timers = new Timers();
    final long[] packets = new long[CounterLayout.GLOBAL_DROPS];
    final long[] octets = new long[CounterLayout.GLOBAL_DROPS];
    final long[] ipsec = new long[CounterLayout.IPSEC_DROPS];
    final long[][] traffic = new long[8][PortCounters.Column.values().length];
    final Map<PuntCause, long[]> punts = new EnumMap<>(PuntCause.class);
    final Map<InjectCause, long[]> injections = new EnumMap<>(InjectCause.class);
    final Map<PuntCause, Policer[]> policers = new EnumMap<>(PuntCause.class);
    final List<InterfaceDrops> interfaces = new ArrayList<>();
    final IpsecMessages messages = new IpsecMessages();
    final long[] engines = new long[8];
    PacketBuffers buffers = new PacketBuffers(256, 2048, 32, false, List.of(0L, 0L), 1 << 16, 0);
    OptionalLong busy = OptionalLong.empty();
    long decrypted;
    long encrypted;
    long resource;
    long sas;

    /** Its commands. */
    ShowCommands commands(final String platform, final String release) {
        final PlatformProfile profile = PlatformProfile.parse(platform);
        final QfpShow qfp = new QfpShow(new QfpShow.Sources(profile, Release.parse(release), timers, this::now, this, () -> CostLook.NOTHING, this, this, this, this,
            List::of, () -> "", () -> { }));
        return new ShowCommands(profile, Release.parse(release), qfp.drops(), qfp.drops(), qfp.commands());
    }

    void pass(final long seconds) {
        timers.advance(timers.nanos() + seconds * 1_000_000_000L);
    }

    private Instant now() {
        return Instant.parse("2026-03-20T10:00:00Z").plusNanos(timers.nanos());
    }

    @Override
    public long globalPackets(final int id) {
        return packets[id];
    }

    @Override
    public long globalOctets(final int id) {
        return octets[id];
    }

    @Override
    public long ipsecPackets(final int id) {
        return ipsec[id];
    }

    @Override
    public long traffic(final int qfp, final PortCounters.Column column) {
        return traffic[qfp][column.ordinal()];
    }

    @Override
    public long decrypted() {
        return decrypted;
    }

    @Override
    public long encrypted() {
        return encrypted;
    }

    @Override
    public long received(final PuntCause cause) {
        return punts.getOrDefault(cause, new long[2])[0];
    }

    @Override
    public long transmitted(final PuntCause cause) {
        return punts.getOrDefault(cause, new long[2])[1];
    }

    @Override
    public long received(final InjectCause cause) {
        return injections.getOrDefault(cause, new long[2])[0];
    }

    @Override
    public long transmitted(final InjectCause cause) {
        return injections.getOrDefault(cause, new long[2])[1];
    }

    @Override
    public Policer policer(final PuntCause cause, final boolean high) {
        final Policer[] both = policers.get(cause);
        return both == null ? new Policer(0, 0, 0, 0) : both[high ? 1 : 0];
    }

    @Override
    public List<InterfaceDrops> interfaces() {
        return interfaces;
    }

    @Override
    public long resourceOctets() {
        return resource;
    }

    @Override
    public int policyEntries() {
        return 0;
    }

    @Override
    public long activeSas() {
        return sas;
    }

    @Override
    public long createdSas() {
        return sas;
    }

    @Override
    public long failedSas() {
        return 0;
    }

    @Override
    public long ikeSas() {
        return 0;
    }

    @Override
    public long flashUsed() {
        return 0;
    }

    @Override
    public long flashCapacity() {
        return 1 << 20;
    }

    @Override
    public PacketBuffers buffers() {
        return buffers;
    }

    @Override
    public long enginePackets(final int engine) {
        return engines[engine];
    }

    @Override
    public long engineBatches(final int engine) {
        return engines[engine] / 2;
    }

    @Override
    public long injected() {
        return injections.values().stream().mapToLong(each -> each[0]).sum();
    }

    @Override
    public int timersActive() {
        return timers.pending();
    }

    @Override
    public long uptimeNanos() {
        return timers.nanos();
    }

    @Override
    public OptionalLong busyNanos() {
        return busy;
    }

    @Override
    public Instant started() {
        return now();
    }

    @Override
    public Collection<Flow> flows() {
        return List.of();
    }

    @Override
    public Collection<SaPair> pairs() {
        return List.of();
    }

    @Override
    public IpsecMessages messages() {
        return messages;
    }

    @Override
    public @Nullable InterfaceSpec interfaceNamed(final String name) {
        return null;
    }

    @Override
    public IpsecConfig settings() {
        return ConfigFile.read("test", "").config().crypto().ipsec();
    }
}

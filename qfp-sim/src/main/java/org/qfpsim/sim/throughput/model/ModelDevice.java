package org.qfpsim.sim.throughput.model;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.BufferUtil;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.IntHashSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.qfpsim.controlplane.platform.Hardware;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.datapath.counters.CounterBlock;
import org.qfpsim.datapath.counters.Total;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.Net;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.throughput.load.Device;
import org.qfpsim.sim.throughput.load.DeviceSpec;
import org.qfpsim.sim.throughput.load.Lab;
import org.qfpsim.sim.throughput.load.Latency;
import org.qfpsim.sim.throughput.load.Mix;
import org.qfpsim.sim.throughput.load.PacketKind;
import org.qfpsim.sim.throughput.load.Schedule;
import org.qfpsim.sim.throughput.load.TrafficSpec;
import org.qfpsim.sim.throughput.load.TrialResult;
import org.qfpsim.sim.throughput.load.TrialSpec;

/**
 * A platform in virtual time. A frame that gets through the queues of the {@link Chip} goes through the real pipeline when it leaves the
 * threads; what the queues lose is counted where the platform counts it, and never reaches the pipeline:
 * <ul>
 *   <li>no room to wait for a thread: TailDrop;
 *   <li>no room to wait for the crypto engine: type 110, so IpsecTailDrop;
 *   <li>more than the licensed crypto throughput: type 114;
 *   <li>no room to wait for the way out: TailDrop, which the pipeline counts itself, since its egress refuses the packet.
 * </ul>
 */
public final class ModelDevice implements Device {
    private static final int ETHERNET = 14;
    private static final int STORE_BYTES = 1 << 20;
    private static final int SPARE_SLOTS = 1024;
    private static final long MOST_LATENCY = 60_000_000_000L;
    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;
    /** More than the threads can do, so that a search finds an upper bound. */
    private static final double ABOVE = 1.5;

    private final TrafficSpec traffic;
    private final PlatformProfile profile;
    private final Calibration calibration;
    private final int licence;
    private final Lab lab;
    private final Chip chip;
    private final CounterBlock counters;
    private final IntHashSet spis = new IntHashSet();
    private final int espOffset;
    private final int overhead;
    private final int slotBytes;
    private final UnsafeBuffer memory;
    private final int[] lengths;
    private final double[] meant;
    private final IntArrayList free = new IntArrayList();
    private final Histogram latency = new Histogram(MOST_LATENCY, 3);
    private double clock;
    private double leaving;
    private double meantOfLeaving;
    private double transmitFree;
    private double transmitBusy;
    private boolean recording;

    /**
     * Builds the platform.
     *
     * @param traffic what is sent.
     * @param spec    the platform; 0 engines for those that it has.
     * @param profile the same platform.
     */
    public ModelDevice(final TrafficSpec traffic, final DeviceSpec spec, final PlatformProfile profile) {
        this.traffic = traffic;
        this.profile = profile;
        licence = spec.licence();
        calibration = Calibration.of(profile, spec.ppes());
        lab = new Lab(traffic, spec.crypto(), new PipelineConfig(), this::transmit, spec.token(), STORE_BYTES);
        counters = lab.counters().dispatcher();
        lab.pipeline().installer().installed().forEach(sa -> spis.add(sa.spi()));
        espOffset = Net.IPV4_HEADER_BYTES + (traffic.natT() ? Net.UDP_HEADER_BYTES : 0);
        overhead = ETHERNET + espOffset + 8 + traffic.suite().ivBytes() + traffic.suite().icvBytes() + 2;
        slotBytes = traffic.mtu() + 64 & -64;
        final int slots = calibration.threads() + calibration.inputQueue() + 2 * calibration.cryptoQueue() + SPARE_SLOTS;
        memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(slots * slotBytes, 64));
        lengths = new int[slots];
        meant = new double[slots];
        for (int i = 0; i < slots; i++) {
            free.addInt(i);
        }
        chip = new Chip(calibration, licence, new Packets());
    }

    /** What the chip needs to know about packets, and what becomes of them. */
    private final class Packets implements Chip.Handler {
        @Override
        public int cryptoOctets(final int packet) {
            final int at = packet * slotBytes + ETHERNET;
            final boolean opens = lengths[packet] >= overhead && memory.getByte(at) == 0x45
                && isEsp(at) && (memory.getShort(at + 6, ByteOrder.BIG_ENDIAN) & 0x3fff) == 0
                && spis.contains(memory.getInt(at + espOffset, ByteOrder.BIG_ENDIAN));
            return opens ? lengths[packet] - overhead : -1;
        }

        private boolean isEsp(final int at) {
            final int protocol = memory.getByte(at + 9) & 0xff;
            return traffic.natT()
                ? protocol == Net.PROTO_UDP
                    && memory.getShort(at + Net.IPV4_HEADER_BYTES + 2, ByteOrder.BIG_ENDIAN) == TrafficSpec.NAT_T_PORT
                : protocol == Net.PROTO_ESP;
        }

        @Override
        public void overLicence(final int packet) {
            lose(packet, IpsecDrop.IN_CRYPTO_THRPUT_POLICY_DROP);
        }

        @Override
        public void cryptoQueueFull(final int packet) {
            lose(packet, IpsecDrop.PKT_BUFFER_UNAVAILABLE);
        }

        private void lose(final int packet, final IpsecDrop reason) {
            received(lengths[packet]);
            counters.dropIpsec(reason.id(), 1, lengths[packet]);
            free.addInt(packet);
        }

        @Override
        public void done(final int packet, final double now) {
            leaving = now;
            meantOfLeaving = meant[packet];
            while (!lab.pipeline().dispatcher().offer(memory, packet * slotBytes, lengths[packet], lengths[packet], (long) now,
                LinkLayer.ETHERNET)) {
                lab.pipeline().turn();
            }
            lab.pipeline().drain();
            free.addInt(packet);
        }
    }

    private void received(final int octets) {
        counters.add(Total.RECEIVED, 1);
        counters.add(Total.RECEIVED_OCTETS, octets);
    }

    /** The way out. */
    private boolean transmit(final UnsafeBuffer buffer, final int offset, final int length, final long nanos) {
        final double service = length * calibration.transmitOctet();
        if (transmitFree - leaving > calibration.transmitQueue() * calibration.transmitOctet()) {
            return false;
        }
        transmitFree = Math.max(transmitFree, leaving) + service;
        transmitBusy += service;
        if (recording) {
            latency.recordValue(Math.clamp(Math.round(transmitFree - meantOfLeaving), 0, MOST_LATENCY));
        }
        return true;
    }

    @Override
    public TrialResult run(final TrialSpec trial, final BooleanSupplier stop) {
        if (lab.maker().mix(trial.flood() == 0 ? traffic.mix() : Mix.of(PacketKind.UNKNOWN_SPI, trial.flood() * PERCENT))) {
            lab.store().clear();
        }
        lab.accounts().begin();
        chip.begin();
        latency.reset();
        recording = trial.latencyEvery() > 0;
        transmitBusy = 0;
        final long[] sent = new long[PacketKind.values().length];
        final double start = clock;
        final Schedule schedule = traffic.bursts().schedule(trial.load(), lab.maker().meanOnLine());
        long offered = 0;
        for (final long packets = trial.packets(); offered < packets && ((offered & 0xfff) != 0 || !stop.getAsBoolean()); offered++) {
            arrive(start + schedule.nanos(offered), sent);
        }
        chip.advance(Double.MAX_VALUE);
        lab.pipeline().expire(Long.MAX_VALUE);
        counters.publish();
        clock = Math.max(start + schedule.average(offered), Math.max(leaving, transmitFree));
        return result(trial, offered, schedule.average(offered), clock - start, sent);
    }

    private void arrive(final double now, final long[] sent) {
        if (lab.store().count() == 0) {
            lab.maker().fill(lab.store(), Long.MAX_VALUE);
        }
        chip.advance(now);
        final int index = lab.store().next();
        final int length = lab.store().length(index);
        sent[lab.store().kind(index)]++;
        final int packet = free.isEmpty() ? -1 : free.removeAt(free.size() - 1);
        if (packet >= 0) {
            memory.putBytes(packet * slotBytes, lab.store().arena(), lab.store().offset(index), length);
            lengths[packet] = length;
            meant[packet] = now;
        }
        lab.store().take(1);
        if (packet < 0 || !chip.arrive(packet, now)) {
            received(length);
            counters.dropGlobal(GlobalDrop.TAIL_DROP.id(), 1, length);
            if (packet >= 0) {
                free.addInt(packet);
            }
        }
    }

    private TrialResult result(final TrialSpec trial, final long offered, final double nanos, final double busyNanos,
                               final long[] counts) {
        final Map<String, Long> sent = new LinkedHashMap<>();
        for (final PacketKind kind : PacketKind.values()) {
            if (counts[kind.ordinal()] != 0) {
                sent.put(kind.key(), counts[kind.ordinal()]);
            }
        }
        final Map<String, Double> busy = new LinkedHashMap<>();
        busy.put("ppe", chip.threadPercent(busyNanos));
        busy.put("crypto", chip.cryptoPercent(busyNanos));
        busy.put("transmit", PERCENT * transmitBusy / busyNanos);
        return new TrialResult(trial.purpose(), trial.load(), trial.seconds(), offered, nanos / NANOS,
            lab.accounts().total(Total.FORWARDED), lab.accounts().dropped() - lab.accounts().intended(sent), sent,
            lab.accounts().drops(), 0, 0, 0, 0, latency.getTotalCount() == 0 ? null : Latency.of(latency), busy, List.of(),
            lab.accounts().check(offered, sent, false), "");
    }

    @Override
    public double most(final double seconds) {
        return Math.min(TrialSpec.FLAT_OUT, calibration.threads() * NANOS / calibration.passNanos() * ABOVE);
    }

    @Override
    public Map<String, Object> facts() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("modelled", true);
        map.put("platform", profile.key());
        map.putAll(calibration.toMap());
        final List<String> notes = new ArrayList<>();
        notes.add("MODELLED, in virtual time: %s; published figures are approximate".formatted(profile.description()));
        notes.addAll(calibration.notes());
        if (licence != 0) {
            notes.add("  licensed crypto throughput %,d Mb/s".formatted(licence));
        }
        notes.addAll(traffic.bursts().notes());
        map.put(NOTES, notes);
        return map;
    }

    /**
     * Engines that a platform has, of all its QFPs.
     *
     * @param profile the platform.
     * @return how many.
     * @throws InputException if the platform is not modelled.
     */
    public static int ppes(final PlatformProfile profile) {
        Calibration.of(profile, 0);
        final Hardware hardware = profile.hardware();
        return hardware.qfps() * hardware.ppes();
    }

    @Override
    public void close() {
        lab.close();
    }
}

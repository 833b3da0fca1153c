package org.qfpsim.datapath.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.counters.CounterReader;
import org.qfpsim.datapath.counters.CounterStore;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoBackends;
import org.qfpsim.datapath.drop.GlobalDrop;
import org.qfpsim.datapath.drop.IpsecDrop;
import org.qfpsim.datapath.feature.LinkLayer;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.pipeline.CommitObserver;
import org.qfpsim.datapath.pipeline.FrameVector;
import org.qfpsim.datapath.pipeline.Pipeline;
import org.qfpsim.datapath.pipeline.PipelineConfig;
import org.qfpsim.datapath.pipeline.Threads;
import org.qfpsim.datapath.report.DropReport;
import org.qfpsim.datapath.sa.InstalledSa;
import org.qfpsim.datapath.sa.OutboundSa;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.SaSpec;

/**
 * A router's datapath with the addresses of {@link Sa}, on the test's thread or on threads of its own. Closing it ends the wait for
 * fragments and asserts the conservation laws.
 */
public final class PipelineFixture implements AutoCloseable {
    private final Recorder recorder = new Recorder();
    private final CryptoBackends backends;
    private final CounterStore store;
    private final Pipeline pipeline;
    private final List<Sender> senders = new ArrayList<>();
    private List<IpAddress> addresses = List.of(IpAddress.parse(Sa.US), IpAddress.parse(Sa.US6));
    private @Nullable Threads threads;
    private @Nullable Lender lender;

    /** A pipeline of one engine with all crypto libraries. */
    public PipelineFixture() {
        this(config(), CryptoBackends.AUTO);
    }

    /** A pipeline with settings of choice and one crypto library, or {@code auto}. */
    public PipelineFixture(final PipelineConfig config, final String crypto) {
        this(config, crypto, backend -> backend);
    }

    /** A pipeline whose crypto libraries are wrapped in something of the test's. */
    public PipelineFixture(final PipelineConfig config, final String crypto, final UnaryOperator<CryptoBackend> wrapper) {
        this(config, crypto, wrapper, true);
    }

    private PipelineFixture(final PipelineConfig config, final String crypto, final UnaryOperator<CryptoBackend> wrapper,
                            final boolean observed) {
        backends = Crypto.open(crypto);
        store = CounterStore.inMemory(config.ppes());
        pipeline = new Pipeline(config, backends.all().stream().map(wrapper).toList(), store, recorder,
            observed ? recorder : CommitObserver.NONE);
        rules(false);
    }

    /** A pipeline whose verdicts nobody writes down, as most are. */
    public static PipelineFixture unobserved(final PipelineConfig config, final String crypto) {
        return new PipelineFixture(config, crypto, backend -> backend, false);
    }

    /** Small settings, which a test may change further. */
    public static PipelineConfig config() {
        return new PipelineConfig().reassembly(8, 32, 3_000_000_000L).ringSlots(256).dropReportRows(256);
    }

    /** Replaces the policy. */
    public PipelineFixture rules(final boolean denyDefault, final PolicyRule... rules) {
        pipeline.configure(addresses, List.of(rules), denyDefault);
        return this;
    }

    /** Makes this the router of the peer; to be called before {@link #rules}. */
    public PipelineFixture asPeer() {
        addresses = List.of(IpAddress.parse(Sa.PEER), IpAddress.parse(Sa.PEER6));
        return rules(false);
    }

    /** Engines and gather get threads of their own until {@link #drain} is called by {@link #close}. */
    public PipelineFixture dedicated() {
        threads = new Threads(pipeline);
        return this;
    }

    /** Frames are lent from now on, off heap, until {@link #drain}; then they are overwritten. */
    public PipelineFixture lending() {
        lender = new Lender();
        return this;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    public CounterReader counters() {
        return store.reader();
    }

    public Recorder recorder() {
        return recorder;
    }

    /** Installs an inbound SA and makes its sender. */
    public Sender install(final SaSpec spec) {
        pipeline.installInbound(spec);
        final Sender sender = new Sender(spec);
        senders.add(sender);
        return sender;
    }

    /** Installs an inbound SA and gives the datapath's handle. */
    public InstalledSa installed(final SaSpec spec) {
        return pipeline.installInbound(spec);
    }

    /** Installs an outbound SA for an outbound rule. */
    public OutboundSa outbound(final SaSpec spec, final int rule) {
        return pipeline.installOutbound(spec, rule);
    }

    /** Offers an IP packet in an Ethernet frame at time 0. */
    public PipelineFixture offer(final byte[] packet) {
        return offer(packet, 0);
    }

    /** Offers an IP packet in an Ethernet frame. */
    public PipelineFixture offer(final byte[] packet, final long nanos) {
        return offerFrame(Packets.ethernet(packet), LinkLayer.ETHERNET, nanos);
    }

    /** Offers a frame; waits for room. */
    public PipelineFixture offerFrame(final byte[] frame, final int linkType, final long nanos) {
        return offerFrame(frame, linkType, nanos, frame.length);
    }

    /** Offers a frame of which a capture may have cut the end; waits for room. */
    public PipelineFixture offerFrame(final byte[] frame, final int linkType, final long nanos, final int wireLength) {
        if (lender != null && lender.isFull(frame.length)) {
            drain();
        }
        final UnsafeBuffer source = new UnsafeBuffer(frame);
        final FrameVector lent = lender == null ? null : lender.lend(frame, linkType, nanos, wireLength);
        while (lent == null ? !pipeline.dispatcher().offer(source, 0, frame.length, wireLength, nanos, linkType)
            : pipeline.dispatcher().offer(lent, 0, 1) != 1) {
            pipeline.dispatcher().flush();
            if (threads == null) {
                pipeline.turn();
            } else {
                threads.idle(0);
            }
        }
        return this;
    }

    /** Publishes what was offered and waits for all verdicts but those of waiting fragments. */
    public PipelineFixture drain() {
        if (threads == null) {
            pipeline.drain();
        } else {
            threads.drain();
        }
        if (lender != null) {
            lender.takeBack();
        }
        return this;
    }

    /** Offers one IP packet and tells what became of it. */
    public Event judge(final byte[] packet) {
        return judge(packet, 0);
    }

    /** Offers one IP packet and tells what became of it. */
    public Event judge(final byte[] packet, final long nanos) {
        return judgeFrame(Packets.ethernet(packet), LinkLayer.ETHERNET, nanos);
    }

    /** Offers one frame and tells what became of it. */
    public Event judgeFrame(final byte[] frame, final int linkType, final long nanos) {
        offerFrame(frame, linkType, nanos).drain();
        return recorder.events().getLast();
    }

    /** The verdict of one IP packet. */
    public int verdict(final byte[] packet) {
        return judge(packet).verdict();
    }

    /** The verdicts so far. */
    public List<Integer> verdicts() {
        return recorder.events().stream().map(Event::verdict).toList();
    }

    /** Takes the last packet that left. */
    public byte[] lastSent() {
        return recorder.sent().getLast();
    }

    /** The conservation laws, with nothing in flight. */
    public void assertConserved() {
        final CounterReader counters = counters();
        assertThat(counters.inFlight()).as("received - forwarded - dropped - punted - consumed").isZero();
        for (final GlobalDrop global : GlobalDrop.values()) {
            long types = 0;
            boolean ipsec = false;
            for (final IpsecDrop drop : IpsecDrop.values()) {
                if (drop.global() == global) {
                    types += counters.ipsecPackets(drop.id());
                    ipsec = true;
                }
            }
            if (ipsec) {
                assertThat(counters.globalPackets(global.id())).as("%s is the sum of its IPsec types", global).isEqualTo(types);
            }
        }
        final long reported = pipeline.dropReport().snapshot().stream().mapToLong(DropReport.Row::packets).sum();
        assertThat(reported).as("packets in the drop report").isEqualTo(counters.dropped() - counters.dropped(-1));
    }

    /** Ends the threads, if any, but not the pipeline. */
    public PipelineFixture stopThreads() {
        if (threads != null) {
            threads.close();
            threads = null;
        }
        return this;
    }

    /** Gives up on fragments that wait. */
    public PipelineFixture giveUpFragments() {
        pipeline.expire(Long.MAX_VALUE);
        return this;
    }

    @Override
    public void close() {
        drain();
        stopThreads();
        giveUpFragments();
        assertConserved();
        senders.forEach(Sender::close);
        pipeline.close();
        backends.close();
        store.close();
    }
}

package org.qfpsim.sim.scenario;

import java.util.List;
import org.qfpsim.sim.net.LinkSettings;
import org.qfpsim.sim.net.host.HostAddress;
import org.qfpsim.sim.net.host.StreamSpec;

/**
 * What a folder says, checked: every name in it exists.
 *
 * @param name           of the folder.
 * @param title          one line for people.
 * @param seed           of everything random.
 * @param durationNanos  how long it runs; streams stop then.
 * @param drainNanos     how long it goes on so that what is under way arrives.
 * @param toleranceNanos how late anything may come when the clock is a real one.
 * @param epochNanos     what time 0 is, in nanoseconds since 1970.
 * @param routers        the routers.
 * @param hosts          the hosts.
 * @param nats           the NAT boxes.
 * @param outside        real interfaces.
 * @param links          the links.
 * @param streams        the streams.
 * @param timeline       what happens, in the order of the file.
 * @param expectations   what must be so.
 * @param attachments    real interfaces that the user has put in the place of links.
 */
record Scenario(String name, String title, long seed, long durationNanos, long drainNanos, long toleranceNanos, long epochNanos,
                List<RouterSpec> routers, List<HostSpec> hosts, List<NatSpec> nats, List<OutsideSpec> outside, List<LinkSpec> links,
                List<StreamPlan> streams, List<TimelineEntry> timeline, List<Expectation> expectations, List<Attachment> attachments) {
    /** When it is over. */
    long endNanos() {
        return durationNanos + drainNanos;
    }

    /** Whether it has to do with the world outside, whose time is real. */
    boolean isReal() {
        return !outside.isEmpty() || !attachments.isEmpty();
    }

    /** The same with real interfaces. */
    Scenario attach(final List<Attachment> more) {
        return new Scenario(name, title, seed, durationNanos, drainNanos, toleranceNanos, epochNanos, routers, hosts, nats, outside, links,
            streams, timeline, expectations, more);
    }

    /** A host. */
    record HostSpec(String name, List<HostAddress> addresses) {
    }

    /** A NAT box. */
    record NatSpec(String name, HostAddress inside, HostAddress outside, long timeoutNanos) {
    }

    /** A real interface; or strongSwan with a configuration, in a namespace that has addresses and a gateway. */
    record OutsideSpec(String name, String port, String configuration, List<String> addresses, String gateway) {
        boolean isDaemon() {
            return port.isEmpty();
        }
    }

    /** A link; where names the place in the file for what is found out later. */
    record LinkSpec(String name, LinkSettings settings, boolean up, List<Port> ports) {
    }

    /** One end: a node, and its interface as written; empty: the only one of a host. */
    record Port(String node, String interfaceName, YamlCursor where) {
    }

    /** A stream and when it runs; a start of {@link #NEVER} waits for the timeline. */
    record StreamPlan(StreamSpec spec, String from, long startNanos, long stopNanos) {
        static final long NEVER = Long.MAX_VALUE;
    }
}

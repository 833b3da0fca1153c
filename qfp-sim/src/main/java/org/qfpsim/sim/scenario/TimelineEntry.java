package org.qfpsim.sim.scenario;

import java.util.function.UnaryOperator;
import org.qfpsim.sim.net.FrameFault;
import org.qfpsim.sim.net.LinkSettings;

/**
 * Something that happens at a time.
 *
 * @param nanos  when.
 * @param say    what the story says about it; empty: nothing.
 * @param action what is done.
 */
record TimelineEntry(long nanos, String say, Action action) {
    /** What is done. */
    sealed interface Action {
    }

    /** Only the story goes on. */
    record Nothing() implements Action {
    }

    /** A person types a command on a node's console; a quiet one is not shown. */
    record Command(String node, String line, boolean quiet) implements Action {
    }

    /** A node loses power, or has it again. */
    record Power(String node, boolean on) implements Action {
    }

    /** A link is connected or cut. */
    record LinkState(String link, boolean up) implements Action {
    }

    /** A link behaves otherwise from now on. */
    record LinkChange(String link, String text, UnaryOperator<LinkSettings> change) implements Action {
    }

    /** Something happens to the next frames of a kind on a link; from: the node that sends them, empty for any. */
    record NextFrames(String link, String from, FrameFault.Plan plan, String text) implements Action {
    }

    /** A stream starts or stops. */
    record StreamSwitch(String stream, boolean on) implements Action {
    }
}

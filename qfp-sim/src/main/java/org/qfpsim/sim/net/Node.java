package org.qfpsim.sim.net;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.show.ColumnSources;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.login.SshService;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;

/**
 * Something with interfaces: a router, a host, a NAT box. All methods are called by the network's thread. A node without threads works
 * within {@link #receive} and {@link #advance}; a node with threads hands the work over and says with {@link #isIdle} when it is done.
 * It reads no clock: time is what the network says.
 */
public interface Node extends AutoCloseable {
    /** Unique in its network. */
    String name();

    /** The names of its interfaces, for messages; the place in the list is the interface's index. */
    List<String> interfaces();

    /**
     * Finds an interface.
     *
     * @param text its name as a person writes it.
     * @return its index, or -1 if there is none of that name.
     */
    default int interfaceIndex(final String text) {
        return interfaces().indexOf(text);
    }

    /**
     * Tells the node where to send. Called once, before anything else.
     *
     * @param wire takes what it sends.
     */
    void connect(Wire wire);

    /**
     * Whether something carries frames on an interface. Called when that changes, and once at the start for those that have a link.
     *
     * @param interfaceIndex which interface.
     * @param up             true if its link is up.
     */
    default void carrier(final int interfaceIndex, final boolean up) {
    }

    /**
     * Plugs a real interface in, in the place of a link. Called at most once for an interface; the cable lives longer than the node.
     *
     * @param interfaceIndex which interface.
     * @param cable          what it sends to and receives from.
     */
    default void plug(final int interfaceIndex, final Cable cable) {
        throw new UnsupportedOperationException(name() + " takes no cable");
    }

    /**
     * A frame has arrived. The frames of one moment come in the order of their arrival, then {@link #advance} with the same time.
     *
     * @param interfaceIndex on which interface.
     * @param frame          the octets; valid until this returns.
     * @param offset         where the Ethernet header starts.
     * @param length         octets.
     * @param nanos          the time, never less than in any call before.
     */
    void receive(int interfaceIndex, DirectBuffer frame, int offset, int length, long nanos);

    /**
     * When {@link #advance} is needed next, in nanoseconds; {@link Long#MAX_VALUE} if only a frame can wake it. Asked when the node is
     * idle, after each call that may have changed it; later than the last {@link #advance}.
     */
    long nextDeadline();

    /**
     * Moves the node's time and runs everything that is due.
     *
     * @param nanos the new time.
     * @return how much was done; 0 if nothing was due.
     */
    int advance(long nanos);

    /**
     * Runs a command as a person would type it on the console.
     *
     * @param commandLine one line.
     * @return what it prints, lines ended by line feeds; what a refused command prints is the node's marker and message.
     */
    String execute(String commandLine);

    /** What its console shows in front of a command that is typed now: {@code R1#}, {@code R1(config-if)#}. */
    default String prompt() {
        return name() + "#";
    }

    /** What is wrong with what it was started with, although it runs: a line each, with file, line and fix. */
    default List<String> warnings() {
        return List.of();
    }

    /**
     * Runs a command as {@link #execute}, for output that may be long.
     *
     * @param commandLine one line.
     * @param out         gets what it prints as it comes into being.
     * @return false if it was refused.
     */
    default boolean execute(final String commandLine, final Output out) {
        out.print(execute(commandLine));
        return true;
    }

    /**
     * Where the output of a command comes from.
     *
     * @param commandLine the command.
     * @return a row for some columns each; none if it is no command that shows something.
     */
    default List<ColumnSources.Row> sources(final String commandLine) {
        return List.of();
    }

    /**
     * Opens a terminal line.
     *
     * @param port   its wire.
     * @param caller who is at the far end.
     * @return false if there is none left, or the node has no terminal lines; the port is closed then.
     */
    default boolean open(final TerminalPort port, final Caller caller) {
        port.hangUp();
        return false;
    }

    /** What somebody who watches it gets to see; empty if there is nothing, or it is down. */
    default Optional<RouterLook> look() {
        return Optional.empty();
    }

    /**
     * Asks the node's SSH something.
     *
     * @param question what; the service must not be used after it has returned.
     * @param <T>      of the answer.
     * @return the answer; empty if it is null, the node has no power, or no SSH.
     */
    default <T> Optional<T> ssh(final Function<SshService, @Nullable T> question) {
        return Optional.empty();
    }

    /** Power is lost: everything in memory is gone, what is on disk stays. Frames that arrive afterwards vanish. */
    void crash();

    /**
     * Power is back after {@link #crash}: starts with its configuration and what was on disk.
     *
     * @param nanos the time.
     */
    void restart(long nanos);

    /**
     * Who is told of each line that the node logs. Called on one of the node's threads while it is not idle.
     *
     * @param listener takes the line as it would be on the console, without a line feed.
     */
    void onLog(Consumer<String> listener);

    /**
     * A counter by the name that the platform shows: {@code IpsecInput}, {@code ipsec 4}, a total, or one of an SA.
     *
     * @param counter the name.
     * @return its value; empty if the node has no such counter.
     */
    OptionalLong counter(String counter);

    /** Laws that it has broken, such as packets without an account; one line each, with the numbers. Asked when it is idle. */
    default List<String> problems() {
        return List.of();
    }

    /** Whether it has nothing left to do before {@link #nextDeadline}; always true for a node without threads. */
    default boolean isIdle() {
        return true;
    }

    /** Frees what it holds. */
    @Override
    void close();
}

package org.qfpsim.sim.net;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.live.RouterLook;
import org.qfpsim.controlplane.show.ColumnSources;
import org.qfpsim.controlplane.login.SshService;
import org.qfpsim.controlplane.terminal.Caller;
import org.qfpsim.controlplane.terminal.TerminalPort;
import org.qfpsim.sim.InputException;

/**
 * A node on a thread of its own: everything is handed over and done there in order, so the node itself needs to know nothing of threads.
 * Commands wait for their answer. A failure on the thread appears at the next {@link #isIdle}.
 */
public final class ThreadedNode implements Node {
    /** Who brings more frames than the node can take waits; with a real clock a flood would fill the memory otherwise. */
    private static final int MAX_WAITING = 65_536;

    private final Node node;
    private final Thread thread;
    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private long submitted;
    private volatile long completed;
    private volatile long deadline = Long.MAX_VALUE;
    private volatile @Nullable Throwable failure;
    private boolean open = true;

    /**
     * Starts the thread.
     *
     * @param node used by that thread only from now on; closed with this.
     */
    public ThreadedNode(final Node node) {
        this.node = node;
        thread = Thread.ofPlatform().name(node.name()).daemon(true).start(this::loop);
    }

    private void loop() {
        long done = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                work.take().run();
                while (!node.isIdle()) {
                    Thread.yield();
                }
                deadline = node.nextDeadline();
                completed = ++done;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final Throwable e) {
            failure = e;
        }
    }

    private void submit(final Runnable action) {
        submitted++;
        work.add(action);
    }

    private <T> T ask(final Supplier<T> question) {
        final CompletableFuture<T> answer = new CompletableFuture<>();
        submit(() -> {
            try {
                answer.complete(question.get());
            } catch (final RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        while (!answer.isDone()) {
            rethrow();
            Thread.yield();
        }
        try {
            return answer.join();
        } catch (final CompletionException e) {
            if (e.getCause() instanceof final InputException refused) {
                throw refused;
            }
            throw new IllegalStateException(name() + ": " + e.getCause(), e);
        }
    }

    private void rethrow() {
        final Throwable seen = failure;
        if (seen != null) {
            throw new IllegalStateException(name() + ": " + seen, seen);
        }
    }

    @Override
    public String name() {
        return node.name();
    }

    @Override
    public List<String> interfaces() {
        return ask(node::interfaces);
    }

    @Override
    public int interfaceIndex(final String text) {
        return ask(() -> node.interfaceIndex(text));
    }

    @Override
    public void connect(final Wire wire) {
        ask(() -> {
            node.connect(wire);
            return true;
        });
    }

    @Override
    public void carrier(final int interfaceIndex, final boolean up) {
        submit(() -> node.carrier(interfaceIndex, up));
    }

    @Override
    public void plug(final int interfaceIndex, final Cable cable) {
        ask(() -> {
            node.plug(interfaceIndex, cable);
            return true;
        });
    }

    @Override
    public void receive(final int interfaceIndex, final DirectBuffer frame, final int offset, final int length, final long nanos) {
        final byte[] copy = new byte[length];
        frame.getBytes(offset, copy);
        while (work.size() >= MAX_WAITING) {
            rethrow();
            Thread.yield();
        }
        submit(() -> node.receive(interfaceIndex, new UnsafeBuffer(copy), 0, length, nanos));
    }

    @Override
    public long nextDeadline() {
        return deadline;
    }

    @Override
    public int advance(final long nanos) {
        submit(() -> node.advance(nanos));
        return 1;
    }

    @Override
    public String execute(final String commandLine) {
        return ask(() -> node.execute(commandLine));
    }

    @Override
    public String prompt() {
        return ask(node::prompt);
    }

    @Override
    public List<String> warnings() {
        return ask(node::warnings);
    }

    @Override
    public boolean execute(final String commandLine, final Output out) {
        return ask(() -> node.execute(commandLine, out));
    }

    @Override
    public List<ColumnSources.Row> sources(final String commandLine) {
        return ask(() -> node.sources(commandLine));
    }

    @Override
    public boolean open(final TerminalPort port, final Caller caller) {
        return ask(() -> node.open(port, caller));
    }

    @Override
    public Optional<RouterLook> look() {
        return ask(node::look);
    }

    @Override
    public <T> Optional<T> ssh(final Function<SshService, @Nullable T> question) {
        return ask(() -> node.ssh(question));
    }

    @Override
    public void crash() {
        submit(node::crash);
    }

    @Override
    public void restart(final long nanos) {
        submit(() -> node.restart(nanos));
    }

    @Override
    public void onLog(final Consumer<String> listener) {
        ask(() -> {
            node.onLog(listener);
            return true;
        });
    }

    @Override
    public OptionalLong counter(final String counter) {
        return ask(() -> node.counter(counter));
    }

    @Override
    public List<String> problems() {
        return ask(node::problems);
    }

    @Override
    public boolean isIdle() {
        rethrow();
        return completed == submitted;
    }

    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        thread.interrupt();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        node.close();
    }
}

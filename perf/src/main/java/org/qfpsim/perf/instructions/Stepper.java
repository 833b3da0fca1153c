package org.qfpsim.perf.instructions;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.qfpsim.perf.probe.Mark;
import org.qfpsim.perf.side.ProbeProcess;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.outside.SystemCall;

/**
 * Lets a thread of another process make one instruction at a time, as a debugger does (ptrace(2)), and counts them: exact, on every Linux,
 * in guests without hardware counters too, and slow: some ten thousand a second. All calls come from one thread.
 */
final class Stepper implements ProbeProcess.Stepping {
    private static final int PEEK_USER = 3;
    private static final int POKE_USER = 6;
    private static final int CONTINUE = 7;
    private static final int SINGLE_STEP = 9;
    private static final int DETACH = 17;
    private static final int SEIZE = 0x4206;
    private static final int ALL_THREADS = 0x4000_0000;
    private static final int SIGTRAP = 5;
    private static final int STOPPED = 0x7f;
    /** EFLAGS in struct user of x86-64, and the bit in it. */
    private static final int FLAGS = 18 * Long.BYTES;
    private static final long TRAP_FLAG = 0x100;

    private final SystemCall ptrace = SystemCall.of("ptrace", Linker.Option.firstVariadicArg(1));
    private final SystemCall waitpid = SystemCall.of("waitpid");
    private final SystemCall affinity = SystemCall.of("sched_setaffinity");
    private final MemorySegment status = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
    private long thread;

    /**
     * Moves this thread to a processor: stepping is three times as fast where both are on the same one.
     *
     * @param cpu below 64; otherwise nothing happens.
     */
    void runOn(final int cpu) {
        if (cpu >= 0 && cpu < Long.SIZE) {
            try (Arena call = Arena.ofConfined()) {
                affinity.call(0, Long.BYTES, call.allocateFrom(ValueLayout.JAVA_LONG, 1L << cpu).address());
            }
        }
    }

    @Override
    public void attach(final long id) {
        thread = id;
        if (ptrace.call(SEIZE, id, 0) != 0) {
            throw new InputException("perf: the probe may not be stepped (ptrace failed with error " + ptrace.errno()
                + "): as root, or with kernel.yama.ptrace_scope 0 or 1, and where no container forbids it");
        }
    }

    @Override
    public long count() {
        int signal = await();
        while (signal != Mark.SIGNAL) {
            resume(CONTINUE, signal);
            signal = await();
        }
        final long mark = toNextMark();
        final long steps = toNextMark() - mark;
        // The trap behind the system call that sent the mark may still be pending, and would end a thread that nobody watches.
        do {
            resume(SINGLE_STEP, 0);
        } while (await() != SIGTRAP);
        letGo();
        return steps;
    }

    private long toNextMark() {
        long steps = 0;
        int pass = 0;
        while (true) {
            resume(SINGLE_STEP, pass);
            final int signal = await();
            if (signal == Mark.SIGNAL) {
                return steps;
            }
            // What the JVM sends itself, a safepoint for example, is for the JVM.
            pass = signal == SIGTRAP ? 0 : signal;
            steps++;
        }
    }

    /**
     * Lets the thread go on as ever. A {@code popf} while it was stepped, which compiled code has where doubles are compared, makes the
     * trap flag the thread's own, and the kernel leaves it set: it would end the thread at its next instruction.
     */
    private void letGo() {
        if (System.getProperty("os.arch").equals("amd64")) {
            final long flags = ptrace.raw(PEEK_USER, thread, FLAGS, 0, 0, 0);
            ptrace.call(POKE_USER, thread, FLAGS, flags & ~TRAP_FLAG, 0, 0);
        }
        resume(DETACH, 0);
    }

    private void resume(final int how, final int signal) {
        ptrace.call(how, thread, 0, signal, 0, 0);
    }

    /** Waits until the thread stands, and says why. */
    private int await() {
        final int ended = waitpid.call(thread, status.address(), ALL_THREADS);
        final int word = status.get(ValueLayout.JAVA_INT, 0);
        if (ended < 0 || (word & 0xff) != STOPPED) {
            throw new InputException("perf: the probe ended while it was stepped");
        }
        return word >> 8 & 0xff;
    }
}

package org.qfpsim.sim.outside;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.qfpsim.sim.InputException;

/**
 * A function of the C library that sets {@code errno}. All arguments are {@code long}: on the ABIs of 64-bit Linux an {@code int} is the
 * lower half of its register. One thread at a time uses an instance.
 */
public final class SystemCall {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final int MAX_ARGUMENTS = 6;

    private final String name;
    private final MethodHandle handle;
    private final MemorySegment state = Arena.ofAuto().allocate(STATE);

    private SystemCall(final String name, final MethodHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    /**
     * Finds a function.
     *
     * @param name    such as {@code "socket"}.
     * @param options of the linker: {@code firstVariadicArg}.
     * @return a handle of the caller's own.
     * @throws InputException on other systems than Linux.
     */
    @SuppressWarnings("restricted")
    public static SystemCall of(final String name, final Linker.Option... options) {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new InputException(name + " is a call of Linux, and this is " + System.getProperty("os.name"));
        }
        final MemoryLayout[] arguments = new MemoryLayout[MAX_ARGUMENTS];
        Arrays.fill(arguments, ValueLayout.JAVA_LONG);
        final Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
        all[options.length] = Linker.Option.captureCallState("errno");
        return new SystemCall(name, LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, arguments), all));
    }

    /** Calls it; returns what it returns, as 32 bits with sign. */
    public int call(final long a, final long b, final long c, final long d, final long e, final long f) {
        return (int) raw(a, b, c, d, e, f);
    }

    /** Calls it with three arguments. */
    public int call(final long a, final long b, final long c) {
        return call(a, b, c, 0, 0, 0);
    }

    /** Calls it; returns all 64 bits, for addresses. */
    public long raw(final long a, final long b, final long c, final long d, final long e, final long f) {
        try {
            return (long) handle.invokeExact(state, a, b, c, d, e, f);
        } catch (final Throwable t) {
            throw new IllegalStateException(name + ": " + t, t);
        }
    }

    /** Calls it, and does not expect it to fail. */
    int must(final long a, final long b, final long c, final long d, final long e) throws SystemCallException {
        final int result = call(a, b, c, d, e, 0);
        if (result < 0) {
            throw failure();
        }
        return result;
    }

    /** What the last call, which failed, has left in {@code errno}. */
    SystemCallException failure() {
        return new SystemCallException(name, errno());
    }

    /** The number of the last failure. */
    public int errno() {
        return state.get(ValueLayout.JAVA_INT, 0);
    }
}

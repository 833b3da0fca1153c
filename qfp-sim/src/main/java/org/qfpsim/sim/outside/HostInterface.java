package org.qfpsim.sim.outside;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What this machine knows of an interface of its own, by name; asked through any socket.
 *
 * @param name of the interface.
 */
record HostInterface(String name) {
    private static final int GET_FLAGS = 0x8913;
    private static final int GET_MTU = 0x8921;
    private static final int REQUEST_BYTES = 40;
    private static final int MAX_NAME = 15;
    private static final int UP_AND_RUNNING = 0x41;

    /** Its number; 0 if there is none of that name. */
    int index() {
        try (Arena call = Arena.ofConfined()) {
            return SystemCall.of("if_nametoindex").call(call.allocateFrom(name).address(), 0, 0);
        }
    }

    /** The longest frame that it sends, without the Ethernet header. */
    int mtu(final int socket) throws SystemCallException {
        return ask(socket, GET_MTU, ValueLayout.JAVA_INT);
    }

    /** Throws if it is away, down, or has no carrier. */
    void mustCarry(final int socket) throws SystemCallException {
        if ((ask(socket, GET_FLAGS, ValueLayout.JAVA_SHORT) & UP_AND_RUNNING) != UP_AND_RUNNING) {
            throw new SystemCallException(name, SystemCallException.ENETDOWN);
        }
    }

    private int ask(final int socket, final int question, final ValueLayout answer) throws SystemCallException {
        if (name.length() > MAX_NAME) {
            throw new SystemCallException(name, SystemCallException.ENODEV);
        }
        try (Arena call = Arena.ofConfined()) {
            // struct ifreq: name, and what is asked for.
            final MemorySegment request = call.allocate(REQUEST_BYTES, 8);
            request.setString(0, name);
            SystemCall.of("ioctl", Linker.Option.firstVariadicArg(2)).must(socket, question, request.address(), 0, 0);
            return answer instanceof final ValueLayout.OfShort flags ? request.get(flags, 16)
                : request.get(ValueLayout.JAVA_INT, 16);
        }
    }
}

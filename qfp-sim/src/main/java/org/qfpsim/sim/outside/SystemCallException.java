package org.qfpsim.sim.outside;

import java.io.IOException;

/** The operating system has refused something; the message has its reason in words. */
final class SystemCallException extends IOException {
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int ENODEV = 19;
    static final int ENETDOWN = 100;
    static final int ENOBUFS = 105;
    private static final long serialVersionUID = 1L;

    private final int errno;

    SystemCallException(final String call, final int errno) {
        super(call + ": " + words(errno));
        this.errno = errno;
    }

    int errno() {
        return errno;
    }

    /** Whether a caller with more rights would not have been refused. */
    boolean isPermission() {
        return errno == EPERM || errno == EACCES;
    }

    private static String words(final int errno) {
        return switch (errno) {
            case EPERM -> "operation not permitted";
            case 2 -> "no such file or directory";
            case 6, ENODEV -> "no such device";
            case EACCES -> "permission denied";
            case 12, ENOBUFS -> "no memory left for it";
            case 16 -> "in use by another program";
            case 22 -> "not supported by this kernel";
            case 24, 23 -> "too many open files";
            case 90 -> "frame too long for the interface";
            case 93, 97 -> "this kernel has no packet sockets";
            case 98 -> "address in use by another program";
            case 99 -> "not an address of this machine";
            case ENETDOWN -> "the interface is down";
            default -> "errno " + errno;
        };
    }
}

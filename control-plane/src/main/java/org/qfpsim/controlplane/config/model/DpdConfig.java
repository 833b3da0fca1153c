package org.qfpsim.controlplane.config.model;

/**
 * Dead peer detection as configured.
 *
 * @param seconds  10 to 3600.
 * @param retry    seconds between probes that are not answered, 2 to 60.
 * @param periodic whether it probes without being asked.
 */
public record DpdConfig(int seconds, int retry, boolean periodic) {
    /** Seconds between probes that are not answered, unless set. */
    public static final int DEFAULT_RETRY = 2;
}

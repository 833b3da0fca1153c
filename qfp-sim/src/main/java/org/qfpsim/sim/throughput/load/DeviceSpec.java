package org.qfpsim.sim.throughput.load;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.platform.PlatformProfile;
import org.qfpsim.datapath.drop.EngineToken;
import org.qfpsim.datapath.pipeline.DispatchPolicy;

/**
 * The router under test, as far as it can be chosen.
 *
 * @param ppes       packet processing engines.
 * @param threads    threads for engines and gather, 0 for as many as there are agents or processors beside the generator's.
 * @param ringSlots  packets that an engine's ring holds: the receive queue.
 * @param dispatch   how engines are picked.
 * @param crypto     crypto library.
 * @param storeBytes memory for frames that are ready.
 * @param token      how drops are spelled.
 * @param platform   the hardware that is modelled; null to measure the real pipeline.
 * @param licence    of the modelled hardware: crypto throughput that is licensed, Mb/s; 0 for no limit.
 */
public record DeviceSpec(int ppes, int threads, int ringSlots, DispatchPolicy dispatch, String crypto, int storeBytes, EngineToken token,
                         @Nullable PlatformProfile platform, int licence) {
    /** Threads for engines and gather. */
    int threadsOrDefault() {
        return threads != 0 ? threads : Math.max(1, Math.min(ppes + 1, Runtime.getRuntime().availableProcessors() - 1));
    }
}

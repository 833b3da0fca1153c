package org.qfpsim.sim.throughput.load;

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
 */
public record DeviceSpec(int ppes, int threads, int ringSlots, DispatchPolicy dispatch, String crypto, int storeBytes, EngineToken token) {
    /** Threads for engines and gather. */
    int threadsOrDefault() {
        return threads != 0 ? threads : Math.max(1, Math.min(ppes + 1, Runtime.getRuntime().availableProcessors() - 1));
    }
}

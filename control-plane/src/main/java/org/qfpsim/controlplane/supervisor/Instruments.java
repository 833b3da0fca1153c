package org.qfpsim.controlplane.supervisor;

import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.config.model.SimulatorConfig;
import org.qfpsim.controlplane.exec.Box;
import org.qfpsim.controlplane.exec.MemoryUse;
import org.qfpsim.controlplane.exec.ProcessCommands;
import org.qfpsim.controlplane.exec.ProcessTimes;
import org.qfpsim.controlplane.qfp.QfpShow;
import org.qfpsim.controlplane.show.DropThresholds;
import org.qfpsim.datapath.counters.CostLook;

/** What is shown of a router's QFP, of its processor and of its memory, and the samples that this takes. */
final class Instruments {
    private final Supervisor supervisor;
    private final ProcessTimes times;
    private final MemoryUse memory;
    private final QfpShow qfp;

    Instruments(final Supervisor supervisor, final QfpState state, final ProcessTimes times, final Box box) {
        this.supervisor = supervisor;
        this.times = times;
        memory = new MemoryUse(box, supervisor.parts().machine(), state::activeSas);
        final SimulatorConfig simulator = supervisor.config().simulator();
        qfp = new QfpShow(new QfpShow.Sources(simulator.platform(), simulator.release(), supervisor.parts().timers(), state::now,
            supervisor.parts().counters(),
            () -> CostLook.read(supervisor.parts().counters()), state, state, state, state,
            supervisor::interfaces, this::dropThresholds, this::sample));
    }

    /** {@code show qfp drops thresholds}. */
    String dropThresholds() {
        final RouterConfig config = supervisor.config();
        return DropThresholds.text(config.platform().totalThreshold(), config.platform().dropThresholds());
    }

    private void sample() {
        times.sample();
        memory.sample();
    }

    /** Commands about what its processor and memory have to do. */
    ProcessCommands processes() {
        return new ProcessCommands(times, memory);
    }

    /** The tables of the QFP. */
    QfpShow qfp() {
        return qfp;
    }
}

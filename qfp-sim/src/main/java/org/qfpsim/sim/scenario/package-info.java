/**
 * Scenarios: a folder with {@code scenario.yaml} and a configuration file for each router becomes a network, a story that people can read,
 * and a verdict. {@link org.qfpsim.sim.scenario.ScenarioReader} reads, {@link org.qfpsim.sim.scenario.ScenarioRunner} runs.
 */
@NullMarked
package org.qfpsim.sim.scenario;

import org.jspecify.annotations.NullMarked;

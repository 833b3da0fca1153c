/**
 * The machine: rings of packet memory, the dispatcher that fills them, the engines that work on them and the gather stage that
 * commits their verdicts in arrival order. What is done to a packet lives in {@link org.qfpsim.datapath.feature}.
 */
@NullMarked
package org.qfpsim.datapath.pipeline;

import org.jspecify.annotations.NullMarked;

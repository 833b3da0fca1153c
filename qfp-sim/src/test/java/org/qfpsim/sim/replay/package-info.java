/** Tests of {@code ./qfp replay}, most of them through the command line. */
package org.qfpsim.sim.replay;

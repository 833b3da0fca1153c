/** Tests of the reader of SA databases. */
package org.qfpsim.sim.sadb;

/** What an experiment leaves behind: a table, JSON, CSV and one HTML file with plots. */
@NullMarked
package org.qfpsim.sim.throughput.report;

import org.jspecify.annotations.NullMarked;

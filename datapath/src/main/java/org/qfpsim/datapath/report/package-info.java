/** The drop report: which flow lost packets, why, since when and how many. Answers "once, or again and again?". */
@NullMarked
package org.qfpsim.datapath.report;

import org.jspecify.annotations.NullMarked;

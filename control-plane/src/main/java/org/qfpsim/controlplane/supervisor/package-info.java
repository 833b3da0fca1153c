/**
 * What holds a router's control plane together: turns the configuration into what the datapath and the log need, hands out what the
 * datapath sends up, and runs what is typed on the console.
 */
@NullMarked
package org.qfpsim.controlplane.supervisor;

import org.jspecify.annotations.NullMarked;

/**
 * The commands of configuration mode, one class an area. Each holds what its commands have said so far and builds its part of the
 * configuration. One thread.
 */
@NullMarked
package org.qfpsim.controlplane.config.edit;

import org.jspecify.annotations.NullMarked;

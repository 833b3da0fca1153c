/** Two or more IKE peers on one virtual clock, without a datapath: for the tests of both versions of IKE. */
@NullMarked
package org.qfpsim.controlplane.ike.support;

import org.jspecify.annotations.NullMarked;

/**
 * Security associations and policy. A {@link org.qfpsim.datapath.sa.SaSpec} is what configuration or IKE hands over; installing it fills
 * the hot, off-heap record that packets touch.
 */
@NullMarked
package org.qfpsim.datapath.sa;

import org.jspecify.annotations.NullMarked;

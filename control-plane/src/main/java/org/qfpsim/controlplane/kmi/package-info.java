/**
 * What passes between IKE and IPsec, watched: the messages that the platform calls KMI are counted and kept for
 * {@code show monitor event-trace crypto}. IKE and IPsec do not know that they are watched.
 */
@NullMarked
package org.qfpsim.controlplane.kmi;

import org.jspecify.annotations.NullMarked;

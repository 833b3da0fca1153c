/**
 * What IKE, the IPsec manager and the network owe each other: IKEv1 and IKEv2 implement {@link org.qfpsim.controlplane.ike.IkeService}, the
 * IPsec manager implements {@link org.qfpsim.controlplane.ike.IpsecEngine}, and neither knows the other's inside.
 */
@NullMarked
package org.qfpsim.controlplane.ike;

import org.jspecify.annotations.NullMarked;

/**
 * The cryptography that both versions of IKE share, all of it from the JDK's providers: Diffie-Hellman groups, pseudorandom functions,
 * integrity, encryption of IKE messages, and how keying material becomes the keys of an ESP SA.
 */
@NullMarked
package org.qfpsim.controlplane.ike.crypto;

import org.jspecify.annotations.NullMarked;

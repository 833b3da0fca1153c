/**
 * ESP transforms and the libraries that compute them. A {@link org.qfpsim.datapath.crypto.CryptoBackend} holds keys; each thread
 * that opens or seals packets owns one {@link org.qfpsim.datapath.crypto.CryptoLane} of it; what a suite does to the bytes of a
 * packet is an {@link org.qfpsim.datapath.crypto.EspTransform}, chosen once when an SA is installed.
 */
@NullMarked
package org.qfpsim.datapath.crypto;

import org.jspecify.annotations.NullMarked;

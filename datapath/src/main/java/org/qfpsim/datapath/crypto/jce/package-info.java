/** The JDK's own ciphers (SunJCE), always there: packets are copied to heap arrays, and each packet costs the provider some garbage. */
@NullMarked
package org.qfpsim.datapath.crypto.jce;

import org.jspecify.annotations.NullMarked;

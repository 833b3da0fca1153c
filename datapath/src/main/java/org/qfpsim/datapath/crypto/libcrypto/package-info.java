/**
 * OpenSSL's libcrypto, called through the Foreign Function and Memory API. No faster than the JDK for good packets; its worth is that a
 * wrong ICV is a status and not an exception, that it allocates nothing in Java, and that it is a second native implementation.
 */
@NullMarked
package org.qfpsim.datapath.crypto.libcrypto;

import org.jspecify.annotations.NullMarked;

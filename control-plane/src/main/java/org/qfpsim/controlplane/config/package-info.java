/** The router's configuration in IOS's language: read from files, typed line by line, written back. */
@NullMarked
package org.qfpsim.controlplane.config;

import org.jspecify.annotations.NullMarked;

/**
 * System messages and debug lines on their way: {@link org.qfpsim.controlplane.syslog.SyslogService} gives them their time stamps and takes
 * them to the buffer, to syslog servers and to whoever listens.
 */
@NullMarked
package org.qfpsim.controlplane.syslog;

import org.jspecify.annotations.NullMarked;

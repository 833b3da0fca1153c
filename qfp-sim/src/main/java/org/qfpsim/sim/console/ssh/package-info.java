/**
 * SSH to the routers' terminal lines, with Apache MINA. {@link org.qfpsim.sim.console.ssh.SshListener} is what the console command opens;
 * whom it lets in is the router's decision ({@link org.qfpsim.controlplane.login.SshService}).
 */
@NullMarked
package org.qfpsim.sim.console.ssh;

import org.jspecify.annotations.NullMarked;

/**
 * Logging in: {@link org.qfpsim.controlplane.login.LoginWatch} sees every attempt and keeps everybody out after too many failures;
 * {@link org.qfpsim.controlplane.login.SshService} is SSH as the router sees it, whoever speaks the protocol.
 */
@NullMarked
package org.qfpsim.controlplane.login;

import org.jspecify.annotations.NullMarked;

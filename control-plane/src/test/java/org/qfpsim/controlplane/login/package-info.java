/** Tests of logging in. */
package org.qfpsim.controlplane.login;

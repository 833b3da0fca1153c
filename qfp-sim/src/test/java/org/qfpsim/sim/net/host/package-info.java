/** Tests of hosts, streams and the NAT box. */
package org.qfpsim.sim.net.host;

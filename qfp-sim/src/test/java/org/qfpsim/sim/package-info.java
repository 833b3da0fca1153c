/** What tests of this module share. */
package org.qfpsim.sim;

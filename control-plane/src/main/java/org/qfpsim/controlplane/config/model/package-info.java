/**
 * What a configuration says, as immutable records: values as they hold, defaults filled in. References from one part to another are
 * names, and may lead nowhere, as on the platform.
 */
@NullMarked
package org.qfpsim.controlplane.config.model;

import org.jspecify.annotations.NullMarked;

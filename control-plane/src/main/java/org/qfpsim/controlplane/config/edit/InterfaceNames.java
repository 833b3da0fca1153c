package org.qfpsim.controlplane.config.edit;

import org.qfpsim.controlplane.cli.Argument;

/** Names of interfaces in commands of exec mode. */
public final class InterfaceNames {
    private InterfaceNames() {
    }

    /**
     * Name of an interface, cut short or not, with or without a blank in front of its number.
     *
     * @return a new argument; its value is the full name.
     */
    public static Argument<String> argument() {
        return Arguments.interfaceName(false);
    }
}

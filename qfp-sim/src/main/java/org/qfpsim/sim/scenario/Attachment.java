package org.qfpsim.sim.scenario;

import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.Shown;

/**
 * A real interface in the place of whatever a scenario has connected to a router's interface.
 *
 * @param router        its name; empty: the first one.
 * @param interfaceName as a person writes it.
 * @param port          what is attached: {@code eth:veth0}.
 */
public record Attachment(String router, String interfaceName, String port) {
    /**
     * Reads what the user wrote.
     *
     * @param text {@code [ROUTER:]INTERFACE=PORT}.
     * @return the attachment.
     * @throws InputException if it is not of this form.
     */
    public static Attachment parse(final String text) {
        final int equals = text.indexOf('=');
        final int colon = text.lastIndexOf(':', Math.max(equals, 0));
        final String interfaceName = text.substring(colon + 1, Math.max(equals, colon + 1)).strip();
        final String port = text.substring(equals + 1).strip();
        if (equals < 0 || interfaceName.isEmpty() || port.isEmpty()) {
            throw new InputException("--attach " + Shown.value(text) + " is not [ROUTER:]INTERFACE=PORT, such as"
                + " GigabitEthernet0/0/0=eth:veth0");
        }
        return new Attachment(colon < 0 ? "" : text.substring(0, colon).strip(), interfaceName, port);
    }
}

package org.qfpsim.controlplane.supervisor;

import java.util.List;
import org.qfpsim.controlplane.config.model.EemApplet;
import org.qfpsim.controlplane.config.text.RunningConfig;
import org.qfpsim.controlplane.eem.AppletException;
import org.qfpsim.controlplane.eem.AppletParser;
import org.qfpsim.controlplane.eem.EventManager;
import org.qfpsim.controlplane.syslog.SyslogService;

/** The applets of the configuration, as the event manager has them. */
final class Applets {
    private final EventManager events;
    private final SyslogService log;
    private List<EemApplet> registered = List.of();

    Applets(final EventManager events, final SyslogService log) {
        this.events = events;
        this.log = log;
    }

    /** Takes those of a configuration, unless they are the same. */
    void configure(final List<EemApplet> applets) {
        if (!applets.equals(registered)) {
            registered.forEach(applet -> events.unregister(applet.name()));
            registered = applets;
            applets.stream().filter(applet -> applet.event() != null).forEach(this::register);
        }
    }

    private void register(final EemApplet applet) {
        try {
            events.register(AppletParser.parse(applet.name(), RunningConfig.applet(applet)));
        } catch (final AppletException e) {
            log.message("HA_EM", 3, "FMPD_ERROR", "Error executing applet " + applet.name() + ": " + e.getMessage());
        }
    }

    /** {@code event manager run NAME}. */
    String run(final String name) {
        final StringBuilder text = new StringBuilder();
        text.append(events.run(name, text::append));
        return text.toString();
    }
}

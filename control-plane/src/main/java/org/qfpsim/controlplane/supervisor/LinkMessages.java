package org.qfpsim.controlplane.supervisor;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.controlplane.syslog.SyslogService;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;

/**
 * Says in the log that a physical interface went down, and that it came back. A router that starts does not say that its interfaces come
 * up: its log begins when it runs.
 */
final class LinkMessages {
    private static final int ERROR = 3;
    private static final int NOTICE = 5;

    private final SyslogService log;
    private final Set<String> down = new HashSet<>();

    LinkMessages(final SyslogService log) {
        this.log = log;
    }

    /**
     * The datapath has other interfaces.
     *
     * @param before those that it had.
     * @param now    those that it has; an index is the same interface's.
     * @param config why.
     */
    void changed(final List<InterfaceSpec> before, final List<InterfaceSpec> now, final RouterConfig config) {
        for (int i = 0; i < Math.min(before.size(), now.size()); i++) {
            final InterfaceSpec spec = now.get(i);
            if (spec.kind() != InterfaceKind.ETHERNET) {
                continue;
            }
            if (before.get(i).up() && !spec.up()) {
                down.add(spec.name());
                final boolean shut = config.interfaceNamed(spec.name()).map(InterfaceConfig::shutdown).orElse(true);
                if (shut) {
                    log.message("LINK", NOTICE, "CHANGED", "Interface " + spec.name() + ", changed state to administratively down");
                } else {
                    link(spec.name(), "down");
                }
                protocol(spec.name(), "down");
            } else if (spec.up() && down.remove(spec.name())) {
                link(spec.name(), "up");
                protocol(spec.name(), "up");
            }
        }
    }

    private void link(final String name, final String state) {
        log.message("LINK", ERROR, "UPDOWN", "Interface " + name + ", changed state to " + state);
    }

    private void protocol(final String name, final String state) {
        log.message("LINEPROTO", NOTICE, "UPDOWN", "Line protocol on Interface " + name + ", changed state to " + state);
    }
}

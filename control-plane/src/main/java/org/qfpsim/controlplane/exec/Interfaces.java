package org.qfpsim.controlplane.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.datapath.route.InterfaceKind;
import org.qfpsim.datapath.route.InterfaceSpec;

/** The interfaces of a router in the order in which the platform lists them: ports, then loopbacks, then tunnels. */
final class Interfaces {
    private static final int SHORT = 2;
    private static final int BRIEF_NAME = 22;

    private final Box box;

    Interfaces(final Box box) {
        this.box = box;
    }

    /**
     * An interface.
     *
     * @param config what is configured.
     * @param spec   what the datapath has.
     */
    record Entry(InterfaceConfig config, InterfaceSpec spec) {
        int index() {
            return spec.index();
        }

        String name() {
            return config.name();
        }

        boolean isUp() {
            return spec.up();
        }

        boolean tunnel() {
            return config.kind() == InterfaceConfig.Kind.TUNNEL;
        }

        /** Without carrier a port is down; a tunnel that lacks its source or destination only has its protocol down. */
        String status() {
            return config.shutdown() ? "administratively down" : isUp() || tunnel() ? "up" : "down";
        }

        String protocol() {
            return isUp() ? "up" : "down";
        }

        /** {@code Gi0/0/0}. */
        String shortName() {
            return config.kind().label().substring(0, SHORT) + config.number();
        }

        /** In full if it fits in a column of 22. */
        String briefName() {
            return name().length() > BRIEF_NAME ? shortName() : name();
        }

        boolean ethernet() {
            return spec.kind() == InterfaceKind.ETHERNET;
        }
    }

    /** All of them. */
    List<Entry> all() {
        final List<Entry> all = new ArrayList<>();
        for (final InterfaceSpec spec : box.datapath().configuration().interfaces()) {
            box.config().interfaceNamed(spec.name()).ifPresent(config -> all.add(new Entry(config, spec)));
        }
        final List<String> order = box.config().interfaces().stream().map(InterfaceConfig::name).toList();
        all.sort(Comparator.comparing((Entry entry) -> rank(entry.config.kind())).thenComparing(entry -> order.indexOf(entry.name())));
        return all;
    }

    private static int rank(final InterfaceConfig.Kind kind) {
        return kind.physical() ? 0 : kind == InterfaceConfig.Kind.LOOPBACK ? 1 : 2;
    }

    /** One of them. */
    Optional<Entry> named(final String name) {
        return all().stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** Its name by its index; {@code Null0} for none. */
    String name(final int index) {
        return index < 0 ? "Null0" : box.datapath().configuration().interfaces().get(index).name();
    }
}

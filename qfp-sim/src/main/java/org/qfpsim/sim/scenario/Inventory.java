package org.qfpsim.sim.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.device.Shown;

/** The names that a scenario gives, so that what refers to them can be checked where it stands. */
final class Inventory {
    private final Map<Kind, Set<String>> names = new LinkedHashMap<>();

    /** What has a name. */
    enum Kind {
        ROUTER("router"),
        HOST("host"),
        NAT("nat"),
        OUTSIDE("outside"),
        LINK("link"),
        STREAM("stream");

        private final String word;

        Kind(final String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        boolean isNode() {
            return this == ROUTER || this == HOST || this == NAT || this == OUTSIDE;
        }
    }

    /** Notes a name; nodes share their names. */
    void add(final Kind kind, final String name, final YamlCursor where) {
        for (final Kind other : Kind.values()) {
            if ((other == kind || other.isNode() && kind.isNode()) && of(other).contains(name)) {
                throw where.error("there is a " + other.word() + " named " + name + " already");
            }
        }
        names.computeIfAbsent(kind, unused -> new LinkedHashSet<>()).add(name);
    }

    private Set<String> of(final Kind kind) {
        return names.getOrDefault(kind, Set.of());
    }

    List<String> nodes() {
        final List<String> all = new ArrayList<>();
        for (final Kind kind : Kind.values()) {
            if (kind.isNode()) {
                all.addAll(of(kind));
            }
        }
        return all;
    }

    boolean has(final Kind kind, final String name) {
        return of(kind).contains(name);
    }

    /** The names of one kind that a value stands for, each of which must exist. */
    List<String> resolve(final Kind kind, final YamlCursor value) {
        final List<String> found = value.names().stream().map(Names.Name::name).toList();
        for (final String name : found) {
            if (!has(kind, name)) {
                throw unknown(value, kind.word(), name, of(kind));
            }
        }
        return found;
    }

    /** The names of nodes that a port or a reference of any kind stands for. */
    List<String> resolveNodes(final YamlCursor value, final String text) {
        final List<String> found = value.checked(() -> Names.expand(text)).stream().map(Names.Name::name).toList();
        for (final String name : found) {
            if (!nodes().contains(name)) {
                throw unknown(value, "router, host, nat or outside", name, nodes());
            }
        }
        return found;
    }

    private static InputException unknown(final YamlCursor value, final String kind, final String name,
                                          final Collection<String> candidates) {
        return value.error("no " + kind + " is named " + Shown.value(name)
            + (candidates.isEmpty() ? "; there is none" : "; did you mean " + Shown.nearest(name, candidates) + "?"));
    }
}

package org.qfpsim.sim.console;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.config.ConfigFile;
import org.qfpsim.controlplane.config.model.InterfaceConfig;
import org.qfpsim.controlplane.config.model.RouterConfig;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.scenario.ScenarioFolder;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which routers there are: those of a scenario, or one with a configuration of the user. */
public final class RouterSource {
    private static final String STORY = "invalid-spi";
    private static final int MAX_BYTES = 1 << 22;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SCENARIO",
        description = "A scenario of 'run --list', or a folder with scenario.yaml (default " + STORY + ").")
    private @Nullable String scenario;

    @Option(names = "--config", paramLabel = "FILE",
        description = "Instead of a scenario: one router with this configuration, and a host at each of its networks.")
    private @Nullable Path config;

    @Option(names = "--router", paramLabel = "NAME", defaultValue = "", description = "Which router (default: the first of the scenario).")
    private String router = "";

    /** Called by picocli. */
    public RouterSource() {
    }

    /**
     * Refuses what an option makes meaningless.
     *
     * @param option and its value.
     * @throws InputException if a scenario or a configuration was named.
     */
    public void refuse(final String option) {
        if (scenario != null || config != null) {
            throw new InputException(option + " and " + (scenario == null ? "--config " + config : "the scenario " + scenario)
                + " exclude each other; leave one out");
        }
    }

    /** The router that was named, or empty. */
    public String router() {
        return router;
    }

    /** Where the routers and all around them are described. */
    public ScenarioFolder folder() {
        final Path file = config;
        if (file == null) {
            return ScenarioFolder.find(scenario == null ? STORY : scenario);
        }
        if (scenario != null) {
            throw new InputException("--config " + file + " and the scenario " + scenario + " exclude each other; leave one out");
        }
        final RouterConfig read = ConfigFile.read(file.toString(), text(file)).config();
        return ScenarioFolder.of(file, "router", scenario(read));
    }

    private static String text(final Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new InputException(file + ": is larger than " + MAX_BYTES + " octets");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw InputException.io(file.toString(), "cannot be read", e);
        }
    }

    /**
     * One router, and a host on each physical interface that has an IPv4 address: it answers ARP and pings, and sends nothing by itself.
     */
    private static String scenario(final RouterConfig config) {
        final StringBuilder hosts = new StringBuilder();
        final StringBuilder links = new StringBuilder();
        int number = 0;
        for (final InterfaceConfig each : config.interfaces()) {
            if (each.kind().physical() && !each.shutdown() && !each.ipv4().isEmpty()) {
                final InterfaceConfig.Address own = each.ipv4().getFirst();
                number++;
                hosts.append("  host").append(number).append(": {ipv4: ").append(neighbour(own)).append('/').append(own.length())
                    .append(", gateway: ").append(own.address()).append("}\n");
                links.append("  net").append(number).append(": {ports: [router ").append(each.name()).append(", host").append(number)
                    .append("]}\n");
            }
        }
        return "title: one router\nrouters:\n  router: {}\n" + (number == 0 ? "" : "hosts:\n" + hosts + "links:\n" + links);
    }

    /** Another address of the network: the next one, or the one before if that is the broadcast address. */
    private static IpAddress neighbour(final InterfaceConfig.Address own) {
        final int address = (int) own.address().low();
        if (own.length() >= 31) {
            return IpAddress.v4(address ^ 1);
        }
        final int hostBits = (1 << 32 - own.length()) - 1;
        return IpAddress.v4((address + 1 & hostBits) == hostBits ? address - 1 : address + 1);
    }
}

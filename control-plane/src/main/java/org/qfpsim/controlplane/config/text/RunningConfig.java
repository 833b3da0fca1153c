package org.qfpsim.controlplane.config.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.qfpsim.datapath.sa.TrafficSelector;
import org.qfpsim.controlplane.config.model.EemApplet;
import org.qfpsim.controlplane.config.model.RouterConfig;

/**
 * Writes configurations. What is written with keys can be loaded again and gives an equal configuration; without keys, {@code <removed>}
 * stands for each, as in {@code show tech-support}.
 */
public final class RunningConfig {
    private RunningConfig() {
    }

    /** Whether keys are written. */
    public enum Keys {
        /** {@code <removed>} stands for each. */
        HIDDEN,
        /** As they are: only when somebody asks for it. */
        SHOWN
    }

    /**
     * The configuration as a file has it.
     *
     * @param config the configuration.
     * @param keys   whether keys are written.
     * @return whole lines, the last one {@code end}.
     */
    public static String text(final RouterConfig config, final Keys keys) {
        final Lines lines = new Lines(keys == Keys.SHOWN);
        SystemWriter.begin(lines, config);
        TerminalWriter.secret(lines, config.terminal());
        TerminalWriter.login(lines, config.terminal().login());
        IkeWriter.ikev2(lines, config.crypto().ikev2());
        IkeWriter.isakmp(lines, config.crypto().isakmp());
        IpsecWriter.write(lines, config.crypto());
        InterfaceWriter.write(lines, config.interfaces());
        SystemWriter.networks(lines, config);
        SystemWriter.logging(lines, config.logging());
        SystemWriter.platform(lines, config.platform());
        SystemWriter.simulator(lines, config.simulator());
        TerminalWriter.lines(lines, config.terminal());
        EemWriter.write(lines, config.applets());
        lines.gap();
        lines.add("end");
        return lines.toString();
    }

    /**
     * What stands below the line of an applet.
     *
     * @param applet the applet.
     * @return its lines, indented by one blank.
     */
    public static List<String> applet(final EemApplet applet) {
        final Lines lines = new Lines(false);
        EemWriter.write(lines, List.of(applet));
        return lines.toString().lines().filter(line -> line.startsWith(" ") && !line.startsWith(" description ")).toList();
    }

    /**
     * What an access list's line says behind {@code permit} or {@code deny}.
     *
     * @param selector which packets.
     * @return such as {@code ip 10.0.0.0 0.0.0.255 any}.
     */
    public static String selector(final TrafficSelector selector) {
        return SystemWriter.selector(selector);
    }

    /**
     * The output of {@code show running-config}.
     *
     * @param config the configuration.
     * @param keys   whether keys are written.
     * @return whole lines.
     */
    public static String show(final RouterConfig config, final Keys keys) {
        final String text = text(config, keys);
        return "Building configuration...\n\nCurrent configuration : " + text.getBytes(StandardCharsets.UTF_8).length + " bytes\n!\n"
            + text + "\n";
    }
}

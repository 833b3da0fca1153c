package org.qfpsim.sim.device;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.qfpsim.datapath.packet.IpAddress;
import org.qfpsim.datapath.pipeline.OutboundOptions;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.sim.InputException;

/**
 * Reads a device file: JSON as described in docs/device-file.md. Errors name the file, the JSON path, the value (never a key) and the fix.
 *
 * <p>Does not apply {@code primed_to} and the other fields that are there for information: they are accepted by name and not used.
 */
public final class DeviceFile {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .errorReportConfiguration(ErrorReportConfiguration.builder().maxErrorTokenLength(0).maxRawContentLength(0).build())
            .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();

    private static final Map<String, OutboundOptions.DfBit> DF_BITS = Map.of("copy", OutboundOptions.DfBit.COPY,
        "set", OutboundOptions.DfBit.SET, "clear", OutboundOptions.DfBit.CLEAR);
    private static final Map<String, OutboundOptions.Fragmentation> FRAGMENTATION = Map.of(
        "before", OutboundOptions.Fragmentation.BEFORE_ENCRYPTION, "after", OutboundOptions.Fragmentation.AFTER_ENCRYPTION);

    private final JsonCursor root;

    private DeviceFile(final JsonCursor root) {
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param file the path; a FIFO will do.
     * @return what it describes.
     * @throws InputException if it cannot be read, is not JSON, or describes something impossible.
     */
    public static DeviceConfig read(final Path file) {
        return parse(SmallFile.read(file), file.toString());
    }

    /**
     * Reads the content of a file.
     *
     * @param json the octets, UTF-8.
     * @param name what errors call the file.
     * @return what it describes.
     * @throws InputException as {@link #read}.
     */
    static DeviceConfig parse(final byte[] json, final String name) {
        return new DeviceFile(new JsonCursor(name, "$", tree(json, name))).config();
    }

    private static JsonNode tree(final byte[] json, final String name) {
        final JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (final JsonProcessingException e) {
            final String place = e.getLocation() == null
                ? "" : " line " + e.getLocation().getLineNr() + " column " + e.getLocation().getColumnNr() + ":";
            throw new InputException(name + ":" + place + " not valid JSON: " + harmless(e.getOriginalMessage()));
        } catch (final IOException e) {
            throw new InputException(name + ": not valid JSON: not UTF-8 text", e);
        }
        if (tree.isMissingNode()) {
            throw new InputException(name + ": the file is empty; docs/device-file.md has an example");
        }
        return tree;
    }

    /** The parser may quote what it choked on, and that may be a key; the name of a duplicate field is none. */
    private static String harmless(final String message) {
        final String line = message.lines().findFirst().orElse("");
        return line.startsWith("Duplicate field")
            ? Shown.plain(line) : line.replaceAll("(['\"])[^'\"]{4,}\\1", "...").replaceAll("\\p{C}", "?");
    }

    private DeviceConfig config() {
        root.object(DeviceFields.FILE);
        if (root.has("sas") && root.has("esp")) {
            throw root.at("esp").error("is another name of sas; use one of them");
        }
        if (!root.has("device") && !root.has("sas") && !root.has("esp") && !root.has("outbound_sas")) {
            throw root.error("has neither device nor sas: not a device file; docs/device-file.md has an example");
        }
        final int window = root.has("replay_window")
            ? SaReader.window(root.at("replay_window")) : DeviceConfig.DEFAULT_REPLAY_WINDOW;
        final List<SaSpec> inbound = sas(inboundField(), new SaReader(window));
        final SaReader outboundReader = new SaReader(window);
        final List<SaSpec> outbound = sas("outbound_sas", outboundReader);
        final List<PolicyRule> policies = policies(outboundReader.names());
        final List<IpAddress> addresses = addresses(inbound, outbound);
        checkInbound(inbound, addresses);
        checkOutbound(outbound, policies);
        return new DeviceConfig(addresses, window, inbound, outbound, policies, PolicyReader.defaultAction(root), outboundOptions());
    }

    private List<SaSpec> sas(final String field, final SaReader reader) {
        return root.elements(field).stream().map(reader::read).toList();
    }

    private List<PolicyRule> policies(final Set<String> outboundNames) {
        final List<PolicyRule> policies = new ArrayList<>();
        for (final JsonCursor policy : root.elements("policies")) {
            policies.add(PolicyReader.read(policy, policies.size() + 1, outboundNames));
        }
        return policies;
    }

    private void checkInbound(final List<SaSpec> inbound, final List<IpAddress> addresses) {
        final Set<IpAddress> ours = Set.copyOf(addresses);
        for (int i = 0; i < inbound.size(); i++) {
            final IpAddress destination = inbound.get(i).destination();
            if (!ours.contains(destination)) {
                throw root.elements(inboundField()).get(i).at("dst").error(destination
                    + " is not an address of the device, so no packet would reach the SA; add it to $.device or correct it");
            }
        }
    }

    private void checkOutbound(final List<SaSpec> outbound, final List<PolicyRule> policies) {
        final Set<String> used = policies.stream().map(PolicyRule::saName).filter(Objects::nonNull).collect(Collectors.toSet());
        for (int i = 0; i < outbound.size(); i++) {
            final String name = outbound.get(i).name();
            if (!used.contains(name)) {
                throw root.elements("outbound_sas").get(i).place("name").error("no policy leads to the SA " + Shown.value(name)
                    + "; add one with \"direction\": \"out\", \"action\": \"protect\" and \"sa\": the name");
            }
        }
    }

    private String inboundField() {
        return root.has("esp") ? "esp" : "sas";
    }

    /** As listed; without a device: where inbound SAs end and outbound SAs begin. */
    private List<IpAddress> addresses(final List<SaSpec> inbound, final List<SaSpec> outbound) {
        final Set<IpAddress> addresses = new LinkedHashSet<>();
        if (!root.has("device")) {
            inbound.forEach(sa -> addresses.add(sa.destination()));
            outbound.forEach(sa -> addresses.add(sa.source()));
            return List.copyOf(addresses);
        }
        final JsonCursor device = root.at("device").object(DeviceFields.DEVICE);
        for (final boolean v6 : new boolean[] {false, true}) {
            for (final JsonCursor element : device.elements(v6 ? "ipv6" : "ipv4")) {
                final IpAddress address = SaReader.address(element);
                if (address.v6() != v6) {
                    throw element.error(address + " is of the other family; move it to " + (v6 ? "ipv4" : "ipv6"));
                }
                addresses.add(address);
            }
        }
        if (addresses.isEmpty()) {
            throw device.error("has no address; fill ipv4 or ipv6");
        }
        return List.copyOf(addresses);
    }

    private OutboundOptions outboundOptions() {
        if (!root.has("outbound")) {
            return OutboundOptions.DEFAULT;
        }
        final JsonCursor options = root.at("outbound").object(DeviceFields.OUTBOUND);
        final int mtu = (int) options.integer("mtu", OutboundOptions.DEFAULT.mtu(), OutboundOptions.MAX_MTU);
        if (mtu < OutboundOptions.MIN_MTU) {
            throw options.at("mtu").error(mtu + " is not within " + OutboundOptions.MIN_MTU + " to " + OutboundOptions.MAX_MTU);
        }
        final OutboundOptions.DfBit dfBit = options.has("df_bit") ? options.at("df_bit").choice(DF_BITS) : OutboundOptions.DEFAULT.dfBit();
        final OutboundOptions.Fragmentation fragmentation = options.has("fragmentation")
            ? options.at("fragmentation").choice(FRAGMENTATION) : OutboundOptions.DEFAULT.fragmentation();
        return new OutboundOptions(mtu, dfBit, fragmentation);
    }
}

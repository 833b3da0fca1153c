package org.qfpsim.sim.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.qfpsim.controlplane.capture.PcapngWriter;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.sim.capture.LinkType;

/**
 * Wireshark's dissector with our keys in its table of ESP SAs. Version 4.0 neither has ChaCha20 nor can check the ICV of extended sequence
 * numbers.
 */
record TsharkReceiver() implements Oracle {
    private static final String PROGRAM = "tshark";
    private static final List<String> FIELDS = List.of("esp.icv_good", "esp.icv_bad", "ip.checksum.status", "esp.sequence", "ip.src",
        "ipv6.src", "esp.decrypted_data");
    private static final int TEXT = FIELDS.indexOf("esp.decrypted_data");
    private static final List<String> OPTIONS = List.of("-o", "esp.enable_encryption_decode:TRUE", "-o",
        "esp.enable_authentication_check:TRUE", "-o", "ip.check_checksum:TRUE");
    private static final Map<EspSuite.Auth, String> AUTHENTICATIONS = Map.of(
        EspSuite.Auth.NONE, "NULL",
        EspSuite.Auth.HMAC_SHA1_96, "HMAC-SHA-1-96 [RFC2404]",
        EspSuite.Auth.HMAC_SHA256_128, "HMAC-SHA-256-128 [RFC4868]",
        EspSuite.Auth.HMAC_SHA384_192, "HMAC-SHA-384-192 [RFC4868]",
        EspSuite.Auth.HMAC_SHA512_256, "HMAC-SHA-512-256 [RFC4868]");

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public Optional<String> missing() throws Exception {
        try {
            final Process version = new ProcessBuilder(PROGRAM, "--version").redirectErrorStream(true).start();
            version.getInputStream().readAllBytes();
            return version.waitFor() == 0 ? Optional.empty() : Optional.of("tshark does not run");
        } catch (final IOException e) {
            return Optional.of("the program tshark is not installed");
        }
    }

    @Override
    public boolean knows(final EspSuite suite, final boolean esn) {
        return !esn && suite.cipher() != EspSuite.Cipher.CHACHA20_POLY1305;
    }

    @Override
    public List<String> examine(final List<EspCase> packets, final Path directory) throws Exception {
        final Path profile = Files.createDirectories(directory.resolve("wireshark"));
        Files.write(profile.resolve("esp_sa"), packets.stream().map(EspCase::sa).distinct().map(TsharkReceiver::tableLine).toList());
        final Path capture = directory.resolve("wrapped.pcapng");
        try (PcapngWriter writer = new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(capture)), "oracle test")) {
            final int link = writer.addInterface(LinkType.RAW.number(), "wire");
            for (final EspCase packet : packets) {
                writer.write(link, 0, ByteBuffer.wrap(packet.outer()), packet.outer().length, null);
            }
        }
        final List<String> lines = dissect(capture, profile);
        assertThat(lines).hasSameSizeAs(packets);
        final List<String> findings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            findings.add(compare(packets.get(i), lines.get(i).split("\\|", -1)));
        }
        return findings;
    }

    private static List<String> dissect(final Path capture, final Path profile) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(PROGRAM, "-n", "-r", capture.toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-T", "fields", "-E", "separator=|", "-E", "occurrence=a", "-E", "aggregator=;"));
        FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
        final Path complaints = capture.resolveSibling("tshark.err");
        final ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        builder.environment().put("WIRESHARK_CONFIG_DIR", profile.toString());
        final Process tshark = builder.start();
        final List<String> lines = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertThat(tshark.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(tshark.exitValue()).as(() -> read(complaints)).isZero();
        return lines;
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private static String tableLine(final SaSpec sa) {
        final HexFormat hex = HexFormat.of();
        final String encryption = switch (sa.suite().cipher()) {
            case AES_GCM -> "AES-GCM with " + sa.suite().icvBytes() + " octet ICV [RFC4106]";
            case AES_CBC -> "AES-CBC [RFC3602]";
            case NULL -> "NULL";
            case CHACHA20_POLY1305 -> throw new IllegalArgumentException("not known to tshark");
        };
        final String key = hex.formatHex(sa.keys().key()) + hex.formatHex(sa.keys().salt());
        final String authKey = hex.formatHex(sa.keys().authKey());
        return "\"" + String.join("\",\"", sa.destination().v6() ? "IPv6" : "IPv4", sa.source().toString(), sa.destination().toString(),
            "0x" + hex.toHexDigits(sa.spi()), encryption, key.isEmpty() ? "" : "0x" + key, AUTHENTICATIONS.get(sa.suite().auth()),
            authKey.isEmpty() ? "" : "0x" + authKey) + "\"";
    }

    /** Fields of a layer that occurs twice are separated by a semicolon. */
    private static String compare(final EspCase packet, final String... fields) {
        final byte[] text = HexFormat.of().parseHex(fields[TEXT]);
        // Newer versions write words for booleans.
        final String integrity = (fields[0] + fields[1]).replace("True", "1").replace("False", "0");
        if (!integrity.equals(packet.suite().authenticated() ? "10" : "")) {
            return "! ICV good " + fields[0] + ", bad " + fields[1];
        }
        if (!fields[2].matches("(1;?)*")) {
            return "! bad checksum of an IPv4 header";
        }
        if (!fields[3].equals(Long.toString(packet.sequence())) || text.length < EspSuite.ESP_TRAILER_BYTES) {
            return "! sequence number " + fields[3] + ", " + text.length + " octets of plaintext";
        }
        if (packet.shape().tunnel() && !List.of(fields[packet.shape().inner6 ? 5 : 4].split(";")).contains(packet.innerSource())) {
            return "! wrong inner source in " + fields[4] + " and " + fields[5];
        }
        return Arrays.equals(rejoin(packet, text), packet.inner()) ? RIGHT : "! wrong plaintext " + fields[TEXT];
    }

    /** The inner packet from a decrypted text with its trailer; tshark shows no packet that a transport-mode header was put before. */
    private static byte[] rejoin(final EspCase packet, final byte... text) {
        final int payload = text.length - EspSuite.ESP_TRAILER_BYTES - (text[text.length - 2] & 0xff) - packet.tfc();
        final boolean nextHeaderRight = text[text.length - 1] == packet.nextHeader();
        if (packet.shape().tunnel() || payload < 0 || !nextHeaderRight) {
            return nextHeaderRight && payload >= 0 ? Arrays.copyOf(text, payload) : new byte[0];
        }
        final int esp = EspSuite.ESP_HEADER_BYTES + packet.suite().ivBytes() + text.length + packet.suite().icvBytes();
        final int header = packet.outer().length - esp;
        final byte[] inner = Arrays.copyOf(packet.inner(), header + payload);
        System.arraycopy(text, 0, inner, header, payload);
        return inner;
    }
}

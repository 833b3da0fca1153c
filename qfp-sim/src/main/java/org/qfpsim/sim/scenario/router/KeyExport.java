package org.qfpsim.sim.scenario.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.Integrity;
import org.qfpsim.datapath.sa.SaSpec;
import org.qfpsim.sim.InputException;

/** Collects keys and writes them as Wireshark's tables; both ends of an SA tell the same ones. */
public final class KeyExport implements IkeKeyLog {
    private static final HexFormat HEX = HexFormat.of();
    /** Rows of a table; the oldest one goes. Whoever sends IKE_SA_INIT makes keys here. */
    private static final int MAX_ROWS = 16_384;

    /** In the order in which they were told, each once. */
    private final Set<String> ikev1 = new LinkedHashSet<>();
    private final Set<String> ikev2 = new LinkedHashSet<>();
    private final Set<String> esp = new LinkedHashSet<>();

    /** Nothing is collected yet. */
    public KeyExport() {
        // Lists are empty.
    }

    @Override
    public synchronized void ikev1(final long initiatorCookie, final byte[] key) {
        add(ikev1, "%016x,%s".formatted(initiatorCookie, HEX.formatHex(key)));
    }

    @Override
    public synchronized void ikev2(final long initiatorSpi, final long responderSpi, final IkeCipher cipher, final byte[] initiatorKey,
                                   final byte[] responderKey, final @Nullable Integrity integrity, final byte[] initiatorAuth,
                                   final byte[] responderAuth) {
        add(ikev2, "%016x,%016x,%s,%s,\"%s\",%s,%s,\"%s\"".formatted(initiatorSpi, responderSpi, HEX.formatHex(initiatorKey),
            HEX.formatHex(responderKey), cipherName(cipher), HEX.formatHex(initiatorAuth), HEX.formatHex(responderAuth),
            integrity == null ? "NONE [RFC4306]" : integrityName(integrity)));
    }

    @Override
    public synchronized void esp(final SaSpec sa) {
        final String encryption = switch (sa.suite().cipher()) {
            case AES_GCM -> "AES-GCM with " + sa.suite().icvBytes() + " octet ICV [RFC4106]";
            case AES_CBC -> "AES-CBC [RFC3602]";
            case NULL -> "NULL";
            case CHACHA20_POLY1305 -> "ChaCha20 with Poly1305 [RFC7634]";
        };
        final String authentication = switch (sa.suite().auth()) {
            case NONE -> "NULL";
            case HMAC_SHA1_96 -> "HMAC-SHA-1-96 [RFC2404]";
            case HMAC_SHA256_128 -> "HMAC-SHA-256-128 [RFC4868]";
            case HMAC_SHA384_192 -> "HMAC-SHA-384-192 [RFC4868]";
            case HMAC_SHA512_256 -> "HMAC-SHA-512-256 [RFC4868]";
        };
        add(esp, "\"" + String.join("\",\"", sa.destination().v6() ? "IPv6" : "IPv4", sa.source().toString(), sa.destination().toString(),
            "0x" + HEX.toHexDigits(sa.spi()), encryption, hex(sa.keys().key(), sa.keys().salt()), authentication,
            hex(sa.keys().authKey(), new byte[0])) + "\"");
    }

    private static void add(final Set<String> rows, final String row) {
        if (rows.add(row) && rows.size() > MAX_ROWS) {
            rows.remove(rows.iterator().next());
        }
    }

    private static String hex(final byte[] first, final byte[] second) {
        return first.length + second.length == 0 ? "" : "0x" + HEX.formatHex(first) + HEX.formatHex(second);
    }

    /** As Wireshark's dialog has them. */
    private static String cipherName(final IkeCipher cipher) {
        final String name = cipher.name().toUpperCase(Locale.ROOT);
        final String bits = name.replaceAll(".*?(128|192|256).*", "$1");
        return name.contains("GCM") ? "AES-GCM-" + bits + " with 16 octet ICV [RFC5282]" : "AES-CBC-" + bits + " [RFC3602]";
    }

    private static String integrityName(final Integrity integrity) {
        final String name = integrity.name().toUpperCase(Locale.ROOT);
        return name.contains("512") ? "HMAC_SHA2_512_256 [RFC4868]" : name.contains("384") ? "HMAC_SHA2_384_192 [RFC4868]"
            : name.contains("256") ? "HMAC_SHA2_256_128 [RFC4868]" : "HMAC_SHA1_96 [RFC2404]";
    }

    /**
     * Writes {@code ikev1_decryption_table}, {@code ikev2_decryption_table} and {@code esp_sa}.
     *
     * @param folder an existing folder.
     */
    public synchronized void write(final String folder) {
        write(folder + "/ikev1_decryption_table", ikev1);
        write(folder + "/ikev2_decryption_table", ikev2);
        write(folder + "/esp_sa", esp);
    }

    /** For the owner's eyes only, from the first octet on; under its name when it is whole. */
    private static void write(final String name, final Set<String> rows) {
        final Path part = Path.of(name + ".part");
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(part, rows, StandardCharsets.UTF_8);
            Files.move(part, Path.of(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw InputException.io(name, "cannot be written", e);
        }
    }
}

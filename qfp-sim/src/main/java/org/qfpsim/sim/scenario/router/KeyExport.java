package org.qfpsim.sim.scenario.router;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.ike.IkeKeyLog;
import org.qfpsim.controlplane.ike.crypto.IkeCipher;
import org.qfpsim.controlplane.ike.crypto.Integrity;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.capture.OutputFile;

/** Collects keys and writes them as Wireshark's tables; both ends of an IKE SA tell the same ones. */
public final class KeyExport implements IkeKeyLog {
    private static final HexFormat HEX = HexFormat.of();

    private final List<String> ikev1 = new ArrayList<>();
    private final List<String> ikev2 = new ArrayList<>();

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

    private static void add(final List<String> rows, final String row) {
        if (!rows.contains(row)) {
            rows.add(row);
        }
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
     * Writes {@code ikev1_decryption_table} and {@code ikev2_decryption_table}.
     *
     * @param folder an existing folder.
     */
    public synchronized void write(final String folder) {
        write(folder + "/ikev1_decryption_table", ikev1);
        write(folder + "/ikev2_decryption_table", ikev2);
    }

    private static void write(final String name, final List<String> rows) {
        try (OutputFile file = OutputFile.create(name)) {
            for (final String row : rows) {
                file.stream().write((row + "\n").getBytes(StandardCharsets.UTF_8));
            }
            file.commit();
        } catch (final IOException e) {
            throw InputException.io(name, "cannot be written", e);
        }
    }
}

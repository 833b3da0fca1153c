package org.qfpsim.sim.device;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.capture.EspFlow;

/**
 * A line of Wireshark's table of ESP SAs.
 *
 * @param anyAddress      whether the protocol is {@code Any}: then the addresses do not matter.
 * @param source          which senders.
 * @param destination     which receivers.
 * @param spi             which SPIs.
 * @param keying          suite and keys.
 * @param esn             whether sequence numbers have 64 bits.
 * @param initialSequence its high half is what the table gives for the upper 32 bits.
 */
record EspSaEntry(boolean anyAddress, AddressPattern source, AddressPattern destination, SpiPattern spi, Keying keying, boolean esn,
                  long initialSequence) {
    private static final String[] FIELDS = {"protocol", "source address", "destination address", "SPI", "encryption", "encryption key",
        "authentication", "authentication key", "sequence number length", "upper sequence number bits"};
    private static final int REQUIRED_FIELDS = 8;

    private record Encryption(EspSuite.Cipher cipher, int icvBytes) {
    }

    private record Authentication(EspSuite.Auth auth, int uncheckedBytes) {
    }

    /** By the names that Wireshark writes. */
    private static final Map<String, Encryption> ENCRYPTIONS = new TreeMap<>(Map.of(
        "NULL", new Encryption(EspSuite.Cipher.NULL, Keying.ANY_ICV),
        "AES-CBC [RFC3602]", new Encryption(EspSuite.Cipher.AES_CBC, Keying.ANY_ICV),
        // Before Wireshark 2.4 the ICV length was told by the authentication algorithm.
        "AES-GCM [RFC4106]", new Encryption(EspSuite.Cipher.AES_GCM, Keying.ANY_ICV),
        "AES-GCM with 8 octet ICV [RFC4106]", new Encryption(EspSuite.Cipher.AES_GCM, 8),
        "AES-GCM with 12 octet ICV [RFC4106]", new Encryption(EspSuite.Cipher.AES_GCM, 12),
        "AES-GCM with 16 octet ICV [RFC4106]", new Encryption(EspSuite.Cipher.AES_GCM, 16),
        "ChaCha20 with Poly1305 [RFC7634]", new Encryption(EspSuite.Cipher.CHACHA20_POLY1305, 16)));

    private static final Map<String, Authentication> AUTHENTICATIONS = new TreeMap<>(Map.of(
        "NULL", new Authentication(EspSuite.Auth.NONE, Keying.ANY_ICV),
        "HMAC-SHA-1-96 [RFC2404]", new Authentication(EspSuite.Auth.HMAC_SHA1_96, Keying.ANY_ICV),
        "HMAC-SHA-256-128 [RFC4868]", new Authentication(EspSuite.Auth.HMAC_SHA256_128, Keying.ANY_ICV),
        "HMAC-SHA-384-192 [RFC4868]", new Authentication(EspSuite.Auth.HMAC_SHA384_192, Keying.ANY_ICV),
        "HMAC-SHA-512-256 [RFC4868]", new Authentication(EspSuite.Auth.HMAC_SHA512_256, Keying.ANY_ICV),
        "ANY 64 bit authentication [no checking]", new Authentication(EspSuite.Auth.NONE, 8),
        "ANY 96 bit authentication [no checking]", new Authentication(EspSuite.Auth.NONE, 12),
        "ANY 128 bit authentication [no checking]", new Authentication(EspSuite.Auth.NONE, 16)));

    private static final Map<String, Integer> SEQUENCE_BITS = new TreeMap<>(Map.of("32-bit", 32, "64-bit", 64));

    private static final Map<String, Boolean> PROTOCOLS = new TreeMap<>(Map.of("IPv4", false, "IPv6", true));
    private static final String ANY_PROTOCOL = "Any";

    boolean matches(final EspFlow flow) {
        return spi.matches(flow.spi())
            && (anyAddress || source.matches(flow.source()) && destination.matches(flow.destination()));
    }

    /** Whether the line names one SA: one destination and one SPI. */
    boolean exact() {
        return !anyAddress && destination.exact() && spi.exact();
    }

    /** Reads one line. */
    static EspSaEntry read(final UatRecords.Line line, final String file) {
        return new Reader(line, file).entry();
    }

    /** The fields of one line, with the file's name for errors. */
    private record Reader(UatRecords.Line line, String file) {
        EspSaEntry entry() {
            final int count = line.fields().size();
            if (count < REQUIRED_FIELDS || count > FIELDS.length) {
                throw new InputException(file + ": line " + line.line() + ": has " + count + " fields; a line has 8 (protocol, source, "
                    + "destination, SPI, encryption, key, authentication, key), or 10 (and sequence number length, upper bits)");
            }
            final boolean any = field(0).equals(ANY_PROTOCOL);
            final boolean v6 = !any && protocol();
            final Keying keying = keying();
            final boolean esn = count > 8 && choice(8, SEQUENCE_BITS) == 64;
            final long upper = count > 9 ? parsed(9, text -> Integer.parseUnsignedInt(hexDigits(text), 16), "up to 8 hex digits") : 0;
            return new EspSaEntry(any, any ? AddressPattern.any(false) : address(1, v6), any ? AddressPattern.any(false) : address(2, v6),
                parsed(3, SpiPattern::parse, "an SPI: 0x and up to eight hex digits, a decimal number, *, or 0x and exactly eight hex "
                    + "digits of which some are *"), keying, esn, esn ? upper << 32 : 0);
        }

        private String field(final int index) {
            return line.fields().get(index);
        }

        private InputException error(final int index, final String problem) {
            return new InputException(file + ": line " + line.line() + ": field " + (index + 1) + " (" + FIELDS[index] + "): " + problem);
        }

        private boolean protocol() {
            final Boolean v6 = PROTOCOLS.get(field(0));
            if (v6 == null) {
                throw error(0, Shown.value(field(0)) + " is not known; use one of IPv4, IPv6, Any");
            }
            return v6;
        }

        private <T> T choice(final int index, final Map<String, T> choices) {
            final T chosen = choices.get(field(index));
            if (chosen == null) {
                throw error(index, Shown.value(field(index)) + " is not supported; use one of " + Shown.list(choices.keySet()));
            }
            return chosen;
        }

        private <T> T parsed(final int index, final Function<String, T> parser, final String expected) {
            try {
                return parser.apply(field(index));
            } catch (final IllegalArgumentException e) {
                final InputException error = error(index, Shown.value(field(index)) + " is not " + expected);
                error.initCause(e);
                throw error;
            }
        }

        private AddressPattern address(final int index, final boolean v6) {
            return parsed(index, text -> AddressPattern.parse(text, v6), v6
                ? "an IPv6 address, a prefix, or a pattern with * for single hex digits such as 2001:db8::****"
                : "an IPv4 address, a prefix, or a pattern with * for whole octets such as 192.168.*.*");
        }

        private static String hexDigits(final String text) {
            return text.matches("0[xX].*") ? text.substring(2) : text.isEmpty() ? "0" : text;
        }

        private Keying keying() {
            final Encryption encryption = choice(4, ENCRYPTIONS);
            final Authentication authentication = choice(6, AUTHENTICATIONS);
            final byte[] keyAndSalt = key(5);
            final int salt = combined(encryption) ? Math.min(4, keyAndSalt.length) : 0;
            final int keyBytes = keyAndSalt.length - salt;
            final EspKeys keys = new EspKeys(Arrays.copyOf(keyAndSalt, keyBytes),
                Arrays.copyOfRange(keyAndSalt, keyBytes, keyAndSalt.length), key(7));
            return Keying.of(encryption.cipher(), authentication.auth(), icv(encryption, authentication), keys, (part, problem) ->
                switch (part) {
                    case KEY, SALT -> error(5, salt == 0 ? problem
                        : "with the salt at its end it " + octets(keyAndSalt, encryption.cipher()));
                    case ICV, AUTH -> error(6, problem);
                    case AUTH_KEY -> error(7, problem);
                });
        }

        private static String octets(final byte[] keyAndSalt, final EspSuite.Cipher cipher) {
            return "has " + keyAndSalt.length + " octets, " + cipher.id() + " takes " + Shown.list(Stream.of(EspSuite.values())
                .filter(s -> s.cipher() == cipher).map(s -> s.keyBytes() + s.saltBytes()).distinct().sorted().toList());
        }

        private int icv(final Encryption encryption, final Authentication authentication) {
            if (authentication.uncheckedBytes() == Keying.ANY_ICV) {
                return encryption.icvBytes();
            }
            final boolean contradiction = encryption.icvBytes() != Keying.ANY_ICV
                && encryption.icvBytes() != authentication.uncheckedBytes();
            if (!combined(encryption) || contradiction) {
                throw error(6, Shown.value(field(6)) + " does not go with " + field(4) + "; name the algorithm, or NULL");
            }
            return authentication.uncheckedBytes();
        }

        private static boolean combined(final Encryption encryption) {
            return encryption.cipher() == EspSuite.Cipher.AES_GCM || encryption.cipher() == EspSuite.Cipher.CHACHA20_POLY1305;
        }

        /** {@code 0x} and hex digits, an odd one counts as if a 0 came before; otherwise the octets of the text. Never shown. */
        private byte[] key(final int index) {
            final String text = field(index);
            if (!text.toLowerCase(Locale.ROOT).startsWith("0x")) {
                return text.getBytes(StandardCharsets.ISO_8859_1);
            }
            final String digits = (text.length() & 1) == 0 ? text.substring(2) : "0" + text.substring(2);
            if (!digits.matches("[0-9A-Fa-f]*")) {
                throw error(index, "starts with 0x but has other characters than hex digits behind it");
            }
            return HexFormat.of().parseHex(digits);
        }
    }
}

package org.qfpsim.sim.net;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which frames are meant, in words:
 * <pre>
 *   udp                                    UDP over IPv4 or IPv6
 *   udp 500|4500                           from or to one of the ports
 *   esp                                    ESP, in UDP or not
 *   ike                                    IKE: UDP port 500, or 4500 behind a non-ESP marker (RFC 3948 section 2.2)
 *   ike quick-mode                         of an exchange; see {@link #exchanges}
 *   ike create-child-sa request            IKEv2 says in its header what is a request and what a response (RFC 7296 section 3.1)
 * </pre>
 * What is encrypted is not looked at. A fragment is no match, nor is a frame with IPv6 extension headers.
 *
 * @param text     as written.
 * @param kind     what it carries.
 * @param ports    UDP ports; empty: any.
 * @param exchange IKE exchange type; {@link #ANY} for all.
 * @param flag     {@link #ANY}, or the value of the response flag.
 */
public record FrameFilter(String text, Kind kind, List<Integer> ports, int exchange, int flag) {
    /** Everything matches. */
    public static final int ANY = -1;

    private static final int ETHERNET_HEADER = 14;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int UDP = 17;
    private static final int ESP = 50;
    private static final int IKE_PORT = 500;
    private static final int NAT_PORT = 4500;
    private static final int MARKER = 4;
    private static final int IKE_HEADER = 28;
    private static final int EXCHANGE_AT = 18;
    private static final int FLAGS_AT = 19;
    private static final int RESPONSE = 0x20;
    private static final int FIRST_OF_V2 = 34;
    private static final int MAX_PORTS = 10;
    private static final Map<String, Integer> EXCHANGES = exchangeNumbers();

    /** What a frame carries. */
    public enum Kind {
        /** UDP. */
        UDP,
        /** ESP, in UDP or not. */
        ESP,
        /** An IKE message. */
        IKE
    }

    /** Copies the list. */
    public FrameFilter {
        ports = List.copyOf(ports);
    }

    private static Map<String, Integer> exchangeNumbers() {
        final Map<String, Integer> numbers = new LinkedHashMap<>();
        numbers.put("main-mode", 2);
        numbers.put("aggressive-mode", 4);
        numbers.put("informational-v1", 5);
        numbers.put("transaction", 6);
        numbers.put("quick-mode", 32);
        numbers.put("ike-sa-init", FIRST_OF_V2);
        numbers.put("ike-auth", 35);
        numbers.put("create-child-sa", 36);
        numbers.put("informational-v2", 37);
        return numbers;
    }

    /** Names of exchanges: ISAKMP's (RFC 2408 section 3.1, RFC 2409 section 5) and those of IKEv2 (RFC 7296 section 3.1). */
    public static List<String> exchanges() {
        return List.copyOf(EXCHANGES.keySet());
    }

    /**
     * Reads one.
     *
     * @param text as above.
     * @return the filter.
     * @throws IllegalArgumentException that says what is wrong and what is known.
     */
    public static FrameFilter parse(final String text) {
        final Deque<String> words = new ArrayDeque<>(List.of(text.strip().split("\\s+")));
        final Kind kind = switch (words.removeFirst()) {
            case "udp" -> Kind.UDP;
            case "esp" -> Kind.ESP;
            case "ike" -> Kind.IKE;
            default -> throw new IllegalArgumentException("match begins with udp, esp or ike: udp 500|4500, ike quick-mode");
        };
        List<Integer> ports = List.of();
        int exchange = ANY;
        int flag = ANY;
        if (kind == Kind.UDP && !words.isEmpty()) {
            ports = ports(words.removeFirst());
        } else if (kind == Kind.IKE && !words.isEmpty()) {
            exchange = exchange(words.removeFirst());
            if (exchange >= FIRST_OF_V2 && !words.isEmpty()) {
                flag = flag(words.removeFirst());
            }
        }
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("match has more than it needs, from '" + words.getFirst() + "' on");
        }
        return new FrameFilter(text.strip(), kind, ports, exchange, flag);
    }

    private static List<Integer> ports(final String text) {
        final List<Integer> ports = new ArrayList<>();
        for (final String port : text.split("\\|", MAX_PORTS + 1)) {
            if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 0xffff) {
                throw new IllegalArgumentException("'" + port + "' is no UDP port; write udp 500 or udp 500|4500");
            }
            ports.add(Integer.parseInt(port));
        }
        return ports;
    }

    private static int exchange(final String name) {
        final Integer number = EXCHANGES.get(name);
        if (number == null) {
            throw new IllegalArgumentException("'" + name + "' is no exchange; use one of " + String.join(", ", EXCHANGES.keySet()));
        }
        return number;
    }

    private static int flag(final String word) {
        return switch (word) {
            case "request" -> 0;
            case "response" -> RESPONSE;
            default -> throw new IllegalArgumentException("'" + word + "' is neither request nor response");
        };
    }

    /**
     * Whether a frame is meant.
     *
     * @param frame an Ethernet frame, of any length.
     * @return true if so.
     */
    public boolean matches(final byte[] frame) {
        if (frame.length < ETHERNET_HEADER + IPV4_HEADER) {
            return false;
        }
        final int type = word(frame, ETHERNET_HEADER - 2);
        if (type == TYPE_IPV4) {
            final boolean fragment = (word(frame, ETHERNET_HEADER + 6) & 0x3fff) != 0;
            final int header = (frame[ETHERNET_HEADER] & 0xf) * 4;
            return !fragment && header >= IPV4_HEADER && carries(frame, ETHERNET_HEADER + header, frame[ETHERNET_HEADER + 9] & 0xff);
        }
        return type == TYPE_IPV6 && carries(frame, ETHERNET_HEADER + IPV6_HEADER, frame[ETHERNET_HEADER + 6] & 0xff);
    }

    private boolean carries(final byte[] frame, final int at, final int protocol) {
        if (protocol == ESP) {
            return kind == Kind.ESP;
        }
        if (protocol != UDP || frame.length < at + UDP_HEADER) {
            return false;
        }
        final int source = word(frame, at);
        final int destination = word(frame, at + 2);
        if (kind == Kind.UDP) {
            return ports.isEmpty() || ports.contains(source) || ports.contains(destination);
        }
        final boolean floated = source == NAT_PORT || destination == NAT_PORT;
        final boolean marked = floated && frame.length >= at + UDP_HEADER + MARKER
            && word(frame, at + UDP_HEADER) == 0 && word(frame, at + UDP_HEADER + 2) == 0;
        if (kind == Kind.ESP) {
            // One octet is a keepalive (RFC 3948 section 2.3).
            return floated && !marked && frame.length > at + UDP_HEADER + MARKER;
        }
        return (marked || !floated && (source == IKE_PORT || destination == IKE_PORT))
            && isExchange(frame, at + UDP_HEADER + (marked ? MARKER : 0));
    }

    private boolean isExchange(final byte[] frame, final int at) {
        return frame.length >= at + IKE_HEADER && (exchange == ANY || (frame[at + EXCHANGE_AT] & 0xff) == exchange)
            && (flag == ANY || (frame[at + FLAGS_AT] & RESPONSE) == flag);
    }

    private static int word(final byte[] frame, final int at) {
        return (frame[at] & 0xff) << 8 | frame[at + 1] & 0xff;
    }
}

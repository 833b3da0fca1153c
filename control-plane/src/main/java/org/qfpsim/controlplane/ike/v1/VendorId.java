package org.qfpsim.controlplane.ike.v1;

import java.util.Arrays;
import java.util.HexFormat;

/** Vendor ids that mean something here. */
enum VendorId {
    /** RFC 3706 section 5.1: dead peer detection, version 1.0. */
    DPD("afcad71368a1f1c96b8696fc77570100", "DPD"),
    /** RFC 3947 section 3.1: the MD5 of "RFC 3947". */
    NAT_T("4a131c81070358455c5728f20e95452f", "NAT-T RFC 3947"),
    /** draft-ietf-ipsec-isakmp-xauth-06 section 3. */
    XAUTH("09002689dfd6b712", "XAUTH"),
    /** EzVPN peers. */
    UNITY("12f5f28c457168a9702d9fe274cc0100", "Unity");

    private final byte[] octets;
    private final String text;

    VendorId(final String hex, final String text) {
        octets = HexFormat.of().parseHex(hex);
        this.text = text;
    }

    /** The payload to send. */
    Payload payload() {
        return new Payload(Isakmp.VENDOR, octets.clone());
    }

    /** Whether a message has it. */
    boolean in(final PayloadChain chain) {
        return chain.payloads().stream().anyMatch(payload -> payload.type() == Isakmp.VENDOR && Arrays.equals(payload.body(), octets));
    }

    /** The name in debug lines. */
    String text() {
        return text;
    }
}

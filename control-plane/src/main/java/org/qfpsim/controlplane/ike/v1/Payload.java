package org.qfpsim.controlplane.ike.v1;

/**
 * One payload of a message.
 *
 * @param type from its predecessor's next-payload field.
 * @param body what follows the generic header (RFC 2408 section 3.2).
 */
record Payload(int type, byte[] body) {
}

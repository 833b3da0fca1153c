"""Opens whole IP packets with ESP inside: an independent reading of RFC 4303, 3948, 791 and 8200 over python3-cryptography.

Standard input: one JSON object per line, see EspCase; standard output: the inner packet in hex, or "! " and what is wrong.
"""
import ipaddress
import json
import struct
import sys

from esp_oracle import open_esp

ESP, UDP, IPV4, IPV6 = 50, 17, 4, 41
HOP_BY_HOP = 0


def require(condition, complaint):
    if not condition:
        raise ValueError(complaint)


def checksum(header):
    total = sum(struct.unpack(">%dH" % (len(header) // 2), header))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return 0xffff - total


def split_v4(packet):
    """Header, offset of the protocol octet, rest."""
    require(len(packet) >= 20 and packet[0] >> 4 == 4, "not IPv4")
    size = 4 * (packet[0] & 15)
    total, = struct.unpack(">H", packet[2:4])
    require(20 <= size <= len(packet), "bad header length")
    require(total == len(packet), "total length %d of %d octets" % (total, len(packet)))
    require(checksum(packet[:size]) == 0, "bad checksum of the IPv4 header")
    require(packet[6] & 0xbf == 0 and packet[7] == 0, "a fragment")
    return packet[:size], 9, packet[size:]


def split_v6(packet):
    """Header with the hop-by-hop header, offset of the octet that names the upper protocol, rest."""
    require(len(packet) >= 40 and packet[0] >> 4 == 6, "not IPv6")
    payload, = struct.unpack(">H", packet[4:6])
    require(payload == len(packet) - 40, "payload length %d of %d octets" % (payload, len(packet)))
    if packet[6] != HOP_BY_HOP:
        return packet[:40], 6, packet[40:]
    size = 48 + 8 * packet[41]
    require(size <= len(packet), "hop-by-hop header too long")
    return packet[:size], 40, packet[size:]


def split(packet):
    require(packet, "empty")
    return split_v4(packet) if packet[0] >> 4 == 4 else split_v6(packet)


def check_addresses(case, header):
    source, destination = (header[12:16], header[16:20]) if header[0] >> 4 == 4 else (header[8:24], header[24:40])
    require(ipaddress.ip_address(source) == ipaddress.ip_address(case["source"]), "wrong source")
    require(ipaddress.ip_address(destination) == ipaddress.ip_address(case["destination"]), "wrong destination")


def strip_udp(case, datagram):
    """RFC 3948 section 2.1: the checksum is zero; the four octets behind the header are an SPI, not the non-ESP marker."""
    source, destination, length, check = struct.unpack(">4H", datagram[:8])
    require((source, destination) == (case["sport"], case["dport"]), "wrong ports")
    require(length == len(datagram), "UDP length %d of %d octets" % (length, len(datagram)))
    require(check == 0, "UDP checksum is not zero")
    require(datagram[8:12] != bytes(4), "non-ESP marker")
    return datagram[8:]


def strip_trailer(case, text):
    """RFC 4303 section 2.4 to 2.6: the payload and its protocol."""
    require(len(text) >= 2 and len(text) % case["block"] == 0, "plaintext is not a multiple of the block")
    pad, next_header = text[-2:]
    require(pad + 2 <= len(text), "padding longer than the plaintext")
    require(pad < max(case["block"], 4), "more padding than a block needs")
    body = text[:-2]
    require(body[len(body) - pad:] == bytes(range(1, pad + 1)), "padding is not 1, 2, 3, ...")
    return body[:len(body) - pad], next_header


def traffic_class(header):
    return header[1] if header[0] >> 4 == 4 else struct.unpack(">H", header[:2])[0] >> 4 & 0xff


def inner_of_tunnel(case, header, payload, next_header):
    """The packet, whose own length field says where TFC padding begins (RFC 4303 section 2.7)."""
    require(next_header == (IPV4 if payload[0] >> 4 == 4 else IPV6), "next header %d does not go with the inner version" % next_header)
    total = struct.unpack(">H", payload[2:4])[0] if next_header == IPV4 else 40 + struct.unpack(">H", payload[4:6])[0]
    require(len(payload) - total == case["tfc"], "%d octets of TFC padding" % (len(payload) - total))
    # RFC 4301 section 5.1.2 and RFC 6040 section 4.1: DSCP and ECN are copied.
    require(traffic_class(header) == traffic_class(payload), "outer traffic class differs from the inner one")
    return payload[:total]


def inner_of_transport(header, field, payload, next_header):
    """The header that stayed outside, changed back: protocol, length, checksum."""
    packet = bytearray(header + payload)
    packet[field] = next_header
    if packet[0] >> 4 == 4:
        packet[2:4] = struct.pack(">H", len(packet))
        packet[10:12] = bytes(2)
        packet[10:12] = struct.pack(">H", checksum(bytes(packet[:len(header)])))
    else:
        packet[4:6] = struct.pack(">H", len(packet) - 40)
    return bytes(packet)


def decapsulate(case):
    header, field, rest = split(bytes.fromhex(case["outer"]))
    check_addresses(case, header)
    natt = "sport" in case
    require(header[field] == (UDP if natt else ESP), "protocol %d" % header[field])
    esp = strip_udp(case, rest) if natt else rest
    require(struct.unpack(">2I", esp[:8]) == (case["spi"], case["seq_low"]), "wrong SPI or sequence number")
    require((len(esp) - case["icv"]) % 4 == 0, "the ICV does not begin at a multiple of four octets")
    payload, next_header = strip_trailer(case, open_esp(case, esp))
    if case["tunnel"]:
        return inner_of_tunnel(case, header, payload, next_header)
    return inner_of_transport(header, field, payload, next_header)


for line in sys.stdin:
    try:
        print(decapsulate(json.loads(line)).hex())
    except ValueError as error:
        print("!", error)

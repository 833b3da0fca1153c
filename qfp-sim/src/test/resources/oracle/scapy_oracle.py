"""Opens whole IP packets with scapy's SecurityAssociation, or makes them where the case has no outer packet.

Standard input: one JSON object per line, see EspCase; standard output: the inner (or the outer) packet in hex, or "! " and what is wrong.
"""
import json
import logging
import random
import sys

logging.getLogger("scapy").setLevel(logging.ERROR)

from scapy.layers.inet import IP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.ipsec import ESP, IPSecIntegrityError, SecurityAssociation
from scapy.packet import Padding

CIPHERS = {"aes-gcm": "AES-GCM", "chacha20-poly1305": "CHACHA20-POLY1305", "aes-cbc": "AES-CBC", "null": "NULL"}
HMACS = {
    "none": None,
    "hmac-sha1-96": "HMAC-SHA1-96",
    "hmac-sha256-128": "SHA2-256-128",
    "hmac-sha384-192": "SHA2-384-192",
    "hmac-sha512-256": "SHA2-512-256",
}


def association(case):
    tunnel = None
    if case["tunnel"]:
        outer = IPv6 if ":" in case["source"] else IP
        tunnel = outer(src=case["source"], dst=case["destination"])
    return SecurityAssociation(
        ESP, spi=case["spi"], seq_num=case["seq_low"], crypt_algo=CIPHERS[case["cipher"]],
        crypt_key=bytes.fromhex(case["key"] + case["salt"]), auth_algo=HMACS[case["auth"]], auth_key=bytes.fromhex(case["authkey"]),
        tunnel_header=tunnel, nat_t_header=UDP(sport=case["sport"], dport=case["dport"]) if "sport" in case else None,
        esn_en=case["esn"], esn=case["seq_high"])


def dissect(packet):
    return (IP if packet[0] >> 4 == 4 else IPv6)(packet)


def decapsulate(case):
    inner = association(case).decrypt(dissect(bytes.fromhex(case["outer"])))
    # What scapy finds behind the inner packet is TFC padding.
    padding = bytes(inner[Padding]) if inner.haslayer(Padding) else b""
    if len(padding) != case["tfc"]:
        raise ValueError("%d octets of TFC padding" % len(padding))
    octets = bytes(inner)
    return octets[:len(octets) - len(padding)]


def encapsulate(case):
    # Scapy writes sequence number 0 as the SA's own next one, which is the same.
    packet = association(case).encrypt(dissect(bytes.fromhex(case["inner"])), iv=random.Random(case["spi"]).randbytes(case["iv"]))
    if UDP in packet:
        # Scapy 2.5.0 takes the UDP length before ESP is behind it.
        del packet[UDP].len
        packet[UDP].chksum = 0
        del packet.len, packet.chksum
    return bytes(packet)


for line in sys.stdin:
    one = json.loads(line)
    try:
        print((decapsulate if one["outer"] else encapsulate)(one).hex())
    except (ValueError, IPSecIntegrityError) as error:
        print("!", str(error) or type(error).__name__)

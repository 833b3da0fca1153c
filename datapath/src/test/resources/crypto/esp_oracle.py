"""Opens ESP packets with python3-cryptography, an implementation that shares nothing with the datapath but OpenSSL's primitives.

Standard input: one JSON object per line: suite, cipher, auth, key, salt, authkey, icv, esn, seq_high, plain, sealed (hex; plain and sealed
are whole ESP packets). Standard output: one line per packet: the suite and OK, or what is wrong.
"""
import json
import struct
import sys

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

HEADER = 8
HASHES = {
    "hmac-sha1-96": hashes.SHA1(),
    "hmac-sha256-128": hashes.SHA256(),
    "hmac-sha384-192": hashes.SHA384(),
    "hmac-sha512-256": hashes.SHA512(),
}


def additional_data(case, packet):
    """RFC 4106 section 5: the ESP header, with the high half between its two fields when extended."""
    if not case["esn"]:
        return packet[:HEADER]
    return packet[:4] + struct.pack(">I", case["seq_high"]) + packet[4:HEADER]


def open_gcm(case, packet):
    icv = packet[-case["icv"]:]
    nonce = bytes.fromhex(case["salt"]) + packet[HEADER:HEADER + 8]
    mode = modes.GCM(nonce, icv, min_tag_length=case["icv"])
    decryptor = Cipher(algorithms.AES(bytes.fromhex(case["key"])), mode).decryptor()
    decryptor.authenticate_additional_data(additional_data(case, packet))
    return decryptor.update(packet[HEADER + 8:-case["icv"]]) + decryptor.finalize()


def open_chacha(case, packet):
    nonce = bytes.fromhex(case["salt"]) + packet[HEADER:HEADER + 8]
    return ChaCha20Poly1305(bytes.fromhex(case["key"])).decrypt(nonce, packet[HEADER + 8:], additional_data(case, packet))


def verify_hmac(case, packet):
    """RFC 4303 section 2.2.1: the packet, then the high half when extended; the ICV is the left part of the hash."""
    if case["auth"] == "none":
        return packet
    body, icv = packet[:-case["icv"]], packet[-case["icv"]:]
    mac = hmac.HMAC(bytes.fromhex(case["authkey"]), HASHES[case["auth"]])
    mac.update(body)
    if case["esn"]:
        mac.update(struct.pack(">I", case["seq_high"]))
    if mac.finalize()[:case["icv"]] != icv:
        raise InvalidSignature()
    return body


def open_cbc(case, packet):
    body = verify_hmac(case, packet)
    key = algorithms.AES(bytes.fromhex(case["key"]))
    sequence = struct.pack(">I", case["seq_high"]) + packet[4:HEADER]
    encryptor = Cipher(key, modes.ECB()).encryptor()
    if encryptor.update(sequence + bytes(8)) + encryptor.finalize() != packet[HEADER:HEADER + 16]:
        raise ValueError("the IV is not the encrypted sequence number")
    decryptor = Cipher(key, modes.CBC(packet[HEADER:HEADER + 16])).decryptor()
    return decryptor.update(body[HEADER + 16:]) + decryptor.finalize()


def open_null(case, packet):
    return verify_hmac(case, packet)[HEADER:]


OPEN = {"aes-gcm": open_gcm, "chacha20-poly1305": open_chacha, "aes-cbc": open_cbc, "null": open_null}


def open_esp(case, packet):
    """The plaintext from behind the IV to the next header; raises ValueError with what is wrong."""
    try:
        return OPEN[case["cipher"]](case, packet)
    except (InvalidTag, InvalidSignature) as error:
        raise ValueError("bad ICV") from error


def verdict(case):
    packet = bytes.fromhex(case["sealed"])
    plain = bytes.fromhex(case["plain"])
    try:
        text = open_esp(case, packet)
    except ValueError as error:
        return str(error)
    offset = len(packet) - case["icv"] - len(text)
    return "OK" if text == plain[offset:offset + len(text)] else "wrong plaintext"


if __name__ == "__main__":
    for line in sys.stdin:
        one = json.loads(line)
        print(one["suite"], verdict(one), flush=True)

#!/usr/bin/env python3
"""Writes a capture to standard output: messages that few stacks send, one for each name, or
all.

    odd_messages.py [NAME...]
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "pcaps" / "make"))
import packets  # noqa: E402  (it lies beside the captures)

MULTIPART = b"--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n"


def refusal(status, *rows, body=b"", kind=b"text/plain"):
    """A response to an INVITE."""
    rows += ((b"Content-Type: " + kind,) if body else ()) + (b"Content-Length: %d" % len(body),)
    return b"\r\n".join((b"SIP/2.0 " + status, b"Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKodd", b"From: <sip:a@example.com>;tag=a",
                         b"To: <sip:b@example.com>;tag=b", b"Call-ID: odd", b"CSeq: 1 INVITE", *rows, b"", body))


MESSAGES = {
    "location": refusal(b"480 Away", b"Reason: Q.850;cause=17;location=LN"),
    "challenge": refusal(b"401 Unauthorized", b"WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256, stale=true"),
    "reasons": refusal(b"503 Busy", b"Reason: " + b"SIP;cause=503, " * 101 + b"SIP;cause=503"),
    "warnings": refusal(b"488 No", b"Warning: " + b"399 a \"b\", " * 101 + b"399 a \"b\""),
    "no_reason": refusal(b"503 Busy", b"Reason: ;cause=503", b"Warning: none"),
    "parameters": b"OPTIONS sip:example.com" + b";p=1" * 101 + refusal(b"").replace(b"SIP/2.0 ", b" SIP/2.0", 1),
    "multipart": refusal(b"500 Oops", body=MULTIPART, kind=b"multipart/odd;boundary=b"),
}


def main():
    packets.write("/dev/stdout", [packets.udp(MESSAGES[name], packets.BOB, packets.ALICE) for name in sys.argv[1:] or MESSAGES])


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Alice's phone over TLS or WebSocket, which sipp does not speak.

phone.py SOURCE DESTINATION tls|tls1.2|ws|wss PORT call|records KEYS

call:     registers, with the password when asked for it, and calls bob
records:  sends OPTIONS requests in TLS records of chosen shapes

Needs nothing but Python. The secrets of TLS are written to the file KEYS.
"""
import base64
import hashlib
import os
import re
import socket
import ssl
import sys
import time

source, destination, transport, port, what, keys = sys.argv[1:]
protocol = "TLS" if transport.startswith("tls") else transport.upper()
run = f"{time.time_ns():x}"


# Connections

def connect():
    connection = socket.create_connection((destination, int(port)), 5, (source, 0))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if transport == "ws":
        return connection
    context = ssl.create_default_context()
    context.check_hostname = False      # the certificate was made a moment ago, by nobody
    context.verify_mode = ssl.CERT_NONE
    context.keylog_filename = keys
    if transport == "tls1.2":
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context.wrap_socket(connection, server_hostname="example.com")


class Stream:
    """Messages one after the other: their Content-Length tells where they end."""

    def __init__(self):
        self.connection = connect()
        self.heard = b""

    def send(self, *segments):
        for segment in segments:
            self.connection.sendall(segment)
            time.sleep(0.1)

    def wait_for(self, pattern):
        while not (match := re.match(pattern, self.heard, re.DOTALL)):
            some = self.connection.recv(65536)
            if not some:
                raise EOFError("the server hung up")
            self.heard += some
        self.heard = self.heard[match.end():]
        return match

    def receive(self):
        head = self.wait_for(rb"[\r\n]*(.*?\r\n\r\n)")[1].decode()
        length = int(re.search(r"\nContent-Length: *(\d+)", head)[1])
        return head + self.wait_for(b"(.{%d})" % length)[1].decode()


class WebSocket(Stream):
    """RFC 7118: every message in one frame, masked by the client."""

    def __init__(self):
        super().__init__()
        self.send((f"GET / HTTP/1.1\r\nHost: example.com:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n"
                   "Origin: http://www.example.com\r\nSec-WebSocket-Protocol: sip\r\n"
                   "Sec-WebSocket-Version: 13\r\n\r\n").encode())
        self.wait_for(rb"HTTP/1.1 101 .*?\r\n\r\n")

    def send(self, *messages):
        if messages[0].startswith(b"GET "):
            super().send(*messages)
            return
        for message in messages:
            mask = os.urandom(4)
            length = bytes([0x80 | len(message)]) if len(message) < 126 else b"\xfe" + len(message).to_bytes(2, "big")
            super().send(b"\x81" + length + mask + bytes(c ^ mask[i % 4] for i, c in enumerate(message)))

    def receive(self):
        length = self.wait_for(rb"\x81(.)")[1][0]
        if length == 126:
            length = int.from_bytes(self.wait_for(b"(..)")[1], "big")
        return self.wait_for(b"(.{%d})" % length)[1].decode()


phone = (WebSocket if "ws" in transport else Stream)()
# A browser doesn't know its address, so RFC 7118 has it make up a name.
here = "kf1Aq0rY.invalid" if "ws" in transport else "{}:{}".format(*phone.connection.getsockname()[:2])


# Messages

def request(method, uri, call, number, *headers, to=None, body="", branch=None):
    return "\r\n".join((
        f"{method} {uri} SIP/2.0",
        f"Via: SIP/2.0/{protocol} {here};branch=z9hG4bK-{run}-{branch or f'{method}-{number}'}",
        "Max-Forwards: 70",
        f"From: \"Alice\" <sip:alice@example.com>;tag=a{run}",
        f"To: {to or f'<{uri}>'}",
        f"Call-ID: {call}-{run}@{here.split(':')[0]}",
        f"CSeq: {number} {method}",
        *headers,
        f"Content-Length: {len(body)}",
        "",
        body)).encode()


def final_answer():
    while (answer := phone.receive()).startswith("SIP/2.0 1"):
        pass
    return answer


def header(message, name):
    return re.findall(rf"\n{name}: *(.*?)\r", message)


CONTACT = f"Contact: <sip:alice@{here};transport={'ws' if 'ws' in transport else 'tls'}>"


def register():
    def send(number, *headers):
        phone.send(request("REGISTER", "sip:example.com", "r", number, CONTACT, "Expires: 600", *headers,
                           to="<sip:alice@example.com>"))
        return final_answer()

    def digest(text):
        return hashlib.md5(text.encode()).hexdigest()

    challenge = send(1)
    nonce = re.search('nonce="(.*?)"', challenge)[1]
    secret = digest("alice:example.com:secret-of-alice")
    proof = digest(f"{secret}:{nonce}:00000001:{run}:auth:{digest('REGISTER:sip:example.com')}")
    send(2, f'Authorization: Digest username="alice", realm="example.com", nonce="{nonce}", uri="sip:example.com", '
         f'qop=auth, nc=00000001, cnonce="{run}", algorithm=MD5, response="{proof}"')


def call():
    uri = "sip:bob@example.com"
    sdp = "".join(f"{line}\r\n" for line in ("v=0", f"o=- 1 1 IN IP4 {source}", "s=-", f"c=IN IP4 {source}", "t=0 0",
                                             "m=audio 30000 RTP/AVP 0", "a=rtpmap:0 PCMU/8000"))
    phone.send(request("INVITE", uri, "c", 1, CONTACT, "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS",
                       "Supported: outbound", "Accept: application/sdp", "Content-Type: application/sdp", body=sdp))
    answer = final_answer()
    to, target = header(answer, "To")[0], re.search("<(.*?)>", header(answer, "Contact")[0])[1]
    route = [f"Route: {value}" for value in reversed(header(answer, "Record-Route"))]
    phone.send(request("ACK", target, "c", 1, *route, to=to, branch="acknowledged"))
    time.sleep(0.3)
    phone.send(request("BYE", target, "c", 2, *route, to=to))
    final_answer()


def records():
    def options(number):
        return request("OPTIONS", "sip:example.com", f"o{number}", number, "Accept: application/sdp")

    phone.send(options(1) + options(2) + b"\r\n\r\n" + options(3))      # three messages in one record
    for _ in range(3):
        final_answer()
    fourth, fifth, sixth = options(4), options(5), options(6)
    phone.send(fourth[:150], fourth[150:])                              # one message in two records
    final_answer()
    phone.send(fifth[:4], fifth[4:] + sixth[:20], sixth[20:])           # cut within the methods' lines
    final_answer()
    final_answer()


if what == "call":
    register()
    call()
else:
    records()
phone.connection.close()

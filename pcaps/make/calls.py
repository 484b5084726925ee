"""Transactions and calls that need exact times, or that no stack of today would make."""
# SPDX-License-Identifier: GPL-2.0-or-later

from packets import ALICE, BOB, Tcp, udp

SECOND = 1000000
FIREWALL = "203.0.113.1"    # alice, from outside


def message(line, cseq, call, branch="z9hG4bKhand", from_tag="a1", to_tag="", extra="", sent_by=ALICE + ":5060"):
    """A request, or a response to it; branch and tags are left out if they are empty."""
    parameters = {name: f";{name}={value}" if value else "" for name, value in
                  (("branch", branch), ("from", from_tag), ("to", to_tag))}
    parameters = {name: text.replace(";from=", ";tag=").replace(";to=", ";tag=") for name, text in parameters.items()}
    hops = "" if line.startswith("SIP/") else "Max-Forwards: 70\r\n"
    contact = "Contact: <sip:alice@192.0.2.10>\r\n" if "INVITE" in cseq else ""
    return (f"{line}{' SIP/2.0' if hops else ''}\r\n"
            f"Via: SIP/2.0/UDP {sent_by}{parameters['branch']}\r\n{hops}"
            f"From: \"Alice\" <sip:alice@example.com>{parameters['from']}\r\n"
            f"To: <sip:bob@example.com>{parameters['to']}\r\n"
            f"Call-ID: {call}@example.com\r\n"
            f"CSeq: {cseq}\r\n{contact}{extra}Content-Length: 0\r\n\r\n").encode()


URI = "sip:bob@example.com"
FROM_BOB = (BOB, ALICE)


def limits():
    """One second less than a limit, the limit, and a microsecond more."""
    options = message(f"OPTIONS {URI}", "1 OPTIONS", "patience")
    invite = message(f"INVITE {URI}", "1 INVITE", "ringing")
    ringing = message("SIP/2.0 180 Ringing", "1 INVITE", "ringing", to_tag="b1")
    again = message(f"OPTIONS {URI}", "1 OPTIONS", "age")
    answer = message("SIP/2.0 200 OK", "1 OPTIONS", "age", to_tag="b1")
    moments = [
        (0, udp(invite)),
        (1 * SECOND, udp(ringing, *FROM_BOB)),
        (33 * SECOND, udp(ringing, *FROM_BOB)),                 # 32 s later: a retransmission
        (65 * SECOND + 1, udp(ringing, *FROM_BOB)),             # a microsecond more: keeps the call alive
        (66 * SECOND, udp(again)),
        (66 * SECOND + 500, udp(answer, *FROM_BOB)),
        (76 * SECOND + 500, udp(again)),                        # 10 s later
        (86 * SECOND + 501, udp(again)),                        # a microsecond more
        (86 * SECOND + 600, udp(answer, *FROM_BOB)),
        (100 * SECOND, udp(options)),
        (100 * SECOND + 5000, udp(options)),                    # 5 ms later: another copy
        (100 * SECOND + 10001, udp(options)),                   # a microsecond more: sent again
        (132 * SECOND, udp(b"\r\n\r\n")),                       # 32 s later
    ]
    return "limits", [packet for _, packet in moments], [time for time, _ in moments]


def nat():
    """A call captured on both sides of a NAT that changes nothing but addresses; bob answers from another port."""
    packets = []

    def out(data):
        packets.append(udp(data))
        packets.append(udp(data, FIREWALL, BOB, 61000))

    def back(data):
        packets.append(udp(data, BOB, FIREWALL, 5070, 61000))
        packets.append(udp(data, BOB, ALICE, 5070))

    out(message(f"INVITE {URI}", "1 INVITE", "nat"))
    back(message("SIP/2.0 180 Ringing", "1 INVITE", "nat", to_tag="b1"))
    back(message("SIP/2.0 200 OK", "1 INVITE", "nat", to_tag="b1", extra="Contact: <sip:bob@192.0.2.20:5070>\r\n"))
    out(message("ACK sip:bob@192.0.2.20:5070", "1 ACK", "nat", "z9hG4bKhandack", to_tag="b1"))
    out(message("BYE sip:bob@192.0.2.20:5070", "2 BYE", "nat", "z9hG4bKhandbye", to_tag="b1"))
    back(message("SIP/2.0 200 OK", "2 BYE", "nat", "z9hG4bKhandbye", to_tag="b1"))
    return "nat", packets, None


def transactions():
    """What tells transactions apart, and what does not."""
    def options(call, number=1, **more):
        return udp(message(f"OPTIONS {URI}", f"{number} OPTIONS", call, **more))

    def ok(call, number=1, method="OPTIONS", **more):
        return udp(message("SIP/2.0 200 OK", f"{number} {method}", call, to_tag="b1", **more), *FROM_BOB)

    old = {"branch": ""}
    packets = [
        # The response was captured before its request
        ok("early"), options("early"),
        # The same branch for the next request, as some stacks do
        options("branch", 1), ok("branch", 1), options("branch", 2), ok("branch", 2),
        # The same branch and CSeq in another call
        options("call1"), options("call2"), ok("call2"), ok("call1"),
        # Branch and host are compared without case
        options("case", branch="z9hG4bKAbC", sent_by="Alice.example.com"),
        ok("case", branch="Z9HG4BKaBc", sent_by="alice.EXAMPLE.com"),
        # The default port
        options("port", sent_by=ALICE), ok("port", sent_by=ALICE + ":5060"),
        # Another sent-by, so another client
        options("client", sent_by=ALICE + ":5070"), options("client", sent_by=ALICE + ":5071"),
        ok("client", sent_by=ALICE + ":5071"), ok("client", sent_by=ALICE + ":5070"),
        # RFC 2543: no branch, or one without the magic cookie
        options("old", 1, **old), options("old", 2, **old), ok("old", 2, **old), ok("old", 1, **old),
        options("older", 1, branch="1", from_tag=""), options("older", 1, branch="2", from_tag=""),
        ok("older", 1, branch="2", from_tag=""), ok("older", 1, branch="1", from_tag=""),
        # An ACK to a 2xx that has the branch of its INVITE
        udp(message(f"INVITE {URI}", "1 INVITE", "ack")),
        ok("ack", method="INVITE", extra="Contact: <sip:bob@192.0.2.20>\r\n"),
        udp(message("ACK sip:bob@192.0.2.20", "1 ACK", "ack", to_tag="b1")),
        # A response without its request, and one to a request that is not the one of its CSeq
        ok("stray"),
    ]
    return "transactions", packets, None


def one_frame():
    """A request, its copy and another in one segment; all their answers in one."""
    connection = Tcp()
    packets = connection.handshake()
    first, second = (message(f"INFO {URI}", f"{n} INFO", "pipelined", f"z9hG4bKhand{n}", to_tag="b1") for n in (1, 2))
    answers = [message("SIP/2.0 200 OK" if n == 1 else "SIP/2.0 481 Call/Transaction Does Not Exist", f"{n} INFO",
                       "pipelined", f"z9hG4bKhand{n}", to_tag="b1") for n in (1, 2)]
    packets += connection.send(first + first + second)
    packets += connection.send(b"".join(answers), from_client=False)
    return "one_frame", packets, None


def captures():
    return [limits(), nat(), transactions(), one_frame()]

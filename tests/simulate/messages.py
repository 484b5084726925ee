"""Who sends what to whom: the hops, transactions and messages of which stories are told.

What a message is stands here from the moment it is written, and is never read out of its bytes.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

PHRASES = {100: "Trying", 180: "Ringing", 181: "Call Is Being Forwarded", 182: "Queued", 183: "Session Progress",
           200: "OK", 202: "Accepted", 401: "Unauthorized", 407: "Proxy Authentication Required",
           481: "Call/Transaction Does Not Exist", 486: "Busy Here", 487: "Request Terminated", 603: "Decline"}
CHALLENGE = 'Digest realm="example.com", nonce="84a4cc6f3082121f32b42a2187831a9e"'
METHODS = "INVITE, ACK, CANCEL, BYE, UPDATE, INFO, PRACK, NOTIFY, REFER"
# What responses with these codes must have, or had better have.
EVIDENCE = {401: f"WWW-Authenticate: {CHALLENGE}\r\n", 407: f"Proxy-Authenticate: {CHALLENGE}\r\n",
            494: "Security-Server: tls;q=0.1\r\n", 405: f"Allow: {METHODS}\r\n", 415: "Accept: application/sdp\r\n",
            420: "Unsupported: foo\r\n", 422: "Min-SE: 180\r\n", 423: "Min-Expires: 3600\r\n",
            489: "Allow-Events: presence\r\n", 302: "Contact: <sip:carol@203.0.113.30>\r\n",
            480: "Retry-After: 60\r\n", 503: "Retry-After: 5\r\n"}
LONG = {"v": "Via", "f": "From", "t": "To", "i": "Call-ID", "l": "Content-Length", "m": "Contact"}


class Party:
    """A user agent or proxy: where it is, where its replies come from, and how it writes.

    sloppy: the branch it puts into every request. old: it speaks RFC 2543, and this is its Via's parameter.
    shouts: it changes the sent-by of the Vias it echoes, in case and by the default port.
    """

    def __init__(self, address, port, replies=None, sent_by=None, sloppy=None, old=None, shouts=False, compact=False):
        self.place = (address, port)
        self.replies = replies or self.place
        self.host = f"[{address}]" if ":" in address else address
        self.sent_by = sent_by or self.host + (f":{port}" if port != 5060 else "")
        self.sloppy, self.old, self.shouts = sloppy, old, shouts
        self.default_port = port == 5060
        self.name = dict(zip(LONG, LONG)) if compact else LONG
        self.comma = False      # Vias in one header field, or in one each


class Hop:
    """What lies between two neighbours. Each packet on it is seen twice if a relay forwards it untouched.

    name: the transport in Via; TLS is seen as TCP where something before the capture ends it.
    """

    def __init__(self, near, far, transport="UDP", connection=None):
        self.near, self.far, self.transport, self.name = near, far, transport, transport
        self.connection = connection    # where the near and the far end of a TCP connection are
        self.relay, self.seen = None, True

    def way(self, from_near, reply):
        if self.transport == "TCP":
            return self.connection if from_near else self.connection[::-1]
        sender, target = (self.near, self.far) if from_near else (self.far, self.near)
        return (sender.replies if reply else sender.place), target.place


class Line:
    """All that has one Call-ID and one caller's tag: its call attempts, one after the other."""

    def __init__(self, call_id, tag):
        self.call_id, self.tag = call_id, tag
        self.calls = []
        self.initial = []   # the transactions that began with an INVITE without a To tag


class Transaction:
    """One request on one hop, and what answers it there."""

    def __init__(self, hop, outward, method, cseq, call_id, tags, **more):
        self.hop, self.outward, self.method, self.cseq = hop, outward, method, cseq
        self.call_id, (self.from_tag, self.to_tag) = call_id, tags
        self.line = more.get("line")
        self.sender = more.get("sender")            # caller or callee
        self.branch = more["branch"]
        self.below = more.get("below", [])          # the values of Via of those before the sender
        self.vias = 1 + len(self.below)
        self.uri, self.people = more["uri"], more["people"]
        self.initial = method == "INVITE" and self.to_tag is None
        self.cancels = more.get("cancels")          # a CANCEL's INVITE
        self.attempt = more.get("attempt") or self  # the caller's INVITE that a proxy sends on with this one
        self.extra, self.body = more.get("extra", ""), more.get("body", ("", ""))
        # What the stories need to know
        self.sent, self.heard, self.done = None, None, None
        self.request_message = None
        # What truth.py finds in the capture
        self.number = self.request = self.final = self.call = self.acknowledged = None
        self.responded, self.only_ack = False, True

    def via_value(self, reply=False):
        sender, echoer = (self.hop.near, self.hop.far) if self.outward else (self.hop.far, self.hop.near)
        if sender.old is not None:
            return f"SIP/2.0/{self.hop.name} {sender.sent_by}{self.branch}"
        sent_by = sender.sent_by
        if reply and echoer.shouts:
            port = 5061 if self.hop.name == "TLS" else 5060
            sent_by = sent_by.upper() + (f":{port}" if sender.default_port else "")
        return (f"SIP/2.0/{self.hop.name} {sent_by}{self.branch}"
                + (f";received={sender.place[0]}" if reply else ""))

    def via(self, below, reply=False):
        sender = self.hop.near if self.outward else self.hop.far
        name, values = sender.name["v"], [self.via_value(reply), *below]
        if sender.comma:
            return f"{name}: {', '.join(values)}\r\n"
        return "".join(f"{name}: {value}\r\n" for value in values)

    def people_text(self, to_tag):
        name = (self.hop.near if self.outward else self.hop.far).name
        a, b = self.people
        return (f"{name['f']}: <sip:{a}@example.com>;tag={self.from_tag}\r\n{name['t']}: <sip:{b}@example.com>"
                + (f";tag={to_tag}" if to_tag else "") + f"\r\n{name['i']}: {self.call_id}\r\n")

    def request_text(self, method):
        sender = self.hop.near if self.outward else self.hop.far
        kind, body = self.body if method != "ACK" else ("", "")
        extra = self.extra if method == self.method else ""
        if method in ("INVITE", "UPDATE", "SUBSCRIBE", "REFER", "REGISTER", "NOTIFY"):
            extra += f"{sender.name['m']}: <sip:{self.people[0]}@{sender.host}:{sender.place[1]}>\r\n"
        via = self.via(self.below if method == self.method else [])     # an ACK to a non-2xx has its sender's alone
        return (f"{method} {self.uri} SIP/2.0\r\n{via}Max-Forwards: {71 - self.vias}\r\n"
                f"{self.people_text(self.to_tag)}CSeq: {self.cseq} {method}\r\n{extra}"
                + (f"Content-Type: {kind}\r\n" if body else "")
                + f"{sender.name['l']}: {len(body)}\r\n\r\n{body}").encode()

    def request_to_send(self):
        way = self.hop.way(self.outward, reply=False)
        self.request_message = Message(self, "request", self.request_text(self.method), way)
        if self.method == "ACK":
            self.request_message.ack = (self.call_id, self.from_tag, self.to_tag, self.cseq)
        return self.request_message

    def ack_to_send(self, to_tag):
        """The ACK to a response that is no 2xx, which belongs to this transaction."""
        before, self.to_tag = self.to_tag, to_tag
        data = self.request_text("ACK")
        self.to_tag = before
        return Message(self, "ack", data, self.hop.way(self.outward, reply=False))

    def response_to_send(self, status, to_tag, rseq=None, extra=""):
        sender = self.hop.far if self.outward else self.hop.near
        extra += EVIDENCE.get(status, "")
        if 100 < status < 300 and self.method in ("INVITE", "SUBSCRIBE", "UPDATE", "REFER"):
            extra += f"Contact: <sip:{self.people[1]}@{sender.host}:{sender.place[1]}>\r\n"
        if status == 200 and self.method in ("INVITE", "OPTIONS"):
            extra += f"Allow: {METHODS}\r\nSupported: 100rel\r\n"
            extra += "Accept: application/sdp\r\n" if self.method == "OPTIONS" else ""
        if status < 300 and self.method in ("SUBSCRIBE", "PUBLISH"):
            extra += "Expires: 600\r\n" + ("SIP-ETag: dx200xyz\r\n" if self.method == "PUBLISH" else "")
        if rseq:
            extra += f"Require: 100rel\r\nRSeq: {rseq}\r\n"
        data = (f"SIP/2.0 {status} {PHRASES.get(status, 'Reason of the sender')}\r\n{self.via(self.below, reply=True)}"
                f"{self.people_text(to_tag)}CSeq: {self.cseq} {self.method}\r\n{extra}"
                f"{sender.name['l']}: 0\r\n\r\n").encode()
        message = Message(self, "response", data, self.hop.way(not self.outward, reply=True))
        message.status = status
        if self.method == "INVITE" and 200 <= status < 300:
            message.ack = (self.call_id, self.from_tag, to_tag, self.cseq)
        return message


class Message:
    """One message as one node writes it; however often it is sent and seen, it is the same.

    kind: request, response, or ack for an ACK that belongs to its INVITE's transaction.
    ack: what an ACK to a 2xx and the 2xx itself have in common.
    """

    __slots__ = ("transaction", "kind", "data", "source", "target", "status", "ack", "first", "latest")

    def __init__(self, transaction, kind, data, way):
        self.transaction, self.kind, self.data = transaction, kind, data
        self.source, self.target = way
        self.status = self.ack = None
        self.first, self.latest = {}, {}    # by direction, for truth.py

"""What a story is told with: users who send, answer, acknowledge and cancel along a path of hops."""
# SPDX-License-Identifier: GPL-2.0-or-later

from messages import Hop, Line, Party, Transaction

MS, SECOND = 1000, 1000000      # all times are in microseconds
T1 = 500 * MS
LIMIT = 64 * T1
# When something is sent again, after it was first sent (RFC 3261 timers A, E and G).
INVITE_TIMES = [T1 * (2 ** n - 1) for n in range(1, 7)]
OTHER_TIMES = INVITE_TIMES[:3] + [7500 * MS + 4 * SECOND * n for n in range(7)]
PORTS = (5060,) * 6 + (5062, 5080, 15060, 25060)


class Story:
    """One call, or one request outside of calls. Methods that send move the clock."""

    def __init__(self, world, name, start):
        self.world, self.rng, self.name, self.clock = world, world.rng, name, start
        self.fragile = False    # all of it must be in the capture, in order, or it has another meaning
        self.lossy = self.rng.random() < 0.15
        self.latency = self.rng.randint(300, 15000)
        self.people = ("alice", "bob")
        self.path = self.make_path()
        self.line = Line(f"{self.token(10)}@{self.path[0].near.host.strip('[]')}", self.token(6))
        self.cseq = {"caller": self.rng.randint(1, 9999), "callee": self.rng.randint(1, 9999)}
        self.to_tag = None
        self.is_call = True

    # Chance

    def token(self, length=8):
        return f"{self.rng.getrandbits(4 * length):0{length}x}"

    def chance(self, probability):
        return self.rng.random() < probability

    def pick(self, *things):
        return self.rng.choice(things)

    def wait(self, shortest, longest):
        """Milliseconds."""
        self.clock += self.rng.randint(int(shortest * MS), int(longest * MS))

    def step(self):
        self.clock += self.latency + self.rng.randint(0, 400)

    # Places

    def address(self, group=0):
        """Users are in group 0, and there are many; servers of different groups are different ones."""
        number = self.rng.randint(1, 20) if group else self.rng.randint(256, 65000)
        if self.version6:
            return f"2001:db8:{group:x}::{number:x}"
        return f"198.19.{group}.{number}" if group else f"198.18.{number >> 8}.{number & 255}"

    def server(self, group=9):
        return Party(self.address(group), 5060)

    def party(self, server):
        address, port = self.address(server), self.rng.choice(PORTS)
        if self.one_host:
            address, port = self.one_host, 5060 + 2 * server
        replies = sent_by = None
        if server and self.chance(0.12):
            replies = (address, port + 7) if self.one_host or self.chance(0.5) else (self.address(server + 4), port)
        if not server and port == 5060 and self.chance(0.15):
            sent_by = f"pc{self.rng.randint(1, 99)}.example.com"
        return Party(address, port, replies, sent_by, shouts=self.chance(0.05), compact=self.chance(0.1))

    def make_path(self):
        kind = self.rng.choices(("direct", "proxy", "half", "far", "relay", "one host"), (60, 22, 5, 3, 5, 5))[0]
        self.version6 = self.chance(0.15)
        self.one_host = None
        if kind == "one host":
            self.one_host = self.address()
        count = {"proxy": 3, "half": 3, "far": 4, "one host": self.pick(2, 3)}.get(kind, 2)
        self.copied_branch = self.token(12) if count > 2 and self.chance(0.1) else None     # by a bad proxy
        parties = [self.party(number) for number in range(count)]
        hops = []
        for near, far in zip(parties, parties[1:]):
            near.comma = self.chance(0.1)
            transport = "TCP" if self.chance(self.world.tcp) and kind != "relay" else "UDP"
            hops.append(self.hop(near, far, transport))
        if kind == "half":
            self.pick(*hops).seen = False
        if kind == "relay":
            hops[0].relay = (self.address(), 5060)
        return hops

    def hop(self, near, far, transport="UDP"):
        if transport == "UDP":
            return Hop(near, far)
        if self.chance(0.3) and not self.one_host:
            connection = self.world.trunk(self.version6)
        else:
            connection = ((near.place[0], self.world.client_port()), far.place)
        hop = Hop(near, far, "TCP", connection)
        hop.name = self.pick("TCP", "TCP", "TLS")
        return hop

    def use_plain_path(self):
        """For stories that need one hop over UDP."""
        near, far = self.path[0].near, self.path[-1].far
        self.path = [Hop(near, far)]

    # Messages

    def emit(self, message, time):
        hop = message.transaction.hop
        if not hop.seen:
            return
        if not (self.version6 or hop.relay or hop.transport == "TCP") and self.chance(0.01):
            # Twice at once, but as two packets; IPv6 could not tell that from a duplicate in the capture.
            self.world.send(time + self.rng.randint(1500, 4500), message, message.source, message.target, self)
        if hop.relay:
            self.world.send(time, message, message.source, hop.relay, self)
            self.world.send(time + self.rng.randint(100, 900), message, hop.relay, message.target, self)
        else:
            self.world.send(time, message, message.source, message.target, self)

    def again(self, messages, time):
        """The same messages once more, one hop after the other."""
        for message in messages:
            self.emit(message, time)
            time += self.latency

    def branch_of(self, party):
        if party.old is not None:
            return party.old
        return f";branch=z9hG4bK{party.sloppy or self.copied_branch or self.token(12)}"

    def send(self, method, side="caller", path=None, to_tag=None, cseq=None, branch=None, below=(), attempt=None,
             **more):
        """A request from one user to the other: its transaction on each hop, in that order."""
        outward = side == "caller"
        path = path or self.path
        if cseq is None:
            self.cseq[side] += 1
            cseq = self.cseq[side]
        to_tag = to_tag or self.to_tag
        if method in ("INVITE", "CANCEL") and more.pop("initial", False):
            to_tag = None
        tags = (self.line.tag, to_tag) if outward else (to_tag, self.line.tag)
        people = self.people if outward else self.people[::-1]
        uri = more.pop("uri", None)
        transactions, below = [], list(below)
        self.copied_branch = self.copied_branch and self.token(12)
        for hop in (path if outward else path[::-1]):
            sender, target = (hop.near, hop.far) if outward else (hop.far, hop.near)
            transaction = Transaction(
                hop, outward, method, cseq, self.line.call_id, tags, line=self.line if self.is_call else None,
                sender=side, branch=branch or self.branch_of(sender), below=below, people=people,
                uri=uri or f"sip:{people[1]}@{target.host}:{target.place[1]}",
                attempt=attempt or (transactions[0] if transactions else None), **more)
            below = [transaction.via_value(reply=True), *transaction.below]
            transactions.append(transaction)
        for number, transaction in enumerate(transactions):
            transaction.sent = self.clock
            self.emit(transaction.request_to_send(), self.clock)
            self.step()
            if method == "INVITE" and number + 1 < len(transactions):
                self.reply([transaction], 100, delay=0)
        return transactions

    def send_late_repeats(self, transaction):
        """The request again and again, until its first response."""
        if transaction.heard is None and transaction.hop.transport == "UDP" and transaction.method != "ACK":
            for time in INVITE_TIMES if transaction.method == "INVITE" else OTHER_TIMES:
                if transaction.sent + time < self.clock:
                    self.emit(transaction.request_message, transaction.sent + time + self.rng.randint(0, 3000))

    def give_up(self, transactions, after=LIMIT):
        """No response comes."""
        self.clock = transactions[0].sent + after
        for transaction in transactions:
            self.send_late_repeats(transaction)

    def reply(self, transactions, status, tag=None, delay=None, rseq=None, extra=""):
        """A response on its way back, to where the request came from; a 100 goes one hop. Gives the messages."""
        if delay is None:
            delay = self.rng.uniform(1, 60) if self.chance(0.95) else self.rng.uniform(500, 5000)
        self.clock += int(delay * MS)
        last = transactions[-1]
        if not hasattr(last, "tag"):
            last.tag = last.to_tag or self.token(5)
        tag = last.to_tag if status == 100 else tag or last.tag
        if last.initial and 100 < status < 300:
            self.to_tag = tag
        messages = []
        for transaction in transactions[-1:] if status == 100 else transactions[::-1]:
            self.send_late_repeats(transaction)
            message = transaction.response_to_send(status, tag, rseq, extra)
            self.emit(message, self.clock)
            if self.chance(0.02) and transaction.hop.transport == "UDP" and transaction.heard is None and \
                    (status < 200) == (transaction.method == "INVITE"):
                # It didn't arrive, so the request comes again.
                time = transaction.sent + next(t for t in OTHER_TIMES if transaction.sent + t > self.clock + 20 * MS)
                self.emit(transaction.request_message, time)
                self.emit(message, time + self.latency)
            transaction.heard = self.clock
            if status >= 200:
                transaction.done = self.clock
            messages.append(message)
            self.step()
        return messages

    def wait_for_ack(self, repeat, acks, done, reliable):
        """When the ACK goes off: in good time, late, or twice as the first didn't arrive."""
        time = done + self.latency + self.rng.randint(0, 2000)
        if reliable:
            acks(time)
        elif self.chance(0.04):
            late = time + self.rng.randint(600 * MS, 9 * SECOND)
            for moment in OTHER_TIMES:
                if done + moment < late - 30 * MS:
                    repeat(done + moment)
            acks(late)
            time = late
        else:
            acks(time)
            if self.chance(0.04):
                moment = next(m for m in OTHER_TIMES if done + m > time + 20 * MS)
                repeat(done + moment)
                acks(done + moment + 40 * MS + self.latency)
        self.clock = max(self.clock, time + self.latency)

    def refuse(self, transactions, status, **more):
        """A final response that is no 2xx, with the ACK on each hop."""
        finals = self.reply(transactions, status, **more)
        for transaction, final in zip(transactions[::-1], finals):
            ack = transaction.ack_to_send(more.get("tag") or transactions[-1].tag)
            self.wait_for_ack(lambda time, m=final: self.emit(m, time), lambda time, m=ack: self.emit(m, time),
                              transaction.done, transaction.hop.transport == "TCP")

    def accept(self, transactions, side="caller", tag=None, branch=None, **more):
        """A 200, and the ACK that goes all the way."""
        finals = self.reply(transactions, 200, tag=tag, **more)
        self.confirm(transactions, finals, side, tag, branch)
        return finals

    def confirm(self, transactions, finals, side="caller", tag=None, branch=None):
        sent = []

        def ack(time):
            if not sent:
                self.clock = max(time, self.clock)
                sent.extend(t.request_message for t in self.send(
                    "ACK", side, path=[t.hop for t in (transactions if side == "caller" else transactions[::-1])],
                    to_tag=tag, cseq=transactions[0].cseq, branch=branch))
            else:
                self.again(sent, time)
        self.wait_for_ack(lambda time: self.again(finals, time), ack, self.clock,
                          any(t.hop.transport == "TCP" for t in transactions))

    def cancel(self, transaction, status=200, delay=None, tag=None):
        """A CANCEL on one hop, and its response."""
        cancel = Transaction(transaction.hop, transaction.outward, "CANCEL", transaction.cseq, transaction.call_id,
                             (transaction.from_tag, transaction.to_tag), line=transaction.line,
                             sender=transaction.sender, branch=transaction.branch, people=transaction.people,
                             uri=transaction.uri, cancels=transaction)
        cancel.sent = self.clock
        self.emit(cancel.request_to_send(), self.clock)
        self.step()
        if status:
            self.reply([cancel], status, tag, delay)
        return cancel

    # What most calls have in common

    def invite(self, **more):
        transactions = self.send("INVITE", initial=True, **more)
        if self.chance(0.6):
            self.reply(transactions, 100)
        return transactions

    def ring(self, transactions, **more):
        self.reply(transactions, self.pick(180, 180, 183, 181), **more)
        self.wait(50, 8000)

    def talk(self):
        self.wait(20, 40000) if self.chance(0.8) else self.wait(20, 200)

    def hang_up(self, side=None, status=200):
        side = side or self.pick("caller", "callee")
        transactions = self.send("BYE", side)
        self.reply(transactions, status)
        return transactions

    def answer(self, ring=0.7):
        """A call up to its ACK."""
        transactions = self.invite()
        if self.chance(ring):
            self.ring(transactions)
        self.accept(transactions)
        return transactions

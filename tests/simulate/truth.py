"""What FIELDS.md wants shown, by what was told: no message is read here.

A sight is one message in one frame of the capture. Each sight gets the values of its
fields; a field that it should not have is absent.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import math

from story import LIMIT, MS

FIELDS = ["transaction", "transaction.method", "request_in", "response_in", "response_time", "retransmission_of",
          "duplicate_of", "call", "call.outcome", "call.post_dial_delay", "call.setup_time", "call.duration",
          "call.released_by"]
EXPERTS = ["no_response", "no_ack", "retransmission", "duplicate", "failure.challenge", "failure.expected",
           "failure.client", "failure.server", "failure.global"]
UNFINISHED, ANSWERED, COMPLETED, BUSY, CANCELLED, REJECTED, FAILED, SILENT, REDIRECTED, CHALLENGED = range(10)


class Sight:
    __slots__ = ("frame", "time", "message", "unit", "order", "duplicate_of", "retransmission_of", "values")

    def __init__(self, frame, time, unit):
        self.frame, self.time, self.unit, self.message = frame, time, unit, unit.message
        self.duplicate_of = self.retransmission_of = None


class Call:
    def __init__(self, number):
        self.number = number
        self.invites, self.cancels = [], set()      # transactions
        self.answer = self.bye = self.latest_bye = self.acknowledged = self.ringing = None     # first sights
        self.outcome = self.dialled = None


class Truth:
    """Follows a capture from its first frame to its last."""

    def __init__(self, frames):
        self.end = frames[-1].time
        self.sights = [Sight(number, frame.time, unit)
                       for number, frame in enumerate(frames, 1) for unit in frame.units]
        self.transactions, self.calls = [], []
        self.confirmed, self.byes = {}, {}     # first sight of an ACK by what it acknowledges; BYEs by dialog
        self.packets = {}
        for order, sight in enumerate(self.sights):
            sight.order = order
            self.follow(sight)
        for transaction in self.transactions:
            if transaction.call is None and transaction.line and transaction.line.calls:
                transaction.call = transaction.line.calls[0]
        for sight in self.sights:
            self.gather(sight)
        for call in self.calls:
            self.judge(call)
        for sight in self.sights:
            sight.values = dict(self.fields(sight))

    # In the order of the capture

    def follow(self, sight):
        message, transaction = sight.message, sight.message.transaction
        self.compare(sight)
        if transaction.number is None:
            transaction.number = len(self.transactions)
            self.transactions.append(transaction)
            if transaction.line and transaction.line.calls:
                transaction.call = transaction.line.calls[-1]
        if message.kind != "ack":
            transaction.only_ack = False
        if message.kind == "request":
            if transaction.request is None:
                transaction.request = sight
                self.begin(transaction)
            if transaction.method == "ACK":
                self.confirmed.setdefault(message.ack, sight)
        elif message.kind == "response":
            transaction.responded = True
            if message.status >= 200 and transaction.final is None:
                transaction.final = sight
            if transaction.call and transaction.initial and 200 <= message.status < 300:
                transaction.call.answer = transaction.call.answer or sight
        else:
            transaction.acknowledged = transaction.acknowledged or sight

    def begin(self, transaction):
        """With the first sight of its request."""
        call = transaction.call
        if transaction.initial and transaction.line:
            call = transaction.line.calls[-1] if transaction.line.calls else None
            if call is None or (call.answer and call.bye):
                call = Call(len(self.calls))
                self.calls.append(call)
                transaction.line.calls.append(call)
            transaction.call = call
            call.invites.append(transaction)
        elif transaction.method == "BYE":
            dialog = (transaction.call_id, transaction.from_tag, transaction.to_tag)
            self.byes.setdefault(dialog, []).append(transaction)
            if call:
                call.bye = call.bye or transaction.request

    def compare(self, sight):
        """With what was seen before of the same packet and of the same message."""
        unit, message = sight.unit, sight.message
        direction = (unit.source[0], unit.target[0])
        if direction[0] == direction[1]:
            direction = (unit.source, unit.target)
        # IPv6 has no identification that would tell one packet from the next.
        packet = (message, unit.source, unit.target, ":" in unit.source[0] or unit.packet)
        if packet in self.packets and sight.time - self.packets[packet][1].time <= 5 * MS:
            sight.duplicate_of = self.packets[packet][0]
            sight.retransmission_of = sight.duplicate_of.retransmission_of
            self.packets[packet] = (sight.duplicate_of, sight)
        else:
            self.packets[packet] = (sight, sight)
            first = message.first.get(direction)
            provisional = message.status is not None and message.status < 200
            if first and not (provisional and sight.time - message.latest[direction].time > LIMIT):
                sight.retransmission_of = first
            else:
                message.first[direction] = sight
        message.latest[direction] = sight

    # With all of the capture at hand

    @staticmethod
    def gather(sight):
        message, transaction = sight.message, sight.message.transaction
        call = transaction.call
        if call is None:
            return
        if transaction.method == "CANCEL":
            call.cancels.add(transaction)
        elif message.kind == "response" and transaction.initial:
            if 180 <= message.status < 190:
                call.ringing = call.ringing or sight
            elif 200 <= message.status < 300 and (call.answer is None or sight.frame < call.answer.frame):
                call.answer = sight
        elif message.kind == "request":
            if transaction.method == "ACK":
                call.acknowledged = sight
            elif transaction.method == "BYE":
                call.latest_bye = sight
                if call.bye is None or sight.frame < call.bye.frame:
                    call.bye = sight

    def judge(self, call):
        """The outcome, and what ended the wait for the callee."""
        nearest = min(transaction.vias for transaction in call.invites)
        deciding = [t for t in call.invites if t.vias == nearest][-1]
        final = call.answer or deciding.final
        if not final and not call.acknowledged:
            # What comes back from a hop further on, if nothing rings there any more.
            behind = [t for t in call.invites if t.attempt is deciding.attempt and t is not deciding]
            ends = [t.final for t in behind if t.final]
            final = ends[-1] if ends and all(t.final or not t.responded for t in behind) else None
        call.dialled = call.ringing or final
        status = final.message.status if final else None
        given_up = any(t.cancels.attempt is deciding.attempt for t in call.cancels) or \
            (call.latest_bye and call.latest_bye.frame > deciding.request.frame)
        if call.answer or (not final and call.acknowledged):
            call.outcome = COMPLETED if call.bye else ANSWERED
        elif final is None:
            silent = not deciding.responded and self.end - deciding.request.time >= LIMIT
            call.outcome = CANCELLED if given_up else SILENT if silent else UNFINISHED
        elif status in (486, 600):
            call.outcome = BUSY
        elif status == 487:
            call.outcome = CANCELLED
        elif status in (480, 603, 607, 608):
            call.outcome = REJECTED
        elif status in (401, 407, 494):
            call.outcome = CHALLENGED
        else:
            call.outcome = REDIRECTED if status < 400 else FAILED

    def failure(self, transaction, status):
        """The expert info that a response raises."""
        if status in (401, 407, 494):
            return "challenge"
        if status in (487, 491, 422, 423) or (status == 481 and self.crossed(transaction)):
            return "expected"
        return {4: "client", 5: "server", 6: "global"}.get(status // 100)

    def crossed(self, transaction):
        """Whether a CANCEL met a final response, or a BYE another BYE."""
        if transaction.method == "CANCEL":
            invite = transaction.cancels
            if not invite.final:
                return False
            ack = self.confirmed.get(invite.final.message.ack) if invite.final.message.ack else invite.acknowledged
            return transaction.request is not None and (ack is None or transaction.request.order < ack.order)
        # On whatever hop: each side's first BYE, and its first final response.
        (asked, answered), (asked_too, answered_too) = (
            (min((t.request.order for t in byes), default=None),
             min((t.final.order for t in byes if t.final), default=math.inf))
            for byes in (self.byes.get((transaction.call_id, *tags), [])
                         for tags in ((transaction.from_tag, transaction.to_tag),
                                      (transaction.to_tag, transaction.from_tag))))
        return transaction.method == "BYE" and None not in (asked, asked_too) and \
            asked < answered_too and asked_too < answered

    def fields(self, sight):
        message, transaction, frame = sight.message, sight.message.transaction, sight.frame
        request, status = transaction.request, message.status
        yield "transaction", transaction.number
        yield "transaction.method", "ACK" if transaction.only_ack else transaction.method
        if message.kind == "response":
            if request:
                yield "request_in", request.frame
                if request.frame < frame and request.time <= sight.time:
                    yield "response_time", sight.time - request.time
            failure = self.failure(transaction, status)
            if failure:
                yield "failure." + failure, 1
            if message.ack and 200 <= status < 300 and sight is self.first_of(message) and \
                    message.ack not in self.confirmed and self.end - sight.time >= LIMIT:
                yield "no_ack", 1
        elif message.kind == "request" and transaction.method != "ACK":
            if transaction.final:
                yield "response_in", transaction.final.frame
            if sight is request and not transaction.responded and transaction.method != "BENOTIFY" and \
                    self.end - sight.time >= LIMIT:
                yield "no_response", 1
        if sight.retransmission_of:
            yield "retransmission_of", sight.retransmission_of.frame
            yield "retransmission", 1
        if sight.duplicate_of:
            yield "duplicate_of", sight.duplicate_of.frame
            yield "duplicate", 1
        if transaction.call:
            yield from self.call_fields(transaction.call, transaction, frame)

    @staticmethod
    def first_of(message):
        return min(message.first.values(), key=lambda sight: sight.frame)

    @staticmethod
    def call_fields(call, transaction, frame):
        first = call.invites[0].request
        yield "call", call.number
        yield "call.outcome", call.outcome
        if call.dialled and first.frame < call.dialled.frame <= frame:
            yield "call.post_dial_delay", call.dialled.time - first.time
        if call.answer and first.frame < call.answer.frame <= frame:
            yield "call.setup_time", call.answer.time - first.time
        if transaction.method == "BYE":
            yield "call.released_by", transaction.sender
            if call.answer and call.bye and call.answer.frame < call.bye.frame:
                yield "call.duration", call.bye.time - call.answer.time

"""The situations: each function tells one, with what follows it and how often it comes."""
# SPDX-License-Identifier: GPL-2.0-or-later

from messages import Hop
from story import LIMIT, MS, OTHER_TIMES, SECOND

STORIES = {}    # name: (weight, function)


def situation(weight):
    def keep(function):
        STORIES[function.__name__] = (weight, function)
        return function
    return keep


# Calls that come to an end of their own

@situation(20)
def answered(s):
    s.answer()
    s.talk()
    s.hang_up()


@situation(5)
def refused(s):
    invite = s.invite()
    if s.chance(0.4):
        s.ring(invite)
    s.refuse(invite, s.pick(486, 486, 600, 603, 480, 607, 608, 404, 403, 484, 488, 410, 408, 415, 420, 500, 502, 503,
                            504, 604, 606, 487, 300))


@situation(5)
def cancelled(s):
    invite = s.invite()
    if s.chance(0.7):
        s.ring(invite)
    for transaction in invite:
        s.cancel(transaction)
    if s.chance(0.9):
        s.refuse(invite, 487)


@situation(2)
def cancel_crosses_answer(s):
    """The CANCEL goes off before the ACK, a little before or after the 200."""
    s.use_plain_path()
    invite = s.invite()
    s.ring(invite)
    start = s.clock
    status = s.pick(481, 200)
    finals = s.reply(invite, 200)
    after = s.clock
    s.clock = start + s.rng.randint(0, after - start)
    s.cancel(invite[0], status)
    s.clock = max(s.clock, after) + 50 * MS
    s.confirm(invite, finals)
    s.wait(1, 300)
    if s.chance(0.8):
        s.hang_up("caller")


@situation(2)
def cancel_crosses_busy(s):
    s.use_plain_path()
    invite = s.invite()
    s.ring(invite)
    start = s.clock
    s.clock += s.rng.randint(-s.latency, s.latency)
    s.cancel(invite[0], s.pick(481, 200), delay=2)
    s.clock = start
    s.refuse(invite, s.pick(486, 603), delay=s.rng.randint(0, 10))


@situation(1)
def cancel_too_late(s):
    """The final response and its ACK came first."""
    s.use_plain_path()
    invite = s.invite()
    if s.chance(0.5):
        s.refuse(invite, 486)
    else:
        s.accept(invite)
    s.wait(20, 300)
    s.cancel(invite[0], 481)


@situation(1)
def cancel_of_nothing(s):
    """Its INVITE was never in the capture, or at all."""
    s.use_plain_path()
    s.path[0].seen = False
    invite = s.invite()
    s.path[0].seen = True
    s.cancel(invite[0], s.pick(481, 481, 200))


@situation(2)
def byes_cross(s):
    s.fragile = len(s.path) > 1     # else it can look crossed on one hop alone
    s.answer()
    s.talk()
    start = s.clock
    first = s.send("BYE", "caller")
    s.clock = start + s.rng.randint(0, 2 * s.latency)
    second = s.send("BYE", "callee")
    statuses = s.pick((481, 481), (481, 200), (200, 481), (200, 200))
    s.reply(first, statuses[0], delay=s.rng.randint(0, 10))
    s.reply(second, statuses[1], delay=s.rng.randint(0, 10))


@situation(1)
def bye_after_bye(s):
    """Whoever answered the other's BYE says BYE himself."""
    s.fragile = len(s.path) > 1
    s.answer()
    s.talk()
    sides = s.pick(("caller", "callee"), ("callee", "caller"))
    s.hang_up(sides[0], s.pick(200, 200, 481))
    s.wait(20, 1000)
    s.hang_up(sides[1], s.pick(481, 481, 200))


@situation(1)
def bye_stray(s):
    """The dialog is unknown, so this is no call of the capture."""
    s.to_tag = s.token()
    s.hang_up("caller", 481)


@situation(1)
def bye_early(s):
    invite = s.invite()
    s.ring(invite)
    s.hang_up("caller")
    if s.chance(0.6):
        s.refuse(invite, 487)


# Attempts that are followed by others

@situation(6)
def challenged(s):
    invite = s.invite()
    s.refuse(invite, s.pick(401, 407, 407, 494), tag=s.token())
    if s.chance(0.2):
        return
    s.wait(1, 200)
    header = 'Authorization: Digest username="alice", realm="example.com", nonce="8", uri="sip:x", response="0"\r\n'
    invite = s.invite(extra=header)
    ending = s.pick("answer", "refuse", "again", "nothing", "cancel")
    if ending == "answer":
        s.ring(invite)
        s.accept(invite)
        s.talk()
        s.hang_up()
    elif ending == "refuse":
        s.refuse(invite, s.pick(403, 486, 404))
    elif ending == "again":
        s.refuse(invite, 407)
    elif ending == "nothing":
        s.give_up(invite, s.rng.randint(1, 32) * SECOND)
    else:
        s.ring(invite)
        for transaction in invite:
            s.cancel(transaction)


@situation(2)
def session_too_short(s):
    s.refuse(s.invite(extra="Session-Expires: 90\r\nSupported: timer\r\n"), 422, tag=s.token())
    if s.chance(0.8):
        s.answer()
        s.hang_up()


@situation(2)
def redirected(s):
    s.refuse(s.invite(), s.pick(301, 302, 305), tag=s.token())
    if s.chance(0.6):
        s.wait(5, 100)
        s.path = [Hop(s.path[0].near, s.server())]
        if s.chance(0.7):
            s.answer()
            s.hang_up()
        else:
            s.refuse(s.invite(), 486)


@situation(3)
def failover(s):
    """One server says 503 or nothing, so the next gets the INVITE: a new branch, and the same CSeq or the next."""
    s.use_plain_path()
    near = s.path[0].near
    if s.chance(0.2):
        near.old, s.fragile = "", True      # the Request-URI alone tells its INVITEs apart
    for attempt in range(s.pick(1, 1, 2)):
        invite = s.send("INVITE", initial=True, cseq=s.cseq["caller"])
        if s.chance(0.5):
            s.refuse(invite, 503, tag=s.token())
        else:
            s.give_up(invite, s.rng.randint(400, 5000) * MS)
        s.cseq["caller"] += s.pick(0, 1)
        s.path = [Hop(near, s.server(10 + attempt))]
        if s.fragile:
            s.wait(10000, 11000)    # nothing of the last attempt comes now
    invite = s.send("INVITE", initial=True, cseq=s.cseq["caller"])
    if s.chance(0.2):
        s.give_up(invite)
        return
    s.ring(invite)
    s.accept(invite)
    s.talk()
    s.hang_up()


# What goes on during a call

@situation(6)
def requests_in_dialog(s):
    s.answer()
    for _ in range(s.rng.randint(1, 4)):
        s.talk()
        side = s.pick("caller", "callee")
        kind = s.pick("INVITE", "UPDATE", "INFO", "REFER")
        if kind == "INVITE":
            invite = s.send("INVITE", side)
            if s.chance(0.4):
                s.reply(invite, 180)
            if s.chance(0.1):
                s.reply(invite, 200)    # and no ACK
            elif s.chance(0.8):
                s.accept(invite, side)
            else:
                s.refuse(invite, s.pick(488, 500))
        elif kind == "UPDATE":
            s.reply(s.send("UPDATE", side), s.pick(200, 200, 500))
        elif kind == "REFER":
            s.reply(s.send("REFER", side, extra="Refer-To: <sip:carol@example.com>\r\n"), 202)
            other = "callee" if side == "caller" else "caller"
            for line in ("100 Trying", "200 OK"):
                s.reply(s.send("NOTIFY", other, extra="Event: refer\r\nSubscription-State: active\r\n",
                               body=("message/sipfrag", f"SIP/2.0 {line}\r\n")), 200)
        else:
            infos = []
            for digit in range(s.rng.randint(1, 4)):
                infos.append(s.send("INFO", side, extra="Info-Package: dtmf\r\n",
                                    body=("application/dtmf-relay", f"Signal={digit}\r\n")))
                s.wait(0, 30)
            s.rng.shuffle(infos)
            for info in infos:
                s.reply(info, s.pick(200, 200, 415))
    if s.chance(0.9):
        s.hang_up()


@situation(2)
def glare(s):
    """Both ask at once, with the same CSeq number."""
    s.use_plain_path()
    s.answer()
    s.wait(100, 5000)
    cseq = max(s.cseq.values()) + 1
    start = s.clock
    first = s.send("INVITE", "caller", cseq=cseq)
    s.clock = start + s.rng.randint(0, 2 * s.latency)
    second = s.send("INVITE", "callee", cseq=cseq)
    s.cseq = {"caller": cseq, "callee": cseq}
    s.refuse(first, 491, delay=1)
    s.refuse(second, 491, delay=1)
    s.wait(10, 2000)
    side = s.pick("caller", "callee")
    s.accept(s.send("INVITE", side), side)
    s.hang_up()


@situation(3)
def reliable_provisionals(s):
    invite = s.invite(extra="Supported: 100rel\r\n")
    rseq = s.rng.randint(1, 9000)
    for _ in range(s.rng.randint(1, 3)):
        status = s.pick(183, 183, 180)
        messages = s.reply(invite, status, rseq=rseq)
        if s.chance(0.3):
            s.again(messages, s.clock + 500 * MS)
            s.clock += 600 * MS
        cseq = invite[0].cseq
        s.reply(s.send("PRACK", extra=f"RAck: {rseq} {cseq} INVITE\r\n"), 200)
        rseq += 1
        s.wait(5, 2000)
    s.accept(invite)
    s.talk()
    s.hang_up()


@situation(2)
def long_ringing(s):
    """Each minute a 1xx comes again, which is no retransmission; but right after one, or sooner, it is."""
    invite = s.invite()
    messages = s.reply(invite, s.pick(180, 183))
    for _ in range(s.rng.randint(1, 3)):
        s.wait(*s.pick((59000, 61000), (59000, 61000), (33000, 34000), (12000, 22000)))
        s.again(messages, s.clock)
        if s.chance(0.5):
            s.again(messages, s.clock + s.rng.randint(300, 6000) * MS)
        s.wait(6100, 9000)
    if s.chance(0.5):
        s.accept(invite)
        s.hang_up()
    else:
        s.refuse(invite, s.pick(480, 486))


# Forks

@situation(3)
def forked(s):
    """A proxy beyond the capture forks: several To tags answer one INVITE, and perhaps two of them with a 200."""
    s.use_plain_path()
    invite = s.invite()
    tags = [s.token(5) for _ in range(s.rng.randint(2, 3))]
    for tag in tags:
        s.reply(invite, s.pick(180, 183), tag=tag)
        s.wait(5, 500)
    if s.chance(0.15):      # a stateless proxy passes on all that comes
        s.fragile = True
        s.refuse(invite, 486, tag=s.token(5))
    answering = tags[:s.pick(1, 2)]
    for tag in answering:
        s.wait(0, 300)
        s.accept(invite, tag=tag)
    for tag in reversed(answering):
        s.wait(5, 3000)
        s.to_tag = tag
        s.hang_up("caller")


def behind(s, front):
    """The INVITE as the path's first server sends it on to another."""
    return s.send("INVITE", initial=True, path=[Hop(s.path[0].far, s.server())], cseq=front[0].cseq,
                  attempt=front[0], below=[front[0].via_value(reply=True)])


@situation(3)
def forking_proxy(s):
    """It calls two phones at once and cancels one of them; both sides of it are in the capture."""
    s.use_plain_path()
    front = s.send("INVITE", initial=True)
    s.reply(front, 100, delay=0)
    legs = behind(s, front) + behind(s, front)
    for leg in legs:
        s.reply([leg], 180)
        s.reply(front, 180, tag=leg.tag, delay=1)
    winner, loser = s.rng.sample(legs, 2)
    s.wait(50, 4000)
    busy = s.chance(0.3)
    if busy:
        s.refuse([loser], 486)
    finals = s.reply([winner], 200) + s.reply(front, 200, tag=winner.tag, delay=1)
    s.to_tag = winner.tag
    s.path = [s.path[0], winner.hop]
    s.confirm([front[0], winner], finals)
    if not busy:
        s.cancel(loser)
        s.refuse([loser], 487)
    s.to_tag = winner.tag
    s.talk()
    s.hang_up()


@situation(3)
def serial_proxy(s):
    """It tries one server after the other, and gives the caller the last response."""
    s.use_plain_path()
    front = s.send("INVITE", initial=True)
    s.reply(front, 100, delay=0)
    for _ in range(s.rng.randint(1, 2)):
        leg = behind(s, front)
        if s.chance(0.6):
            s.refuse(leg, s.pick(503, 500, 404))
        else:
            s.give_up(leg, 4 * SECOND)
    leg = behind(s, front)
    ending = s.pick("answer", "busy", "silence")
    if ending == "busy":
        s.refuse(leg, 486)
        s.refuse(front, 486, tag=leg[0].tag, delay=1)
    elif ending == "silence":
        s.give_up(leg)
        s.refuse(front, 408)
    else:
        s.reply(leg, 180)
        s.reply(front, 180, tag=leg[0].tag, delay=1)
        finals = s.reply(leg, 200) + s.reply(front, 200, tag=leg[0].tag, delay=1)
        s.path = [s.path[0], leg[0].hop]
        s.confirm([front[0], leg[0]], finals)
        s.talk()
        s.hang_up()


# What is missing

@situation(3)
def unanswered(s):
    invite = s.send("INVITE", initial=True)
    s.give_up(invite)
    if len(invite) == 1 and s.path[0].transport == "UDP" and not s.path[0].relay and s.chance(0.3):
        s.world.send_quote(invite[0].sent + 300, invite[0].request_message, s)


@situation(2)
def never_acknowledged(s):
    invite = s.invite()
    s.ring(invite)
    start = s.clock
    finals = s.reply(invite, 200)
    if not any(t.hop.transport == "TCP" for t in invite):
        for time in OTHER_TIMES:
            s.again(finals, s.clock + time)
    s.clock = start + LIMIT + 100 * MS
    if s.chance(0.7):
        s.hang_up("callee")


# Senders with habits of their own

@situation(2)
def call_id_used_again(s):
    """By the next call, or within the same one."""
    s.fragile = True
    kind = s.pick("refused", "early", "answered", "answered", "answered")
    if kind == "refused":
        s.refuse(s.invite(), 486)
    elif kind == "early":
        invite = s.invite()
        s.ring(invite)
        s.hang_up("caller")
        s.refuse(invite, 487)
    else:
        s.answer(ring=1)    # else the next attempt's 18x would end the wait
        if s.chance(0.7):
            s.talk()
            s.hang_up()
    s.wait(20, 8000)
    s.to_tag = None
    if s.chance(0.7):
        s.answer()
        s.talk()
        s.hang_up()
    else:
        s.refuse(s.invite(), s.pick(486, 404, 407))


@situation(2)
def branch_used_again(s):
    """By each request of one sender: CSeq alone tells them apart, and that an ACK comes after a 2xx."""
    s.fragile = True
    for hop in s.path:
        hop.near.sloppy = s.token(9)
        hop.far.sloppy = s.token(9)
    s.answer()
    s.talk()
    s.reply(s.send("INFO", s.pick("caller", "callee")), 200)
    s.hang_up()


@situation(1)
def twins(s):
    """Two calls at once that only their Call-IDs tell apart."""
    s.use_plain_path()
    s.fragile = True
    s.path[0].near.sloppy = s.token(9)
    cseq, tag, line, start = dict(s.cseq), s.line.tag, s.line, s.clock
    s.answer()
    s.hang_up("caller")
    s.clock, s.cseq, s.to_tag = start + s.rng.randint(0, 300) * MS, cseq, None
    s.line = type(line)("other" + line.call_id, tag)
    s.answer()
    s.hang_up("caller")


@situation(2)
def call_id_handed_on(s):
    """A border controller makes a second call, whose Call-ID is the first one's, but whose tags are its own."""
    front = s.invite()
    first, path = s.line, s.path
    s.line, s.path = type(first)(first.call_id, s.token()), [Hop(path[-1].far, s.server())]
    leg = s.invite()
    s.ring(leg)
    busy = s.chance(0.3)
    s.refuse(leg, 486) if busy else s.accept(leg)
    second, s.line, s.path, s.to_tag, tag = s.line, first, path, None, s.to_tag
    s.refuse(front, 486) if busy else s.accept(front)
    if not busy:
        s.talk()
        s.hang_up("caller")
        s.line, s.path, s.to_tag = second, [leg[0].hop], tag
        s.hang_up("caller")


@situation(2)
def ack_with_branch_of_invite(s):
    s.use_plain_path()
    s.fragile = True
    invite = s.invite()
    s.accept(invite, branch=invite[0].branch)
    s.talk()
    s.hang_up()


@situation(3)
def old_senders(s):
    """RFC 2543: the Via has no branch, or one without the magic cookie."""
    s.use_plain_path()
    s.fragile = True
    for party in (s.path[0].near, s.path[0].far):
        party.old = s.pick("", ";branch=1", ";branch=abc.7")
    ending = s.pick("answer", "answer", "refuse", "cancel", "retry")
    if ending == "retry":
        s.refuse(s.invite(), 407, tag=s.token())
    if ending in ("answer", "retry"):
        s.answer()
        if s.chance(0.5):
            s.reply(s.send("INFO", s.pick("caller", "callee")), 200)
        s.talk()
        s.hang_up()
        return
    invite = s.invite()
    if ending == "cancel":
        s.ring(invite)
        s.cancel(invite[0])
    s.refuse(invite, 487 if ending == "cancel" else 486)


# No calls

OUTSIDE = {"REGISTER": (200, 200, 401, 423, 403, 404, 500), "OPTIONS": (200, 200, 404, 483, 503, 486),
           "SUBSCRIBE": (200, 202, 489, 481), "NOTIFY": (200, 481), "MESSAGE": (200, 202, 404, 480, 603),
           "PUBLISH": (200, 423, 412, 501), "BENOTIFY": ()}
EXTRA = {"SUBSCRIBE": "Event: presence\r\nExpires: 600\r\n", "PUBLISH": "Event: presence\r\nExpires: 60\r\n",
         "NOTIFY": "Event: presence\r\nSubscription-State: active;expires=600\r\n",
         "BENOTIFY": "Event: presence\r\nSubscription-State: active;expires=600\r\n"}


@situation(14)
def outside_of_calls(s):
    s.is_call = False
    method = s.pick(*OUTSIDE)
    body = ("", "")
    if method == "MESSAGE":
        body = ("text/plain", "Hello")
    elif method == "PUBLISH":
        body = ("application/pidf+xml", "<presence/>")
    if method in ("NOTIFY", "BENOTIFY"):
        s.to_tag = s.token()
    uri = "sip:example.com" if method == "REGISTER" else None
    for _ in range(2):
        transactions = s.send(method, extra=EXTRA.get(method, ""), body=body, uri=uri)
        if not OUTSIDE[method]:
            return
        if s.chance(0.08):
            s.give_up(transactions)
            return
        status = s.pick(*OUTSIDE[method])
        s.reply(transactions, status)
        if status not in (401, 423):
            return
        s.wait(1, 300)


@situation(2)
def nested(s):
    """A message within another takes no part, though it could be one of a call that goes on."""
    invite = s.answer()
    s.talk()
    quoted = invite[0].request_message.data.decode()
    line, s.is_call, s.to_tag, tag = s.line, False, None, s.to_tag
    s.line = type(line)("outer" + line.call_id, s.token())
    s.reply(s.send("MESSAGE", body=("message/sip", quoted)), 200)
    s.line, s.is_call, s.to_tag = line, True, tag
    s.hang_up()

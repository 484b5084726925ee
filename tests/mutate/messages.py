"""Ways to break a SIP message, each of bytes to bytes, by somebody who knows SIP.

A message that is wrong in one place goes deeper into a program than noise does: each way
changes one thing, and most messages get few of them.
"""
# SPDX-License-Identifier: GPL-2.0-or-later

import pathlib
import re

REGISTRIES = pathlib.Path(__file__).resolve().parents[2] / "plugin" / "sip"


def registered(file, pattern):
    return [name.encode() for name in re.findall(pattern, (REGISTRIES / file).read_text(encoding="utf-8"), re.MULTILINE)]


METHODS = registered("methods.def", r'^SIP_METHOD\(\w+, "(\w+)"') + [b"invite", b"FOO", b"M" * 40, b"", b"A.-!%*_+`'~"]
CODES = registered("status_codes.def", r"^SIP_\w+\((\d{3})\b") + [b"000", b"099", b"700", b"999", b"20", b"2000", b"-1", b"x"]
NAMES = registered("headers.def", r'^SIP_HEADER\(\w+, "([^"]+)"')
COMPACT = {b"call-id": b"i", b"contact": b"m", b"content-length": b"l", b"content-type": b"c", b"from": b"f",
           b"subject": b"s", b"supported": b"k", b"to": b"t", b"via": b"v"}

NUMBERS = [b"0", b"1", b"-1", b"007", b"70", b"255", b"256", b"65535", b"65536", b"1048576", b"1048577", b"2147483647",
           b"2147483648", b"4294967295", b"4294967296", b"9223372036854775807", b"9223372036854775808",
           b"18446744073709551615", b"18446744073709551616", b"9" * 400, b"1.5", b"1e9", b"0x10", b"", b" ", b"\xd9\xa3"]

NOT_UTF8 = [b"\xff", b"\xc0\x80", b"\xc3", b"\xe2\x82", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80",
            b"\x80" * 50]

PIECES = NOT_UTF8 + [bytes([byte]) for byte in b"\0\r\n\t \"<>;,:@%\\()[]{}=?&/*+-.0aZ\x7f"] + [
    b"\r\n", b"\r\n\r\n", b"\n\n", b"\r\n ", b"%zz", b"%00", b"\\\"", b"//", b"sip:", b"tel:", b"urn:service:sos", b"SIP/2.0",
    b"[2001:db8::1]", b"\xe2\x80\xae", b"\x1b[2J", b"\xef\xbb\xbf", b"%s%n", b"z9hG4bK", b";branch=", b";tag=", b"<>", b"\"\""]

VALUES = [b"", b" ", b",", b";", b"*", b"\"", b"<", b"<sip:", b"<sip:bob@example.com", b"sip:bob@[::", b"1 INVITE", b"INVITE",
          b"4294967295 ACK", b"Q.850;cause=16", b"SIP;cause=200;text=\"x", b"Q.850 ;cause=999;text=,;;;cause",
          b"399 example.com \"why\"", b"SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", b"SIP / 2.0 / TCP [::1]:99999;received=;rport",
          b"SIP/3.0/SCTP h;branch=", b"multipart/mixed;boundary=", b"multipart/mixed;boundary=\"b\"", b"application/sdp",
          b"message/sip", b"message/sipfrag;version=2.0", b"text/plain;charset=utf-7", b"120 (upgrade in progress);duration=1",
          b"Digest realm=\"a\", nonce=\"b", b"Sat, 13 Nov 2010 23:29:00 GMT", b"(((comment \\) ", b"active;expires=99999999999"]

MOST = 60000    # a datagram can't be much longer


def shortened(data):
    return data[:MOST]


def parts(message):
    """Lines of the header section, with their ends, and the body."""
    head, end, body = message.partition(b"\r\n\r\n")
    return (head + end[:2]).splitlines(keepends=True) or [b""], end[2:] + body


def with_line(rng, message, change):
    """The message after change(lines, number of a line) has changed its header section."""
    lines, rest = parts(message)
    change(lines, rng.randrange(len(lines)))
    return b"".join(lines) + rest


def row(rng, name=None):
    return (name or rng.choice(NAMES)) + rng.choice((b": ", b": ", b":", b" : ", b"\t:\t", b" ")) + rng.choice(VALUES) + b"\r\n"


# The rows of the header section

def swap_rows(rng, message, _):
    def change(lines, at):
        other = rng.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    return with_line(rng, message, change)


def double_row(rng, message, _):
    times = rng.choice((1, 1, 2, 10, 101, 1001))

    def change(lines, at):
        lines[at:at] = [lines[at]] * times
    return with_line(rng, message, change)


def drop_row(rng, message, _):
    def change(lines, at):
        del lines[at]
    return with_line(rng, message, change)


def insert_row(rng, message, _):
    return with_line(rng, message, lambda lines, at: lines.insert(at, row(rng)))


def replace_value(rng, message, _):
    def change(lines, at):
        name, colon, _ = lines[at].partition(b":")
        if colon:
            lines[at] = name + b": " + rng.choice(VALUES) + b"\r\n"
    return with_line(rng, message, change)


def take_row(rng, message, others):
    """A row of another message: its Via, CSeq, Call-ID or tags, so that they seem to belong together."""
    lines = parts(rng.choice(others))[0]
    return with_line(rng, message, lambda mine, at: mine.__setitem__(at, rng.choice(lines)))


def take_identity(rng, message, others):
    """All that says to which transaction or dialog a message belongs, or all but one of it."""
    other = rng.choice(others)
    keep = rng.choice((b"Via", b"CSeq", b"Call-ID", b"From", b"To", b"none"))
    for name in (b"Via", b"CSeq", b"Call-ID", b"From", b"To"):
        pattern = re.compile(rb"^" + name + rb"[ \t]*:[^\r\n]*", re.IGNORECASE | re.MULTILINE)
        found = pattern.search(other)
        if found and name != keep:
            message = pattern.sub(lambda _, text=found[0]: text, message, count=1)
    return message


def rename_row(rng, message, _):
    def change(lines, at):
        name, colon, value = lines[at].partition(b":")
        if colon:
            lines[at] = rng.choice((COMPACT.get(name.strip().lower(), name), name.upper(), name.lower(), name + b" ", b"",
                                    rng.choice(NAMES))) + colon + value
    return with_line(rng, message, change)


def fold_row(rng, message, _):
    def change(lines, at):
        place = rng.randrange(len(lines[at]) + 1)
        lines[at] = lines[at][:place] + rng.choice((b"\r\n ", b"\r\n\t", b"\n ", b"\r\n \r\n ")) * rng.choice((1, 1, 500)) \
            + lines[at][place:]
    return with_line(rng, message, change)


# Where lines and messages end

def break_lines(rng, message, _):
    """Ends of lines that are missing, doubled, or others, at some or at all places."""
    other = rng.choice((b"", b"\r", b"\n", b"\n\r", b"\r\r\n", b" \r\n", b"\r\n\r\n", b"\0"))
    share = rng.choice((0.1, 0.5, 1))
    return re.sub(rb"\r\n", lambda end: other if rng.random() < share else end[0], message)


def content_length(rng, message, _):
    number = rng.choice(NUMBERS + [b"%d" % max(0, len(parts(message)[1]) - 2 + rng.choice((-1, 1, -7, 40)))])
    return re.sub(rb"(?im)^(content-length|l)[ \t]*:[^\r\n]*", lambda found: found[1] + b": " + number, message, count=1)


def cut(rng, message, _):
    return message[:rng.randrange(len(message) + 1)]


def behead(rng, message, _):
    return message[rng.randrange(len(message) + 1):]


def in_front(rng, message, others):
    return rng.choice((b"\r\n", b"\r\n\r\n", b"\0\0\0\0", b" ", b"\t", b"\n" * 300, b"\xef\xbb\xbf", b"jaK",
                       cut(rng, rng.choice(others), others))) + message


def behind(rng, message, others):
    return message + rng.choice((b"\r\n", b"\0", b"\r\n\r\n", b"more", rng.choice(others)))


# What stands in rows

def number(rng, message, _):
    """One number, or all of them, become an extreme one."""
    found = list(re.finditer(rb"\d+", message))
    if not found:
        return message
    chosen = rng.choice(found).span() if rng.random() < 0.9 else None
    return re.sub(rb"\d+", lambda one: rng.choice(NUMBERS) if chosen in (None, one.span()) else one[0], message)


def repeat_parameter(rng, message, _):
    """The same or a new parameter, header of a URI, or list value, up to thousands of times."""
    found = list(re.finditer(rb"[;?&,][^;?&,\r\n<>]{1,60}", message))
    if not found:
        return message
    one = rng.choice(found)
    times = rng.choice((2, 65, 101, 1500, 5000))
    repeated = b"".join(one[0] + (b"%d" % n if times < 200 else b"") for n in range(times))
    return shortened(message[:one.end()] + repeated + message[one.end():])


def piece(rng, message, _):
    """Some bytes that mean something somewhere, put in somewhere."""
    for _ in range(rng.choice((1, 1, 2, 8))):
        place = rng.randrange(len(message) + 1)
        message = message[:place] + rng.choice(PIECES) * rng.choice((1, 1, 1, 3, 300)) + message[place + rng.choice((0, 0, 1)):]
    return shortened(message)


def not_utf8(rng, message, _):
    place = rng.randrange(len(message) + 1)
    return message[:place] + rng.choice(NOT_UTF8) + message[place:]


def noise(rng, message, _):
    data = bytearray(message)
    for _ in range(rng.choice((1, 3, 30))):
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def long_token(rng, message, _):
    place = rng.randrange(len(message) + 1)
    return shortened(message[:place] + rng.choice((b"x", b"%41", b"\"", b"(", b"<", b"\\", b"9", b" ", b",", b";", b"\xc3\xa9"))
                     * rng.choice((64, 65, 255, 256, 257, 4000, 30000)) + message[place:])


def splice(rng, message, others):
    """The front of one message and the end of another."""
    return cut(rng, message, others) + behead(rng, rng.choice(others), others)


def start_line(rng, message, _):
    spaces = rng.choice((b" ", b" ", b" ", b"  ", b"\t", b""))
    version = rng.choice((b"SIP/2.0", b"SIP/2.0", b"sip/2.0", b"SIP/3.1", b"SIP/", b"HTTP/1.1", b""))
    code, method = rng.choice(CODES), rng.choice(METHODS)
    uri = rng.choice((b"sip:bob@example.com", b"sips:bob:secret@[::1]:5061;lr?a=b", b"tel:+1-201", b"*", b"", b"sip:", b"sip:@",
                      b"urn:service:sos", b"sip:a b@c", b"http://example.com"))
    line = rng.choice((spaces.join((method, uri, version)),
                       spaces.join((version, code, rng.choice((b"OK", b"", b"\xff", b"Busy " * 200))))))
    return re.sub(rb"\A[^\r\n]*", lambda _: line, message, count=1)


# Messages in messages

def nest(rng, message, others):
    """Another message, or the same, as the body, also many times over."""
    inner = rng.choice(others)
    for _ in range(rng.choice((1, 1, 2, 9, 30))):
        kind = rng.choice((b"message/sip", b"message/sipfrag", b"multipart/mixed;boundary=b"))
        if kind.startswith(b"multipart"):
            inner = b"--b\r\nContent-Type: message/sip\r\n\r\n" + inner + rng.choice((b"\r\n--b--\r\n", b"\r\n--b", b""))
        head = b"".join(line for line in parts(message)[0]
                        if not re.match(rb"(?i)(content-type|content-length|c|l)[ \t]*:", line))
        inner = shortened(head + b"Content-Type: " + kind + b"\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner)
    return inner


WAYS = [swap_rows, double_row, drop_row, insert_row, replace_value, take_row, take_identity, take_identity, rename_row,
        fold_row, break_lines, content_length, content_length, cut, behead, in_front, behind, number, number,
        repeat_parameter, piece, piece, not_utf8, noise, long_token, splice, start_line, start_line, nest]


def mutated(rng, message, others):
    """The message, broken in some ways, perhaps in none; others are messages to take parts from."""
    for _ in range(rng.choice((0, 0, 1, 1, 1, 2, 3, 8))):
        message = shortened(rng.choice(WAYS)(rng, message, others))
    return message

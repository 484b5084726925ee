"""Messages between alice and bob for captures that are made as they are needed."""
# SPDX-License-Identifier: GPL-2.0-or-later


def sip(line, cseq, call, branch="z9hG4bKodd", to_tag=None, extra="", body="", kind="application/sdp", sender="alice",
        via=True):
    """A request without its version, or a response. All parts are text or bytes; responses have a To tag, unless
    another is given."""
    line, cseq, call, branch, to_tag, extra, body, kind, sender = (
        part.encode() if isinstance(part, str) else part
        for part in (line, cseq, call, branch, to_tag, extra, body, kind, sender))
    request = not line.startswith(b"SIP/")
    if to_tag is None:
        to_tag = b"" if request else b"b"
    return b"".join((line, b" SIP/2.0" if request else b"", b"\r\n",
                     b"Via: SIP/2.0/UDP 192.0.2.10;branch=" + branch + b"\r\n" if via else b"",
                     b"Max-Forwards: 70\r\n" if request else b"",
                     b"From: <sip:", sender, b"@example.com>;tag=a\r\n",
                     b"To: <sip:bob@example.com>", b";tag=" + to_tag if to_tag else b"",
                     b"\r\nCall-ID: ", call, b"\r\nCSeq: ", cseq, b"\r\n", extra,
                     b"Content-Type: " + kind + b"\r\n" if body else b"",
                     b"Content-Length: %d\r\n\r\n" % len(body), body))

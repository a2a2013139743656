"""PDF files written by hand, object by object, so that a test can say exactly what is in them."""

import hashlib
import zlib
from collections.abc import Mapping, Sequence

PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(extra: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    """The one page: object 3, with its content in object 4 and its font in object 5."""
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> " + extra + b" >>"
    )


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """A stream object with its length."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def deflated(content: bytes, extra: bytes = b"") -> bytes:
    """A stream object packed with Flate."""
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode " + extra)


def pdf(
    *,
    catalog: bytes = b"",
    content: bytes = b"BT /F1 24 Tf 50 700 Td (Toezegging) Tj ET",
    page_object: bytes | None = None,
    more: Sequence[bytes] = (),
    trailer: bytes = b"",
) -> bytes:
    """A PDF of one page; `more` are objects from number 6 on, the rest are extra keys."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        PAGES,
        page_object or page(),
        stream(content),
        FONT,
        *more,
    ]
    return written(dict(enumerate(objects, start=1)), trailer)


def written(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """The objects as a file with a classic cross-reference table."""
    body = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, text in objects.items():
        offsets[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = len(body)
    body += b"xref\n0 1\n0000000000 65535 f \n"
    for number, offset in offsets.items():
        body += b"%d 1\n%010d 00000 n \n" % (number, offset)
    size = max(objects) + 1
    body += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (size, trailer)
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % table)


def packed_pdf(catalog: bytes, hidden: bytes) -> bytes:
    """A PDF 1.5 whose object 6 stands inside a packed object stream (number 7)."""
    first = b"6 0 "
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        2: PAGES,
        3: page(),
        4: stream(b""),
        5: FONT,
        7: deflated(first + hidden, b"/Type /ObjStm /N 1 /First %d" % len(first)),
    }
    body = bytearray(b"%PDF-1.5\n")
    rows = {0: (0, 0, 65535), 6: (2, 7, 0)}
    for number, text in objects.items():
        rows[number] = (1, len(body), 0)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = len(body)
    rows[8] = (1, table, 0)
    packed = b"".join(
        kind.to_bytes(1) + place.to_bytes(4) + index.to_bytes(2)
        for _, (kind, place, index) in sorted(rows.items())
    )
    body += b"8 0 obj\n%s\nendobj\n" % stream(packed, b"/Type /XRef /Size 9 /W [1 4 2] /Root 1 0 R")
    return bytes(body + b"startxref\n%d\n%%%%EOF\n" % table)


def locked_pdf(*, opens_without_password: bool) -> bytes:
    """A PDF under the oldest standard lock (RC4, 40 bits), with or without a password."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    owner, file_id, rights = b"o" * 32, b"0123456789abcdef", -4
    password = b"" if opens_without_password else b"geheim"
    padded = (password + padding)[:32]
    key = hashlib.md5(padded + owner + rights.to_bytes(4, "little", signed=True) + file_id).digest()
    user = rc4(key[:5], padding)
    lock = b"<< /Filter /Standard /V 1 /R 2 /P %d /O <%s> /U <%s> >>" % (
        rights,
        owner.hex().encode(),
        user.hex().encode(),
    )
    ids = b"[<%s> <%s>]" % (file_id.hex().encode(), file_id.hex().encode())
    return pdf(more=[lock], trailer=b"/Encrypt 6 0 R /ID " + ids)


def rc4(key: bytes, text: bytes) -> bytes:
    """The RC4 cipher, which only the oldest lock of a PDF still uses."""
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    out = bytearray()
    for byte in text:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)

"""附件 PDF: a photo's dots and how to draw them; place, day, maker and all else that it says go.

Bytes in, bytes out, for JPEG (ITU-T T.81) and JPEG 2000 (T.800): what each part is called decides
whether it is kept, and what follows the end of the photo is no part of it.
"""

import re

SOI, EOI, SCAN = b"\xff\xd8", b"\xff\xd9", 0xDA
MARKER = re.compile(rb"\xff[^\x00\xff]")
"""Whatever stands between two parts, fill bytes among it, every reader passes over."""
END_OF_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
ALONE = {0x01, *range(0xD0, 0xD8)}
OF_DOTS = {*range(0xC0, 0xD0), *range(0xDA, 0xE0)} - {0xC8}
COLOURS = {0xE0: (b"JFIF\0", 12, b"\0\0"), 0xEE: (b"Adobe", 12, b"")}
"""Whether its dots are RGB, without the small picture behind; a PDF says the rest itself."""

CODESTREAM, TILE, TILE_DOTS, CODESTREAM_END = b"\xff\x4f", b"\xff\x90", b"\xff\x93", b"\xff\xd9"
COMMENT, LENGTHS = b"\xff\x64", b"\xff\x55"
BOXES = {b"jP  ", b"ftyp", b"rreq", b"jp2h", b"jp2c"}
HEADER_BOXES = {b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res "}


class Unreadable(ValueError):
    """No photo whose parts can be told apart."""


def plain_jpeg(raw: bytes) -> bytes:
    """All scans of the photo and what they need; one that breaks off within a scan ends there."""
    if raw[:2] != SOI:
        raise Unreadable
    kept, at, scans = bytearray(SOI), 2, 0
    while (found := MARKER.search(raw, at)) and found[0] != EOI:
        kind, at = found[0][1], found.end()
        if kind in ALONE:
            continue
        end = _end(raw, at)
        if found[0] == SOI:
            raise Unreadable
        kept += _of_jpeg(kind, raw[at + 2 : end])
        at = end
        if kind == SCAN:
            stop = END_OF_SCAN.search(raw, at)
            at = stop.start() if stop else len(raw)
            kept += raw[end:at]
            scans += 1
    if not scans:
        raise Unreadable
    return bytes(kept + EOI)


def _of_jpeg(kind: int, words: bytes) -> bytes:
    """The part anew, or nothing when it is a remark."""
    if kind in COLOURS:
        name, size, no_picture = COLOURS[kind]
        if not words.startswith(name):
            return b""
        words = words[:size] + no_picture
    elif kind not in OF_DOTS:
        return b""
    return bytes([0xFF, kind]) + (len(words) + 2).to_bytes(2) + words


def _end(raw: bytes, at: int) -> int:
    """Where the part ends whose length stands here."""
    size = int.from_bytes(raw[at : at + 2])
    if size < 2 or at + size > len(raw):
        raise Unreadable
    return at + size


def plain_jpeg_2000(raw: bytes) -> bytes:
    """The boxes that say how to draw it, and its dots without comments."""
    if raw[:2] == CODESTREAM:
        return _plain_codestream(raw)
    kept = _boxes(raw, BOXES)
    if b"jp2c" not in kept:
        raise Unreadable
    return kept


def _boxes(raw: bytes, names: set[bytes]) -> bytes:
    kept, at = bytearray(), 0
    while at < len(raw):
        size, name, head = int.from_bytes(raw[at : at + 4]), raw[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(raw[at + 8 : at + 16]), 16
        end = at + size if size else len(raw)
        if end < at + head or end > len(raw):
            raise Unreadable
        if name in names:
            inside = raw[at + head : end]
            if name == b"jp2h":
                inside = _boxes(inside, HEADER_BOXES)
            elif name == b"jp2c":
                inside = _plain_codestream(inside)
            kept += (len(inside) + 8).to_bytes(4) + name + inside
        at = end
    return bytes(kept)


def _plain_codestream(raw: bytes) -> bytes:
    """Tile after tile; each says its own length, so what stands behind the last one is left."""
    if raw[:2] != CODESTREAM:
        raise Unreadable
    kept = bytearray(CODESTREAM)
    first = at = _header(raw, 2, TILE, kept)
    while raw[at : at + 2] == TILE:
        size, tile = int.from_bytes(raw[at + 6 : at + 10]), bytearray(raw[at : at + 12])
        dots = _header(raw, at + 12, TILE_DOTS, tile)
        last = raw.find(CODESTREAM_END, dots)
        end = at + size if size else (last if last >= 0 else len(raw))
        if not dots <= end <= len(raw):
            raise Unreadable
        tile += raw[dots:end]
        tile[6:10] = len(tile).to_bytes(4)
        kept += tile
        at = end
    if at == first:
        raise Unreadable
    return bytes(kept + CODESTREAM_END)


def _header(raw: bytes, at: int, until: bytes, kept: bytearray) -> int:
    """What stands before the dots is kept without comments; where the next thing begins."""
    while (marker := raw[at : at + 2]) != until:
        end = _end(raw, at + 2)
        if marker not in (COMMENT, LENGTHS):
            kept += raw[at:end]
        at = end
    return at

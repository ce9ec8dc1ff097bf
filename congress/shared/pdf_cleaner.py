"""附件 PDF: the child process that draws a sent PDF anew. PDF in, its page count and PDF out.

Run as a file of its own (`clean_pdf` does), so that a hostile PDF costs one small process: what
takes too long or too much is ended by the kernel. What is kept is what a page shows: its
contents, its fonts, its pictures. Scripts, actions, links, files, forms, names and dates are left.
"""

import re
import resource
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

if __name__ == "__main__":  # alone, the child knows no other file of ours
    sys.path.append(str(Path(__file__).parents[2]))
from congress.shared.plain_photo import Unreadable, plain_jpeg, plain_jpeg_2000

SECONDS = 6
MEMORY = 768 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_OF_A_STREAM = 160 * 1024 * 1024
MOST_OF_ALL = 640 * 1024 * 1024
"""What the packed parts may unpack to: a page of 300 dpi in colour is 26 MB."""
CHUNK = 64 * 1024
END = b"%%EOF"
TAIL = 2048

DONE, ENCRYPTED, PAGES, LARGE, BROKEN, UNREADABLE = 0, 10, 11, 12, 13, 14
"""How the process ends; the parent has a sentence for each."""

OF_A_PAGE = {
    *("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit"),
    *("/Resources", "/Contents", "/Group"),
}
RESOURCES = {"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading"}
"""What a page draws with; names of layers, which are gone, and all else that a writer adds go."""
PLAIN, OF_RESOURCES, NAMED, PICTURES = range(4)
"""What a dictionary is: in one that is named the writer chose the keys, and /A is no action."""
DRAWN = {"/Image", "/Form"}
ACTIVE = {
    *("/A", "/AA", "/OpenAction", "/JS", "/JavaScript", "/URI", "/Names", "/Dests", "/Next"),
    *("/EF", "/AF", "/EmbeddedFiles", "/RF", "/Ref", "/OPI", "/Alternates", "/RichMediaContent"),
    *("/AcroForm", "/XFA", "/Annots", "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/B"),
    *("/StructParent", "/StructParents", "/PZ", "/PresSteps", "/VP", "/Measure"),
}
FORBIDDEN_TYPES = {"/Action", "/Filespec", "/EmbeddedFile", "/Annot", "/Catalog", "/ObjStm"}
JPEG = ("/DCTDecode", "/DCT")
PHOTO = dict.fromkeys(JPEG, Name.DCTDecode) | {"/JPXDecode": Name.JPXDecode}
INLINE = re.compile(rb"/F(?:ilter)?\s*\[?[^\]]{0,60}?/DCT")
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")
"""A stream whose bytes are in another file."""


class Bad(Exception):
    """No PDF that can be kept; the code says why."""


def clean(sent: bytes, most_pages: int) -> bytes:
    """How many pages, a line break, and the pages alone, drawn into a new file."""
    if END not in sent[-TAIL:]:
        raise Bad(BROKEN)
    try:
        with Pdf.open(BytesIO(sent)) as found:
            if found.is_encrypted:
                raise Bad(ENCRYPTED)
            if not 0 < len(found.pages) <= most_pages:
                raise Bad(PAGES if len(found.pages) else BROKEN)
            return b"%d\n" % len(found.pages) + _drawn_anew(found)
    except pikepdf.PasswordError as fault:
        raise Bad(ENCRYPTED) from fault
    except MemoryError as fault:
        raise Bad(LARGE) from fault
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError) as fault:
        raise Bad(BROKEN) from fault


def _drawn_anew(found: Pdf) -> bytes:
    """Stamps and filled fields become part of the page, as they are on paper."""
    found.flatten_annotations("screen")
    found.remove_unreferenced_resources()
    fresh = Pdf.new()
    for page in found.pages:
        for key in set(page.obj.keys()) - OF_A_PAGE:
            del page.obj[key]
        fresh.pages.append(page)
    _leave_out(fresh)
    out = BytesIO()
    fresh.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _leave_out(fresh: Pdf) -> None:
    """Everything that the pages lead to is looked at once, in whichever order; no recursion."""
    waiting: list[tuple[Object, int]] = [(page.obj, PLAIN) for page in fresh.pages]
    seen: set[tuple[tuple[int, int], int]] = set()
    unpacked = 0
    while waiting:
        each, kind = waiting.pop()
        if each.is_indirect:
            if (each.objgen, kind) in seen:
                continue
            seen.add((each.objgen, kind))
        if isinstance(each, Array):
            waiting += [(item, PLAIN) for item in _items(each)]
        elif isinstance(each, Dictionary | Stream):
            waiting += list(_kept(each, kind))
        if isinstance(each, Stream):
            _without_remarks(each)
            unpacked += _size(each)
            _without_photos(each)
            if unpacked > MOST_OF_ALL:
                raise Bad(LARGE)


def _items(row: Any) -> list[Any]:
    """Numbers and words in a row lead nowhere."""
    return [item for item in row if isinstance(item, Dictionary | Stream | Array)]


def _kept(holder: Object, kind: int) -> Iterator[tuple[Object, int]]:
    """What stays of a dictionary or a stream's dictionary."""
    for key in list(holder.keys()):
        value = holder[key]
        if _goes(holder, kind, key, value) or _is_forbidden(value):
            del holder[key]
        elif isinstance(value, Dictionary | Stream | Array) and key != "/Parent":
            yield value, _kind_of(kind, key)


def _goes(holder: Object, kind: int, key: str, value: object) -> bool:
    if kind == NAMED:
        return False
    if kind == OF_RESOURCES:
        return key not in RESOURCES or not isinstance(value, Dictionary)
    if kind == PICTURES:
        return not isinstance(value, Stream) or str(value.get("/Subtype", "")) not in DRAWN
    if key == "/Resources" and not isinstance(value, Dictionary):
        return True
    return key in ACTIVE or (isinstance(holder, Stream) and key in OUTSIDE)


def _kind_of(kind: int, key: str) -> int:
    """Of what stands under that key in a dictionary of this kind."""
    if kind == OF_RESOURCES:
        return PICTURES if key == "/XObject" else NAMED
    if kind == PLAIN:
        return {"/Resources": OF_RESOURCES, "/CharProcs": NAMED}.get(key, PLAIN)
    return PLAIN


def _is_forbidden(value: object) -> bool:
    if not isinstance(value, Dictionary | Stream):
        return False
    return str(value.get("/Type", "")) in FORBIDDEN_TYPES or value.get("/Subtype") == Name.PS


def _filters(stream: Stream) -> list[str]:
    names: Any = stream.get("/Filter", [])
    return [str(each) for each in names] if isinstance(names, Array) else [str(names)]


def _without_remarks(stream: Stream) -> None:
    """A photo says no more where, when and with what it was taken, however it was packed."""
    *outer, last = _filters(stream) or [""]
    if last not in PHOTO:
        if any(name in PHOTO for name in outer):
            raise Bad(UNREADABLE)
        return
    raw, (*_, turned) = _unpacked(stream, outer)
    try:
        plain = plain_jpeg(raw) if last in JPEG else plain_jpeg_2000(raw)
    except Unreadable as fault:
        raise Bad(UNREADABLE) from fault
    parms = Dictionary(ColorTransform=turned.get("/ColorTransform")) if turned else None
    stream.write(plain, filter=PHOTO[last], decode_parms=parms)


def _unpacked(stream: Stream, outer: list[str]) -> tuple[bytes, list[Any]]:
    """The photo as its camera wrote it, and what each filter is told."""
    found: Any = stream.get("/DecodeParms")
    told: list[Any] = list(found) if isinstance(found, Array) else [found]
    told = (told + [None] * len(outer))[: len(outer) + 1]
    if not outer:
        return stream.read_raw_bytes(), told
    apart = Pdf.new()
    packed = Stream(apart, b"")
    packed.write(stream.read_raw_bytes(), filter=Array([Name(name) for name in outer]))
    _size(packed)
    return packed.read_bytes(), told


def _without_photos(stream: Stream) -> None:
    """A photo among the words of a page keeps its remarks: no printer puts one there."""
    if stream.get("/Subtype") == Name.Image or any(name in PHOTO for name in _filters(stream)):
        return
    if INLINE.search(stream.read_bytes()):
        raise Bad(UNREADABLE)


def _size(stream: Stream) -> int:
    """How many bytes it unpacks to; too many, or none that can be unpacked, are refused."""
    if stream.get("/Subtype") == Name.Image:
        pixels = int(stream.get("/Width", 0)) * int(stream.get("/Height", 0))
        if pixels > MOST_PIXELS:
            raise Bad(LARGE)
    names = _filters(stream)
    if names[:1] not in (["/FlateDecode"], ["/Fl"]):
        packed = any(name in ("/LZWDecode", "/RunLengthDecode", "/FlateDecode") for name in names)
        size = len(stream.read_bytes()) if packed else len(stream.read_raw_bytes())
    else:
        size = _inflated(stream.read_raw_bytes())
        if any(name in ("/FlateDecode", "/LZWDecode", "/RunLengthDecode") for name in names[1:]):
            raise Bad(LARGE)  # packed twice: no printer does that
    if size > MOST_OF_A_STREAM:
        raise Bad(LARGE)
    return size


def _inflated(raw: bytes) -> int:
    """Counted while it is unpacked, a chunk at a time; nothing of it is kept."""
    unpacker, size, left = zlib.decompressobj(), 0, raw
    try:
        while left and not unpacker.eof:
            size += len(unpacker.decompress(left, CHUNK))
            left = unpacker.unconsumed_tail
            if size > MOST_OF_A_STREAM:
                raise Bad(LARGE)
    except zlib.error as fault:
        raise Bad(BROKEN) from fault
    return size


def main() -> int:
    """`pdf_cleaner.py MOST_PAGES`, the file by standard input and output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        kept = clean(sys.stdin.buffer.read(), int(sys.argv[1]))
    except Bad as bad:
        return int(bad.args[0])
    except MemoryError:
        return LARGE
    sys.stdout.buffer.write(kept)
    return DONE


if __name__ == "__main__":
    sys.exit(main())

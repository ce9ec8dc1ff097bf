"""字库: a font file is read where it lies, not copied into every document.

WeasyPrint 70 takes a copy of each face's whole file (27 MB of the title face alone) although only
a subset of it is embedded. Six faces are 100 MB of every worker and a twentieth of a file's time.
"""

from typing import Any

from weasyprint.pdf import fonts
from weasyprint.text import fonts as library
from weasyprint.text.ffi import ffi, harfbuzz

WHOLE = 1 << 20
"""From this many bytes on it is a file of the system's; what a document embeds is far smaller."""


def face_data(hb_object: Any, *of_glyph: Any) -> Any:
    """As the library's, but of a whole font file a view: good as long as the face itself.

    The face belongs to the document's font map, and whoever reads the view has the document.
    """
    if not of_glyph:
        blob, length = harfbuzz.hb_face_reference_blob(hb_object), ffi.new("unsigned int *")
        data = harfbuzz.hb_blob_get_data(blob, length)
        harfbuzz.hb_blob_destroy(blob)  # the face keeps its own reference
        if length[0] >= WHOLE:
            return ffi.buffer(data, length[0])
    return library.get_hb_object_data(hb_object, *of_glyph)


def as_bytes(part: object) -> object:
    """A face that was embedded whole after all is copied then."""
    return bytes(part) if isinstance(part, ffi.buffer) else part


fonts.get_hb_object_data = face_data  # type: ignore[attr-defined]  # the name it looks up

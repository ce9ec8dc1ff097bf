"""What papers show beyond words: `{% load paper %}`."""

import io
import logging
from base64 import b64encode

from django import template
from django.db.models.fields.files import FieldFile
from PIL import Image

register = template.Library()
SIDE, QUALITY = 900, 70
"""Clear on half a page; a session's volume stays small."""
log = logging.getLogger(__name__)


@register.filter
def on_paper(picture: FieldFile) -> str:
    """A stored picture as an address that a paper may open; empty when its file is gone."""
    out = io.BytesIO()
    try:
        with picture.open("rb") as stored, Image.open(stored) as found:
            found.draft("RGB", (SIDE, SIDE))
            found.thumbnail((SIDE, SIDE))
            found.convert("RGB").save(out, "JPEG", quality=QUALITY)
    except OSError:
        log.warning("A picture for a paper cannot be read: %s", picture.name)
        return ""
    return f"data:image/jpeg;base64,{b64encode(out.getvalue()).decode()}"

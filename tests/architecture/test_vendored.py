"""Files of others are kept as they were made: each is the one whose digest stands here."""

from hashlib import sha256
from pathlib import Path

from django.conf import settings

FILES = {
    "qr.min.js": "213fb94f89bf600ae0a58ac03c862d2e805e8c824eaab43e3710f7009eab5ac8",
    "htmx.min.js": "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717",
}
SCRIPTS = Path(settings.BASE_DIR, "static", "js")


def test_each_vendored_script_is_the_one_that_was_looked_at_and_has_its_licence():
    found = {each.name for each in SCRIPTS.glob("*.min.js")}
    assert found == set(FILES)
    for name, digest in FILES.items():
        assert sha256(SCRIPTS.joinpath(name).read_bytes()).hexdigest() == digest
        assert SCRIPTS.joinpath(name.replace(".min.js", ".LICENSE.txt")).exists()
    assert "sha512-" in SCRIPTS.joinpath("qr.LICENSE.txt").read_text()

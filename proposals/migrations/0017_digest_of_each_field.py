"""A signature's digest keeps the fields of its text apart: NUL between them, no blank line."""

from django.db import migrations

NUL = r"'\x00'::bytea"
LINES = r"'\x0a0a'::bytea"


def _digest(between: str) -> str:
    words = (f"convert_to({name}, 'UTF8')" for name in ("title", "facts", "request"))
    return f"encode(sha256({f' || {between} || '.join(words)}), 'hex')"


def _anew(was: str, now: str) -> list[str]:
    """Of every signature whose text is known, the proposal's own or a former one."""
    signed = """
        UPDATE proposals_cosignature SET digest = text.now FROM (
            SELECT id AS proposal_id, {was} AS was, {now} AS now FROM proposals_proposal
            UNION SELECT proposal_id, {was}, {now} FROM proposals_formertext
        ) text
        WHERE text.proposal_id = proposals_cosignature.proposal_id
            AND text.was = proposals_cosignature.digest
    """
    former = "UPDATE proposals_formertext SET digest = {now} WHERE digest = {was}"
    digests = {"was": _digest(was), "now": _digest(now)}
    return [each.format(**digests) for each in (signed, former)]


class Migration(migrations.Migration):

    dependencies = [
        ("proposals", "0016_what_stood_at_the_signature"),
    ]

    operations = [
        migrations.RunSQL(_anew(LINES, NUL), _anew(NUL, LINES)),
    ]

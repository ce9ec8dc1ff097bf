"""What may be public, by name: a field that is added to these is a decision."""

from dataclasses import fields

from proposals.queries import origins, public, public_follow, public_keys, public_page


def test_only_what_stands_in_these_lists_is_public():
    assert [field.name for field in fields(public.Row)] == [
        *("number", "title", "short_title", "lead", "delegation", "unit", "short_unit", "step"),
        *("last", "stops", "light", "due", "outcome", "outcome_name", "outcome_meaning", "key"),
        *("carried", "raised_again"),
    ]
    assert [field.name for field in fields(public_page.Page)] == [
        *(
            "number",
            "title",
            "kind",
            "session",
            "office",
            "lead",
            "lead_code",
            "delegation",
            "signatures",
        ),
        *(
            "year",
            "light",
            "state",
            "stops",
            "step",
            "now",
            "facts",
            "request",
            "handlers",
            "due",
            "why",
        ),
        *(
            "future",
            "events",
            "replies",
            "follows",
            "raises",
            "withheld",
            "origins",
            "keys",
            "carried",
        ),
    ]
    assert public_keys.PublicKey._fields == (
        *("year", "who", "over", "answers", "planned", "sites"),
    )
    assert public_keys.PublicAnswer._fields == ("stage", "when", "unit", "words")
    assert origins.Origin._fields == ("head", "number", "title", "words", "here", "key")
    assert public_page.Answered._fields == (
        *(
            "unit",
            "words",
            "letter",
            "file_number",
            "when",
            "outcome",
            "outcome_name",
            "outcome_meaning",
            "became",
            "formers",
        ),
    )
    assert public_page.Former._fields == (
        *("version", "letter", "when", "outcome", "outcome_name", "outcome_meaning"),
    )
    assert public_follow.PublicStep._fields == (
        *("when", "words", "moved", "light", "badge", "colour", "report"),
    )
    assert public_follow.PublicFollow._fields == (
        *("unit", "outcome", "outcome_name", "outcome_meaning", "upgraded", "revoked", "kept"),
        *("steps", "upgrades", "again", "looks_on", "open_words"),
    )
    assert public_follow.Again._fields == ("number", "title", "words", "explained")
    assert public_page.Event._fields == ("when", "weekday", "seal", "colour", "title", "words")
    assert [field.name for field in fields(public_page.Handler)] == [
        *("role", "unit", "unit_pk", "due", "leads", "light", "words")
    ]

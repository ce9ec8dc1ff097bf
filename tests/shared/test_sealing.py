"""密封: opens with its key at its place alone, and its length tells nothing."""

import pytest

from congress import environment
from congress.shared import sealing
from congress.shared.sealing import Sealed, UnreadableSeal

OLD, NEW = {1: b"a" * 16}, {1: b"a" * 16, 2: b"b" * 16}


def test_what_is_sealed_opens_at_its_place_alone(settings):
    settings.RATING_KEYS = OLD
    kept = sealing.seal("满意".encode(), "reply/7")
    assert sealing.unseal(kept, "reply/7").decode() == "满意"
    moved = {"place": (kept, "reply/8"), "bytes": (Sealed(1, kept.data[:-1] + b"x"), "reply/7")}
    for sealed, place in (*moved.values(), (Sealed(9, kept.data), "reply/7")):
        with pytest.raises(UnreadableSeal):
            sealing.unseal(sealed, place)


def test_every_seal_is_as_long_as_another_and_none_is_like_another():
    sealed = [sealing.seal(each, "here") for each in (b"", b"yes", b"\x80", b"\0" * 40, b"n" * 900)]
    assert len({len(each.data) for each in sealed}) == 1
    assert sealing.seal(b"yes", "here") != sealed[1]
    assert [sealing.unseal(each, "here") for each in sealed][2:4] == [b"\x80", b"\0" * 40]


def test_a_newer_key_seals_and_the_older_still_opens(settings):
    settings.RATING_KEYS = OLD
    kept = sealing.seal(b"yes", "here")
    settings.RATING_KEYS = NEW
    assert (sealing.newest_key(), sealing.seal(b"no", "here").key) == (2, 2)
    assert sealing.unseal(kept, "here") == b"yes"
    settings.RATING_KEYS = {2: NEW[2]}
    with pytest.raises(UnreadableSeal):
        sealing.unseal(kept, "here")


def test_a_code_is_read_however_people_copy_it():
    code = sealing.code_of("0" * 4 + "e8d4a51001" + "0" * 50)
    assert code == f"{0xE8D4A5100100 % 10**12:012d}"[:4] + code[4:]
    assert len(code) == 14
    assert sealing.as_code(f" {code.replace('-', ' ')} ") == code
    wide = str.maketrans({chr(low): chr(low + 0xFEE0) for low in range(0x21, 0x7F)})
    assert sealing.as_code(code.translate(wide)) == code
    assert sealing.as_code(code.replace("-", "—")) == code


@pytest.mark.parametrize("said", ["1:short", "x:" + "0" * 32, f"1:{'0' * 32},1:{'0' * 32}", "1"])
def test_a_key_that_is_none_stops_the_start(monkeypatch, said):
    monkeypatch.setenv("RATING_KEYS", said)
    with pytest.raises(ValueError, match=r"RATING_KEYS|hexadecimal"):
        environment.keys("RATING_KEYS")


def test_keys_come_from_the_variable_or_from_the_file(monkeypatch, tmp_path):
    file = tmp_path / "keys"
    file.write_text(f"1:{'0a' * 16}\n2:{'0b' * 16}\n", "utf-8")
    monkeypatch.delenv("RATING_KEYS", raising=False)
    monkeypatch.setenv("RATING_KEYS_FILE", str(file))
    assert environment.keys("RATING_KEYS") == {1: b"\n" * 16, 2: b"\x0b" * 16}

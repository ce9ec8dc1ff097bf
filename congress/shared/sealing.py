"""密封: what the database may hold and not tell (SM4-GCM), and digests that need a key (HMAC-SM3).

The keys are outside the database (`RATING_KEYS`, see docs/operations.md), so that a dump, a backup
and a database login show nothing. What is sealed is bound to its place: moved to another row it
does not open.
"""

import secrets
import unicodedata
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE, TAG, KEY = 12, 16, 16
BLOCK = 2048
"""Every seal is a multiple of this long, so that its length says nothing of what is in it."""


class UnreadableSeal(Exception):
    """The key is another one, or the bytes or their place are not what was sealed."""


class Sealed(NamedTuple):
    """Bytes and the version of the key that opens them."""

    key: int
    data: bytes


def newest_key() -> int:
    """The version under which is sealed now."""
    return max(settings.RATING_KEYS)


def seal(words: bytes, place: str) -> Sealed:
    """`words` under the newest key, to be opened at `place` alone."""
    key, nonce = newest_key(), secrets.token_bytes(NONCE)
    box = Cipher(algorithms.SM4(_key(key, "seal")), modes.GCM(nonce)).encryptor()
    box.authenticate_additional_data(place.encode())
    padded = words + b"\x80"
    padded += bytes(-len(padded) % BLOCK)
    return Sealed(key, nonce + box.update(padded) + box.finalize() + box.tag)


def unseal(sealed: Sealed, place: str) -> bytes:
    """What was sealed at this place; `UnreadableSeal` when key, bytes or place are others."""
    data = bytes(sealed.data)
    nonce, body, tag = data[:NONCE], data[NONCE:-TAG], data[-TAG:]
    if sealed.key not in settings.RATING_KEYS or len(data) < NONCE + TAG:
        raise UnreadableSeal(f"no key {sealed.key}")
    box = Cipher(algorithms.SM4(_key(sealed.key, "seal")), modes.GCM(nonce, tag)).decryptor()
    box.authenticate_additional_data(place.encode())
    try:
        padded = box.update(body) + box.finalize()
    except InvalidTag:
        raise UnreadableSeal("the seal is broken") from None
    return padded[: padded.rindex(b"\x80")]


def commitment(nonce: bytes, words: bytes) -> str:
    """HMAC-SM3: binds to the words and tells nothing of them while the nonce is unknown."""
    return _hmac(nonce, words)


def digest(purpose: str, words: str) -> str:
    """A keyed digest: alike for alike words, and leads back to nobody without the key."""
    return _hmac(_key(newest_key(), purpose), words.encode())


def digests(purpose: str, words: str) -> list[str]:
    """The same under every key in use: what was kept before a new key came is still alike."""
    keys = sorted(settings.RATING_KEYS, reverse=True)
    return [_hmac(_key(each, purpose), words.encode()) for each in keys]


def code_of(commitment: str) -> str:
    """Twelve digits of it, as people copy and read them out: 4071-2260-9358."""
    digits = f"{int(commitment[:16], 16) % 10**12:012d}"
    return "-".join(digits[at : at + 4] for at in (0, 4, 8))


def as_code(typed: str) -> str:
    """The code that somebody has typed, however they grouped it, in letters of any width."""
    narrow = unicodedata.normalize("NFKC", typed).upper()
    plain = "".join(each for each in narrow if each.isalnum())
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def _key(version: int, purpose: str) -> bytes:
    """Each purpose has a key of its own, drawn from the one that is kept."""
    return HKDF(hashes.SM3(), KEY, None, purpose.encode()).derive(settings.RATING_KEYS[version])


def _hmac(key: bytes, words: bytes) -> str:
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(words)
    return mac.finalize().hex()

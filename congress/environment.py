"""Reading the environment strictly: a typo stops the start instead of changing a meaning.

What is not set is looked up in `.var/servers.env`, which `make up` writes with the addresses of
the checkout's private servers; so `./manage.py COMMAND` works without any environment.
"""

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
SERVERS = BASE_DIR / ".var" / "servers.env"


def _written_down() -> dict[str, str]:
    if not SERVERS.exists():
        return {}
    lines = (line.strip() for line in SERVERS.read_text("utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    known = {name.strip(): value.strip() for name, _, value in pairs}
    if os.environ.get("DATABASE_URL"):  # a database of the caller's: never mix in our own logins
        known.pop("DATABASE_APP_URL", None)
    return known


_FALLBACK = _written_down()
NO_JIT = "-c jit=off"
"""Compiling a query costs more than any of ours takes: the demo county took ten times as long."""

PREPARED: dict[str, object] = {"server_side_binding": True, "prepare_threshold": 5}
"""What a connection asks often it lets PostgreSQL plan once: decision 0046."""


def text(name: str, default: str = "") -> str:
    """The variable's text, or the private servers' address, or the default."""
    return os.environ.get(name) or _FALLBACK.get(name) or default


def flag(name: str, *, default: bool) -> bool:
    """True for 1, false for 0; anything else stops the start."""
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ValueError(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


KEY_LENGTH = 32


def keys(name: str) -> dict[int, bytes]:
    """Keys by version, `1:0123…,2:4567…`: from the variable, or from the file that NAME_FILE names.

    Each is at least 32 hexadecimal digits; a wrong one stops the start.
    """
    file = text(f"{name}_FILE")
    said = text(name) or (Path(file).read_text("utf-8") if file else "")
    found = {}
    for line in said.replace(",", "\n").split():
        version, _, digits = line.partition(":")
        if not version.isdecimal() or len(digits) < KEY_LENGTH or int(version) in found:
            raise ValueError(f"{name} must look like 1:32 hexadecimal digits,2:…")
        found[int(version)] = bytes.fromhex(digits)
    return found


def database(url: str, *, role: str = "") -> dict[str, object]:
    """Django's settings for `postgres://user:password@host:port/name?host=/socket/folder`.

    Every connection steps down to `role`, whatever options the address brings.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with postgres://")
    query = dict(parse_qsl(parts.query))
    asked = (NO_JIT, query.pop("options", ""), f"-c role={role}" if role else "")
    return {
        "ENGINE": "congress.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": query.pop("port", str(parts.port or "")),
        "CONN_MAX_AGE": 120,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": " ".join(filter(None, asked)), **PREPARED, **query},
    }


def broker(url: str) -> str:
    """Celery's spelling of a Redis address: it names sockets differently from redis-py."""
    if not url.startswith("unix://"):
        return url
    parts = urlsplit(url)
    number = dict(parse_qsl(parts.query)).get("db", "0")
    return f"redis+socket://{parts.path}?virtual_host={number}"


class Mail(NamedTuple):
    """How letters leave the house; without a host they do not."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    ssl: bool = False


def mail(url: str) -> Mail:
    """Read `smtp://user:password@host:587?tls=1` or `smtps://user:password@host`.

    A password never travels in the clear: with one, `tls=1` or `smtps` is required.
    """
    if not url:
        return Mail()
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/"):
        raise ValueError("EMAIL_URL must look like smtp://user:password@host:587?tls=1")
    query = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    ssl, tls = parts.scheme == "smtps", query.pop("tls", "0")
    if query or tls not in {"0", "1"} or (ssl and tls == "1"):
        raise ValueError("EMAIL_URL knows one option, ?tls=1, and only after smtp://")
    if parts.password and not (ssl or tls == "1"):
        raise ValueError("EMAIL_URL has a password: add ?tls=1, or begin with smtps://")
    return Mail(
        host=parts.hostname,
        port=parts.port or (465 if ssl else 587 if tls == "1" else 25),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=tls == "1",
        ssl=ssl,
    )

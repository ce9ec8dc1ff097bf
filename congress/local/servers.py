"""The private servers as one thing: up, down, and their addresses written down for Django."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from congress.local import places, postgres, redis


def up() -> bool:
    """The servers run that the environment does not name; true when any had to be started."""
    with _one_at_a_time():
        home = places.home()
        own_postgres = not os.environ.get("DATABASE_URL")
        own_redis = not os.environ.get("REDIS_URL")
        if own_postgres or own_redis:
            places.make(home)
        started = False
        if own_postgres:
            started |= postgres.start(home)
        if own_redis:
            started |= redis.start(home)
        _write_down(home, own_postgres=own_postgres, own_redis=own_redis)
        return started


def down() -> bool:
    """No private server of this checkout runs; true when one did."""
    with _one_at_a_time():
        home = places.home()
        stopped = [postgres.stop(home), redis.stop(home)]
        return any(stopped)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two set-ups in one checkout wait for each other."""
    places.own_var()
    with (places.VAR / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write_down(home: places.Home, *, own_postgres: bool, own_redis: bool) -> None:
    """`.var/servers.env` says where everything is; the secret key made at first stays."""
    lines = {"SECRET_KEY": _known().get("SECRET_KEY") or secrets.token_urlsafe(48)}
    if own_postgres:
        lines["DATABASE_URL"] = postgres.address(home, "congress_owner")
        lines["DATABASE_APP_URL"] = postgres.address(home, "congress_app")
        lines["DATABASE_READER_URL"] = postgres.address(home, "congress_reader")
    if own_redis:
        lines["REDIS_URL"] = redis.address(home)
    lines["RATING_KEYS_FILE"] = str(_rating_keys())
    lines["MEDIA_ROOT"] = str(places.VAR / "media")
    lines["STATIC_ROOT"] = str(places.VAR / "static")
    half = places.SERVERS_ENV.with_suffix(".new")
    half.write_text("".join(f"{name}={value}\n" for name, value in lines.items()), "utf-8")
    half.chmod(0o600)
    half.replace(places.SERVERS_ENV)


def _rating_keys() -> Path:
    """`.var/rating.keys`: made once, never over; without it no rating of this checkout opens."""
    file = places.VAR / "rating.keys"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f"1:{secrets.token_hex(16)}\n", "utf-8")
    return file


def _known() -> dict[str, str]:
    if not places.SERVERS_ENV.exists():
        return {}
    lines = places.SERVERS_ENV.read_text("utf-8").splitlines()
    return {name: value for name, _, value in (line.partition("=") for line in lines)}

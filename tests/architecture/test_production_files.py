"""The production files, read as far as a machine without a container engine can."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from congress.local.packages import RUN

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text("utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
VOLUMES: set[str] = set(yaml.safe_load(COMPOSE)["volumes"])
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
PRODUCTION = ROOT / "congress" / "local" / "production"
RUNNING = sorted(set(SERVICES) - {"migrate"})
OF_OURS = ["beat", "migrate", "web", "worker"]


def test_the_system_is_web_worker_beat_postgres_redis_nginx_and_one_migration():
    assert sorted(SERVICES) == ["beat", "migrate", "nginx", "postgres", "redis", "web", "worker"]


@pytest.mark.parametrize("name", RUNNING)
def test_every_running_service_is_checked_for_health_and_comes_back(name):
    service = SERVICES[name]
    assert service["healthcheck"]["test"]
    assert service["restart"] == "unless-stopped"


def test_nothing_from_the_environment_has_a_default_and_each_says_what_it_wants():
    substitutions = re.findall(r"(?<!\$)\$\{([^}]*)\}", COMPOSE)
    assert len(substitutions) > 10
    assert not [text for text in substitutions if not re.fullmatch(r"[A-Z_]+:?\?set .{8,}", text)]
    may_be_nothing = {text.split("?")[0] for text in substitutions if ":?" not in text}
    assert may_be_nothing == {"EMAIL_URL", "DEFAULT_FROM_EMAIL", "EMBED_HOSTS"}


def test_no_secret_stands_in_a_file():
    named = re.compile(r"(?:PASSWORD|SECRET|KEY|AUTH)\w*\"?\s*[:=]\s*(?!\s*\"?\$)\S+")
    for text in (COMPOSE, DOCKERFILE):
        assert not named.search(re.sub(r"\$\{[^}]*\}", "$X", text))


def test_only_nginx_is_reachable_from_outside():
    assert [name for name in SERVICES if SERVICES[name].get("ports")] == ["nginx"]
    assert [name for name in SERVICES if "outside" in SERVICES[name]["networks"]] == ["nginx"]


def test_only_the_worker_may_call_out_and_it_does_to_deliver_notices():
    joined = {name: set(SERVICES[name]["networks"]) - {"inside"} for name in SERVICES}
    assert {name: nets for name, nets in joined.items() if nets} == {
        "nginx": {"outside"},
        "worker": {"mail"},
    }
    networks = yaml.safe_load(COMPOSE)["networks"]
    assert networks["inside"] == {"internal": True}
    assert not networks["mail"]


def documented(place: str) -> list[str]:
    """The variables of docs/operations.md that production sets in this place."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|.*\| ([^|]+) \|$", text, re.MULTILINE)
    return [name for names, where in rows if where == place for name in re.findall(r"\w+", names)]


def test_every_variable_the_code_reads_is_documented():
    places = ["`.env`", "compose", "image", "the migration only", "never"]
    known = [name for place in places for name in documented(place)]
    assert len(known) == len(set(known))
    code = [path.read_text("utf-8") for path in (ROOT / "congress").glob("*.py")]
    read = {
        name for text in code for name in re.findall(r"""env\.(?:text|flag)\(\s*"(\w+)""", text)
    }
    assert len(read) > 12
    assert read <= set(known)


@pytest.mark.parametrize("name", ["web", "worker"])
def test_every_documented_variable_of_production_reaches_web_and_worker(name):
    environment = SERVICES[name]["environment"]
    assert "EMAIL_URL" in documented("`.env`")
    for variable in documented("`.env`"):
        assert f"${{{variable}" in environment.get(variable, ""), variable
    assert set(documented("compose")) <= set(environment)
    assert all(f"{variable}=" in DOCKERFILE for variable in documented("image"))


def test_the_owners_password_is_known_to_the_migration_and_the_database_only():
    knowing = [name for name in SERVICES if "OWNER_PASSWORD" in str(SERVICES[name])]
    assert knowing == ["postgres", "migrate"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_what_works_logs_in_as_the_app_and_waits_for_the_migration(name):
    environment = SERVICES[name]["environment"]
    assert "//congress_app:" in environment["DATABASE_URL"]
    assert environment["DATABASE_APP_URL"] == environment["DATABASE_URL"]
    waits_for = SERVICES[name]["depends_on"]
    assert waits_for["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", OF_OURS)
def test_our_processes_know_they_are_in_production(name):
    assert SERVICES[name]["environment"]["PRODUCTION"] == "1"


def test_postgres_is_15_or_newer_and_its_data_is_kept():
    image = SERVICES["postgres"]["image"]
    assert int(re.fullmatch(r"postgres:(\d+)\S*", image)[1]) >= 15
    assert "database:/var/lib/postgresql/data" in SERVICES["postgres"]["volumes"]
    assert "C.UTF-8" in SERVICES["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_redis_never_evicts_waiting_work():
    assert "--maxmemory-policy noeviction" in " ".join(SERVICES["redis"]["command"])


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_mounted_file_exists_and_every_volume_is_declared(name):
    for mount in SERVICES[name].get("volumes", []):
        source = re.sub(r"\$\{[^}]*\}", "$FOLDER", mount).split(":")[0]
        if source.startswith("./"):
            assert (ROOT / source).is_file()
        elif source != "$FOLDER":
            assert source in VOLUMES


def test_uploads_and_duty_files_are_in_a_volume_that_web_and_worker_share():
    assert "media:/srv/media" in SERVICES["web"]["volumes"]
    assert "media:/srv/media" in SERVICES["worker"]["volumes"]


def test_everything_the_image_copies_exists_and_is_let_through():
    copied = re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert len(copied) > 5
    let_through = (ROOT / ".dockerignore").read_text("utf-8").split()
    for source in copied:
        assert (ROOT / source).exists()
        assert f"!{source}" in let_through


def test_the_image_has_the_system_packages_that_a_checkout_installs():
    elsewhere = {"python3-venv", "postgresql", "redis-server"}  # in the other images
    assert set(RUN) - elsewhere <= set(DOCKERFILE.split())


def test_the_image_runs_as_an_ordinary_user_from_hashed_requirements():
    assert re.search(r"^USER (?!root)\w+$", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes -r requirements/base.txt" in DOCKERFILE


def directives(text: str) -> Iterator[list[str]]:
    """Nginx's own grammar: words up to `;`, or up to a block; fails on what is left open."""
    depth, words = 0, []
    bare = re.sub(r"(?m)^\s*#.*$", "", text)
    for token in re.findall(r"'[^']*'|\"[^\"]*\"|[{};]|[^\s{};]+", bare):
        if token in "{;":
            assert words, "a directive without a name"
            yield words
            depth, words = depth + (token == "{"), []
        elif token == "}":
            assert not words, f"no semicolon after {words}"
            depth -= 1
        else:
            words.append(token)
    assert (depth, words) == (0, [])


def nginx() -> list[list[str]]:
    files = ("nginx.conf", "proxy.conf")
    return [found for file in files for found in directives((PRODUCTION / file).read_text("utf-8"))]


def test_nginx_reads_whole_and_includes_only_what_is_mounted():
    mounted = {mount.split(":")[1] for mount in SERVICES["nginx"]["volumes"] if "./" in mount}
    included = {words[1] for words in nginx() if words[0] == "include"}
    assert included - {"/etc/nginx/mime.types"} <= mounted


def test_nginx_passes_on_to_the_web_process_where_it_listens():
    assert ["server", "web:8000"] in nginx()
    assert "0.0.0.0:8000" in DOCKERFILE


def test_nginx_replaces_what_a_client_claims_about_itself():
    told = {words[1]: words[2] for words in nginx() if words[0] == "proxy_set_header"}
    assert told["X-Forwarded-For"] == "$remote_addr"
    assert told["X-Forwarded-Proto"] == "https"
    assert told["X-Forwarded-Host"] == '""'


def test_nginx_limits_sizes_and_rates_and_speaks_tls_only():
    found = nginx()
    assert ["client_max_body_size", "64m"] in found
    assert any(words[0] == "limit_req" and "zone=login" in words for words in found)
    assert ["return", "301", "https://$host$request_uri"] in found
    assert ["ssl_protocols", "TLSv1.2", "TLSv1.3"] in found

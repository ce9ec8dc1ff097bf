"""One verb, one name: function, reason, view, URL, test (style.md rule 7)."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db.models import Model
from django.urls import get_resolver, reverse

from congress.shared import views as shared_views

APPS = ("deputies", "proposals", "stations", "scoring")
KERNEL = "congress.shared.accounts"
TESTS = Path(__file__).parent.parent

WITHIN_ANOTHER = {
    "deputies.duties.report_facts": "upper apps report what already happened",
    "deputies.duties.verify": "scoring.posting.verify_and_post is the verb people use",
    "deputies.roster.apply": "stations.places.apply_roster is the verb people use",
    "scoring.archive.seal_file": "the yearly run seals; nobody does it by hand",
    "scoring.sealing.keep_failure": "the yearly run keeps why a file could not be made",
    "scoring.archive.finish": "the yearly run ends the cycle itself",
    "scoring.redeeming.expire_hold": "the timetable does it when the last day is over",
}
"""Verbs that are steps of another verb: they have no view and no URL of their own."""

PARTS = {
    "deputies.duplicates.count_again": "upholding an appeal against a reversal does it",
    "deputies.duplicates.count_no_more": "reversing the last line of a record does it",
    "deputies.duplicates.stand_again": "withdrawing or reversing the one that stayed does it",
    "scoring.amendments.propose": "amending and upholding an objection do it",
    "scoring.audits.give_up": "the worker says that the run it began has failed",
    "scoring.posting.free_duplicates": "reversing a line or upholding an appeal does it",
    "deputies.enrolment.release_moved": "taking a roster in moves convenors to other groups",
    "deputies.groups.released": "moving, dissolving and taking a roster in release a convenor",
    "deputies.enrolment.give_posts": "taking a roster in gives the re-elected their post",
    "deputies.leaving.act": "by-election and reinstatement give the post",
    "deputies.leaving.act_all": "opening accounts and taking a roster in give the posts",
    "deputies.leaving.arrive": "a by-election puts the deputy into a group",
    "deputies.leaving.leave": "a seat's end ends what hangs on it",
    "deputies.leaving.rest": "a suspension ends the posts",
    "deputies.resuming.resume": "what is taken back stands again",
    "deputies.messages.raised": "stations.issues.raise_issue hands the message on",
    "deputies.messages.settled": "stations.issues.settle_issue answers the voter",
    "stations.events.enter_roll": "calling the roll, at once or after a call, does it",
    "stations.rota.free_turns": "closing a station and moving or unposting a deputy do it",
    "stations.rota.give_up": "taking leave, appointing a substitute and agreeing to a swap do it",
    "stations.rota.hand_over": "appointing a substitute and agreeing to a swap do it",
    "stations.places.write_roster": "apply_roster writes at once, or a task does for a long one",
    "stations.issues.note_proposing": "home.proposing.begin_proposal makes the draft",
    "stations.findings.note_proposing_finding": "home.proposing.begin_proposal_of_finding does it",
    "proposals.assignment.draw_up": "assigning and drawing up a sheet share a proposal out",
    "proposals.assignment.hand_over": "assigning and settling a sheet hand over",
    "proposals.parting.clear_answers": "parting and withdrawing take it out of the draft",
    "proposals.assignment.begin": "handing over and upholding an objection start a clock",
    "shared.accounts.take_up": "naming a convenor or a keeper gives the post",
    "shared.accounts.lay_down": "naming a convenor or a keeper ends the former one's post",
    "proposals.due_days.answer_paused": "signing a reply and sending an opinion do it",
    "proposals.invitations.end_invitations": "reviewing, withdrawing and a lead's leaving do it",
    "proposals.due_days.end_objection": "withdrawing does it",
    "proposals.due_days.end_pause": "withdrawing and upholding an objection do it",
    "proposals.due_days.end_request": "signing, withdrawing and upholding an objection do it",
    "proposals.due_days.move_opinions": "resuming, granting and upholding an objection do it",
    "proposals.supervision.end_with_proposal": "withdrawing does it",
    "proposals.questions.follow_part": "upholding an objection and the timetable do it",
    "deputies.facts.say_fact_again": "correcting a line of the roll does it",
    "deputies.facts.unsay_fact": "correcting a line of the roll does it",
    "deputies.facts.take_back_facts": "taking a key proposal off its list does it",
    "proposals.promises.replace_former": "signing a further version does it",
    "proposals.rehandling.answer_rehandling": "signing a further reply does it",
    "proposals.carrying.carry": "carry_over and the operators' command do it",
    "proposals.fostering.foster": "appointing one and carrying a year over do it",
    "proposals.helping.end_helpers": "signing the last reply does it",
}
"""No verbs, though they say who: the verb that calls them locks, and asks for the reason."""

IN_THE_ADMIN = {
    "shared.accounts.open_account": "admin:shared_user_add",
    "shared.accounts.give_post": "admin:shared_post_add",
    "shared.accounts.end_post": "admin:shared_post_changelist",
    "shared.accounts.reset_password": "admin:shared_user_changelist",
}
"""The kernel's verbs are done on the browser admin's own pages."""

LOCKED_OTHERWISE = {
    "proposals.unsealing.request_opening": "ratings cannot be locked: the reply they are of is",
    "proposals.voiding.request_voiding": "ratings cannot be locked: the reply they are of is",
    "scoring.posting.reverse": "entries cannot be locked, nobody may change them: totals are",
}
"""Verbs about an existing row that do not lock that very row, and why that is right."""


def modules(package: str):
    found = importlib.import_module(package)
    for info in pkgutil.iter_modules(found.__path__):
        yield importlib.import_module(f"{package}.{info.name}")


def stages():
    """Every module of verbs: (app, stage, module)."""
    yield "shared", "accounts", importlib.import_module(KERNEL)
    for app in APPS:
        for module in modules(f"{app}.actions"):
            yield app, module.__name__.rpartition(".")[2], module


def own(module, name: str) -> bool:
    """Whether the module itself defines this name, and did not merely import it."""
    found = inspect.unwrap(getattr(module, name, None))
    return inspect.isfunction(found) and found.__module__ == module.__name__


def verbs():
    for app, stage, module in stages():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            says_who = "by" in inspect.signature(function).parameters
            public = not name.startswith(("_", "why_not_"))
            if own(module, name) and public and says_who and f"{app}.{stage}.{name}" not in PARTS:
                yield app, stage, name, function


FUNCTIONS = list(verbs())
VERBS = sorted({(app, stage, name.removesuffix("_all")) for app, stage, name, _ in FUNCTIONS})
ALL = pytest.mark.parametrize(
    ("app", "stage", "name"), VERBS, ids=[".".join(verb) for verb in VERBS]
)
BY_HAND = [verb for verb in VERBS if ".".join(verb) not in WITHIN_ANOTHER]
PEOPLE_DO = pytest.mark.parametrize(
    ("app", "stage", "name"), BY_HAND, ids=[".".join(verb) for verb in BY_HAND]
)
EACH = pytest.mark.parametrize(
    ("app", "stage", "name", "function"),
    FUNCTIONS,
    ids=[f"{app}.{stage}.{name}" for app, stage, name, _ in FUNCTIONS],
)


def definition(function) -> ast.FunctionDef:
    """The function as written, decorators and all."""
    source = textwrap.dedent(inspect.getsource(inspect.unwrap(function)))
    return ast.parse(source).body[0]


def called(node: ast.AST) -> list[tuple[int, str]]:
    """The names of the functions called in there, each with its line, in order of lines."""
    calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    return sorted((call.lineno, last_name(call.func)) for call in calls)


def last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def url_views(app: str) -> dict[str, object]:
    _, resolver = get_resolver().namespace_dict[app]
    return {pattern.name: pattern.callback for pattern in resolver.url_patterns}


def test_there_are_verbs_to_look_at():
    assert len(VERBS) > 25


@PEOPLE_DO
def test_every_verb_has_its_reason(app, stage, name):
    reasons = importlib.import_module(KERNEL if app == "shared" else f"{app}.permissions")
    assert callable(getattr(reasons, f"why_not_{name}", None))


@PEOPLE_DO
def test_every_verb_has_its_view_and_its_url(app, stage, name):
    page = IN_THE_ADMIN.get(f"{app}.{stage}.{name}")
    if page:
        assert reverse(page)
        return
    homes = [shared_views] if app == "shared" else modules(f"{app}.views")
    views = [getattr(module, name) for module in homes if own(module, name)]
    assert views, f"no module of {app}.views defines {name}"
    assert url_views(app).get(name) in views


class Calls(NamedTuple):
    """What a function of the tests calls, or hands to a call such as `at_once`."""

    name: str
    bare: frozenset[str]
    of_a_module: frozenset[tuple[str, str]]

    def mention(self, names: set[str], stage: str) -> bool:
        return bool(self.bare & names) or any((stage, each) in self.of_a_module for each in names)


def calls_of(function: ast.FunctionDef) -> Calls:
    calls = (each for each in ast.walk(function) if isinstance(each, ast.Call))
    nodes = [node for call in calls for node in (call.func, *call.args)]
    bare = {node.id for node in nodes if isinstance(node, ast.Name)}
    attributes = (node for node in nodes if isinstance(node, ast.Attribute))
    pairs = {(last_name(node.value), node.attr) for node in attributes}
    return Calls(function.name, frozenset(bare), frozenset(pairs))


@cache
def files_of(app: str) -> list[list[Calls]]:
    """Each file of tests once for all verbs: its functions with what they call."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (TESTS / app).glob("test_*.py"))
    return [
        [calls_of(node) for node in tree.body if isinstance(node, ast.FunctionDef)]
        for tree in trees
    ]


def runners(app: str, stage: str, names: set[str]):
    """The tests that run the verb, themselves or through a helper that stands beside them."""
    for functions in files_of(app):
        direct = {each.name for each in functions if each.mention(names, stage)}
        for each in functions:
            if each.name.startswith("test_") and each.mention(names | direct, stage):
                yield each.name


@ALL
def test_every_verb_has_its_test(app, stage, name):
    assert any(runners(app, stage, {name, f"{name}_all"}))


@EACH
def test_every_verb_is_one_transaction_and_says_who(app, stage, name, function):
    assert inspect.signature(function).parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    decorators = {ast.unparse(each) for each in definition(function).decorator_list}
    assert "transaction.atomic" in decorators
    assert inspect.getdoc(function), f"{name} says nothing of what is true afterwards"


def is_about_rows(function) -> bool:
    """Whether the first argument, given by position, is a row or are several."""
    first = next(iter(inspect.signature(function).parameters.values()))
    kinds = (first.annotation, *getattr(first.annotation, "__args__", ()))
    rows = any(isinstance(kind, type) and issubclass(kind, Model) for kind in kinds)
    return rows and first.kind is not inspect.Parameter.KEYWORD_ONLY


def is_a_lock(name: str) -> bool:
    return name == "lock" or name.endswith("_locked")


ABOUT_ROWS = [verb for verb in FUNCTIONS if is_about_rows(verb[3])]


@pytest.mark.parametrize(
    ("app", "stage", "name", "function"),
    ABOUT_ROWS,
    ids=[f"{app}.{stage}.{name}" for app, stage, name, _ in ABOUT_ROWS],
)
def test_every_verb_locks_the_row_before_it_asks_why_not(app, stage, name, function):
    """`check(row)` that only calls `check_all([row])`, or a verb below, leaves the lock to it."""
    if f"{app}.{stage}.{name}" in LOCKED_OTHERWISE:
        return
    calls = [call for _, call in called(definition(function))]
    verb_names = {verb[2] for verb in FUNCTIONS} - {name}
    first = next(call for call in calls if is_a_lock(call) or call in {"refuse_if", *verb_names})
    assert first != "refuse_if", "asks why not before it locks"


def test_there_are_rows_to_lock():
    assert len(ABOUT_ROWS) > 20


def test_every_exception_names_a_verb_that_exists():
    names = {".".join(verb) for verb in VERBS}
    assert set(WITHIN_ANOTHER) | set(IN_THE_ADMIN) | set(LOCKED_OTHERWISE) <= names
    known = {(app, stage): module for app, stage, module in stages()}
    for part in PARTS:
        app, stage, name = part.split(".")
        assert own(known[app, stage], name)

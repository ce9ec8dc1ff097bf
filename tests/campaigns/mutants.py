"""Small faults put into a source file, one syntax node at a time."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.USub: ast.UAdd,
}
NAMES = {"min": "max", "max": "min", "filter": "exclude", "exclude": "filter", "any": "all"}


@dataclass(frozen=True)
class Mutant:
    """One fault: where it is, what was made of what, and the whole tree with it.

    A test that comes to any of `lines` may notice it.
    """

    line: int
    lines: range
    was: str
    now: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of the file; docstrings, annotations, imports and decorators are left alone."""
    tree = ast.parse(source)
    places = list(_inside_functions(tree))
    for number, (node, lines) in enumerate(places):
        for fault in _faults(node):
            whole = copy.deepcopy(tree)
            victim = list(_inside_functions(whole))[number][0]
            was = ast.unparse(victim)
            fault(victim)
            now = ast.unparse(victim)
            if was != now:
                line = getattr(node, "lineno", lines.start)
                yield Mutant(line, lines, was, now, ast.fix_missing_locations(whole))


def _inside_functions(tree: ast.AST) -> Iterator[tuple[ast.AST, range]]:
    """Each node with the lines of the statement it is in, of a compound one those of its head."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node, clean=False) else node.body
            for each in body:
                if not isinstance(each, ast.FunctionDef):
                    yield from _values(each, _head(each))


def _head(statement: ast.stmt) -> range:
    body = getattr(statement, "body", [])
    end = body[0].lineno - 1 if body else statement.end_lineno or statement.lineno
    return range(statement.lineno, max(end, statement.lineno) + 1)


def _values(node: ast.AST, lines: range) -> Iterator[tuple[ast.AST, range]]:
    """The node and all below it, without what only the type checker reads."""
    yield node, lines
    for name, value in ast.iter_fields(node):
        if name == "annotation" or isinstance(node, ast.JoinedStr):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _values(child, _head(child) if isinstance(child, ast.stmt) else lines)


def _faults(node: ast.AST) -> Iterator[Callable[[ast.AST], None]]:
    if isinstance(node, ast.Compare):
        yield lambda one: one.ops.__setitem__(0, OTHER[type(one.ops[0])]())
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign | ast.UnaryOp):
        if type(node.op) in OTHER:
            yield lambda one: setattr(one, "op", OTHER[type(one.op)]())
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.If | ast.IfExp):
        yield lambda one: setattr(one, "test", ast.UnaryOp(ast.Not(), one.test))
    elif isinstance(node, ast.Expr | ast.Return) and node.value is not None:
        yield lambda one: setattr(one, "value", ast.Constant(None))
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.Continue):
        yield lambda one: setattr(one, "__class__", ast.Break)


def _constants(node: ast.Constant) -> Iterator[Callable[[ast.AST], None]]:
    """Sentences for people are no arithmetic: strings of other than plain letters stay."""
    value = node.value
    if isinstance(value, bool):
        yield lambda one: setattr(one, "value", not value)
    elif isinstance(value, int):
        yield lambda one: setattr(one, "value", value + 1)
    elif isinstance(value, str) and value.isascii() and value:
        yield lambda one: setattr(one, "value", f"{value}x")


def _calls(node: ast.Call) -> Iterator[Callable[[ast.AST], None]]:
    function = node.func
    if isinstance(function, ast.Name) and function.id in NAMES:
        yield lambda one: setattr(one.func, "id", NAMES[one.func.id])
    elif isinstance(function, ast.Attribute) and function.attr in NAMES:
        yield lambda one: setattr(one.func, "attr", NAMES[one.func.attr])
    for number in range(len(node.keywords)):
        yield lambda one, number=number: one.keywords.pop(number)

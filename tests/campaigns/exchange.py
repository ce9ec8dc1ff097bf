"""A fault put into a module that is already imported everywhere."""

import inspect
import sys
import types
from functools import cached_property

from tests.campaigns.mutants import Mutant


def put_in(mutant: Mutant, module: types.ModuleType) -> None:
    """Every function of the module runs the faulty code, wherever it was imported to."""
    faulty = types.ModuleType(module.__name__)
    faulty.__dict__.update(__file__=module.__file__)
    before = sys.modules[module.__name__]
    sys.modules[module.__name__] = faulty  # dataclasses look their module up
    exec(compile(mutant.tree, str(module.__file__), "exec"), faulty.__dict__)  # noqa: S102 -- ours
    sys.modules[module.__name__] = before
    _exchange(vars(module), vars(faulty), module.__name__)


def _exchange(good: dict[str, object], bad: dict[str, object], name: str) -> None:
    for key, value in list(good.items()):
        if inspect.isclass(value) and value.__module__ == name:
            _exchange(dict(vars(value)), dict(vars(bad[key])), name)
            continue
        for one, other in zip(_layers(value), _layers(bad.get(key)), strict=False):
            if one.__module__ == name and one.__code__.co_freevars == other.__code__.co_freevars:
                one.__code__ = other.__code__


def _layers(value: object) -> list[types.FunctionType]:
    """The function itself, under whatever decorates it."""
    if isinstance(value, property):
        value = value.fget
    elif isinstance(value, cached_property):
        value = value.func
    elif isinstance(value, classmethod | staticmethod):
        value = value.__func__
    found = inspect.unwrap(value) if callable(value) else None
    return [found] if isinstance(found, types.FunctionType) else []

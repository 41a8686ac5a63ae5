"""Our regular expressions, each as the program uses it: all that a module of `corpus`, `index`, `rag` or `ui` holds,
in tables and dataclasses too, but for `index.train`, which reads our own data alone."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

FLOORS = ("corpus", "index", "rag", "ui")
LEFT_OUT = ("index.train", "ui.chat")  # the one reads our own data alone, the other is a script, without patterns
METHODS: Mapping[str, Callable[[re.Pattern[Any], Any], object]] = {
    "search": lambda pattern, text: pattern.search(text),
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
    "split": lambda pattern, text: pattern.split(text),
    "sub": lambda pattern, text: pattern.sub(text[:0], text),
    "finditer": lambda pattern, text: sum(1 for _ in pattern.finditer(text)),
}
SAME = {"findall": "finditer", "subn": "sub"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern under the name of its home, and the methods by which it is called; `finditer` where none is seen."""

    name: str
    compiled: re.Pattern[Any]
    methods: tuple[str, ...]

    def __call__(self, text: str) -> None:
        given = text if isinstance(self.compiled.pattern, str) else text.encode()
        for method in self.methods:
            METHODS[method](self.compiled, given)


def patterns() -> list[Pattern]:
    """Each once, by its name."""
    found = dict[tuple[str | bytes, int], Pattern]()
    modules = list(_modules())
    for module in modules:
        for name, value in vars(module).items():
            if not name.startswith("__") and re.search(rf"^{name}\b[^=\n]*=", _source(module), re.MULTILINE):
                for number, compiled in enumerate(_inside(value)):
                    told = f"{module.__name__}.{name}{f'[{number}]' if value is not compiled else ''}"
                    key = (compiled.pattern, compiled.flags)
                    found.setdefault(key, Pattern(told, compiled, _methods(name, module, modules)))
    return sorted(found.values(), key=lambda each: each.name)


@cache
def _modules() -> Sequence[ModuleType]:
    named = [
        each.name
        for floor in FLOORS
        for each in pkgutil.walk_packages(importlib.import_module(floor).__path__, f"{floor}.")
        if not each.name.startswith(LEFT_OUT)
    ]
    return [importlib.import_module(name) for name in named]


@cache
def _source(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text("utf-8")


def _inside(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping):
        for each in (*value.keys(), *value.values()):
            yield from _inside(each)
    elif isinstance(value, Collection) and not isinstance(value, str | bytes):
        for each in value:
            yield from _inside(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _inside(getattr(value, field.name))


def _methods(name: str, home: ModuleType, modules: Sequence[ModuleType]) -> tuple[str, ...]:
    """By which a pattern of this name is called, where it stands and where it is imported."""
    imported = rf"from {re.escape(home.__name__)} import [^)]*?\b{name}\b"
    sources = [_source(each) for each in modules if each is home or re.search(imported, _source(each))]
    called = {SAME.get(each, each) for each in re.findall(rf"\b{name}\.(\w+)\(", "\n".join(sources))}
    return tuple(sorted(called & METHODS.keys())) or ("finditer",)

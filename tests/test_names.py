"""The names of the package are the field's own, and each has one meaning."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import speechcast

PACKAGE = Path(speechcast.__file__).parent
FORBIDDEN = frozenset("told said asked found known made given kept own matter look who".split())
# One name for one task, done for each kind: of document, subtitle format, configuration file.
PROTOCOLS = frozenset("blocks compose load read".split())
MOST_WITH_TWO_MEANINGS = 9


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text("utf-8"))


def names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that the module gives to something, and the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield (node.id if isinstance(node, ast.Name) else node.attr), node.lineno


@pytest.mark.slow
def test_few_public_names_have_two_meanings() -> None:
    homes = defaultdict(list)
    for module, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(module)
    several = {name: where for name, where in homes.items() if len(where) > 1}
    assert len(several.keys() - PROTOCOLS) <= MOST_WITH_TWO_MEANINGS, several


@pytest.mark.slow
def test_no_name_is_of_the_old_dialect() -> None:
    dialect = [
        f"{module}:{line} {name}"
        for module, tree in modules()
        for name, line in names(tree)
        if name.strip("_") in FORBIDDEN or (name == "place" and module != "timeline.py")
    ]
    assert dialect == []

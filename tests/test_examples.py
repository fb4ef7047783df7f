"""The examples in docstrings and in the pages under docs/ give what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import speechcast

PAGES = [
    page
    for page in sorted((Path(__file__).parents[1] / "docs").rglob("*.md"))
    if ">>> " in page.read_text("utf-8")
]
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(speechcast.__path__, "speechcast.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_a_module(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_of_a_page(page: Path) -> None:
    result = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert result.attempted
    assert result.failed == 0

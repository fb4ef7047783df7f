"""Count the work that the package's own code does, without a clock.

The modules are compiled once more, each loop, slice, sum and call replaced by one that counts.

What counts: every turn of a loop or comprehension; the length of every slice and every sum of
texts, lists or tuples; for a call of a function in C, the lengths of what goes in and comes out; a
search in a list or text, by `in`, by all of its length.

What does not: the steps inside a regular expression, of which only the reach of a match is counted
(`tests/test_patterns.py` counts the steps), and what other packages do in their own Python code.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import BuiltinFunctionType, MethodDescriptorType, ModuleType
from typing import Any, TypeVar

PACKAGE = "speechcast"

T = TypeVar("T")

_COPIED = (str, bytes, bytearray, list, tuple, set, frozenset, dict)
_SEARCHED = (str, bytes, list, tuple)
# What takes the same time whatever the size of what it is called with, or is counted where its
# items are taken.
_CONSTANT = frozenset(
    "accumulate add append bisect_left bisect_right chain end endswith enumerate get group hasattr "
    "isinstance islice issubclass iter len map next pairwise pop range reversed setdefault span "
    "start startswith zip".split()
)
_REACHING = frozenset({"find", "fullmatch", "match", "search"})


class Counter:
    """The count of the work done so far."""

    def __init__(self) -> None:
        self.total = 0

    def turns(self, items: Iterable[T]) -> Iterator[T]:
        """Yield the items, counting each."""
        for item in items:
            self.total += 1
            yield item

    def copied(self, value: T) -> T:
        """Return a value that was just made, counting its length."""
        self.total += len(value) if isinstance(value, _COPIED) else 1
        return value

    def searched(self, value: T) -> T:
        """Return a value that is about to be searched, counting its length."""
        self.total += len(value) if isinstance(value, _SEARCHED) else 1
        return value

    def call(self, function: Callable[..., T], *args: object, **named: object) -> T:
        """Return what the function returns, counting what one in C goes through."""
        result = function(*args, **named)
        self.total += 1
        if isinstance(function, (BuiltinFunctionType, MethodDescriptorType, type)):
            self.total += self._weigh(function, args, result)
        return result

    def _weigh(
        self, function: Callable[..., object], args: Sequence[object], result: object
    ) -> int:
        name = getattr(function, "__name__", "")
        if name in _REACHING:
            first = args[1] if len(args) > 1 and isinstance(args[1], int) else 0
            end = result.end() if isinstance(result, re.Match) else result
            return max(1, end - first) if isinstance(end, int) else 1
        if name in _CONSTANT or (isinstance(function, type) and function not in _COPIED):
            return 1
        receiver = getattr(function, "__self__", None)
        values = (receiver, *args, result)
        return sum(len(value) for value in values if isinstance(value, _COPIED))


class _Rewriter(ast.NodeTransformer):
    """Replace what is to be counted by a call of the counter, `_work`."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in {"super", "cast"}:
            return node
        return _wrapped("call", node.func, *node.args, keywords=node.keywords)

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        copies = isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load)
        return _wrapped("copied", node) if copies else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        return _wrapped("copied", node) if isinstance(node.op, ast.Add) else node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        for i, (operator, value) in enumerate(zip(node.ops, node.comparators, strict=True)):
            if isinstance(operator, ast.In | ast.NotIn) and not isinstance(value, ast.Constant):
                node.comparators[i] = _wrapped("searched", value)
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        node.iter = _wrapped("turns", node.iter)
        return node

    def visit_While(self, node: ast.While) -> ast.AST:
        self.generic_visit(node)
        node.test = _wrapped("copied", node.test)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.iter = _wrapped("turns", node.iter)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = [self.visit(statement) for statement in node.body]
        return node  # its decorators and annotations are evaluated once

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        node.value = node.value and self.visit(node.value)
        return node


def _wrapped(method: str, *args: ast.expr, keywords: list[ast.keyword] | None = None) -> ast.Call:
    function = ast.Attribute(ast.Name("_work", ast.Load()), method, ast.Load())
    return ast.Call(function, list(args), keywords or [])


class _Loader(SourceFileLoader):
    """Load a module with its work counted; from its source, as its bytecode counts nothing."""

    counter: Counter

    def get_code(self, fullname: str) -> Any:
        path = self.get_filename(fullname)
        tree = _Rewriter().visit(ast.parse(self.get_data(path), path))
        return compile(ast.fix_missing_locations(tree), path, "exec")

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["_work"] = self.counter
        super().exec_module(module)


class _Finder:
    """Find the package's modules for `_Loader`."""

    def __init__(self, counter: Counter) -> None:
        self._loader = type("_CountingLoader", (_Loader,), {"counter": counter})

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] != PACKAGE:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = self._loader(name, spec.loader.path)
        return spec


@contextmanager
def counted_modules(*others: str) -> Iterator[Counter]:
    """Import the package anew with its work counted, and put back the modules afterwards.

    Args:
        others: Modules that use the package, to be imported anew, too.
    """
    replaced = {
        n: m for n, m in sys.modules.items() if n.partition(".")[0] == PACKAGE or n in others
    }
    counter = Counter()
    finder = _Finder(counter)
    for name in replaced:
        del sys.modules[name]
    sys.meta_path.insert(0, finder)
    try:
        yield counter
    finally:
        sys.meta_path.remove(finder)
        for name in [n for n in sys.modules if n.partition(".")[0] == PACKAGE or n in others]:
            del sys.modules[name]
        sys.modules.update(replaced)

"""What is changed in a module: one operator, number or condition at a time.

The changes are mutmut's (`mutmut.mutation.mutators`), with two of our own: a number one less, and a
condition negated. mutmut changes functions only; much of what is worth a test here are constants of
modules, so the search for what to change is ours.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

import libcst as cst
from mutmut.mutation import mutators

Operator = Callable[[cst.CSTNode], Iterable[cst.CSTNode]]


@dataclass(frozen=True)
class Mutation:
    """One change of a module.

    Attributes:
        module: The module as it is.
        node: The part of it that changes.
        replacement: What comes in its place.
    """

    module: cst.Module
    node: cst.CSTNode
    replacement: cst.CSTNode

    def code(self) -> str:
        """Return the source of the module with the change."""
        changed = self.module.deep_replace(self.node, self.replacement)
        return cast("cst.Module", changed).code

    def difference(self) -> list[str]:
        """Return the change as the lines of a unified diff, without its head."""
        before, after = self.module.code.splitlines(), self.code().splitlines()
        return list(difflib.unified_diff(before, after, lineterm="", n=1))[2:]


def find_mutations(source: str) -> list[Mutation]:
    """Return every change of a module, in the order of the source.

    >>> [mutation.difference()[-1] for mutation in find_mutations("a = b + 1")]
    ['+a = b - 1', '+a = b + 2', '+a = b + 0']
    """
    module = cst.parse_module(source)
    finder = _Finder(module)
    module.visit(finder)
    return finder.mutations


def _decrement(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield a number that is one less; a negative one needs its brackets."""
    if isinstance(node, cst.Integer | cst.Float):
        value = node.evaluated_value - 1
        yield cst.parse_expression(repr(value) if value >= 0 else f"({value!r})")


def _negate(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield a statement, expression or comprehension with its condition negated."""
    if isinstance(node, cst.If | cst.While | cst.IfExp | cst.CompIf):
        bracketed = node.test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
        space = cst.SimpleWhitespace(" ")
        negated = cst.UnaryOperation(cst.Not(whitespace_after=space), bracketed)
        yield node.with_changes(test=negated)


# Not among them: strings (most are messages, whose wording no test should hold), arguments and
# assigned values replaced by None (mypy notices them).
_OPERATORS: tuple[tuple[type[cst.CSTNode], Operator], ...] = (
    (cst.BaseNumber, cast("Operator", mutators.operator_number)),
    (cst.BaseNumber, _decrement),
    (cst.Name, cast("Operator", mutators.operator_name)),
    (cst.UnaryOperation, cast("Operator", mutators.operator_remove_unary_ops)),
    (cst.AugAssign, cast("Operator", mutators.operator_augmented_assignment)),
    (cst.Call, cast("Operator", mutators.operator_symmetric_string_methods_swap)),
    (cst.Call, cast("Operator", mutators.operator_unsymmetrical_string_methods_swap)),
    (cst.CSTNode, mutators.operator_keywords),
    (cst.CSTNode, mutators.operator_swap_op),
    (cst.CSTNode, _negate),
)


class _Finder(cst.CSTVisitor):
    """Collects the mutations of a module."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__()
        self.module = module
        self.mutations: list[Mutation] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _is_left_alone(node):
            return False
        for kind, operator in _OPERATORS:
            if isinstance(node, kind):
                self.mutations += [Mutation(self.module, node, new) for new in operator(node)]
        return True


def _is_left_alone(node: cst.CSTNode) -> bool:
    """Return whether a change inside a node would change nothing that runs.

    Those are types, decorators (`frozen=True`), what is imported for types alone, and `strict=True`
    of `zip`, which tells the reader that lengths are equal.
    """
    match node:
        case cst.Annotation() | cst.Decorator() | cst.If(test=cst.Name("TYPE_CHECKING")):
            return True
        case cst.Arg(keyword=cst.Name("strict")):
            return True
        case _:
            return False

"""Count the steps that a backtracking matcher takes for a regular expression.

`re` does not tell its steps. The matcher here walks the same parsed pattern in the same order, the
way `re` does without its shortcuts, and counts every attempt to match an item. It knows all that
the package's patterns are made of, and refuses the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

op = import_module("re._constants")
_parser = import_module("re._parser")

Node = tuple[Any, Any]
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_CLASSES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    op.CATEGORY_NOT_DIGIT: lambda c: not c.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    op.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}
_EXAMPLES: dict[Any, str] = {
    op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_DIGIT: "a", op.CATEGORY_NOT_SPACE: "a", op.CATEGORY_NOT_WORD: " ",
}  # fmt: skip


_FEW = 20  # repetitions; fewer cannot grow with a text


class TooManySteps(Exception):
    """The count has passed its limit."""


def parse(pattern: re.Pattern[str]) -> Sequence[Node]:
    """Return the items of a pattern."""
    return list(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def count_steps(
    nodes: Sequence[Node], text: str, position: int, limit: int, *, dot_all: bool
) -> int:
    """Return the steps to match a text from a position on.

    Raises:
        TooManySteps: They are more than `limit`.
    """
    matcher = _Matcher(text, limit, dot_all=dot_all)
    next(matcher.match(nodes, position), None)
    return matcher.steps


def pumps(nodes: Sequence[Node], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield for each repetition a text that leads to it, and one that it repeats."""
    for kind, value in nodes:
        for child in _children(kind, value):
            yield from pumps(child, before)
        if kind in _REPEATS and value[1] > _FEW:
            yield from ((before, unit) for unit in _units(value[2]))
        before += example([(kind, value)])


def _units(nodes: Sequence[Node]) -> Iterator[str]:
    """Yield texts that the items match: one for each alternative."""
    for i, (kind, value) in enumerate(nodes):
        group = value[3] if kind is op.SUBPATTERN else [(kind, value)]
        for branch in group[0][1][1] if group and group[0][0] is op.BRANCH else ():
            yield example(nodes[:i]) + example(branch) + example(nodes[i + 1 :])
    yield example(nodes)


def example(nodes: Sequence[Node]) -> str:
    """Return a text that the items match, as short as may be, but each repetition once."""
    return "".join(_example(kind, value) for kind, value in nodes)


def _example(kind: Any, value: Any) -> str:
    if kind is op.LITERAL:
        return chr(value)
    if kind is op.IN:
        return _member(value)
    if kind in _REPEATS:
        return example(value[2]) * int(max(value[0], 1))
    if kind is op.ASSERT_NOT or (kind is op.ASSERT and value[0] > 0):
        return ""
    children = list(_children(kind, value))
    return example(children[0]) if children else "a" * (kind in {op.NOT_LITERAL, op.ANY})


def _member(items: Sequence[Node]) -> str:
    """Return a character of a class."""
    kind, value = items[0]
    if kind is op.NEGATE:
        return str(next(c for c in "a1 一(" if _contains(items, c)))
    if kind is op.CATEGORY:
        return _EXAMPLES[value]
    return chr(value[0] if kind is op.RANGE else value)


def _contains(items: Sequence[Node], char: str) -> bool:
    for kind, value in items:
        if kind is op.NEGATE:
            return not _contains(items[1:], char)
        if kind is op.CATEGORY and _CLASSES[value](char):
            return True
        if kind is op.LITERAL and ord(char) == value:
            return True
        if kind is op.RANGE and value[0] <= ord(char) <= value[1]:
            return True
    return False


def _children(kind: Any, value: Any) -> Iterator[Sequence[Node]]:
    if kind is op.BRANCH:
        yield from value[1]
    elif kind in _REPEATS:
        yield value[2]
    elif kind is op.SUBPATTERN:
        yield value[3]
    elif kind in {op.ASSERT, op.ASSERT_NOT}:
        yield value[1]
    elif kind is op.ATOMIC_GROUP:
        yield value


class _Matcher:
    """A text, and the steps taken on it."""

    def __init__(self, text: str, limit: int, *, dot_all: bool) -> None:
        self.text = text
        self.steps = 0
        self._limit = limit
        self._dot_all = dot_all
        self._groups: dict[int, str] = {}

    def match(self, nodes: Sequence[Node], position: int) -> Iterator[int]:
        """Yield where the items may end, in the order of `re`."""
        if not nodes:
            yield position
            return
        for end in self._match_one(*nodes[0], position):
            yield from self.match(nodes[1:], end)

    def _match_one(self, kind: Any, value: Any, position: int) -> Iterator[int]:
        self.steps += 1
        if self.steps > self._limit:
            raise TooManySteps
        if kind in _REPEATS:
            yield from self._repeat(kind, value, position)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from self.match(branch, position)
        elif kind is op.SUBPATTERN:
            for end in self.match(value[3], position):
                self._groups[value[0] or 0] = self.text[position:end]
                yield end
        elif kind is op.ATOMIC_GROUP:
            yield from _one(self.match(value, position))
        elif kind in {op.ASSERT, op.ASSERT_NOT}:
            start = position - _width(value[1]) if value[0] < 0 else position
            matches = start >= 0 and next(self.match(value[1], start), None) is not None
            yield from [position] if matches == (kind is op.ASSERT) else []
        elif kind is op.GROUPREF:
            group = self._groups.get(value, "")
            yield from [position + len(group)] if self.text.startswith(group, position) else []
        elif kind is op.AT:
            yield from [position] if self._is_edge(value, position) else []
        elif position < len(self.text) and self._fits(kind, value, self.text[position]):
            yield position + 1

    def _repeat(self, kind: Any, value: Any, position: int) -> Iterator[int]:
        least, most, nodes = value
        if kind is op.POSSESSIVE_REPEAT:
            yield from _one(self._repeat(op.MAX_REPEAT, value, position))
        elif len(nodes) == 1 and nodes[0][0] in {op.IN, op.LITERAL, op.NOT_LITERAL, op.ANY}:
            yield from self._repeat_character(kind, value, position)
        else:
            yield from self._repeat_group(kind, (least, most, list(nodes)), position)

    def _repeat_character(self, kind: Any, value: Any, position: int) -> Iterator[int]:
        """Yield the ends of a repeated character, without a call for each."""
        least, most, [(item, what)] = value
        end = position
        while (
            end < len(self.text)
            and end - position < most
            and self._fits(item, what, self.text[end])
        ):
            self.steps += 1
            end += 1
        ends = range(position + least, end + 1)
        for stop in ends if kind is op.MIN_REPEAT else reversed(ends):
            self.steps += 1
            yield stop

    def _repeat_group(self, kind: Any, value: Any, position: int) -> Iterator[int]:
        least, most, nodes = value
        if kind is op.MIN_REPEAT and least == 0:
            yield position
        if most > 0:
            for end in self.match(nodes, position):
                if end > position or least:
                    yield from self._repeat_group(kind, (max(0, least - 1), most - 1, nodes), end)
        if kind is op.MAX_REPEAT and least == 0:
            yield position

    def _is_edge(self, kind: Any, position: int) -> bool:
        text = self.text
        if kind in {op.AT_BEGINNING, op.AT_BEGINNING_STRING}:
            return position == 0
        if kind in {op.AT_END, op.AT_END_STRING}:
            return position == len(text)
        around = [
            _CLASSES[op.CATEGORY_WORD](c)
            for c in (text[position - 1 : position], text[position : position + 1])
        ]
        return bool((around[0] != around[1]) == (kind is op.AT_BOUNDARY))

    def _fits(self, kind: Any, value: Any, char: str) -> bool:
        if kind is op.IN:
            return _contains(value, char)
        if kind is op.ANY:
            return self._dot_all or char != "\n"
        return bool((ord(char) == value) == (kind is op.LITERAL))


def _one(ends: Iterator[int]) -> Iterator[int]:
    """Yield the first end."""
    end = next(ends, None)
    yield from [] if end is None else [end]


def _width(nodes: Any) -> int:
    """Return the width of what stands before a position."""
    return int(nodes.getwidth()[0])

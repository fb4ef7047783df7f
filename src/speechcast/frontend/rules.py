"""Match rules that turn written figures and signs into words.

One rule is matched at a time.

A language's rules are a table: a pattern, the words for a match of it and, for some, what must
stand before. The first rule that matches at a position applies; what it matches becomes one token,
shown as written and spoken as the rule says. A rule that a pattern alone cannot decide returns None
for what it does not read, and the next one is tried; so is it where a pattern matches no character,
which would stop the tokenizer from getting on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

Match = re.Match[str]

_LOOK_BEHIND = 24  # characters before a match that `before` may look at


@dataclass(frozen=True)
class Rule:
    """A regular expression, the words for its match, and what must stand before.

    The expressions are compiled when they are first needed: all of them take longer than a short
    speech to read.
    """

    expression: str
    spoken: Callable[[Match], str | None]
    expression_before: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return the compiled pattern of what is matched."""
        return re.compile(self.expression, re.ASCII)

    @cached_property
    def before(self) -> re.Pattern[str] | None:
        """Return the compiled pattern of the text before; None for no condition."""
        return re.compile(f"(?:{self.expression_before})$") if self.expression_before else None


def make_rule(pattern: str, spoken: Callable[[Match], str | None] | str, before: str = "") -> Rule:
    r"""Return the rule of a regular expression with ASCII digits.

    In the expression, `\d` is an ASCII digit.

    Args:
        pattern: What is matched, from the current position.
        spoken: The words for it, or a function from the match to the words; None is no match.
        before: A regular expression that must match the text right before; empty for no condition.
    """
    words = (lambda _: spoken) if isinstance(spoken, str) else spoken
    return Rule(pattern, words, before)


def find_joined(
    match: Match, earlier: re.Pattern[str], later: re.Pattern[str], window: int
) -> tuple[int, int]:
    """Return where a match begins and ends together with what is joined to it.

    Args:
        match: The match.
        earlier: What may be joined before it; matches at the end of a text.
        later: What may be joined after it; matches at the beginning of a text.
        window: How many characters on each side are looked at.
    """
    text, start, end = match.string, match.start(), match.end()
    before = earlier.search(text[max(0, start - window) : start])
    after = later.match(text[end : end + window])
    return start - len(before[0]) if before else start, end + len(after[0]) if after else end


def match_first(rules: Iterable[Rule], text: str, position: int) -> tuple[int, str] | None:
    """Return the length and words of the first rule that matches.

    The match begins at `position`.

    >>> match_first([make_rule("%", "percent")], "5%", 1)
    (1, 'percent')
    """
    for rule in rules:
        if (match := rule.pattern.match(text, position)) and (
            rule.before is None
            or rule.before.search(text[max(0, position - _LOOK_BEHIND) : position])
        ):
            words = rule.spoken(match)
            if words is not None and match[0]:
                return len(match[0]), words
    return None

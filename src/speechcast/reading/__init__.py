"""Speech to lines: what is shown and what is spoken, token by token."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ..divide import divide
from ..model import Line, Pause, Speech, Token, Voice
from . import pinyin, words

# Where to divide a sentence too long for one recording, best first; costs as in divide.py.
_BREAKS = ((0.0, "；;。！？!?"), (0.05, "：:，,"), (0.1, "—…"), (0.3, "、"))
_BETWEEN_WORDS = 2.0
_OPENERS = frozenset("“‘「『（(【《〈［[")


def lines(speech: Speech, voice: Voice, longest: int) -> list[Line]:
    """The lines `voice` is to speak, in order; none takes more than `longest` spoken characters.

    `"".join(line.shown for line in lines)` is the speech without what stands between paragraphs.
    """
    return list(_lines(speech, voice, longest))


def _lines(speech: Speech, voice: Voice, longest: int) -> Iterator[Line]:
    number = 0
    for paragraph in speech.paragraphs:
        for sentence in paragraph.sentences:
            number += 1
            last = sentence is paragraph.sentences[-1]
            tokens = words.tokens(sentence.text, voice.language)
            if voice.language.startswith("zh"):
                tokens = pinyin.annotated(tokens)
            parts = _parts(tokens, longest)
            for part in parts:
                if part is not parts[-1]:
                    pause = _pause_inside(part)
                elif last:
                    pause = Pause.TITLE if paragraph.title else Pause.PARAGRAPH
                else:
                    pause = Pause.SENTENCE
                yield Line(part, number, sentence.row, pause)


def _parts(tokens: Sequence[Token], longest: int) -> list[tuple[Token, ...]]:
    """The sentence as one line, or divided at its best inner points."""
    sums = [0]
    for token in tokens:
        sums.append(sums[-1] + len(token.spoken))
    if sums[-1] <= longest:
        return [tuple(tokens)]
    costs = [_break_cost(tokens, i) for i in range(len(tokens))]
    ends = divide(costs, lambda i, j: sums[j] - sums[i], longest)
    return [tuple(tokens[a:b]) for a, b in zip([0, *ends], ends, strict=False)]


def _break_cost(tokens: Sequence[Token], i: int) -> float:
    """The cost of a new line after token i."""
    here, after = tokens[i].shown[-1], tokens[i + 1].shown[0] if i + 1 < len(tokens) else " "
    heard_on_both_sides = any(t.voiced for t in tokens[: i + 1]) and any(
        t.voiced for t in tokens[i + 1 :]
    )
    if not heard_on_both_sides or here in _OPENERS or _is_mark(after):
        return math.inf
    mark = next((t.shown[-1] for t in reversed(tokens[: i + 1]) if not _is_closer(t)), here)
    return next((cost for cost, marks in _BREAKS if mark in marks), _BETWEEN_WORDS)


def _is_mark(char: str) -> bool:
    return not (char.isalnum() or char.isspace() or char in _OPENERS or char in "*＊")


def _is_closer(token: Token) -> bool:
    return token.shown.isspace() or token.shown[0] in "”’」』）)】》〉\"'"


def _pause_inside(part: Sequence[Token]) -> Pause:
    """The pause after a line that ends inside its sentence."""
    mark = next((t.shown[-1] for t in reversed(part) if not _is_closer(t)), "")
    return Pause.CLAUSE if any(mark in marks for _, marks in _BREAKS) else Pause.JOIN

"""What the cues show against what the speech says."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from ..documents import Document
from ..frontend import tokens
from ..frontend.lexicon import Lexicon
from ..model import MarkKind
from ..script.parser import parse
from ..subtitles.read import Caption
from ..text.language import detect_language
from .report import Finding

_OPTIONAL = frozenset({MarkKind.DIRECTION, MarkKind.LABEL})


class _Word(NamedTuple):
    """The letters of a word of the speech; an `optional` one may be hidden by a preset."""

    text: str
    optional: bool


def compare_text(captions: Sequence[Caption], source: Document) -> Iterator[Finding]:
    """Text missing, added or moved, and words cut in two; marks and white space aside.

    Directions （掌声） and speakers' labels may be shown or not.
    """
    shown = [letters(c.text) for c in captions]
    words = list(_words(source))
    ours = _seen(words, "".join(shown))
    if "".join(ours) == "".join(shown):
        yield from _cut_words(ours, shown, captions)
    else:
        present = [w.text for w in words if not w.optional or w.text in "".join(shown)]
        yield from _differences(present, shown, captions)


def _seen(words: Sequence[_Word], shown: str) -> list[str]:
    """The words without those optional ones that are not where they would be shown."""
    seen: list[str] = []
    at = 0
    for word in words:
        if not word.optional or shown.startswith(word.text, at):
            seen.append(word.text)
            at += len(word.text)
    return seen


def _words(source: Document) -> Iterator[_Word]:
    """The words of the speech, as they are divided for speaking."""
    spoken_language = detect_language(source.text) or "zh"
    for paragraph in parse(source.blocks, source.front_matter.cast).paragraphs:
        for sentence in paragraph.sentences:
            optional = {m.start for m in sentence.marks if m.kind in _OPTIONAL}
            at = 0
            for token in tokens.tokenize_sentence(
                sentence, spoken_language, Lexicon(), phonetic=False
            ):
                if word := letters(token.shown):
                    yield _Word(word, at in optional)
                at += len(token.shown)


def letters(text: str) -> str:
    """What cannot be left out of a cue: letters, figures, and a name's asterisk."""
    return "".join(c for c in text if c.isalnum() or c in "*%＊")


def _cut_words(
    ours: Sequence[str], shown: Sequence[str], captions: Sequence[Caption]
) -> Iterator[Finding]:
    edges = set(accumulate((len(word) for word in ours), initial=0))
    ends = list(accumulate(len(text) for text in shown))
    for number, end in enumerate(ends[:-1], 1):
        if end not in edges:
            last, following = captions[number - 1].text[-4:], captions[number].text[:4]
            message = f"a word is cut: …{last} | {following}…"
            yield Finding("word cut", message, captions[number].start, number)


def _differences(
    ours: Sequence[str], shown: Sequence[str], captions: Sequence[Caption]
) -> Iterator[Finding]:
    """Each run of characters that one has and the other has not, at the cue it concerns."""
    ends = list(accumulate((len(text) for text in shown), initial=0))
    said, seen = "".join(ours), "".join(shown)
    for kind, a, b, c, d in _opcodes(said, seen):
        if kind == "equal":
            continue
        number = next((n for n, (_, end) in enumerate(pairwise(ends), 1) if c < end), len(captions))
        at = captions[number - 1].start if captions else None
        if b > a:
            yield Finding("text missing", f"“{_short(said[a:b])}” is not shown", at, number)
        if d > c:
            yield Finding("text added", f"“{_short(seen[c:d])}” is not in the speech", at, number)


def _opcodes(a: str, b: str) -> Iterator[tuple[str, int, int, int, int]]:
    """The differences; what the two begin and end with alike costs nothing to find."""
    head = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    matcher = difflib.SequenceMatcher(
        None, a[head : len(a) - tail], b[head : len(b) - tail], autojunk=False
    )
    for kind, i, j, k, m in matcher.get_opcodes():
        yield kind, i + head, j + head, k + head, m + head


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:14]}…{text[-14:]}"

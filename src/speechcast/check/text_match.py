"""What the cues show, compared with the text of the speech."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from ..documents import Document
from ..frontend import tokens
from ..frontend.lexicon import Lexicon
from ..messages import _, mark
from ..model import MarkKind
from ..script.parser import parse
from ..subtitles.caption import Caption
from ..text.language import detect_language
from .differences import find_differences
from .report import Finding

# A preset may hide them, so that cues are right with or without them.
_OPTIONAL = frozenset({MarkKind.DIRECTION, MarkKind.LABEL})


class _Word(NamedTuple):
    """The letters of a word; an optional word may be hidden."""

    text: str
    optional: bool


def compare_text(captions: Sequence[Caption], source: Document) -> Iterator[Finding]:
    """Yield where the text of the cues differs from the speech.

    Text is missing, added or moved; if none is, words are cut in two. Punctuation and white space
    do not count. Directions （掌声） and speakers' labels may be shown or hidden.
    """
    shown = [keep_letters(c.text) for c in captions]
    words = list(_words(source))
    all_shown = "".join(shown)
    expected = _shown_words(words, all_shown)
    if "".join(expected) == all_shown:
        yield from _find_cut_words(expected, shown, captions)
    else:
        optional = {w.text for w in words if w.optional}
        hidden = {text for text in optional if text not in all_shown}
        present = [w.text for w in words if not (w.optional and w.text in hidden)]
        yield from _find_differences(present, shown, captions)


def _shown_words(words: Sequence[_Word], shown: str) -> list[str]:
    """Return the words, less the optional ones that are not shown."""
    expected: list[str] = []
    position = 0
    for word in words:
        if not word.optional or shown.startswith(word.text, position):
            expected.append(word.text)
            position += len(word.text)
    return expected


def _words(source: Document) -> Iterator[_Word]:
    """Yield the words of the speech, segmented as for speaking."""
    language = detect_language(source.text) or "zh"
    for paragraph in parse(source.blocks, source.front_matter.cast).paragraphs:
        for sentence in paragraph.sentences:
            optional = {m.start for m in sentence.marks if m.kind in _OPTIONAL}
            position = 0
            for token in tokens.tokenize_sentence(sentence, language, Lexicon(), phonetic=False):
                if word := keep_letters(token.shown):
                    yield _Word(word, position in optional)
                position += len(token.shown)


def keep_letters(text: str) -> str:
    """Return the characters that no cue may leave out.

    They are letters, digits, percent signs and asterisks.

    >>> keep_letters("增长5.2%，谢谢！")
    '增长52%谢谢'
    """
    return "".join(c for c in text if c.isalnum() or c in "*%＊")


def _find_cut_words(
    expected: Sequence[str], shown: Sequence[str], captions: Sequence[Caption]
) -> Iterator[Finding]:
    """Yield the cues that begin inside a word."""
    edges = set(accumulate((len(word) for word in expected), initial=0))
    ends = list(accumulate(len(text) for text in shown))
    for number, end in enumerate(ends[:-1], 1):
        if end not in edges:
            last, following = captions[number - 1].text[-4:], captions[number].text[:4]
            message = _("a word is cut: …{before} | {after}…")
            message = message.format(before=last, after=following)
            yield Finding(
                mark("word cut"), message, position=captions[number].start, cue=number + 1
            )


def _find_differences(
    expected: Sequence[str], shown: Sequence[str], captions: Sequence[Caption]
) -> Iterator[Finding]:
    """Yield each run of characters that only one side has.

    Each finding names the cue it concerns.
    """
    ends = list(accumulate((len(text) for text in shown), initial=0))
    speech, cues = "".join(expected), "".join(shown)
    for a, b, c, d in find_differences(speech, cues):
        number = min(bisect_right(ends, c, 1), len(captions))
        position = captions[number - 1].start if captions else None
        if b > a:
            message = _("“{text}” is not shown").format(text=_shortened(speech[a:b]))
            yield Finding(mark("text missing"), message, position=position, cue=number)
        if d > c:
            message = _("“{text}” is not in the speech").format(text=_shortened(cues[c:d]))
            yield Finding(mark("text added"), message, position=position, cue=number)


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:14]}…{text[-14:]}"

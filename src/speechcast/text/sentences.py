"""A paragraph to its sentences; the pieces joined are the paragraph.

A sentence ends at 。！？!? and at a full stop that is one, with
the quotes and brackets that close there; never at a decimal point, an ellipsis, a list number, an
abbreviation or an initial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .han import HAN_CLASS, is_east_asian

_CLOSERS = "”’」』）)】》〉\"'］]"
_ENDERS = "。！？!?｡．"
# What goes on after a closing quote, so that the sentence does too: “真的？”，他问。
_CONTINUING = "，、；：,;:)）—"
_CANDIDATE = re.compile(rf"(?:[{_ENDERS}]+|\.+)[{re.escape(_CLOSERS)}]*")

# Never the last word of a sentence when more follows.
_NEVER_LAST = frozenset(
    "mr mrs ms dr prof st vs fig figs vol vols pp gen gov sen rep rev hon capt col lt sgt cf eg ie "
    "viz jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_BEFORE_FIGURES = frozenset("no nos".split())  # No. 5, but: No. Not now.
# The last word only where a capital follows.
_SOMETIMES_LAST = frozenset("etc am pm inc ltd co corp jr sr bc ad".split())
# After initials (U.S.), only a word that hardly follows a name begins a new sentence.
_STARTERS = re.compile(
    r"(?:The|This|That|These|Those|It|He|She|We|They|I|You|In|But|And|A|An|Our|His|Her|There)\b"
)
_LATIN = r"[A-Za-z\u00c0-\u024f]"
_WORD_BEFORE = re.compile(rf"(?<!{_LATIN})(?:{_LATIN}\.)*{_LATIN}+$")
_LIST_NUMBER = re.compile(
    r"(?:^|[；;])\s*[（(]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[\u2160-\u216b]|[一二三四五六七八九十]{1,3})$"
)
_LIST_ITEM = re.compile(r"(?:[ivx]{1,4}|[a-z])[.)]\s")
# After a quotation, who said it belongs to the sentence: “真的？”他问。
_REPORTING_CLAUSE = re.compile(
    rf"{HAN_CLASS}{{1,6}}?(?:说|說|问|問|道|答|喊|叫|叹|嘆|笑)[着著了道]{{0,2}}(?:[，。；！]|$)|[a-z]"
)


def is_voiced(text: str) -> bool:
    """Whether there is anything in `text` to say."""
    return any(c.isalnum() for c in text)


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of one paragraph; joined, they are the paragraph."""
    pieces, start = [], 0
    for end in _find_ends(paragraph):
        piece = paragraph[start:end]
        if is_voiced(piece):
            pieces.append(piece)
        elif pieces:
            pieces[-1] += piece
        else:
            continue  # opens the next sentence
        start = end
    if rest := paragraph[start:]:
        if pieces and not is_voiced(rest):
            pieces[-1] += rest
        else:
            pieces.append(rest)
    return pieces


def _find_ends(text: str) -> Iterator[int]:
    """Where the sentences of `text` end, the white space after them included."""
    start = 0
    for match in _CANDIDATE.finditer(text):
        if _ends_sentence(text, start, match):
            start = _skip_space(text, match.end())
            yield start


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    after = text[_skip_space(text, match.end()) :]
    if match[0][-1] in "》〉":
        return not after  # a title that ends in a mark
    if _continues(text[start : match.end()], after) or _is_in_address(text, match):
        return False
    if not match[0].startswith("."):
        return True
    return _is_full_stop(text[start : match.start()], match[0], text[match.end() :])


def _continues(sentence: str, after: str) -> bool:
    """Whether what follows still belongs to the sentence so far."""
    if after[:1] and after[0] in _CONTINUING:
        return True
    reported = sentence[-1] in _CLOSERS and _REPORTING_CLAUSE.match(after)
    return bool(reported) or _continues_after_bracket(sentence, after)


def _is_in_address(text: str, match: re.Match[str]) -> bool:
    """Whether the mark stands inside of an address: a?b=1."""
    inside = re.match("[A-Za-z0-9=&/]", text[match.end() :])
    return bool(inside and re.fullmatch("[?!]+", match[0]))


def _is_full_stop(before: str, stop: str, after: str) -> bool:
    """Whether the ASCII dot between `before` and `after` ends a sentence."""
    if stop.startswith(".."):
        return False  # an ellipsis
    if _LIST_NUMBER.search(before):
        return False
    last = before[-1:]
    if is_east_asian(last or " "):  # after a Chinese character a dot is a 。
        return not after[:1].isalnum() or is_east_asian(after[0])
    if after[:1] and not after[0].isspace() and not is_east_asian(after[0]):
        return False  # a decimal point, a version, an address
    return _ends_after_word(before, after)


def _ends_after_word(before: str, after: str) -> bool:
    """Whether a dot between them ends a sentence; `after` begins at once or after a blank."""
    match, follows = _WORD_BEFORE.search(before), after.lstrip()
    if not follows or match is None or _LIST_ITEM.match(follows):
        return True
    word = match[0].replace(".", "").lower()
    if word in _BEFORE_FIGURES and match[0][0].isupper() and follows[0].isdigit():
        return False
    if word in _NEVER_LAST or follows[0].islower():
        return False
    if word in _SOMETIMES_LAST:  # 5 p.m. Then, but: 5p.m.开会
        return follows[0].isupper() or not (follows[0].isascii() or follows == after)
    if len(match[0]) == 1 or "." in match[0]:  # an initial, or several
        return match[0] == "I" or _STARTERS.match(follows) is not None
    return True


def _continues_after_bracket(sentence: str, after: str) -> bool:
    """Whether the sentence so far ends inside a bracket, or with one that began in its midst."""
    opened, closed = len(re.findall("[（(]", sentence)), len(re.findall("[）)]", sentence))
    if opened > closed:
        return re.search("[）)]", after) is not None
    inserted = opened and sentence[-1] in "）)" and sentence.lstrip()[0] not in "（("
    return bool(inserted and after)


def _skip_space(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position

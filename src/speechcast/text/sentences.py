"""Divide a paragraph into sentences.

A sentence ends at 。！？!? and at an ASCII full stop, and includes the quotes and brackets that
close there. A decimal point, an ellipsis, and the dot of a list number, an abbreviation or an
initial do not end one. The lists of words and the rules were written by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .han import HAN_CLASS, is_east_asian

CLOSERS = frozenset("”’」』）)】》〉］]\"'")  # closing quotes and brackets
_ENDERS = "。！？!?｡．"
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ")
"""The raised characters of Unicode that `documents.raised` writes."""
# Marks after a closing quote with which the sentence continues: “真的？”，他问。
_CONTINUING = "，、；：,;:)）—"
_NOTE_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # a note's reference after the mark: 产量上升。¹
_CANDIDATE = re.compile(
    rf"(?:[{_ENDERS}]+|\.+)[{re.escape(''.join(sorted(CLOSERS)))}{_NOTE_FIGURES}]*"
)

# Abbreviations that never end a sentence when more text follows.
_NEVER_LAST = frozenset(
    "mr mrs ms dr prof st vs fig figs vol vols pp gen gov sen rep rev hon capt col lt sgt cf eg ie "
    "viz jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_BEFORE_FIGURES = frozenset("no nos".split())  # No. 5, but: No. Not now.
# Abbreviations that end a sentence only where a capital letter follows.
_SOMETIMES_LAST = frozenset("etc am pm inc ltd co corp jr sr bc ad".split())
# After initials (U.S.), only a word that seldom follows a name begins a new sentence.
_STARTERS = re.compile(
    r"(?:The|This|That|These|Those|It|He|She|We|They|I|You|In|But|And|A|An|Our|His|Her|There)\b"
)
_LATIN = r"[A-Za-z\u00c0-\u024f]"
# The word before a dot, with the dots inside it: the p.m of p.m.
_WORD_BEFORE = re.compile(rf"(?<!{_LATIN})(?:{_LATIN}\.)*{_LATIN}+$")
# A list number before a dot: the 1 of 1. and the 三 of 三.
_LIST_NUMBER = re.compile(
    r"(?:^|[；;])\s*[（(]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[\u2160-\u216b]|[一二三四五六七八九十]{1,3})$"
)
# The next item of a list: ii. or b)
_LIST_ITEM = re.compile(r"(?:[ivx]{1,4}|[a-z])[.)]\s")
# After a quotation, the clause naming its speaker belongs to the sentence: “真的？”他问。
_REPORTING_CLAUSE = re.compile(
    rf"{HAN_CLASS}{{1,6}}?(?:说|說|问|問|道|答|喊|叫|叹|嘆|笑)[着著了道]{{0,2}}(?:[，。；！]|$)|[a-z]"
)


def is_voiced(text: str) -> bool:
    """Return whether `text` has a letter, a digit or a character.

    Raised ones do not count, for by themselves they refer to a note.

    >>> is_voiced("好。"), is_voiced("——"), is_voiced("¹²")
    (True, False, False)
    """
    return any(c.isalnum() and c not in RAISED for c in text)


def split_sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, each with its trailing white space.

    Joined, they are the paragraph. Text with nothing to speak belongs to the sentence before it,
    at the start to the one after it.

    >>> split_sentences("It rose 3.5 percent. “真的？”他问。好！")
    ['It rose 3.5 percent. ', '“真的？”他问。', '好！']
    """
    pieces, start = [], 0
    for end in _find_ends(paragraph):
        piece = paragraph[start:end]
        if is_voiced(piece):
            pieces.append(piece)
        elif pieces:
            pieces[-1] += piece
        else:
            continue  # belongs to the next sentence
        start = end
    if rest := paragraph[start:]:
        if pieces and not is_voiced(rest):
            pieces[-1] += rest
        else:
            pieces.append(rest)
    return pieces


def _find_ends(text: str) -> Iterator[int]:
    """Yield where each sentence ends, including the white space after it."""
    start = 0
    for match in _CANDIDATE.finditer(text):
        if _ends_sentence(text, start, match):
            start = _skip_space(text, match.end())
            yield start


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether the marks of `match` end a sentence.

    The sentence begins at `start`.
    """
    after = text[_skip_space(text, match.end()) :]
    if match[0][-1] in "》〉":
        return not after  # a title that ends with a mark
    if _continues(text[start : match.end()], after) or _is_in_address(text, match):
        return False
    if not match[0].startswith("."):
        return True
    return _is_full_stop(text[start : match.start()], match[0], text[match.end() :])


def _continues(sentence: str, after: str) -> bool:
    """Return whether the text after a mark continues the sentence before it."""
    if after[:1] and after[0] in _CONTINUING:
        return True
    reported = sentence[-1] in CLOSERS and _REPORTING_CLAUSE.match(after)
    return bool(reported) or _continues_after_bracket(sentence, after)


def _is_in_address(text: str, match: re.Match[str]) -> bool:
    """Return whether the mark stands inside a web address: a?b=1."""
    inside = re.match("[A-Za-z0-9=&/]", text[match.end() :])
    return bool(inside and re.fullmatch("[?!]+", match[0]))


def _is_full_stop(before: str, stop: str, after: str) -> bool:
    """Return whether the ASCII dot between `before` and `after` ends a sentence."""
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
    """Return whether the dot after a word ends a sentence.

    An example is the last dot of `p.m.`.

    `after` is the text after the dot, white space included.
    """
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
    """Return whether the sentence continues after its last bracket.

    It does if a bracket is still open, or if it ends with a bracketed insertion.
    """
    opened, closed = len(re.findall("[（(]", sentence)), len(re.findall("[）)]", sentence))
    if opened > closed:
        return re.search("[）)]", after) is not None
    inserted = opened and sentence[-1] in "）)" and sentence.lstrip()[0] not in "（("
    return bool(inserted and after)


def _skip_space(text: str, position: int) -> int:
    """Return the first position from `position` on that is not white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position

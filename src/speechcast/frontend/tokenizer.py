"""Split a text into tokens.

Chinese words are found by jieba; figures and Latin words stay whole; each mark is one token.

The signs that Chinese text has are in `signs_zh`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..model import Token
from ..text.graphemes import extends, is_emoji
from ..text.han import HAN, HAN_RANGES, simplified
from ..text.lookalikes import plain_forms, split_ligatures
from . import scripts
from .chinese_figures.normalize_zh import MAY_BEGIN, match_chinese
from .chinese_figures.signs_zh import SIGNS, compares
from .lexicon import Lexicon
from .mandarin.jieba_dictionary import is_word, load_jieba_for

_LETTER = rf"(?:(?!{HAN.pattern}|{scripts.ANY})[^\W\d_][\u0300-\u036f]*)"
_PIECE = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?[%‰]?)"
    rf"|(?P<han>{HAN.pattern}+)"
    rf"|(?P<word>{_LETTER}+(?:['’\-]{_LETTER}+)*)"
    r"|(?P<space>\s+)"
    r"|(?P<arrow>[-—]{1,3}>|={1,3}>|<[-=—]{1,3}>|<-{2,3})"
    r"|(?P<mark>(.)\7*)",
    re.DOTALL,
)
# Full-width digits, letters and signs of figures to half-width ones (Unicode block Halfwidth and
# Fullwidth Forms).
_FULL_WIDTH = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
_HALF_WIDTH = {c: c - 0xFEE0 for c in _FULL_WIDTH} | {
    ord("．"): ".",
    ord("〜"): "～",  # the wave dash of Japanese keyboards
    ord("∼"): "~",
    ord("％"): "%",
    ord("／"): "/",
    ord("－"): "-",
}
_ARROWS = {"-": "→", "—": "→", "=": "⇒"}  # what an arrow of several signs is read as, by its first
_JOINS_NAMES = frozenset("－−‐")  # 中国－东盟: shown, not spoken
# GB/T, COVID-19, TNF-α, β-胡萝卜素: shown, not spoken.
_JOINS_A_CODE = re.compile(rf"[A-Za-z][-/][A-Za-z\dα-ω]|[α-ω][-‐]{HAN.pattern}")
# Asterisks in place of a name: 中共*市委 is read 中共某市委.
_PLACEHOLDER = re.compile(r"[*＊]+")
_ACCENTED = re.compile(rf"(?!{HAN.pattern})[^\W\d_]$")  # a letter, which may have an accent
_PARTICLES = "的地得"
_NEXT_TO_HAN = re.compile(rf"[{HAN_RANGES}，。、；：！？”’]")


def tokenize(text: str, language: str, lexicon: Lexicon = Lexicon()) -> tuple[Token, ...]:
    """Return the tokens of a text.

    Their `shown`, joined, equals the text exactly.

    >>> [token.spoken for token in tokenize("增长5.2%。", "zh-CN")]
    ['增长', '百分之五点二', '。']

    Args:
        text: A sentence, or a part of one.
        language: A language tag; figures are read in Chinese for `zh` and in English for `en`.
        lexicon: The user's readings, which apply before anything else.
    """
    tokens: list[Token] = []
    position = 0
    plain = plain_forms(text)
    while position < len(plain):
        entry = lexicon.match(plain, position)
        end = position + len(entry.shown) if entry else lexicon.find_next(plain, position)
        tokens += [entry] if entry else _tokenize_plain(plain[position:end], language)
        position = end
    is_plain = split_ligatures(plain) == text
    return tuple(_joined(tokens if is_plain else _shown_as(tokens, text)))


def _joined(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens, with those that together are one visible character as one; silence emoji.

    What a character is joined with is spoken only if it is the accent of a letter.
    """
    previous: Token | None = None
    for token in tokens:
        if previous and not token.voiced and extends(previous.shown, token.shown[0]):
            accent = token.spoken if _ACCENTED.search(previous.spoken) else ""
            shown, spoken = previous.shown + token.shown, previous.spoken + accent
            previous = replace(previous, shown=shown, spoken=spoken)
            continue
        if previous:
            yield _silenced(previous)
        previous = token
    if previous:
        yield _silenced(previous)


def _silenced(token: Token) -> Token:
    return replace(token, spoken="") if is_emoji(token.shown) else token


def _shown_as(tokens: Sequence[Token], text: str) -> Iterator[Token]:
    """Yield the tokens of a text's plain form, showing the text itself."""
    position = 0
    for token in tokens:
        end = position + len(token.shown)
        yield replace(token, shown=text[position:end], spoken=split_ligatures(token.spoken))
        position = end


def _tokenize_plain(text: str, language: str) -> Iterator[Token]:
    """Yield the tokens of a text that contains no lexicon entry."""
    position = 0
    parted = False  # whether a figure has just been parted from what follows
    chinese = language.startswith("zh")
    half_width = text.translate(_HALF_WIDTH)
    while position < len(text):
        if figure := _match_figure(half_width, position, language):
            length, spoken = figure
            spoken = spoken.removeprefix(" ") if parted else spoken
            yield Token(text[position : position + length], spoken)
            position += length
            parted = spoken.endswith(" ")
            continue
        parted = False
        match = _PIECE.match(text, position)
        assert match
        yield from _tokenize_piece(match, chinese)
        position = match.end()


def _match_figure(text: str, position: int, language: str) -> tuple[int, str] | None:
    """Return the length and words of the figure at `position`.

    The result is None if there is no figure.
    """
    if language.startswith("en"):
        from .english.normalize_en import match_english  # not needed for Chinese

        return match_english(text, position)
    chinese = language.startswith("zh") and MAY_BEGIN.match(text, position)
    return match_chinese(text, position) if chinese else None


def _tokenize_piece(match: re.Match[str], chinese: bool) -> Iterator[Token]:
    """Yield the tokens of one match of `_PIECE`."""
    kind, text = match.lastgroup, match[0]
    if kind == "han":
        yield from (Token(word, word) for word in _cut_words(text))
    elif kind == "mark" and chinese and _stands_for_a_name(match):
        yield Token(text, "某")
    elif kind == "mark" and chinese and _multiplies(match):
        yield Token(text, SIGNS["×"])
    elif kind == "mark" and chinese and (_is_joint(match) or _is_bracket(match)):
        yield Token(text, "")
    elif kind == "word" and chinese:
        yield Token(text, text.translate(_HALF_WIDTH))
    elif kind == "arrow" and chinese:
        yield Token(text, _read_arrow(match))
    elif chinese and text in SIGNS:
        yield Token(text, SIGNS[text])
    else:
        yield Token(text, text)


def _read_arrow(arrow: re.Match[str]) -> str:
    """Return what an arrow between two texts says; "" for one that begins a line or points back."""
    sign = _ARROWS.get(arrow[0][0])
    before = arrow.string[max(0, arrow.start() - 2) : arrow.start()]
    return SIGNS[sign] if sign and before.strip() else ""


def _is_joint(match: re.Match[str]) -> bool:
    """Return whether a mark only joins the words around it."""
    return match[0] in _JOINS_NAMES or bool(_JOINS_A_CODE.match(match.string, match.start() - 1))


def _is_bracket(match: re.Match[str]) -> bool:
    """Return whether < or > encloses a word, as in <A&B>."""
    return match[0] in {"<", ">", "＜", "＞"} and not compares(match)


def _cut_words(han: str) -> Iterator[str]:
    """Yield the words of a run of Chinese characters.

    jieba divides their simplified forms.
    """
    start = 0
    text = simplified(han)
    for word in load_jieba_for(text).lcut(text):
        if len(word) > 1 and word[0] in _PARTICLES and not is_word(word):
            yield han[start]  # 更好|地|为: jieba alone has 地为
            yield han[start + 1 : start + len(word)]
        else:
            yield han[start : start + len(word)]
        start += len(word)


def _multiplies(match: re.Match[str]) -> bool:
    """Return whether an asterisk stands between two figures, as it is typed for ×: 5*3米."""
    text, end = match.string, match.end()
    before, after = (
        text[max(0, match.start() - 2) : match.start()].rstrip(),
        text[end : end + 2].lstrip(),
    )
    return match[0] in {"*", "＊"} and before[-1:].isdigit() and after[:1].isdigit()


def _stands_for_a_name(match: re.Match[str]) -> bool:
    """Return whether asterisks stand next to a Chinese character or its punctuation."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    around = before + match.string[match.end() : match.end() + 1]
    return bool(_PLACEHOLDER.fullmatch(match[0]) and _NEXT_TO_HAN.search(around))

"""A sentence to tokens: words by jieba, numbers and Latin words whole, every mark by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Token
from ..text.han import HAN, HAN_RANGES
from ..text.simplified import simplified
from . import normalize_en, normalize_zh
from .jieba_dictionary import is_word, load_jieba
from .lexicon import Lexicon

_LETTER = rf"(?:(?!{HAN.pattern})[^\W\d_])"
_PIECE = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?[%‰]?)"
    rf"|(?P<han>{HAN.pattern}+)"
    rf"|(?P<word>{_LETTER}+(?:['’\-]{_LETTER}+)*)"
    r"|(?P<space>\s+)"
    r"|(?P<mark>(.)\6*)",
    re.DOTALL,
)
# Full-width digits, letters and signs of figures, as the half-width ones they are read as.
_FULL_WIDTH = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
_HALF_WIDTH = {c: c - 0xFEE0 for c in _FULL_WIDTH} | {
    ord("．"): ".",
    ord("％"): "%",
    ord("／"): "/",
}
_SYMBOLS = {
    **dict.fromkeys("+＋", "加"),
    **dict.fromkeys("=＝", "等于"),
    **dict.fromkeys("&＆", "和"),
    "×": "乘",
    "÷": "除以",
    "℃": "摄氏度",
    "≥": "大于等于",
    "≤": "小于等于",
    "<": "小于",
    ">": "大于",
    "±": "正负",
}
_MAY_BE_FIGURE = re.compile(
    r"[\d$＄￥¥€£\-—–~～－−№½⅓⅔¼¾\u2160-\u216b\u2460-\u249b\u2776-\u277f\u3220-\u3229\u3280-\u3289]|[IVX]{2}|A\$|HK\$|US\$|NT\$|[A-Z]{3}(?=\s?\d)|No\.|\+86",
    re.ASCII,
)
_JOINS_NAMES = frozenset("－−‐")  # 中国－东盟: seen, not heard
_JOINS_A_CODE = re.compile(r"[A-Za-z][-/][A-Za-z\d]")  # GB/T, COVID-19: seen, not heard
# One character of a name left out: 中共*市委 is read 中共某市委.
_PLACEHOLDER = re.compile(r"[*＊]+")
_PARTICLES = "的地得"
_NEXT_TO_HAN = re.compile(rf"[{HAN_RANGES}，。、；：！？”’]")


def tokenize(sentence: str, language: str, lexicon: Lexicon = Lexicon()) -> tuple[Token, ...]:
    """The tokens of `sentence`; their `shown` joined is the sentence, to the character."""
    found: list[Token] = []
    at = 0
    while at < len(sentence):
        entry = lexicon.match(sentence, at)
        end = at + len(entry.shown) if entry else lexicon.find_next(sentence, at)
        found += [entry] if entry else _tokens(sentence[at:end], language)
        at = end
    return tuple(found)


def _tokens(sentence: str, language: str) -> Iterator[Token]:
    at = 0
    chinese = language.startswith("zh")
    plain = sentence.translate(_HALF_WIDTH)
    while at < len(sentence):
        if figure := _figure(plain, at, language):
            length, spoken = figure
            yield Token(sentence[at : at + length], spoken)
            at += length
            continue
        match = _PIECE.match(sentence, at)
        assert match
        yield from _piece(match, chinese)
        at = match.end()


def _figure(plain: str, at: int, language: str) -> tuple[int, str] | None:
    """How long the figure at `at` is, if words are said for it, and which."""
    if language.startswith("en"):
        return normalize_en.match_english(plain, at)
    chinese = language.startswith("zh") and _MAY_BE_FIGURE.match(plain, at)
    return normalize_zh.match_chinese(plain, at) if chinese else None


def _piece(match: re.Match[str], chinese: bool) -> Iterator[Token]:
    kind, text = match.lastgroup, match[0]
    if kind == "han":
        yield from (Token(word, word) for word in _words(text))
    elif kind == "mark" and chinese and _stands_for_a_name(match):
        yield Token(text, "某")
    elif kind == "mark" and chinese and (_is_joint(match) or _is_bracket(match)):
        yield Token(text, "")
    elif kind == "word" and chinese:
        yield Token(text, text.translate(_HALF_WIDTH))
    elif chinese and text in _SYMBOLS:
        yield Token(text, _SYMBOLS[text])
    else:
        yield Token(text, text)


def _is_joint(mark: re.Match[str]) -> bool:
    """Whether the mark only joins what is said."""
    return mark[0] in _JOINS_NAMES or bool(_JOINS_A_CODE.match(mark.string, mark.start() - 1))


def _is_bracket(mark: re.Match[str]) -> bool:
    """Whether < or > stands around a word, and does not compare a figure: <A&B>, but p<0.05."""
    around = mark.string[: mark.start()].rstrip()[-1:] + mark.string[mark.end() :].lstrip()[:1]
    return mark[0] in {"<", ">"} and not any(c.isdigit() for c in around)


def _words(han: str) -> Iterator[str]:
    at = 0
    for word in load_jieba().lcut(simplified(han)):
        if len(word) > 1 and word[0] in _PARTICLES and not is_word(word):
            yield han[at]  # 更好|地为|人民, it would have
            yield han[at + 1 : at + len(word)]
        else:
            yield han[at : at + len(word)]
        at += len(word)


def _stands_for_a_name(match: re.Match[str]) -> bool:
    around = (
        match.string[max(0, match.start() - 1) : match.start()] + match.string[match.end() :][:1]
    )
    return bool(_PLACEHOLDER.fullmatch(match[0]) and _NEXT_TO_HAN.search(around))

"""A sentence to tokens: words by jieba, numbers and Latin words whole, every mark by itself."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any

from ..model import Token
from . import numbers
from .simplified import simplified

_PIECE = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?[%‰]?)"
    r"|(?P<han>[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<word>[^\W\d_]+(?:['’\-][^\W\d_]+)*)"
    r"|(?P<space>\s+)"
    r"|(?P<mark>(.)\6*)",
    re.DOTALL,
)
_SYMBOLS = {"+": "加", "＋": "加", "=": "等于", "＝": "等于", "&": "和", "＆": "和", "℃": "摄氏度"}
# One character of a name left out: 中共*市委 is read 中共某市委.
_LEFT_OUT = re.compile(r"[*＊]+")
_NEXT_TO_HAN = re.compile(r"[\u3400-\u9fff，。、；：！？”’]")


def tokens(sentence: str, language: str) -> tuple[Token, ...]:
    """The tokens of `sentence`; their `shown` joined is the sentence, to the character."""
    return tuple(_tokens(sentence, language.startswith("zh")))


def _tokens(sentence: str, chinese: bool) -> Iterator[Token]:
    for match in _PIECE.finditer(sentence):
        kind, text = match.lastgroup, match[0]
        if kind == "han":
            yield from (Token(word, word) for word in _words(text))
        elif kind == "number" and chinese:
            yield Token(text, numbers.spoken(text, sentence[match.end() :]))
        elif kind == "mark" and chinese and _stands_for_a_name(match):
            yield Token(text, "某")
        elif chinese and text in _SYMBOLS:
            yield Token(text, _SYMBOLS[text])
        else:
            yield Token(text, text)


def _words(han: str) -> Iterator[str]:
    at = 0
    for word in _jieba().lcut(simplified(han)):
        yield han[at : at + len(word)]
        at += len(word)


def _stands_for_a_name(match: re.Match[str]) -> bool:
    around = (
        match.string[max(0, match.start() - 1) : match.start()] + match.string[match.end() :][:1]
    )
    return bool(_LEFT_OUT.fullmatch(match[0]) and _NEXT_TO_HAN.search(around))


@cache
def _jieba() -> Any:
    """jieba with its dictionary loaded; its cache kept where only this user writes."""
    from platformdirs import user_cache_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pkg_resources, and of its own regular expressions
        import jieba

    module: ModuleType = jieba
    logging.getLogger(module.__name__).setLevel(logging.ERROR)
    folder = user_cache_path("speechcast", ensure_exists=True)
    jieba.dt.tmp_dir = str(folder)
    jieba.initialize()
    return jieba

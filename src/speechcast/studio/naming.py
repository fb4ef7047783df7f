"""What a speech without a name is called: its title, or its first words."""

from __future__ import annotations

from ..documents import Document
from ..frontend.lexicon import Lexicon
from ..frontend.tokens import tokenize_sentence
from ..model import Sentence
from ..script.markup import parse_marks
from ..text.han import is_east_asian
from ..text.language import detect_language
from ..text.sentences import is_voiced, split_sentences

_MOST = 32  # columns: sixteen Chinese characters, or five or six words
_ENOUGH = _MOST // 2  # columns of a name that ends with a clause
_CLAUSE_MARKS = frozenset("，、；：。！？,;:.!?—")
_FIRST = 20  # paragraphs in which its words are looked for
_READ = 200  # characters that are read for it


def name_speech(document: Document) -> str:
    """Return what a person would call a speech; "" for one without words."""
    marked = [parse_marks(block.text, block.row) for block in document.blocks[:_FIRST]]
    title = parse_marks(document.front_matter.title or "", 1)
    first = next((text for text in (title, *marked) if is_voiced(text.masked)), None)
    if first is None:
        return ""
    shown = "".join(
        char
        for char, masked in zip(first.text, first.masked, strict=True)
        if not masked.isspace() or char.isspace()
    ).strip()
    return _shorten(shown if first is title else next(iter(split_sentences(shown[:_READ]))))


def _shorten(text: str) -> str:
    """Return the beginning of a text, in whole words, if possible in whole clauses."""
    words = _list_words(" ".join(text[:_READ].split()))
    name = ""
    for word in words:
        if _width(name + word) > _MOST:
            break
        name += word
    else:
        return _strip(name)
    end = max((i for i, char in enumerate(name) if char in _CLAUSE_MARKS), default=0)
    return _strip(name[:end] if _width(name[:end]) >= _ENOUGH else name or words[0])


def _list_words(text: str) -> list[str]:
    language = detect_language(text) or "en"
    tokens = tokenize_sentence(Sentence(text, 1), language, Lexicon(), phonetic=False)
    return [token.shown for token in tokens]


def _width(text: str) -> int:
    return sum(2 if is_east_asian(char) else 1 for char in text)


def _strip(name: str) -> str:
    """Return a name without quotes around it and marks at its end; closing brackets stay."""
    name = name.lstrip("“‘「『\"'")
    while name and not name[-1].isalnum() and name[-1] not in "）)》%":
        name = name[:-1]
    return name

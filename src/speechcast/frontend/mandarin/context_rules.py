"""Read function words, and other characters whose reading their grammar decides.

得 after a verb is de, before what must be done děi; 为 before somebody and what is done for them is
wèi. Such rules look at the words around a character and their parts of speech. They are the rows of
`contexts.txt`, whose head describes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from ...text.han import HAN, HAN_CLASS
from ..tables import read_rows
from .jieba_dictionary import is_word
from .parts_of_speech import part_of_speech
from .phrase_dictionary import is_phrase, split_into_phrases

_REACH = 16  # how many words on each side a rule sees, and characters of one word
_LONGEST = 4  # characters of a word that is looked for inside one that jieba does not know
_QUOTES = frozenset("“”‘’「」『』《》〈〉\"'")  # inside a clause
_ANYWHERE, _IN_NOUNS = "~", "/n"
_NOUNS = ("n", "ns", "nt", "nz", "s")  # the tags of words that are left to the dictionary
_BRACKETS = frozenset("（）()[]【】")
_DIGITS = frozenset("零一二三四五六七八九十百千万亿两几半")
_LISTING = frozenset("为")  # what follows it goes on after the mark between equals: 为甲、乙服务
_FREE = frozenset("得着了没")  # in a word, read by its grammar unless a phrase settles it
# What stands next to a verb in one word of jieba's, and leaves its reading open: 背着, 结出, 系上.
_RESULTS = frozenset("着了过出上下起到得给好满成在开不完住")
# Tags for words whose tag in jieba's dictionary is not that of their use in speeches; by hand.
_TAGGED = {
    "a": "荣幸 平静 安静 寂静 高兴 兴奋 多",
    "d": "很 挺 也 才 时刻 一起 一定 尽快 大声 好好 仍 常 再 更 永远 真",
    "m": "一",
    "n": "师傅 阳光 孩子 家长 大家 乡亲 考生",
    "p": "当 用 靠",
    "r": "每 本 该 各 谁",
    "v": "下去 起来 出去 进来 上来 出来 加入 献出 祝福 明白 学会 应 "
    "唱歌 跳舞 写字 读书 做饭 治病 看病",
}
_TAGS = {word: tag for tag, words in _TAGGED.items() for word in words.split()}
# What stands for a word in a pattern: any word, and one of a noun and what belongs to it.
_MACROS = {
    "W": "(?:[a-z][^a-z]+)",
    "N": "(?:[nhrsjgkzmqbaftlcix][^a-z]+|u的)",
}
# Phrases that jieba has as nouns and that begin with one of these are verbs; by hand.
_VERBS = ("注意", "重新", "发放", "加强", "提高", "落实", "推进", "开展", "做好", "表示")
_PIECE = re.compile(rf"\[\^?[^\]]*\]|{HAN_CLASS}|\.|[^.\[]")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A row of the table.

    Attributes:
        scope: Where the character may stand: "" alone or in a word that no dictionary settles,
            `~` in any word, `/n` in a noun of several characters.
        syllable: The reading; "" leaves it to what decides otherwise.
        before: What ends in front of the character.
        after: What begins behind it.
    """

    scope: str
    syllable: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def matches(self, scopes: str, before: str, after: str) -> bool:
        """Return whether the rule applies between two tagged texts."""
        if self.scope not in scopes.split(" "):
            return False
        if self.after and not self.after.match(after):
            return False
        return self.before is None or self.before.search(before) is not None


def find_context_readings(words: Sequence[str]) -> dict[int, str]:
    """Return the syllables that the rules settle, by their character's position.

    >>> find_context_readings(["这", "事", "得", "抓紧"]), find_context_readings(["做", "得", "好"])
    ({2: 'dei3'}, {1: 'de5'})

    Args:
        words: The words of a sentence, in simplified characters.
    """
    rows = _load_rows()
    starts = list(accumulate(map(len, words), initial=0))
    syllables: dict[int, str] = {}
    for index, word in enumerate(words):
        for offset, char in enumerate(word):
            if char in rows and (syllable := _apply(_load_rules(char), words, index, offset)):
                syllables[starts[index] + offset] = syllable
    return syllables


def _apply(rules: Sequence[_Rule], words: Sequence[str], index: int, offset: int) -> str:
    """Return the syllable of the first rule that applies to a character; "" if none does."""
    scopes = _find_scopes(words[index], offset)
    before, after = _tag_before(words, index, offset), _tag_after(words, index, offset)
    for rule in rules:
        if rule.matches(scopes, before, after):
            return rule.syllable
    return ""


@lru_cache(maxsize=10_000)
def _find_scopes(word: str, offset: int) -> str:
    """Return the scopes of the rules that may apply to a character of a word."""
    if len(word) == 1:
        return f" {_ANYWHERE}"
    if part_of_speech(word) in _NOUNS and word[offset] not in _FREE:
        return f"{_ANYWHERE} {_IN_NOUNS}"
    settled = _is_in_phrase(word, offset) or _is_in_word(word, offset)
    return _ANYWHERE if settled else f" {_ANYWHERE}"


def _is_in_phrase(word: str, offset: int) -> bool:
    """Return whether pypinyin's dictionary of phrases settles a character of a word."""
    end = 0
    for phrase in split_into_phrases(word):
        end += len(phrase)
        if offset < end:
            return is_phrase(phrase)
    return False


def _is_in_word(word: str, offset: int) -> bool:
    """Return whether a character and its neighbour in a word are a word that settles it."""
    if word[offset] in _FREE | {"地"}:
        return False
    pairs = [(offset - 1, offset), (offset, offset + 1)]
    inside = [(a, b) for a, b in pairs if a >= 0 and b < len(word)]
    return any(
        is_word(word[a] + word[b]) and word[a + b - offset] not in _RESULTS | _DIGITS
        for a, b in inside
    )


def _tag_before(words: Sequence[str], index: int, offset: int) -> str:
    """Return the tagged words between the beginning of the clause and a character."""
    pieces = [_tag(words[index][max(0, offset - _REACH) : offset])]
    for word in reversed(words[max(0, index - _REACH) : index]):
        if _ends_clause(word):
            break
        pieces.append(_tag(word[-_REACH:]))
    return "".join(reversed(pieces))


def _tag_after(words: Sequence[str], index: int, offset: int) -> str:
    """Return the tagged words between a character and the clause's end."""
    pieces = [_tag(words[index][offset + 1 : offset + 1 + _REACH])]
    char = words[index][offset]
    for word in words[index + 1 : index + 1 + _REACH]:
        if word == "、" and char in _LISTING:
            continue
        if _ends_clause(word):
            break
        pieces.append(_tag(word[:_REACH]))
    return "".join(pieces)


def _ends_clause(word: str) -> bool:
    """Return whether a word is a mark that ends a clause, or no Chinese at all."""
    return bool(word) and not HAN.match(word) and word not in _QUOTES | _BRACKETS


@lru_cache(maxsize=50_000)
def _tag(text: str) -> str:
    """Return the words of a text, each after the letter of its part of speech.

    A text that is in no dictionary is divided into words that are.

    >>> _tag("配备"), _tag("送上")
    ('v配备', 'v送f上')
    """
    if text in _QUOTES:
        return ""
    return "".join(_find_tag(word) + word for word in _split(text))


def _split(text: str) -> Iterator[str]:
    """Yield the words of a text: itself, or the longest ones from its beginning."""
    start = 0
    if is_word(text) or all(char in _DIGITS for char in text):
        start = len(text)
        yield from [text] if text else []
    while start < len(text):
        ends = range(min(len(text), start + _LONGEST), start + 1, -1)
        end = next((end for end in ends if is_word(text[start:end])), start + 1)
        yield text[start:end]
        start = end


def _find_tag(word: str) -> str:
    """Return the letter of a word's part of speech.

    It is the first of jieba's tag, but g for a verb that is used as a noun and h for a name; x if
    the word is unknown.
    """
    if word in _TAGS:
        return _TAGS[word]
    if all(char in _DIGITS for char in word):
        return "m"
    tag = part_of_speech(word)
    if len(word) > 3 and word.startswith(_VERBS):
        return "v"
    if tag.startswith("vn"):
        return "g"
    return "h" if tag.startswith("nr") else tag[:1] or "x"


@cache
def _load_rows() -> Mapping[str, Sequence[Sequence[str]]]:
    """Return the rows of `contexts.txt` by their character, in the order of the table."""
    rows: dict[str, list[Sequence[str]]] = {}
    for row in read_rows(__package__, "contexts.txt"):
        where, *columns = row.split()
        char = where.strip(_ANYWHERE + _IN_NOUNS)
        rows.setdefault(char, []).append((where.replace(char, ""), *columns))
    return rows


@cache
def _load_rules(char: str) -> Sequence[_Rule]:
    """Return the rules of a character; compiling those of all takes a tenth of a second."""
    return [
        _Rule(
            scope=scope,
            syllable=syllable.strip("-"),
            before=None if before == "*" else re.compile(rf"(?:{_compile(before)})\Z"),
            after=None if after == "*" else re.compile(_compile(after)),
        )
        for scope, syllable, before, after in _load_rows().get(char, ())
    ]


def _compile(pattern: str) -> str:
    """Return a row's pattern as one for tagged text.

    A tag may stand before each Chinese character and each `.`.

    >>> _compile("r.好[的了]")
    'r(?:[a-z]?[^a-z])(?:[a-z]?好)(?:[a-z]?[的了])'
    """
    return "".join(map(_widen, _PIECE.findall(pattern)))


def _widen(piece: str) -> str:
    """Return one piece of a pattern with the tag that may stand before it."""
    if piece in _MACROS:
        return _MACROS[piece]
    if piece == ".":
        return "(?:[a-z]?[^a-z])"
    if piece.startswith("[^") and HAN.search(piece):
        return f"(?:[a-z]?{piece[:-1]}a-z])"
    return f"(?:[a-z]?{piece})" if HAN.search(piece) else piece

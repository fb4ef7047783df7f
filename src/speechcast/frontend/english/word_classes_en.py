"""Find the class of an English word by a list of common words, or by its ending.

It is the class that a word has most often; the words around it play no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from ..tables import read_rows

# Endings of adjectives and nouns, by the rules of English word formation; listed by hand for this
# project. The first that fits applies.
_ENDINGS = (
    ("adv", ("ly", "wards")),
    ("noun", ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ship", "ism", "dom", "hood",
              "ure", "logy", "graphy", "eer", "ist")),
    ("plural", ("tions", "sions", "ments", "ities", "ances", "ences", "ers", "ors", "ists", "isms",
                "ees", "ians", "ures", "eers")),
    ("adj", ("ous", "ful", "ive", "ical", "able", "ible", "less", "ish", "ional", "ial", "ic",
             "ual", "est", "ern", "ese", "ary")),
    ("ing", ("ing",)),
    ("ed", ("ed",)),
)  # fmt: skip
_SINGULAR_S = ("ss", "us", "is", "'s")
_SHORTEST_STEM = 3
_BEFORE_A_NOUN = frozenset(("stop", "det", "dets", "poss", "quant", "adj", "num", "prep"))


@lru_cache(maxsize=4096)
def classify(word: str) -> str:
    """Return a word's class: a name of the list, or noun, name, plural, verbs, ing or ed.

    A full stop or another mark of that kind is a `stop`, a comma a `comma`.

    >>> classify("the"), classify("national"), classify("Smith"), classify("keeps")
    ('det', 'adj', 'name', 'verbs')
    """
    lower = word.lower()
    if listed := _load_classes().get(lower):
        return listed
    if not word[:1].isalnum():
        return "comma" if word == "," else "stop"
    if lower.endswith("'s"):
        return "poss"
    if word[0].isdigit() or word[0].isupper():
        return "num" if word[0].isdigit() else "name"
    return _guess_class(lower)


def _guess_class(word: str) -> str:
    if "-" in word:
        return "adj"  # five-kilometer, well-known
    for name, endings in _ENDINGS:
        if word.endswith(endings) and len(word) > _SHORTEST_STEM + 1:
            return name
    if word.endswith("s") and not word.endswith(_SINGULAR_S):
        stems = (word[:-1], word[:-2], word[:-3] + "y")
        return "verbs" if any(_load_classes().get(stem) == "verb" for stem in stems) else "plural"
    return "noun"


def classify_all(words: Sequence[str]) -> list[str]:
    """Return the classes of a sentence's words.

    The first word has no class of its own for its capital, and what follows an article is no verb.

    >>> classify_all(["Changes", "come", ",", "these", "changes", "too"])
    ['plural', 'verb', 'comma', 'dets', 'plural', 'degree']
    """
    classes: list[str] = []
    before = "stop"
    for word in words:
        usual = classify(word.lower() if before == "stop" else word)
        plural = usual == "verbs" and before in _BEFORE_A_NOUN
        classes.append("plural" if plural else usual)
        before = classes[-1]
    return classes


@cache
def _load_classes() -> dict[str, str]:
    """Return the listed words and their class."""
    rows = [row.split("\t") for row in read_rows(__package__, "word_classes_en.txt")]
    return {word: name for name, words in reversed(rows) for word in words.split()}

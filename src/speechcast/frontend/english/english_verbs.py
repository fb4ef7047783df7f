"""Weigh whether an English word that may be a noun or a verb is a verb, by the words around it.

Every neighbour counts for or against; the weights were set by hand for this project, on sentences
of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from .word_classes_en import classify_all

# What the class of the word before (adverbs between them aside) and of the word after counts, for a
# verb's base form and for its form in -s.
_BEFORE = {
    "to": (6, -2), "modal": (6, -2), "do": (5, -3), "let": (6, -3), "subj": (6, 6), "obj": (2, 0),
    "self": (1, 0), "det": (-6, -5), "dets": (-5, -6), "quant": (-2, -3), "poss": (-6, -6),
    "num": (-3, -3), "prep": (-5, -5), "be": (-4, -4), "have": (-3, -4), "adj": (-4, -4),
    "ing": (-3, -4), "ed": (-3, -3), "past": (-3, -3), "verb": (-3, -3), "verbs": (-3, -3),
    "degree": (-3, -3), "plural": (3, -1), "people": (3, -1), "noun": (-2, 2), "name": (-2, 3),
    "comma": (0, -1), "stop": (0, -3), "conj": (0, -1), "sub": (-1, -1), "adv": (0, 0),
}  # fmt: skip
_AFTER = {
    "det": (3, 3), "dets": (3, 3), "poss": (3, 3), "obj": (4, 4), "self": (4, 4), "subj": (1, 1),
    "quant": (2, 2), "adv": (1, 1), "be": (-4, -4), "have": (-4, -4), "modal": (-4, -4),
    "do": (-3, -3), "past": (-3, -3), "verbs": (-3, -2), "stop": (-1, -4), "comma": (-1, -3),
    "num": (1, 1), "adj": (1, 1), "ed": (-3, -3), "sub": (1, 1), "name": (1, 1), "plural": (1, 1),
}  # fmt: skip
_CAUSES = frozenset("let make makes made making help helps helped helping see saw watch watched "
                    "hear heard have had".split())  # fmt: skip
_HELPS = frozenset("help helps helped helping".split())
_PREPOSITION_TO = frozenset(
    "according due thanks compared contrary prior addition respect "
    "relation response opposition devoted dedicated committed".split()
)
_FINITE = frozenset(("be", "modal", "have", "do", "past", "verbs", "verb", "ed", "let", "subj"))
_MODIFIES = frozenset(("det", "dets", "poss", "adj", "noun", "name", "quant", "num"))
_ENDS_A_NOUN = frozenset(("noun", "name", "plural", "people", "obj", "subj"))
_CLAUSE = 8  # words of a clause in which its other words are sought
_TITLE = -4  # Smith Associates
_NO_OTHER_VERB = 3
_SHORTEST_SENTENCE = 4  # words; what is shorter may be a heading without a verb
_INVERTED = 6  # Does the plan produce …: counts as much as do itself
_ADVERB = 3  # Chinese now live, the band often records
_AGREEMENT = 5  # many refuse: a noun after many would be a plural
_PLURAL_QUANTITIES = frozenset("many most few several both all".split())
_NO_SUBJECT = frozenset(("be", "have", "det", "poss", "prep"))  # now live is no verb after them
_REPORTS = frozenset(("past", "verb", "verbs", "ed"))
_CAUSED = 3  # Let the people decide
_RELATIVES = frozenset(("who", "which", "that"))
_SINGULAR_SUBJECTS = frozenset("he she it nobody everybody somebody everyone someone".split())
_PAST_WORDS = frozenset("yesterday ago last once was were had did when earlier previously".split())
_HABITS = frozenset("every always usually often daily now today sometimes never".split())
_SINGULAR_DETS = frozenset("a an this that each every another one".split())


def weigh_verb(words: Sequence[str], index: int) -> float:
    """Return a number above 0 for a verb, below 0 for a noun or adjective, 0 for no evidence.

    >>> weigh_verb("We record every word .".split(), 1) > 0
    True
    >>> weigh_verb("A record was broken .".split(), 1) > 0
    False

    Args:
        words: A sentence, its marks as words of their own.
        index: The word in question.
    """
    lower = [word.lower() for word in words]
    classes = classify_all(words)
    form = int(lower[index].endswith("s") and not lower[index].endswith("ss"))
    weight = _weigh_before(lower, classes, index, form)
    weight += _weigh_after(lower, classes, index, form)
    if words[index][0].isupper() and index and classes[index - 1] == "name":
        weight += _TITLE
    alone = not any(c in _FINITE for i, c in enumerate(classes) if i != index)
    ends = classes[index + 1 : index + 2] in ([], ["stop"])
    if alone and not ends and len(words) > _SHORTEST_SENTENCE:
        weight += _NO_OTHER_VERB
    return weight


def find_head(classes: Sequence[str], index: int) -> int:
    """Return the index of the word before this one, adverbs aside; -1 at the start."""
    head = index - 1
    while head >= 0 and classes[head] == "adv":
        head -= 1
    return head


def _weigh_before(lower: Sequence[str], classes: Sequence[str], index: int, form: int) -> float:
    head = find_head(classes, index)
    before = classes[head] if head >= 0 else "stop"
    weight = float(_BEFORE[before][form])
    if head < index - 1 and before not in _NO_SUBJECT:
        weight += _ADVERB
    if before == "to" and lower[max(0, head - 1)] in _PREPOSITION_TO:
        return -1
    if before in {"det", "dets"}:
        return _weigh_determiner(lower, classes, head, form)
    if before == "conj":
        return _weigh_parallel(classes, head)
    if before in {"plural", "people"} and head:
        weight -= 2 * _is_in_doubt(lower, classes, head)
    if not form and lower[head] in _PLURAL_QUANTITIES and before == "quant":
        return weight + _AGREEMENT
    if not form and before in {"verb", "verbs", "past"} and lower[head] in _HELPS:
        return 5
    if not form and before in _ENDS_A_NOUN:
        weight += _weigh_clause(lower, classes, head)
    return weight


def _weigh_determiner(lower: Sequence[str], classes: Sequence[str], head: int, form: int) -> float:
    """Return the weight of this, that, these, which or an article before the word."""
    word = lower[head]
    before = classes[head - 1] if head else "stop"
    if word == "which":
        return 4
    if word == "that" and before in {"noun", "plural", "people", "name"}:
        return 5 if form or before in {"plural", "people"} else -3
    if word == "that" and form and before in _REPORTS:
        return 1
    if form and word in _SINGULAR_DETS:
        return 4 if word in {"this", "that"} else -2
    return -6


def _weigh_parallel(classes: Sequence[str], conjunction: int) -> float:
    """Return the weight of and, or, but before the word: a verb, if it joins two verbs."""
    first = max(0, conjunction - _CLAUSE)
    before = classes[first:conjunction]
    nearest = before[-1:]
    if nearest in (["verb"], ["verbs"]) or {"to", "modal"} & set(before[-3:]):
        return 3
    return -2 if nearest and nearest[0] in {"noun", "adj", "plural", "name"} else 0


def _is_in_doubt(lower: Sequence[str], classes: Sequence[str], head: int) -> bool:
    """Return whether a word in -s may be a verb itself: the company announces."""
    return (
        lower[head].endswith("s")
        and classes[head - 1] in {"noun", "name"}
        and not lower[head].endswith(("ers", "ors", "ists", "ions", "ments"))
    )


def _weigh_clause(lower: Sequence[str], classes: Sequence[str], head: int) -> float:
    """Return the weight of a verb that leaves the next one in its base form.

    It is an auxiliary before its subject (Does the plan produce …), or let, make, help, see.
    """
    auxiliary = _find_auxiliary(lower, classes, head)
    return {"": 0, "have": 0, "let": _CAUSED}.get(auxiliary, _INVERTED)


def _find_auxiliary(lower: Sequence[str], classes: Sequence[str], head: int) -> str:
    """Return the class of the auxiliary before the subject that ends at `head`; "" for none."""
    start = head
    while start > 0 and classes[start - 1] in _MODIFIES and head - start < _CLAUSE:
        start -= 1
    if not start:
        return ""
    opens = start < 2 or classes[start - 2] in {"stop", "comma", "sub", "det", "conj"}
    if classes[start - 1] in {"do", "modal", "have"} and opens:
        return classes[start - 1]
    return "let" if lower[start - 1] in _CAUSES and classes[start] != "noun" else ""


def _weigh_after(lower: Sequence[str], classes: Sequence[str], index: int, form: int) -> float:
    after = classes[index + 1] if index + 1 < len(classes) else "stop"
    word = lower[index + 1] if index + 1 < len(lower) else "."
    if word == "of":
        return -4
    if word == "it":
        return 3
    if word == "against":
        return 1
    if after == "sub" and word == "as":
        return 0
    return float(_AFTER.get(after, (0, 0))[form])


def is_past(words: Sequence[str], index: int) -> bool:
    """Return whether a verb whose past is spelled like its base (read) is in the past.

    >>> is_past("Yesterday I read it .".split(), 2), is_past("I read every day .".split(), 1)
    (True, False)
    """
    lower = [word.lower() for word in words]
    classes = classify_all(words)
    head = find_head(classes, index)
    before, word = (classes[head], lower[head]) if head >= 0 else ("stop", ".")
    if word in _RELATIVES and head:
        return _is_singular(classes, head - 1) or _has_past_evidence(lower, classes)
    if before in {"to", "modal", "do", "let", "det", "poss", "adj", "stop"}:
        return lower[index + 1 : index + 2] == ["by"] and before == "stop"
    if before in {"be", "have"} or lower[index + 1 : index + 2] == ["by"]:
        return True
    if auxiliary := _find_auxiliary(lower, classes, head):
        return auxiliary == "have"
    if before == "conj":
        return _follows_a_past(classes, head)
    singular = word in _SINGULAR_SUBJECTS or _is_singular(classes, head)
    return singular or _has_past_evidence(lower, classes)


def _is_singular(classes: Sequence[str], head: int) -> bool:
    """Return whether a subject is one person or thing, so that its verb would end in -s."""
    first = head
    while first > 0 and classes[first - 1] in _MODIFIES:
        first -= 1
    return classes[head] in {"noun", "name"} and "conj" not in classes[max(0, first - 1) : head]


def _follows_a_past(classes: Sequence[str], head: int) -> bool:
    """Return whether the nearest verb before a conjunction is in the past."""
    before = (c for c in reversed(classes[max(0, head - 2 * _CLAUSE) : head]))
    nearest = next((c for c in before if c in {"past", "ed", "to", "modal", "verb", "verbs"}), "")
    return nearest in {"past", "ed"}


def _has_past_evidence(lower: Sequence[str], classes: Sequence[str]) -> bool:
    """Return whether a sentence speaks of the past and not of a habit."""
    past = "past" in classes or not _PAST_WORDS.isdisjoint(lower)
    return past and _HABITS.isdisjoint(lower)

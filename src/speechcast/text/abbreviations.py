"""Decide whether the dot after a word ends an English sentence.

A dot ends no sentence before a small letter. Before a capital it depends on the word: a title never
ends one, a time usually does, and any other abbreviation does where a word follows that seldom is
part of a name. The lists were written by hand for this project.
"""

from __future__ import annotations

import re

from .han import is_east_asian

# Abbreviations that are always followed by more of their sentence. Most stand before a name.
_NEVER_LAST = frozenset(
    "mr mrs ms mx messrs dr drs prof mt ft gen lt col maj capt cpl cmdr sgt adm brig gov sen rep "
    "rev hon pres supt insp det amb atty fr msgr viz vs cf eg ie approx ca incl excl resp "
    "aka".split()
)
# Abbreviations before a figure: No. 5, Fig. A; some are words as well: "No. Not now."
_BEFORE_FIGURES = frozenset(
    "no nos n° nº p pp v c para vol vols fig figs ch chap sec sect art ver op eq tab app ext "
    "rm".split()
)
_NUMBERING = re.compile(r"[IVXLC]{1,6}\b|[A-Z]\b(?![’'])")  # Vol. II, Fig. A
# Abbreviations of times and the end of a list, which a capital letter follows only by chance.
_OFTEN_LAST = frozenset("etc am pm bc ad bce ce".split())
# Abbreviations that may be last, or stand before more of a name: Apple Inc. Chief Tim Cook.
_SOMETIMES_LAST = frozenset(
    "inc ltd co corp llc plc bros mfg intl natl assn assoc dept div dist govt univ inst est al jr "
    "sr esq st ave blvd rd hwy rte sq ctr bldg apt ste jan feb mar apr jun jul aug sep sept oct "
    "nov dec mon tue tues wed thu thur thurs fri sat sun calif ariz ark colo conn del fla ga ill "
    "ind kan ky mass md mich minn mont neb nev okla penn pa tenn tex va vt wis wyo".split()
)
# Of these only the capitalized form is an abbreviation: Sat. 5 May, but "He sat. Then he spoke."
_CAPITALIZED = frozenset(
    "no nos art sec op tab app sat sun mon mar ill ind mass dec det rep rev col gen hon fr".split()
)
_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|ember|ober)?"
)
# What belongs to a time before it: 5 p.m. Monday, 9 a.m. Eastern, 8 p.m. Beijing time.
_REST_OF_TIME = re.compile(
    rf"{_DAY}s?\b(?! (?:is|was|will|would|has|had|can|may)\b)|{_MONTH}\.? \d"
    r"|(?:Eastern|Central|Mountain|Pacific|Greenwich|Local)\b|[A-Z][a-z]{1,20} [Tt]ime\b"
    r"|(?:[A-Z]{1,3}T|UTC|BST)\b"
)
# A time that a noun or a clause must follow: the 5 p.m. News, At 5 a.m. Mr. Smith woke.
_LEADING_TIME = re.compile(
    r"(?:\b(?:the|a|an|this|that|our|their|his|her|its|every|each)\s+[\d:]{1,5}\s?"
    r"|^\W{0,3}(?:at|by|around|about|until|before|after|since|from|in)\s+[\d:]{1,5}\s?)$",
    re.IGNORECASE,
)
_LONGEST_TIME = 24  # characters before the a of a.m. that say what kind of time it is
# Words that seldom follow an abbreviation or an initial in a name, and so begin a sentence.
_STARTERS = re.compile(
    r"(?:(?:A|An|The|This|That|These|Those|I|It|He|She|We|They|You|My|Your|Our|His|Her|Its|Their|"
    r"There|Here|What|When|Where|Who|Why|How|Which|If|As|At|On|For|To|From|By|With|In|Of|After|"
    r"Before|Since|While|Although|Though|Because|However|So|Or|Not|No|Yes|But|And|Nor|Yet|Then|Now|"
    r"Today|Tomorrow|Yesterday|Both|All|Each|Every|Some|Many|Most|Few|Several|Such|Another|Any|"
    r"Let|Please|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could|Would|Should|Must|Also|Even|"
    r"Once|Until|During|Despite|Only|Perhaps|Meanwhile|Moreover|Therefore|Thus|Still|Never|"
    r"Everyone|Everybody|Nobody|Nothing|Thank|Thanks)\b(?!\.)|[A-Z][a-z]{1,5}n['’]t\b)"
)
_QUOTES = "“‘\"'"
# Words before a Roman figure that ends a sentence: World War I. They fought.
_NUMBERED = frozenset("war part chapter act title phase volume book section type class".split())
_LATIN = r"[A-Za-z\u00c0-\u024f]"
# The word before a dot, with the dots inside it: the p.m of p.m. and the Ph.D of Ph.D.
# A word after a dot and a longer one is part of a file's name or an address: README.md.
_WORD = re.compile(rf"(?<!{_LATIN})(?<!\.)(?:(?:{_LATIN}|[A-Z][a-z]{{1,2}})\.)*{_LATIN}+[°º]?$")
_LAST_WORD = re.compile(rf"{_LATIN}{{1,16}}$")
_UNIT = re.compile(rf"[\d°]\s?{_LATIN}$")
_LONGEST_WORD = 32  # characters; no longer word before a dot is an abbreviation
# The next item of a list: ii. or b)
_LIST_ITEM = re.compile(r"(?:[ivx]{1,4}|[a-z])[.)]\s")


def is_last_word(text: str, start: int, dot: int, after: int, *, spaced: bool) -> bool:
    """Return whether the word before a dot is the last one of its sentence.

    >>> text = "We met Dr. Li in the U.S. They left."
    >>> is_last_word(text, 0, 9, 11, spaced=True), is_last_word(text, 0, 24, 26, spaced=True)
    (False, True)

    Args:
        text: The paragraph.
        start: Where the sentence begins.
        dot: The index of the dot.
        after: The index of the next character that is not white space.
        spaced: Whether there is white space before it.
    """
    match = _WORD.search(text[max(start, dot - _LONGEST_WORD) : dot])
    if match is None or after == len(text) or _LIST_ITEM.match(text, after):
        return True
    word, following = match[0], text[after]
    if following.islower():
        return False
    before = text[max(start, dot - len(word) - _LONGEST_TIME) : dot - len(word)]
    letters = word.replace(".", "").lower()
    is_word = letters in _CAPITALIZED and word.islower()
    if letters in _BEFORE_FIGURES and _begins_figure(
        text, after, roman=letters != "no" and not is_word
    ):
        return False
    if is_word:
        return True
    if letters in _OFTEN_LAST and word not in ("ad", "am", "ce"):
        return _ends_with_time(text, after, before, spaced=spaced)
    return _ends_after_name(word, letters, before, text, after)


def _begins_figure(text: str, after: int, *, roman: bool) -> bool:
    """Return whether a figure follows: 5, and with `roman` also II or A."""
    return text[after].isdigit() or (roman and _NUMBERING.match(text, after) is not None)


def _ends_with_time(text: str, after: int, before: str, *, spaced: bool) -> bool:
    """Return whether a.m., p.m., B.C. or etc. ends a sentence.

    `before` is the text before it.
    """
    following = text[after]
    if not following.isupper():  # 5p.m.开会
        return spaced and (is_east_asian(following) or following in _QUOTES)
    return not (_REST_OF_TIME.match(text, after) or _LEADING_TIME.search(before))


def _ends_after_name(word: str, letters: str, before: str, text: str, after: int) -> bool:
    """Return whether a word that may be part of a name ends a sentence.

    `before` is the text before it, and the text goes on at `after`.
    """
    if letters in _NEVER_LAST:
        return False
    is_short = letters in _SOMETIMES_LAST or "." in word or _is_initial(word, before)
    return not is_short or _begins_sentence(text, after)


def _is_initial(word: str, before: str) -> bool:
    """Return whether a word is the initial of a name.

    It is none where it is a unit (25 °C.), or where I is a pronoun or a figure (So did I.).
    """
    if len(word) > 1 or word.islower() or _UNIT.search(before + word):
        return False
    last = _LAST_WORD.search(before.rstrip())
    return word != "I" or (
        last is not None and last[0].istitle() and last[0].lower() not in _NUMBERED
    )


def _begins_sentence(text: str, after: int) -> bool:
    """Return whether the text at `after` begins with a word that seldom follows in a name."""
    if text[after] in _QUOTES:
        after += 1
    return _STARTERS.match(text, after) is not None

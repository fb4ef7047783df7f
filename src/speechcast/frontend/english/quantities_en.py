"""Read the number of a quantity, and find out whether the quantity describes a noun.

A quantity is a number or a range, often a scale (million), and a unit or a currency. Before a noun
its unit is singular (a five-kilometer race, a twenty dollar bill), else plural (she ran five
kilometers). The lists of words were written by hand for this project.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..scripts import FRACTION, written_out
from .number_words_en import spell_digits, to_fraction, to_words

N = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
"""A whole number or a decimal, as part of a regular expression."""
TO = r"\s?[-–—−~～]\s?"
"""The sign between the two numbers of a range."""
_WHOLE = r"(?:\d{1,4}\s|\d{1,3}-(?=[1357]/[2348]\b))"
AMOUNT = rf"(?:(?:{N}\s?)?{FRACTION}|{_WHOLE}?\d{{1,2}}/\d{{1,3}}(?![\d/])|{N}|\.\d+)"
"""A number that may have a fraction: 3½, 1 1/2, 1-1/2, 2/3, .5."""
SCALES = r"(?:hundred|thousand|million|billion|trillion|[mb]n|tn)"
"""A word after the figures that is part of the number."""
NOUN = r"(?!was|has|his|this|its|does|as|is|plus|less|across|versus|minus)[a-z]{2,}s"
COUNTED = rf"(?:people|men|women|children|police|{NOUN})\b"
"""What is counted by the figure before it: 1961 people."""
MAGNITUDES = {"k": "thousand", "m": "million", "mn": "million", "b": "billion", "bn": "billion",
              "t": "trillion", "tn": "trillion"}  # fmt: skip
"""Letters after a number that are a scale, in small letters: $5m."""

_MOST_OF_LIST = 4  # quantities before the noun that they describe
_BEFORE = 40  # characters before a quantity that decide whether it describes a noun
_ADJECTIVES = (
    "new|old|further|additional|extra|record|whopping|proposed|annual|initial|total|single|first|"
    "second|third|next|last|final|massive|huge|planned|estimated|crisp|so-called|free|grueling|"
    "cash|federal|one-time|non-refundable|nearly|almost|roughly|about|over"
)
# The 4 x of 4 x 100 m, the 3 x 4 before cm.
_BY = r"(?:\d{1,3}(?:\.\d{1,2})?(?:\s?[a-z]{1,2})?(?:\s?[x×]\s?|\sby\s)(?:[\d.,]{1,8}\s)?)?"
_JOINT = r"(?:\s?/\s?|,?\s(?:and|or|to)\s|,\s)"  # of a list
_COMPOUND = r"(?:\s\w{1,12}(?:-\w{1,12}){1,2},)?"  # the 10-year of a 10-year, $5 million sentence
_ARTICLE = re.compile(
    r"(?:^|[\s(“\"—])(?:an?|another|each|every|one)"
    rf"(?:\s(?:{_ADJECTIVES})){{0,2}}{_COMPOUND}\s{_BY}$",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:(?:^|[\s(“\"—])(?:the|this|that|any|no|its|his|her|their|our|my|your|whose)|[a-z]['’]s|"
    rf"s['’])(?:\s(?:{_ADJECTIVES})){{0,2}}{_COMPOUND}\s{_BY}$",
    re.IGNORECASE,
)
# After these, a plural noun after the quantity is what it describes: with $20 bills.
_PLURAL_BEFORE = re.compile(
    r"(?:^|[\s(“\"—])(?:\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|some|several|many|few|"
    r"these|those|all|most|more|with|in|of|for|by|into|and|or|from|as|like|uses?|sells?|buys?|"
    rf"(?:{_ADJECTIVES}))\s$",
    re.IGNORECASE,
)
# Words after a quantity that are no noun it describes. Endings are judged in `_is_noun`.
_NO_NOUN = frozenset(
    "of to in on at for from by with and or but nor per than as if when while because so that "
    "which who whom whose where after before since until till within during over under above "
    "below between through into onto out off up down away back ago apart more less better worse "
    "higher lower faster slower heavier lighter longer shorter wider taller deeper further "
    "farther nearer older younger bigger smaller larger greater cheaper north south east west "
    "northeast northwest southeast southwest upstream downstream due worth each apiece "
    "altogether together every a an the this these those his her its their our my your he she "
    "it we they i you is was are were be been has have had will would can could may might must "
    "should shall do does did not never also just only even still already now then today "
    "tomorrow yesterday tonight here there last next monthly weekly yearly annually alone too "
    "ahead behind inland offshore about around against along among near plus minus versus vs "
    "via without yet earlier later early late went came ran fell rose left took gave got "
    "remaining missing owing going being coming long wide tall high deep thick old across "
    "besides always sometimes perhaps makes takes covers goes comes means includes represents "
    "brings gets buys pays helps seems remains leaves gives adds equals becomes appears looks "
    "leads lies says keeps sounds shows allows enough short full thanks overseas indoors "
    "outdoors towards upwards downwards upstairs downstairs afterwards toward despite unless "
    "though although amid beyond beside inside outside past throughout uphill downhill upriver "
    "downriver driven sunday monday tuesday wednesday thursday friday saturday".split()
)
# Before a noun they belong to it: a 5 km long road, a $20 monthly fee.
_ADJECTIVAL = frozenset("long wide tall high deep thick old daily weekly monthly yearly".split())
# Nouns that are named after their measure or sum, so that no determiner is needed: 35mm film, $20
# bills; not what is measured (5 kg rice, 16 GB memory).
_NAMED_BY_QUANTITY = frozenset(
    "film lens lenses print camera screen monitor display laptop tablet pill capsule vial dose "
    "phone module drive disk card stick model line cable wire supply supplies circuit outlet "
    "socket plug battery batteries bulb lamp heater motor engine generator transformer charger "
    "adapter amplifier speaker grid network substation turbine reactor radio band channel signal "
    "stream connection processor pipe tube hose bolt screw nail nut drill gap gun cannon shell "
    "rifle bullet mortar sprint dash relay freestyle butterfly backstroke breaststroke medley "
    "hurdle steeplechase marathon race final event pool track course trail radius zone buffer "
    "belt wind gust wave wall tower mast fence ladder rod pole rope chain tape ribbon telescope "
    "mirror wheel tire rim bag sack bottle can jar carton box boxes barrel drum tank keg pack "
    "packet sachet mug dumbbell plate pan truck bill note coin banknote stamp cheque check ticket "
    "fee fine deposit surcharge voucher coupon bounty bounties reward prize jackpot bailout "
    "stimulus package fund loan mortgage grant deal contract lawsuit settlement buyout takeover "
    "bond budget program project scheme donation bonus bonuses discount rebate subsidy subsidies "
    "levy tariff".split()
)
_NOUNS_IN_LY = frozenset(
    "family supply assembly rally ally fly butterfly monopoly reply belly bully".split()
)
_NEXT_WORD = re.compile(r"\s([A-Za-z]{1,32})\b(?!['’](?:ve|d|re|ll|m)\b)(\s[A-Za-z])?")


def read_amount(text: str) -> str:
    """Return a number in words, with its fraction.

    >>> read_amount("3½"), read_amount("1 1/2"), read_amount("2/3"), read_amount("1,250.5")[-10:]
    ('three and one half', 'one and one half', 'two thirds', 'point five')
    """
    plain = re.sub(rf"\s?({FRACTION})", lambda m: " " + written_out(m[1]), text).strip()
    plain = plain.replace("-", " ")
    whole, _, fraction = plain.rpartition(" ")
    if "/" not in fraction:
        return f"point {spell_digits(text)}" if text.startswith(".") else to_words(text)
    words = to_fraction(*map(int, fraction.split("/")))
    return f"{to_words(whole)} and {words}" if whole else words


def read_span(low: str, high: str | None, scale: str | None) -> str:
    """Return a number or a range in words, with its scale.

    >>> read_span("3", "5", "bn")
    'three to five billion'
    """
    words = f"{read_amount(low)} to {read_amount(high)}" if high else read_amount(low)
    return f"{words} {MAGNITUDES.get(scale.lower(), scale.lower())}" if scale else words


def is_single(low: str, high: str | None, scale: str | None) -> bool:
    """Return whether a number takes its unit in the singular: 1 km, 1/2 mile."""
    return not high and not scale and (low == "1" or bool(re.fullmatch(rf"\d/\d+|{FRACTION}", low)))


# What was done with an amount: the $20 paid by him; but a $20 discounted fare.
_PARTICIPLE = re.compile(
    r"\s(?:[a-z]{2,12}ed|paid|spent|lost|given|won|found|sent|sold|bought|kept|taken|made|lent|stolen)"
    r"(?=\s(?:by|for|in|to|on|from|so|at|was|were|is|are|will|had|has)\b|\s?[.,;!?]|\s?$)"
)


def is_attributive(m: re.Match[str], unit: str = "") -> bool:
    """Return whether the quantity that matched describes the noun after it.

    If its unit is given, so may others of that unit behind it: 110 kV/10 kV lines.

    >>> is_attributive(re.search("[$]20", "a $20 bill"))
    True
    >>> is_attributive(re.search("[$]20", "it is $20 a cup"))
    False
    """
    before, text = m.string[max(0, m.start() - _BEFORE) : m.start()], m.string
    if unit:
        before = _patterns_of_list(unit)[0].sub("", before)
    end = _end_of_list(text, m.end(), unit) if unit else m.end()
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return True
    following = _NEXT_WORD.match(text, end)
    if following is None or _PARTICIPLE.match(text, end):
        return False
    word, after_article = following[1], bool(_ARTICLE.search(before))
    is_determined = after_article or bool(_DETERMINER.search(before))
    if word in _ADJECTIVAL and following[2]:
        return is_determined
    if not _is_noun(word, after_article):
        return False
    is_plural = bool(re.fullmatch(NOUN, word)) and not word.endswith("ss")
    return (
        is_determined
        or (is_plural and bool(_PLURAL_BEFORE.search(before)))
        or ("°" not in m[0] and not _NAMED_BY_QUANTITY.isdisjoint((word, word.removesuffix("s"))))
    )


def _end_of_list(text: str, end: int, unit: str) -> int:
    """Return where a list of quantities of one unit ends, of which the first ends at `end`."""
    another = _patterns_of_list(unit)[1]
    for _ in range(_MOST_OF_LIST):
        following = another.match(text, end)
        if not following:
            break
        end = following.end()
    return end


@lru_cache
def _patterns_of_list(unit: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of the other quantities of a list, before one of them and behind it."""
    symbol = re.escape(unit)
    after = (
        rf"(?:{N}{TO})?{N}[\s-]?{symbol}(?![\w/²³])|{symbol}{N}(?:[\s-]?{SCALES})?(?![\w/.]\w|\w)"
    )
    before = rf"(?:{N}{TO})?{N}[\s-]?{symbol}|{symbol}{N}(?:[\s-]?{SCALES})?"
    return (
        re.compile(rf"(?:{_BY}(?:{before}){_JOINT}){{1,{_MOST_OF_LIST}}}$"),
        re.compile(rf"{_JOINT}{_BY}(?:{after})"),
    )


def _is_noun(word: str, after_article: bool) -> bool:
    if word.lower() in _NO_NOUN or (word.endswith("ly") and word not in _NOUNS_IN_LY):
        return False
    return after_article or not re.search(r"[^e]ed$", word)  # the $20 paid

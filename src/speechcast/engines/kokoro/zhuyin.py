"""Spell Mandarin in the symbols of Kokoro v1.1-zh: bopomofo, and a character for most finals.

An initial, a final and a tone make a syllable: 中 is ㄓ中1, for the character 中 stands for the
final -ong. The suffix 儿 is an R before the tone of its syllable: 花儿 is ㄏ穵R1.
"""

from __future__ import annotations

import re
from functools import cache

SUFFIX = "R"
_NEUTRAL = "5"  # the tone of a suffix that stands alone
# Symbol → number: the vocabulary of the model's config.json, without the symbols of English.
# fmt: off
VOCABULARY = dict(zip(
    ";:,.!?/—…\"()“” Rㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦㄧㄨㄩㄭ"
    "十月压言阳要阴应用又中穵外万王为文瓮我元云12345",
    (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 34,
     30, 32, 37, 38, 40, 49, 73, 74, 79, 84, 88, 89, 91, 93, 23, 94, 95, 126, 96, 97, 98,
     100, 104, 140, 105, 106, 107, 108, 109, 117, 121, 122, 124, 85, 127, 134, 137, 141,
     144, 99, 145, 146, 149, 150, 151, 152, 153, 154, 155, 159, 160, 161, 163, 165, 166, 167, 168,
     175, 176, 171, 172, 169, 173, 170),
    strict=True,
))
# fmt: on
_INITIALS = dict(
    zip(
        "b p m f d t n l g k h j q x zh ch sh r z c s".split(),
        "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ",
        strict=True,
    )
)
# Final in full (liu is l + iou, yu is v) → symbol, as the model's own G2P has them (misaki's
# ZHG2P of version 1.1), but ê, for which it has none. "ii" is the vowel of zi, "iii" that of zhi.
_FINALS = {
    **dict(
        zip(
            "a o e ie ai ei ao ou an en ang eng er i u v ii iii ve ia ian iang iao in ing iong iou "
            "ong ua uai uan uang uei uen ueng uo van vn".split(),
            "ㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦㄧㄨㄩㄭ十月压言阳要阴应用又中穵外万王为文瓮我元云",
            strict=True,
        )
    ),
    "ê": "ㄝ",
}
# Syllables without a vowel, for 嗯, 呣, 噷, 哼: after the same G2P, which has n for 嗯.
_CONSONANTS = {"n": "ㄋ", "ng": "ㄋ", "m": "ㄇ", "hm": "ㄏㄇ", "hng": "ㄏㄥ"}
_APICALS = {**dict.fromkeys(("z", "c", "s"), "ii"), **dict.fromkeys(("zh", "ch", "sh", "r"), "iii")}


@cache
def spell_syllable(pinyin: str) -> str:
    """Return the model's symbols for a toned syllable.

    `r5` is the suffix of 花儿, which `attach_suffix` joins to the syllable before it.

    Raises:
        KeyError: It is no syllable of Mandarin.

    >>> spell_syllable("hao3"), spell_syllable("liu2"), spell_syllable("zhi1"), spell_syllable("r5")
    ('ㄏㄠ3', 'ㄌ又2', 'ㄓ十1', 'R')
    """
    if pinyin == "r5":
        return SUFFIX
    syllable, tone = pinyin[:-1], pinyin[-1]
    return _spell_toneless(syllable) + {t: t for t in "12345"}[tone]


def attach_suffix(symbols: str) -> str:
    """Return the symbols with every suffix inside its syllable, before the tone.

    >>> attach_suffix("ㄏ穵1R"), attach_suffix("ㄓㄜ4R"), attach_suffix("R")
    ('ㄏ穵R1', 'ㄓㄦ4', 'ㄦ5')
    """
    symbols = re.sub(f"ㄜ([1-5]){SUFFIX}", r"ㄦ\1", symbols)  # the model's G2P has no ㄜR
    symbols = re.sub(f"([1-5]){SUFFIX}", rf"{SUFFIX}\1", symbols)
    return re.sub(f"{SUFFIX}(?![1-5])", f"ㄦ{_NEUTRAL}", symbols)


def _spell_toneless(syllable: str) -> str:
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    if syllable in _CONSONANTS:
        return _CONSONANTS[syllable]
    initial = to_initials(syllable, strict=True)
    final = to_finals(syllable, strict=True, v_to_u=False)
    if final == "i":
        final = _APICALS.get(initial, final)
    return (_INITIALS[initial] if initial else "") + _FINALS[final]

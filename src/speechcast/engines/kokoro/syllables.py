"""Spell the syllables of Mandarin in the symbols of Kokoro-82M v1.0.

A syllable is an initial and a final. The symbols are those that the model was trained with, IPA
after Duanmu, The Phonology of Standard Chinese (2007), with ɨ for the vowel of zi and zhi.
"""

from __future__ import annotations

_SUFFIX = "r5"  # 儿 in 花儿, which joins the syllable before it
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_INITIALS = {
    "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ",
    "n": "n", "l": "l", "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "r": "ɻ",
    "z": "ʦ", "c": "ʦʰ", "s": "s",
}  # fmt: skip
# The finals after an initial; "-" is where the mark of the tone stands.
_FINALS = {
    "a": "a-", "ai": "ai-", "an": "a-n", "ang": "a-ŋ", "ao": "au-", "e": "ɤ-", "ei": "ei-",
    "en": "ə-n", "eng": "ə-ŋ", "i": "i-", "ia": "ja-", "ian": "jɛ-n", "iang": "ja-ŋ",
    "iao": "jau-", "ie": "je-", "in": "i-n", "ing": "i-ŋ", "iong": "jʊ-ŋ", "iu": "jou-",
    "o": "wo-", "ong": "ʊ-ŋ", "ou": "ou-", "u": "u-", "ua": "wa-", "uai": "wai-", "uan": "wa-n",
    "uang": "wa-ŋ", "ue": "ɥe-", "ui": "wei-", "un": "wə-n", "uo": "wo-", "v": "y-", "van": "ɥɛ-n",
    "ve": "ɥe-", "vn": "y-n",
}  # fmt: skip
# The syllables without an initial, and the interjections 呣 嗯 哼.
_WHOLE = {
    "a": "a-", "ai": "ai-", "an": "a-n", "ang": "a-ŋ", "ao": "au-", "e": "ɤ-", "ê": "ɛ-",
    "ei": "ei-", "en": "ə-n", "eng": "ə-ŋ", "er": "ɚ-", "o": "ɔ-", "ong": "ʊ-ŋ", "ou": "ou-",
    "wa": "wa-", "wai": "wai-", "wan": "wa-n", "wang": "wa-ŋ", "wei": "wei-", "wen": "wə-n",
    "weng": "wə-ŋ", "wo": "wo-", "wong": "ʊ-ŋ", "wu": "u-", "ya": "ja-",
    "yan": "jɛ-n", "yang": "ja-ŋ", "yao": "jau-", "ye": "je-", "yi": "i-", "yin": "i-n",
    "ying": "i-ŋ", "yo": "wo-", "yong": "jʊ-ŋ", "you": "jou-", "yu": "y-", "yuan": "ɥɛ-n",
    "yue": "ɥe-", "yun": "y-n", "m": "m-", "n": "n-", "ng": "ŋ-", "hm": "hm-", "hng": "hŋ-",
}  # fmt: skip
_APICAL = frozenset(("zh", "ch", "sh", "r", "z", "c", "s"))  # after them i is the vowel of zi
_PALATAL = frozenset("jqx")  # after them u is written for ü


def to_ipa(pinyin: str) -> str:
    """Return the model's symbols for a toned syllable.

    Raises:
        KeyError: There is no such syllable.

    >>> to_ipa("hao3"), to_ipa("zhi1"), to_ipa("ju2"), to_ipa("r5")
    ('xau↓', 'ꭧɨ→', 'ʨy↗', 'ɚ')
    """
    if pinyin == _SUFFIX:
        return "ɚ"
    syllable, tone = pinyin[:-1], pinyin[-1:]
    symbols = _WHOLE.get(syllable) or _join(*_divide(syllable))
    return symbols.replace("-", _TONES[tone])


def _divide(syllable: str) -> tuple[str, str]:
    """Return the initial and the final as written."""
    length = 2 if syllable[:2] in _INITIALS else 1
    return syllable[:length], syllable[length:]


def _join(initial: str, final: str) -> str:
    if initial in _APICAL and final == "i":
        return f"{_INITIALS[initial]}ɨ-"
    if initial in _PALATAL and final.startswith("u"):
        final = f"v{final[1:]}"
    return _INITIALS[initial] + _FINALS[final]

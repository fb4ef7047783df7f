"""Turn English phonemes into the nearest Mandarin syllables, as toned pinyin.

The tables were written by hand for this project. Where Mandarin has no syllable of that sound
(fai, kin), the result is spelled as pinyin would spell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

# A consonant at the start of a syllable, and (_ALONE) one that no vowel follows.
_INITIALS = {
    "b": "b", "p": "p", "m": "m", "f": "f", "v": "v", "d": "d", "t": "t", "n": "n", "l": "l",
    "ɡ": "g", "k": "k", "h": "h", "s": "s", "z": "z", "ʃ": "sh", "ʒ": "r", "ʤ": "zh", "ʧ": "ch",
    "θ": "s", "ð": "d", "ɹ": "r", "ɾ": "d", "T": "d", "j": "y", "w": "w", "ʔ": "t", "ŋ": "n",
}  # fmt: skip
_ALONE = {
    "b": "bu", "p": "pu", "m": "mu", "f": "fu", "v": "fu", "d": "de", "t": "te", "n": "en",
    "l": "er", "ɡ": "ge", "k": "ke", "h": "he", "s": "si", "z": "zi", "ʃ": "shi", "ʒ": "ri",
    "ʤ": "zhi", "ʧ": "chi", "θ": "si", "ð": "de", "ɹ": "r", "ɾ": "de", "T": "de", "j": "yi",
    "w": "wu", "ʔ": "te", "ŋ": "en",
}  # fmt: skip
_UNASPIRATED = {"p": "b", "t": "d", "k": "g"}  # after s: sport
_FINALS = {
    "æ": "a", "ɑ": "a", "ʌ": "a", "a": "a", "ɔ": "uo", "ə": "e", "ᵊ": "e", "ɜ": "e", "ɛ": "ei",
    "A": "ei", "e": "ei", "ɪ": "i", "i": "i", "ᵻ": "i", "u": "u", "ʊ": "u", "O": "ou", "I": "ai",
    "W": "ao", "Y": "uo yi", "ju": "iu", "jʊ": "iu",
}  # fmt: skip
# Vowels with the n or ŋ that closes their syllable; after others it is a syllable of its own.
_NASAL = {
    "æn": "an", "ɑn": "an", "ʌn": "an", "ɔn": "ang", "ən": "en", "ᵊn": "en", "ɜn": "en",
    "ɛn": "en", "An": "en", "ɪn": "in", "in": "in", "ᵻn": "in", "un": "un", "ʊn": "un",
    "On": "ong", "Wn": "ang", "æŋ": "ang", "ɑŋ": "ang", "ʌŋ": "ang", "ɔŋ": "ang", "əŋ": "eng",
    "ɛŋ": "eng", "ɪŋ": "ing", "iŋ": "ing", "ʊŋ": "ong", "Oŋ": "ong",
}  # fmt: skip
# Initials and finals that are not spelled just one after the other.
_FRONT = ("i", "in", "ing", "iu")
_SPELLED = {
    **{i + f: to + f for i, to in (("s", "x"), ("sh", "x"), ("zh", "j"), ("z", "j"), ("ch", "q"),
                                   ("r", "l")) for f in _FRONT},
    **{i + f: i + to for i in "bpmfw" for f, to in (("uo", "o"), ("ong", "eng"))},
    "i": "yi", "in": "yin", "ing": "ying", "iu": "you", "u": "wu", "un": "wen", "uo": "wo",
    "yuo": "yao", "ye": "ye", "yei": "ye", "yai": "ya", "yen": "yan", "yiu": "you", "yu": "you",
    "yun": "yong", "yeng": "ying", "yi": "yi",
    "wi": "wei", "we": "wo", "wou": "wo", "wao": "wa", "win": "wen", "wing": "weng", "wun": "wen",
    "wiu": "you",
    "vi": "wei", "vin": "wen", "vuo": "wo",
    **{"v" + f: "w" + f for f in "a ai an ang ei en u".split()},
}  # fmt: skip

# Initials ("-": none) and the finals that they have in pypinyin's dictionary of characters.
_SYLLABLES = {
    "-": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iang iao ie in ing o ong u",
    "c z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie in ing iu ong ou u uan ui un uo",
    "f": "a an ang ei en eng iao o ou u",
    "g h k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j q x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "l": "a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu o ong ou u uan un uo",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "n": "a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu ong ou u uan un uo",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "w": "a ai an ang ei en eng o ong u",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
}  # fmt: skip
_VOWEL = "[æɑʌaɔəᵊɜɛAeɪiᵻuʊOIWY]"
_SYLLABLE = re.compile(
    rf"(?P<onset>[bpmfvdtnlɡkhszʃʒʤʧθðɹɾTwʔŋ]|j(?![ˈˌ]?[uʊ]))?(?P<stress>[ˈˌ]?)"
    rf"(?:(?P<vowel>j[uʊ]|{_VOWEL})"
    rf"(?P<nasal>[nŋ](?!{_VOWEL}|j|[ˈˌ]))?)?"
)


def transcribe_phonemes(phonemes: str) -> tuple[str, ...]:
    """Return English phonemes as toned pinyin.

    A stressed syllable is in the fourth tone, those after it are neutral, and others in the first.

    >>> transcribe_phonemes("spˈiʧ")
    ('si5', 'bi4', 'chi5')

    Args:
        phonemes: In the symbols of `english_phonemes`.
    """
    syllables: list[str] = []
    stressed = "ˈ" not in phonemes
    before = ""
    for piece in _SYLLABLE.finditer(re.sub(r"j([ˈˌ])(?=[uʊ])", r"\1j", phonemes)):
        onset, vowel = piece["onset"] or "", piece["vowel"] or ""
        if vowel:
            tone = {"ˈ": "4", "ˌ": "1"}.get(piece["stress"], "5" if stressed and syllables else "1")
            stressed |= piece["stress"] == "ˈ"
            initial = _choose_initial(onset, before)
            syllables += _write_syllables(initial, vowel, piece["nasal"] or "", tone)
        elif onset:
            syllables.append(_ALONE[onset] + "5")
        before = piece[0][-1:]
    return tuple(re.sub(r"\be([1-5]) r5", r"er\1", " ".join(syllables)).split())


def split_pinyin(word: str) -> tuple[str, ...]:
    """Return the syllables of a pinyin name, in the first tone.

    The result is empty if the name is not pinyin.

    >>> split_pinyin("huawei"), split_pinyin("hello")
    (('hua1', 'wei1'), ())
    """
    lengths = range(max(map(len, _list_syllables())), 0, -1)
    # From each index on: the length of the longest syllable after which the rest is pinyin, or 0.
    steps = [0] * len(word) + [1]
    for i in reversed(range(len(word))):
        syllables = (n for n in lengths if word[i : i + n] in _list_syllables())
        steps[i] = next((n for n in syllables if i + n <= len(word) and steps[i + n]), 0)
    return tuple(_follow(word, steps)) if word and steps[0] else ()


def _follow(word: str, steps: Sequence[int]) -> Iterator[str]:
    """Yield the syllables of the given lengths, in the first tone."""
    i = 0
    while i < len(word):
        yield word[i : i + steps[i]] + "1"
        i += steps[i]


def _write_syllables(initial: str, vowel: str, nasal: str, tone: str) -> list[str]:
    """Return the Mandarin syllables for an initial and a vowel.

    They are one, or the two or three that a vowel and its nasal make.
    """
    if vowel + nasal in _NASAL:
        return [_join(initial, _NASAL[vowel + nasal]) + tone]
    first, *rest = _FINALS[vowel].split()
    rest += ["en"] if nasal else []
    return [_join(initial, first) + tone, *(syllable + "5" for syllable in rest)]


def _choose_initial(onset: str, before: str) -> str:
    initial = _INITIALS.get(onset, "")
    return _UNASPIRATED.get(initial, initial) if before == "s" else initial


def _join(initial: str, final: str) -> str:
    """Return an initial and a final as pinyin spells them together."""
    syllable = _SPELLED.get(initial + final, initial + final)
    return "f" + final if syllable.startswith("v") else syllable


@cache
def _list_syllables() -> frozenset[str]:
    """Return the toneless Mandarin syllables of an initial and a final."""
    return frozenset(
        initial.strip("-") + final
        for initials, finals in _SYLLABLES.items()
        for initial in initials.split()
        for final in finals.split()
    )

"""Say Chinese names in pinyin as an English newsreader does: Xi as she, Qin as chin, Zhou as Joe.

The sounds follow the guides that libraries and broadcasters give their readers (the Library of
Congress's romanization table, the BBC's text spelling); the phonemes are misaki's. A name is
stressed on its last syllable, as misaki's dictionary stresses Beijing and Qingdao.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ..mandarin.phonemes_to_pinyin import split_pinyin
from ..tables import read_rows
from .english_phonemes import is_listed

_INITIALS = {
    "zh": "ʤ", "ch": "ʧ", "sh": "ʃ", "b": "b", "p": "p", "m": "m", "f": "f", "d": "d", "t": "t",
    "n": "n", "l": "l", "g": "ɡ", "k": "k", "h": "h", "j": "ʤ", "q": "ʧ", "x": "ʃ", "r": "ɹ",
    "z": "dz", "c": "ts", "s": "s", "y": "j", "w": "w",
}  # fmt: skip
_FINALS = {
    "a": "ɑ", "o": "O", "e": "ʌ", "i": "i", "u": "u", "ai": "I", "ei": "A", "ao": "W", "ou": "O",
    "an": "ɑn", "en": "ʌn", "ang": "ɑŋ", "eng": "ʌŋ", "ong": "ʊŋ", "er": "ɜɹ", "ia": "jɑ",
    "ie": "jɛ", "iao": "jW", "iu": "jO", "ian": "jɛn", "in": "ɪn", "iang": "jɑŋ", "ing": "ɪŋ",
    "iong": "jʊŋ", "ua": "wɑ", "uo": "wɔ", "uai": "wI", "ui": "wA", "uan": "wɑn", "un": "ʊn",
    "uang": "wɑŋ", "ue": "wɛ",
}  # fmt: skip
# Syllables that are not their initial and final.
_WHOLE = {
    **{f"{i}hi": _INITIALS[i + "h"] + "ɜɹ" for i in "zcs"}, "ri": "ɹɜɹ",
    **{f"{i}i": _INITIALS[i] + "ə" for i in "zcs"},
    "yi": "i", "yan": "jɛn", "ye": "jɛ", "yin": "jɪn", "ying": "jɪŋ", "yuan": "juɑn",
    "yue": "juɛ", "xiao": "ʃW",
}  # fmt: skip
# Names of other spellings, money, and names with an English sound of their own: misaki's phonemes
# where its dictionary has them, else by hand.
_CUSTOMARY = {
    "renminbi": "ɹˈɛnmɪnbi", "yuan": "juˈɑn", "sichuan": "sˌɪʧwˈɑn", "tsinghua": "ʧˌɪŋhwˈɑ",
    "beijing": "bˌAʤˈɪŋ", "shanghai": "ʃæŋhˈI", "shaanxi": "ʃˌɑnʃˈi", "moutai": "mˌWtˈI",
    "shein": "ʃˈiɪn", "haier": "hˈIəɹ",
}  # fmt: skip
# Brands, and family names that are no English word; by hand for this project.
_NAMES = frozenset(
    "baidu douyin huawei taobao weibo xiaomi cai cao cui deng feng gao guo hu huang "
    "jiang kang lai li liu luo qian qin qing qiu tian wang xi xiao xie xu xue zeng "
    "zhang zhao zheng zhong zhou zhu".split()
)
_SURNAMES = frozenset(
    "an bai bao bi bian bo cai cao cen chai chang chen cheng chi chu cong cui dai dan dao deng "
    "ding dong dou du duan fan fang fei feng fu gan gao ge geng gong gou gu guan gui guo han "
    "hang hao he heng hong hou hu hua huai huang huo ji jia jian jiang jiao jin jing ju kang "
    "kong kuang kui lai lan le lei leng li lian liang liao lin ling liu long lou lu luan luo ma "
    "man mao mei meng miao min mo mu nan ni nie ning niu nong ou ouyang pan pang pei peng piao "
    "pu qi qian qiang qiao qin qiu qu rao ren rong rui sang sha shan shang shao shen sheng shi "
    "shu shuai si sima song su sui sun tai tan tang tao teng tian tong tu wan wang wei wen weng "
    "wu xi xia xian xiang xiao xie xin xing xiong xu xuan xue yan yang yao ye yi yin ying yong "
    "you yu yuan yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhi zhong zhou zhu "
    "zhuang zhuo zong zou zu zuo".split()
)
# Family names that are English words or parts of other names: only before a given name.
_AMBIGUOUS = frozenset(
    "an bi bo chang chen chi chu dan dao ding dong du fan fang fei fu gan gong gui han "
    "hang hao he hong hua ji jia jin kong lan le lei leng lin ling long lou ma man mao "
    "min mo mu nan ni ning ou pan pang pei peng ren sang sha shan si song su sun tai tan "
    "tang tong tu wan wen wu xing yan yang ye yin ying yong you yu yun zen zu".split()
)
# Syllables that other languages hardly have: with zh, x, qi; inside a word, not as in Maxine.
_TELLTALE = re.compile("zh|x|qi")
_TELLTALE_INSIDE = re.compile("[a-z](?:zh|qi)|[ngou]x")
_NEVER_ENGLISH = ("qi", "zh")  # no English word begins so: qigong
_HEAVY = re.compile("n$|ng$|[aeou][iou]$")  # a syllable that ends in two sounds
_WRITTEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_SYLLABLE = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.+)")
_POSSESSIVE = re.compile("['’]s$")
_LONGEST_SYLLABLE = 4  # letters of a given name after a sure family name: Wang Yi, Li Ning
_VOICELESS = tuple("ptkfθ")


def phonemize_names(words: Sequence[str]) -> dict[int, str]:
    """Return the phonemes of the Chinese names in a sentence, by the index of their word.

    >>> phonemize_names(["Premier", "Li", "Qiang", "spoke"])
    {1: 'lˈi', 2: 'ʧjˈɑŋ'}

    Args:
        words: The sentence, its marks as words of their own.
    """
    sure = [is_name(word) for word in words]
    pairs = [_is_full_name(words, i, sure) for i in range(len(words))]
    chosen = (i for i in range(len(words)) if sure[i] or pairs[i] or (i and pairs[i - 1]))
    return {i: phonemize_pinyin(words[i]) for i in chosen}


def phonemize_pinyin(word: str) -> str:
    """Return the phonemes of a name in pinyin.

    >>> phonemize_pinyin("Jinping"), phonemize_pinyin("Xi's")
    ('ʤˌɪnpˈɪŋ', 'ʃˈiz')
    """
    bare = _POSSESSIVE.sub("", word)
    ending = "" if bare == word else "z"
    parts = [_phonemize_part(part) for part in bare.lower().split("-")]
    phonemes = " ".join(parts)
    return phonemes + ("s" if ending and phonemes.endswith(_VOICELESS) else ending)


def _phonemize_part(part: str) -> str:
    if part in _CUSTOMARY:
        return _CUSTOMARY[part]
    *others, last = [_phonemize_syllable(syllable) for syllable in _split(part)]
    return "".join(_stressed(s, "ˌ" if not i else "") for i, s in enumerate(others)) + _stressed(
        last, "ˈ"
    )


def _phonemize_syllable(syllable: str) -> str:
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    match = _SYLLABLE.fullmatch(syllable)
    assert match
    return _INITIALS.get(match[1], "") + _FINALS[match[2]]


def _stressed(sounds: str, mark: str) -> str:
    """Return a syllable with its stress mark before the vowel."""
    return re.sub("(?=[ɑOʌiuIAWɜɪʊɔəɛ])", mark, sounds, count=1)


def _is_full_name(words: Sequence[str], index: int, sure: Sequence[bool]) -> bool:
    """Return whether a family name and a given name stand here: Sun Wei, He Xiangjian."""
    pair = words[index : index + 2]
    if len(pair) < 2 or not all(word[:1].isupper() and _split(_bare(word)) for word in pair):
        return False
    family, forename = map(_bare, pair)
    if family not in _SURNAMES or forename in _load_places():
        return False
    if family in _AMBIGUOUS:
        heavy = len(forename) > _LONGEST_SYLLABLE and any(map(_HEAVY.search, _split(forename)))
        return (sure[index + 1] and forename not in _NAMES) or (heavy and not is_listed(forename))
    return sure[index + 1] or len(forename) <= _LONGEST_SYLLABLE or not is_listed(forename)


@cache
def is_name(word: str) -> bool:
    """Return whether a word by itself is a Chinese name, and no English word."""
    bare = _bare(word)
    if bare in _CUSTOMARY:
        return word[:1].isupper() or bare in {"yuan", "renminbi"}
    if "-" in bare:
        return word[:1].isupper() and all(is_name(part.capitalize()) for part in bare.split("-"))
    syllables = _split(bare)
    if not syllables or not _WRITTEN.fullmatch(word) or word[1:2].isupper():
        return False
    telltale = _has_telltale(syllables)
    if not word[0].isupper():
        if not telltale or len(syllables) == 1:
            return False
        return bare.startswith(_NEVER_ENGLISH) or not is_listed(bare)
    return telltale or bare in _NAMES or bare in _load_places()


def _has_telltale(syllables: Sequence[str]) -> bool:
    """Return whether a word has a syllable that hardly another language has."""
    inside = (_TELLTALE_INSIDE.match(f"{before[-1]}{s}") for before, s in pairwise(syllables))
    return bool(_TELLTALE.match(syllables[0])) or any(inside)


def _bare(word: str) -> str:
    return _POSSESSIVE.sub("", word).lower().replace("’", "'")


def _split(word: str) -> tuple[str, ...]:
    """Return the syllables of a name in small letters; none if it is no pinyin."""
    parts = re.split("['’]", word)
    syllables = [split_pinyin(part) for part in parts]
    return tuple(s[:-1] for part in syllables for s in part) if all(syllables) else ()


@cache
def _load_places() -> frozenset[str]:
    """Return the places of `chinese_places.txt`."""
    rows = read_rows(__package__, "chinese_places.txt")
    return frozenset(name for row in rows for name in row.split())

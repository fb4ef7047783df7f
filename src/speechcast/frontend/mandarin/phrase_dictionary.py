"""Look up phrases in pypinyin's dictionary, which has a reading for each.

pypinyin is imported when it is first needed: its dictionary takes a third of a second to load.
"""

from __future__ import annotations


def is_phrase(text: str) -> bool:
    """Return whether the dictionary has a phrase.

    >>> is_phrase("银行"), is_phrase("行银")
    (True, False)
    """
    from pypinyin.phrases_dict import phrases_dict

    return text in phrases_dict


def split_into_phrases(word: str) -> list[str]:
    """Return a word in the longest phrases that the dictionary has.

    >>> split_into_phrases("银行行长")
    ['银行', '行长']
    """
    from pypinyin.seg.mmseg import seg

    return list(seg.cut(word))


def read_phrase(phrase: str) -> list[str]:
    """Return the toned syllables of a phrase, or of its characters if it is not listed.

    There is none for what is no Chinese character.

    >>> read_phrase("银行"), read_phrase("桌子")
    (['yin2', 'hang2'], ['zhuo1', 'zi5'])
    """
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(phrase, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")

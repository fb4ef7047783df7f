"""Texts in legacy encodings that also fit the Chinese ones."""

from __future__ import annotations

import pytest

from speechcast.errors import SourceError
from speechcast.text.encodings import decode_text

KOREAN = "안녕하십니까. 오늘 여러분을 만나게 되어 매우 기쁩니다."
JAPANESE = "皆さん、こんにちは。本日はお集まりいただき、ありがとうございます。"
RUSSIAN = "Дорогие друзья! Сегодня мы собрались здесь, чтобы обсудить важные вопросы."
CHINESE = "同志们，今天我们在这里开会，讨论明年的工作。"
TRADITIONAL = "各位，今天我們在這裡開會，討論明年的工作。"
TEXTS = [
    (KOREAN, "euc-kr"),
    (KOREAN, "cp949"),
    (KOREAN, "iso2022_kr"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "cp932"),
    (JAPANESE, "euc-jp"),
    (JAPANESE, "iso2022_jp"),
    (RUSSIAN, "koi8-r"),
    (RUSSIAN, "windows-1251"),
    (RUSSIAN, "cp866"),
    (CHINESE, "gb2312"),
    (CHINESE, "gb18030"),
    (CHINESE, "hz"),
    (TRADITIONAL, "big5"),
    (TRADITIONAL + "唔係嘅。", "big5-hkscs"),
    ("朱德 彭德怀 刘伯承 贺龙", "gb2312"),
]


@pytest.mark.parametrize(("text", "encoding"), TEXTS)
def test_a_legacy_encoding_is_not_read_as_rare_characters(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "speech.txt") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("สวัสดีครับ วันนี้เรามาประชุมกันที่นี่เพื่อพูดคุยเรื่องงานของปีหน้า ขอขอบคุณทุกท่าน", "cp874"),
        ("Καλημέρα σας, σήμερα συζητάμε για τα σχέδια του επόμενου έτους, φίλοι μου", "cp1253"),
    ],
)
def test_an_unknown_encoding_is_refused_until_it_is_named(text: str, encoding: str) -> None:
    with pytest.raises(SourceError, match="speech.txt is not a text file"):
        decode_text(text.encode(encoding), "speech.txt")
    assert decode_text(text.encode(encoding), "speech.txt", encoding) == text

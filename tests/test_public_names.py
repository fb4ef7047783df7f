"""`import speechcast` offers every name that its own calls take and give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints

import speechcast
from speechcast.documents import from_text
from speechcast.script.parser import parse
from speechcast.text.han import HAN


def test_every_public_name_is_there() -> None:
    assert speechcast.__all__ == sorted(speechcast.__all__)
    for name in speechcast.__all__:
        assert getattr(speechcast, name) is not None, name


def test_what_make_speech_takes_can_be_imported() -> None:
    hints = get_type_hints(speechcast.make_speech).values()
    parts = [part for hint in hints for part in (hint, *get_args(hint)) if isinstance(part, type)]
    ours = {part for part in parts if part.__module__.startswith("speechcast")}
    assert ours <= {getattr(speechcast, name) for name in speechcast.__all__}
    assert ours


def test_which_characters_are_chinese_is_written_in_one_place() -> None:
    package = Path(speechcast.__file__).parent
    home = package / "text" / "han.py"
    ranges = re.compile(r"(u3400|u4e00|0x4E00|u2e80|0x2E80|U00020000)", re.IGNORECASE)
    found = [p for p in package.rglob("*.py") if p != home and ranges.search(p.read_text("utf-8"))]
    assert found == []


def test_a_reading_is_taken_after_any_chinese_character() -> None:
    for character in ("〇", "龘", "\uf900", "\U00020000"):
        assert HAN.fullmatch(character)
        (paragraph,) = parse(from_text(f"二{character}{{líng}}号").blocks).paragraphs
        assert paragraph.text == f"二{character}号"

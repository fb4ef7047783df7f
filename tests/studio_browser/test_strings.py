"""The page in both languages, read from its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import speechcast
from speechcast.audio.targets import TARGETS
from speechcast.subtitles.style import STYLES

STATIC = Path(speechcast.__file__).parent / "studio" / "static"
MOST_BYTES = 200_000
_KEY = re.compile(r'^  (?:"([^"]+)"|(\w[\w-]*)): ', re.MULTILINE)


def keys(name: str) -> set[str]:
    return {quoted or plain for quoted, plain in _KEY.findall((STATIC / name).read_text("utf-8"))}


def sources() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in STATIC.glob("*.js")}


def placeholders(name: str) -> dict[str, set[str]]:
    lines = (STATIC / name).read_text("utf-8").splitlines()
    return {
        match[1] or match[2]: set(re.findall(r"\{(\w+)\}", line))
        for line in lines
        if (match := _KEY.match(line))
    }


def test_both_languages_have_the_same_strings() -> None:
    assert keys("strings_zh.js") == keys("strings_en.js")
    assert placeholders("strings_zh.js") == placeholders("strings_en.js")


def test_every_string_is_used_and_there_is_one_for_every_use() -> None:
    code = "\n".join(text for name, text in sources().items() if not name.startswith("strings_"))
    used = set(re.findall(r'"([\w-]+)"', code))
    by_pattern = ("theme_", "panel_", "style_", "loudness_", "finding_")
    wanted = set(re.findall(r'\bt\("([\w-]+)"', code))
    strings = keys("strings_zh.js")
    assert wanted - strings == set()
    assert {k for k in strings - used if not k.startswith(by_pattern)} == set()


@pytest.mark.parametrize("name", sorted(STYLES.list_files()))
def test_every_style_has_a_name_in_both_languages(name: str) -> None:
    assert f"style_{name}" in keys("strings_zh.js")


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_every_loudness_has_a_name_in_both_languages(name: str) -> None:
    assert f"loudness_{name}" in keys("strings_zh.js")


def test_text_is_always_set_as_text() -> None:
    unsafe = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
        r"|createContextualFragment|DOMParser|srcdoc"
    )
    assert {name for name, text in sources().items() if unsafe.search(text)} == set()


def test_nothing_is_inline_and_nothing_comes_from_elsewhere() -> None:
    page = (STATIC / "index.html").read_text("utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", page) == []
    everything = "".join(path.read_text("utf-8") for path in STATIC.iterdir())
    addresses = set(re.findall(r"https?://[^\s\"')]+", everything))
    assert addresses == {"http://www.w3.org/2000/svg"}  # a name, which is never asked


def test_the_page_weighs_little() -> None:
    assert sum(path.stat().st_size for path in STATIC.iterdir()) < MOST_BYTES

"""Front matter: what is read, and every refusal."""

from __future__ import annotations

import pytest

from speechcast.documents import from_text
from speechcast.documents.front_matter import split_front_matter
from speechcast.errors import SourceError

FRONT_MATTER = [
    ("---\ntitle: 题\nvoice: report\n---\n正文。", ("题", "report"), "正文。", 5),
    ("\n---\n# note\nspeaker: 李明\n...\n正文。", (None, None), "正文。", 6),
    ("---\ncustom-key: 1\nrate: +10%\n---\n", (None, None), "", 5),
    ("---\nWelcome.\nNote: this is text.\n---\n正文。", None, None, 1),
    ("------\ntitle: 题\n", None, None, 1),
    ("---\nTitle: 题\nvoice:\n---\n正文。", ("题", None), "正文。", 5),
]


@pytest.mark.parametrize(("text", "fields", "body", "row"), FRONT_MATTER)
def test_front_matter(
    text: str, fields: tuple[str | None, str | None] | None, body: str | None, row: int
) -> None:
    front_matter, rest, begins = split_front_matter(text, "speech.md")
    assert (rest, begins) == (text if body is None else body, row)
    assert (front_matter.title, front_matter.voice) == (fields or (None, None))


def test_a_cast() -> None:
    front_matter, *_ = split_front_matter(
        "---\ncast: {主持人：: xiaoxiao, 市长: yunyang}\n---\n", "speech.md"
    )
    assert front_matter.cast == {"主持人": "xiaoxiao", "市长": "yunyang"}


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("title: [a", r"cannot be parsed, line 3 \(.*\); put a value .* in quotes"),
        ("title: 甲: 乙", r"cannot be parsed, line 2 \(.*\); put a value .* in quotes"),
        ("title: {a: b}", "gives title more than one value; write title: value"),
        ("cast: xiaoxiao", r"has an invalid cast; write cast: \{"),
        ("cast: {市长: [orator]}", r"has an invalid cast; write cast: \{"),
        ('cast: {市长: ""}', r"has an invalid cast; write cast: \{"),
        ("title:题", "is not a mapping; write a line for each key: value"),
        ("title: \x01", r"cannot be parsed \(not YAML\); put a value"),
        ("cast: {：: orator}", "has a cast with an empty label; write a speaker's label"),
        pytest.param("a: " + "[" * 3000, "cannot be parsed", marks=pytest.mark.slow),
    ],
)
def test_front_matter_that_is_none(inside: str, reason: str) -> None:
    with pytest.raises(SourceError, match=f"^the front matter of speech.md {reason}") as refusal:
        from_text(f"---\n{inside}\n---\n正文。", "speech.md")
    assert "\n" not in str(refusal.value)


def test_the_line_of_a_mistake_is_that_of_the_file() -> None:
    with pytest.raises(SourceError, match="cannot be parsed, line 5 "):
        from_text("\n\n---\ntitle: 题\nvoice: 甲: 乙\n---\n正文。", "speech.md")


def test_front_matter_without_an_end() -> None:
    with pytest.raises(SourceError, match="front matter of speech.md has no end; write --- on a"):
        from_text("---\ntitle: 题\n\n正文。", "speech.md")
    assert from_text("---\n注意：正文。\n").text == "---\n注意：正文。"

"""Where a Markdown text has code: golden tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.documents.markdown_parser import split_code

# Texts, with the code in them.
CODE = [
    ("用`a`和``b`c``。", ["`a`", "``b`c``"]),
    ("用`a\nb`。", ["`a\nb`"]),  # over lines
    ("> 用`a\n> b`。", ["`a\n> b`"]),
    ("用`a\n\nb`。", []),  # and not over paragraphs
    ("# 用`a\nb`。", []),
    ("- 用`a\n- b`。", []),
    ("用`a``b。", []),
    (r"用\`a`和`b`。", ["`和`"]),
    (r"用\\`a`。", ["`a`"]),
    (r"用`a\`b`。", [r"`a\`"]),
    (r"用\``a`。", ["`a`"]),
    ("甲\n```py\na\n\nb\n```\n乙", ["```py\na\n\nb\n```\n"]),
    ("甲\n~~~\na", ["~~~\na"]),  # to the end
    ("````\n```\na\n````\n乙", ["````\n```\na\n````\n"]),
    ("- 甲\n\n  ```\n  a\n  ```\n\n乙", ["  ```\n  a\n  ```\n"]),
    ("1. 甲\n\n    乙", []),  # a paragraph of the item
    ("甲\n\n    a\n\n    b\n\n乙", ["    a\n\n    b\n"]),
    ("甲\n    乙", []),  # the paragraph goes on
    ("甲\n\n\ta", ["\ta"]),
    ("[^1]: 注\n\n    注二`a`", ["`a`"]),
    ("|甲|乙|\n|-|-|\n|`a`|`b`|", ["`a`", "`b`"]),
]


@pytest.mark.parametrize(("text", "code"), CODE)
def test_code_in_markdown_is_found(text: str, code: list[str]) -> None:
    assert [piece for piece, is_code in split_code(text) if is_code] == code


def test_indented_lines_of_a_pasted_text_are_no_code() -> None:
    text = "甲\n\n    乙`a`"
    assert list(split_code(text, pasted=True)) == [("甲\n\n    乙", False), ("`a`", True)]


@given(st.text(alphabet="`~ \n\r\\>-甲\t|#\u2028\x0b"))
def test_the_pieces_of_a_text_join_to_it(text: str) -> None:
    for pasted in (False, True):
        assert "".join(piece for piece, _ in split_code(text, pasted=pasted)) == text

"""What stands in a PDF and nobody sees on its pages, or is no text of them: golden tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents.block import COMMENTS, HEADERS, HIDDEN_TEXT, NOTES, separate
from speechcast.documents.pdf import reader
from speechcast.errors import SourceError
from tests.support.document_files import PlacedText, lines_of, pdf_of, pdf_with

IMAGE = "q 595 0 0 842 0 0 cm /I Do Q "
BLACK_BAR = "0 g 60 690 400 30 re f "


def at(text: str, y: int = 700, x: int = 72, size: float = 12, before: str = "") -> str:
    return f"BT {before} /L {size} Tf {x} {y} Td ({text}) Tj ET "


SEEN = at("Seen.", 740)
# Content of a page that begins with "Seen.", with what is read and what is hidden.
PAGES = [
    (at("Also seen."), ["Also seen."], []),
    ("1 g " + at("Secret words"), [], ["Secret words"]),
    ("0.97 g " + at("Secret words"), [], ["Secret words"]),
    ("0.5 g " + at("Grey words"), ["Grey words"], []),
    ("1 0 0 rg " + at("Red words"), ["Red words"], []),
    (BLACK_BAR + "1 g " + at("On a bar"), ["On a bar"], []),
    (BLACK_BAR + "0 g " + at("Secret words"), [], ["Secret words"]),
    (at("Secret words") + BLACK_BAR, [], ["Secret words"]),
    (at("Under a rule") + "0 g 60 698 400 1 re f ", ["Under a rule"], []),
    (at("Secret words", before="3 Tr"), [], ["Secret words"]),
    (IMAGE + at("Scanned words", before="3 Tr"), ["Scanned words"], []),
    (at("Secret words", x=700), [], ["Secret words"]),
    (at("Secret words", y=-40), [], ["Secret words"]),
    (at("Secret words", size=1), [], ["Secret words"]),
    (at("Small words", size=5), ["Small words"], []),
    ("/OC /Off BDC " + at("Secret words") + "EMC ", [], ["Secret words"]),
    ("/OC /On BDC " + at("Layer words") + "EMC ", ["Layer words"], []),
    ("/Artifact BMC " + at("Marked words") + "EMC ", ["Marked words"], []),
    (at("- i l . , : | _ -"), ["- i l . , : | _ -"], []),
]


@pytest.mark.parametrize(("content", "texts", "hidden"), PAGES)
def test_what_nobody_sees_is_named_and_not_read(
    content: str, texts: list[str], hidden: list[str]
) -> None:
    data = pdf_with(SEEN + content)
    blocks, left_out = separate(reader.blocks(data, Path("speech.pdf")))
    assert " ".join(block.text for block in blocks) == " ".join(["Seen.", *texts])
    assert [(piece.kind, piece.text) for piece in left_out] == [(HIDDEN_TEXT, t) for t in hidden]


def test_hidden_words_in_a_line_leave_no_gap() -> None:
    line = "BT /L 12 Tf 72 700 Td (Seen ) Tj 1 g (secret ) Tj 0 g (again.) Tj ET "
    blocks, left_out = separate(reader.blocks(pdf_with(line), Path("speech.pdf")))
    assert [block.text for block in blocks] == ["Seen again."]
    assert [piece.text for piece in left_out] == ["secret"]


def test_a_page_that_is_turned_is_looked_at_as_it_is_drawn() -> None:
    data = pdf_with(SEEN + "1 g " + at("Secret words"), page="/Rotate 90")
    blocks, left_out = separate(reader.blocks(data, Path("speech.pdf")))
    assert [block.text for block in blocks] == ["Seen."]
    assert [piece.text for piece in left_out] == ["Secret words"]


def test_what_lies_outside_of_the_part_of_a_page_that_is_shown_is_hidden() -> None:
    data = pdf_with(SEEN + at("Secret words", 300), page="/CropBox[0 400 595 842]")
    blocks, left_out = separate(reader.blocks(data, Path("speech.pdf")))
    assert [block.text for block in blocks] == ["Seen."]
    assert [piece.text for piece in left_out] == ["Secret words"]


def test_a_document_of_hidden_text_says_so() -> None:
    blocks, left_out = separate(
        reader.blocks(pdf_with("1 g " + at("Secret words")), Path("speech.pdf"))
    )
    assert not blocks
    assert [(piece.kind, piece.text) for piece in left_out] == [(HIDDEN_TEXT, "Secret words")]
    with pytest.raises(SourceError, match="pictures of text"):
        reader.blocks(pdf_with(IMAGE), Path("speech.pdf"))


def annotation(kind: str, more: str) -> str:
    return f"<</Type/Annot/Subtype/{kind}/Rect[100 100 300 140]{more}>>"


def test_what_was_written_on_a_page_is_named() -> None:
    annotations = [
        annotation("FreeText", "/Contents(A typed remark)/DA(/Helv 12 Tf)"),
        annotation("Text", "/Contents(Say this slowly)"),
        annotation("Highlight", "/Contents(Check)/QuadPoints[100 140 300 140 100 100 300 100]"),
        annotation("Popup", "/Contents(Say this slowly)"),
        annotation("Link", "/Contents(To the site)"),
        annotation("Square", ""),
        annotation("Widget", "/FT/Tx/T(name)/V(Li Ming)/DA(/Helv 12 Tf)"),
        annotation("Widget", "/FT/Btn/T(box)/V/Yes"),
    ]
    data = pdf_with(SEEN, annotations=annotations)
    _blocks, left_out = separate(reader.blocks(data, Path("speech.pdf")))
    assert [(piece.kind, piece.text) for piece in left_out] == [
        (COMMENTS, "A typed remark"),
        (COMMENTS, "Say this slowly"),
        (COMMENTS, "Check"),
        ("entries of a form", "Li Ming"),
    ]


def test_headers_and_notes_are_named_where_they_stand() -> None:
    body = "这一行写满了整整一行的三十个字所以它的下一行还是同一个段落里的"
    pages: list[list[PlacedText]] = [
        [
            (290, 800, 9, f"村史 {number}"),
            *lines_of(order + body, "完了。", top=700),
            (290, 30, 9, f"- {number} -"),
        ]
        for number, order in enumerate("甲乙丙", 1)
    ]
    pages[1].append((72, 60, 8, "1 See the appendix."))
    blocks, left_out = separate(reader.blocks(pdf_of(*pages), Path("speech.pdf")))
    assert [block.text for block in blocks] == [f"{order}{body}完了。" for order in "甲乙丙"]
    assert [(piece.row, piece.kind, piece.text) for piece in left_out] == [
        (1, HEADERS, "村史 1"),
        (2, NOTES, "1 See the appendix."),
    ]

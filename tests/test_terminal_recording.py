"""What a terminal shows becomes a picture that moves, with every character in its column."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

if os.name == "nt":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)
pytest.importorskip("pyte", reason="pip install -e '.[docs]' records terminals")

from release.draw_terminal import CELL, Frame, draw
from release.record_terminal import frames_of, record, run

SVG = "{http://www.w3.org/2000/svg}"
COMMAND = r"printf '甲乙\033[1;32m丙\033[0m<b>\n'; sleep 0.6; printf '50%%\r100%%\n'"


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    return frames_of(list(record([COMMAND], 90, 6, 1.0)), 90, 6)


def lines(frame: Frame) -> list[str]:
    return ["".join(cell.text for cell in row) for row in frame.rows]


def test_the_last_screen_shows_the_command_and_what_it_wrote(frames: list[Frame]) -> None:
    assert lines(frames[-1])[:3] == [f"$ {COMMAND}", "甲乙丙<b>", "100%"]


def test_the_command_is_typed_before_it_runs(frames: list[Frame]) -> None:
    assert lines(frames[0])[0].startswith("$ p")
    assert not any(lines(frames[0])[1:])
    assert all(before.start < after.start for before, after in pairwise(frames))


def test_what_is_written_later_appears_later(frames: list[Frame]) -> None:
    first = {line: frame.start for frame in reversed(frames) for line in lines(frame)}
    assert first["100%"] - first["甲乙丙<b>"] >= 0.3


def test_each_text_has_its_columns(frames: list[Frame]) -> None:
    picture = ET.fromstring(draw(frames, 90, "speechcast"))
    rows = picture.findall(f"{SVG}defs/{SVG}g")
    texts = next(row for row in rows if "".join(row.itertext()).startswith("甲")).findall(
        f"{SVG}text"
    )
    assert [text.text for text in texts] == ["甲乙", "丙", "<b>"]
    assert [float(text.attrib["textLength"]) / CELL for text in texts] == pytest.approx([4, 2, 3])
    assert [text.attrib.get("class") for text in texts] == [None, "b", None]


def test_the_picture_has_no_program_and_no_address(frames: list[Frame]) -> None:
    picture = ET.fromstring(draw(frames, 90, "speechcast"))
    assert {element.tag.removeprefix(SVG) for element in picture.iter()} == {
        *("svg", "title", "style", "defs", "g", "text", "rect", "circle", "use")
    }
    links = [element.attrib.get("href", "#") for element in picture.iter()]
    assert all(link.startswith("#") for link in links)


def test_a_command_that_fails_ends_the_recording() -> None:
    with pytest.raises(SystemExit, match="ended with 3: exit 3"):
        list(run("exit 3", 80, 24))

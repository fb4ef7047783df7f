"""Draws what a terminal showed as an SVG that moves by CSS alone.

GitHub and every browser show such a file as a picture: it has no JavaScript and asks nothing of the
network. Who wants less motion (`prefers-reduced-motion`) sees the last screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape

CELL, LINE = 8.4, 19.0  # width and height of a cell in pixels, at a font size of 14
MARGIN, BAR = 16.0, 34.0  # around the text, and the height of the window's title bar
HOLD = 4.0  # seconds for which the last screen stays
COLOURS = {  # on #16181d, each with a contrast of 4.5 or more
    "default": "#d7dae0",
    "black": "#8a919e",
    "red": "#ff7b72",
    "green": "#7ee787",
    "brown": "#e3b341",
    "blue": "#79c0ff",
    "magenta": "#d2a8ff",
    "cyan": "#76e3ea",
    "white": "#f0f3f6",
}
FONT = "ui-monospace,'SF Mono',Menlo,Consolas,monospace"


@dataclass(frozen=True)
class Cell:
    """A character of the screen with its colour; a wide one fills two columns."""

    text: str
    columns: int
    colour: str
    bold: bool


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Frame:
    """What the screen shows from a time on, in seconds."""

    start: float
    rows: tuple[Row, ...]


def draw(frames: Sequence[Frame], columns: int, title: str) -> str:
    """Return the SVG of a recording; each row that differs is drawn once and used by number."""
    height = len(frames[0].rows)
    numbers: dict[Row, int] = {}
    for frame in frames:
        for row in frame.rows:
            if row:
                numbers.setdefault(row, len(numbers))
    width = columns * CELL + 2 * MARGIN
    body = height * LINE + MARGIN
    page = BAR + body
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {page:g}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>{_style(frames, body)}</style>",
            "<defs>",
            *(f'<g id="r{number}">{_draw_row(row)}</g>' for row, number in numbers.items()),
            "</defs>",
            f'<rect width="{width:g}" height="{page:g}" rx="9" fill="#16181d"/>',
            *_draw_buttons(),
            f'<text x="{width / 2:g}" y="22" class="t">{escape(title)}</text>',
            f'<svg y="{BAR:g}" width="{width:g}" height="{body:g}"><g class="film">',
            *(_draw_frame(frame, numbers, index * body) for index, frame in enumerate(frames)),
            "</g></svg>",
            "</svg>",
            "",
        ]
    )


def _style(frames: Sequence[Frame], body: float) -> str:
    """Return the CSS that moves a strip of all screens by one screen at each frame's time."""
    length = frames[-1].start + HOLD
    stops = "".join(
        f"{100 * frame.start / length:.3f}%{{transform:translateY({-index * body:g}px)}}"
        for index, frame in enumerate(frames)
    )
    last = -(len(frames) - 1) * body
    return (
        f"text{{font:14px {FONT};white-space:pre;fill:{COLOURS['default']}}}"
        ".b{font-weight:700}.t{font-size:12px;text-anchor:middle;fill:#8a919e}"
        f"@keyframes film{{{stops}100%{{transform:translateY({last:g}px)}}}}"
        f".film{{animation:film {length:.2f}s steps(1,end) infinite}}"
        "@media (prefers-reduced-motion:reduce)"
        f"{{.film{{animation:none;transform:translateY({last:g}px)}}}}"
    )


def _draw_buttons() -> Iterator[str]:
    for index, colour in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        yield f'<circle cx="{20 + 20 * index}" cy="17" r="6" fill="{colour}"/>'


def _draw_frame(frame: Frame, numbers: dict[Row, int], top: float) -> str:
    uses = (
        f'<use href="#r{numbers[row]}" y="{top + index * LINE:g}"/>'
        for index, row in enumerate(frame.rows)
        if row
    )
    return "".join(uses)


def _draw_row(row: Row) -> str:
    """Return the texts of a row; each run has its exact width, whatever font is there."""
    pieces, column = [], 0
    runs = groupby(row, key=lambda cell: (cell.colour, cell.bold, cell.columns))
    for (colour, bold, columns), cells in runs:
        text = "".join(cell.text for cell in cells)
        width = columns * len(text)
        if text.strip():
            position = f'x="{MARGIN + column * CELL:g}" y="15" textLength="{width * CELL:g}"'
            pieces.append(f"<text {position}{_draw_attributes(colour, bold)}>{escape(text)}</text>")
        column += width
    return "".join(pieces)


def _draw_attributes(colour: str, bold: bool) -> str:
    """Return the attributes of a text that is not written plainly."""
    fill = COLOURS.get(colour, f"#{colour}")  # beyond the names, pyte gives six hex digits
    plain = fill == COLOURS["default"]
    return ("" if plain else f' style="fill:{fill}"') + (' class="b"' if bold else "")

"""Read the tables of fonts, colours and styles at the beginning of rich text (RTF)."""

from __future__ import annotations

from ...model import BlockKind
from .docx_styles import ParagraphStyle, apply_name
from .rtf_tokens import Font

TABLES = {"fonttbl": "fonts", "colortbl": "colors", "stylesheet": "styles"}
"""Where the text of each table goes, by its control word."""

SKIPPED = frozenset(
    "info nonshppict shprslt filetbl template private tc tcn xe txe rxe mmathPict fldtype "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn userprops objalias sectdefaults comment "
    "keywords operator bkmkstart bkmkend generator nonesttables".split()
)
"""Destinations that hold no text of the page, by their control words."""

_LEVELS = 9  # of headings
_MAX_NAME = 200  # characters
_NO_FONT = Font()
_UNNAMED = ParagraphStyle()


def make_style(base: ParagraphStyle, outline: int | None) -> ParagraphStyle:
    """Return a style as a level of the outline changes it.

    Args:
        base: The style.
        outline: The level, from 0; None where nothing says it.
    """
    if outline is None or base.kind is not BlockKind.BODY or not 0 <= outline < _LEVELS:
        return base
    return ParagraphStyle(kind=BlockKind.HEADING, level=outline + 1, is_contents=base.is_contents)


class Tables:
    """The fonts, colours and styles of a document, by their numbers.

    Attributes:
        usual_font: The number of the font of text for which nothing is said.
    """

    def __init__(self) -> None:
        self.usual_font = 0
        self._fonts: dict[int, Font] = {}
        self._colors: list[str] = []
        self._styles: dict[int, ParagraphStyle] = {}
        self._name = ""
        self._font = 0
        self._color: dict[str, int] = {}

    def find_font(self, number: int) -> Font:
        """Return a font."""
        return self._fonts.get(number, _NO_FONT)

    def find_style(self, number: int) -> ParagraphStyle:
        """Return a style; see `make_style` for the level of its outline."""
        return self._styles.get(number, _UNNAMED)

    def find_color(self, number: int) -> str:
        """Return a colour as six hexadecimal digits; "" for the automatic one."""
        return self._colors[number] if 0 <= number < len(self._colors) else ""

    def read_word(self, word: str, number: int) -> None:
        """Read a control word in the table of fonts or of colours."""
        if word == "f":
            self._font, self._name = number, ""
            self._fonts[number] = _NO_FONT
        elif word == "fcharset":
            self._fonts[self._font] = self.find_font(self._font)._replace(charset=number)
        elif word == "cpg":
            self._fonts[self._font] = self.find_font(self._font)._replace(code_page=number)
        elif word in {"red", "green", "blue"}:
            self._color[word] = min(max(0, number), 255)

    def read_text(self, table: str, text: str, style: int, outline: int | None) -> None:
        """Read a text in one of the tables, where each entry ends with a semicolon.

        Args:
            table: Which, as in `TABLES`.
            text: The text.
            style: The number of the style, in the table of styles.
            outline: The level of its outline; see `make_style`.
        """
        for piece in text.replace(";", "\n;\n").split("\n"):
            if piece == ";":
                self._end_entry(table, style, outline)
            elif len(self._name) < _MAX_NAME:
                self._name += piece

    def _end_entry(self, table: str, style: int, outline: int | None) -> None:
        name, self._name = self._name.strip(), ""
        if table == "fonts":
            self._fonts[self._font] = self.find_font(self._font)._replace(name=name)
        elif table == "colors":
            parts = (self._color.get(part, 0) for part in ("red", "green", "blue"))
            self._colors.append("{:02X}{:02X}{:02X}".format(*parts) if self._color else "")
            self._color = {}
        else:
            named = apply_name(_UNNAMED, name.partition(",")[0].strip().lower())
            self._styles[style] = make_style(named, outline)

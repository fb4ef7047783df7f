"""Decide whether the declarations of a style hide a text from who looks at the page.

The properties are those of CSS; a text in the colour of its background is hidden too. Colours are
compared where both are said in one style, or where the page has no background of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ..colors import PAPER, are_alike

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LENGTH = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))([a-z]*|%)")
_TINY = {"px": 2.0, "pt": 2.0, "": 0.0, "em": 0.1, "rem": 0.1, "%": 10.0, "mm": 0.5, "vw": 0.2}
_FAR = {"px": 999.0, "pt": 999.0, "": 999.0, "em": 50.0, "rem": 50.0, "%": 100.0, "vw": 100.0}
_PLACES = ("left", "top", "right", "bottom", "text-indent", "margin-left", "margin-top")
_MOVED = re.compile(r"translate[xy3d]*\(\s*(-?[\d.]+[a-z%]*)(?:\s*,\s*(-?[\d.]+[a-z%]*))?", re.I)
_NO_SIZE = re.compile(r"scale[xy3d]{0,2}\(\s*+0++(?:\.0*+)?\s*+[,)]")
_CLIPPED = re.compile(
    r"rect\(\s*([01])(?:px)?[\s,]+[01](?:px)?[\s,]+[01]|inset\(\s*(?:[5-9]\d|100)"
)
_SIDES = ("height", "max-height", "width", "max-width")
_HEX = re.compile(r"#([\da-f]{3,8})")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)")
_HSL = re.compile(r"hsla?\(\s*[\d.]+(?:deg)?[\s,]+[\d.]+%[\s,]+(\d+(?:\.\d+)?)%")  # its lightness
_OUTLINES = ("text-shadow", "-webkit-text-stroke", "-webkit-text-stroke-width", "filter")
_NAMED = {"white": PAPER, "black": "000000"}

Declarations = Mapping[str, str]
"""The properties of a style with their values, in lower case."""


@lru_cache(maxsize=1024)  # the elements of a page have few styles
def parse_declarations(style: str) -> Declarations:
    """Return the declarations of a style.

    >>> parse_declarations("Color: WHITE !important; margin:0")
    {'color': 'white', 'margin': '0'}
    """
    parts = (part.partition(":") for part in _COMMENT.sub("", style).lower().split(";"))
    return {
        name.strip(): value.replace("!important", "").strip() for name, _, value in parts if value
    }


def is_hiding(style: Declarations) -> bool:
    """Return whether a style hides an element, and all that is in it.

    >>> [is_hiding(parse_declarations(s)) for s in ("opacity: .0", "left:-9999px", "left:-9px")]
    [True, True, False]
    """
    return (
        style.get("display") == "none"
        or _is_zero(style.get("opacity", ""))
        or _is_far(style)
        or _is_clipped(style)
    )


def find_hiding_property(style: Declarations) -> str:
    """Return the property by which a style hides its text; "" if it does not.

    An element in it with a value of its own is shown.

    >>> find_hiding_property({"font-size": "0"}), find_hiding_property({"color": "red"})
    ('font-size', '')
    """
    if style.get("visibility") in {"hidden", "collapse"}:
        return "visibility"
    if _is_tiny(style.get("font-size", "")):
        return "font-size"
    return "color" if _is_in_its_background(style) else ""


def is_white_text(style: Declarations) -> bool:
    """Return whether a style has white text, and no background."""
    is_white = _is_white(style.get("color", ""))
    return is_white and not has_background(style) and not _has_outline(style)


def has_background(style: Declarations) -> bool:
    """Return whether a style has a background, which may not be white."""
    values = (style.get(f"background{part}", "none") for part in ("", "-color", "-image"))
    return any(
        value not in {"none", "transparent", "initial", "inherit", ""} and not _is_white(value)
        for value in values
    )


def _has_outline(style: Declarations) -> bool:
    """Return whether the letters of a text have a shadow or an outline, by which they are seen."""
    return any(style.get(name, "none") not in {"none", "0", ""} for name in _OUTLINES)


def _is_white(value: str) -> bool:
    return are_alike(_parse_colour(value), PAPER)


def _is_in_its_background(style: Declarations) -> bool:
    """Return whether a text has no colour, or that of the background in the same style."""
    value = style.get("color", "")
    if _has_outline(style):
        return False
    if _is_transparent(value):
        return "background-clip" not in style and "-webkit-background-clip" not in style
    background = style.get("background-color") or style.get("background", "")
    if not value or "url" in background or "gradient" in background:
        return False
    text, behind = _parse_colour(value), _parse_colour(background)
    return text != "" and are_alike(text, behind)


def _is_transparent(value: str) -> bool:
    """Return whether a colour is none: transparent, rgba(0, 0, 0, 0), #0000."""
    if value.startswith("#"):
        return len(value) in {5, 9} and set(value[4:] if len(value) == 5 else value[7:]) == {"0"}
    parts = re.split(r"[,/\s]+", value.partition("(")[2].rstrip(") "))
    return value == "transparent" or (len(parts) == 4 and _is_zero(parts[3]))


def _parse_colour(value: str) -> str:
    """Return a colour as six hexadecimal digits; "" if it is not said in figures."""
    if match := _HEX.match(value):
        digits = match[1] if len(match[1]) >= 6 else "".join(digit * 2 for digit in match[1])
        return digits[:6]
    if match := _RGB.match(value):
        return bytes(min(255, int(part)) for part in match.groups()).hex()
    if match := _HSL.match(value):
        return {100.0: PAPER, 0.0: "000000"}.get(float(match[1]), "")
    return _NAMED.get(value.partition(" ")[0], "")


def _is_zero(value: str) -> bool:
    match = _LENGTH.fullmatch(value)
    return match is not None and float(match[1]) <= 0


def _is_tiny(value: str) -> bool:
    match = _LENGTH.fullmatch(value)
    return match is not None and float(match[1]) <= _TINY.get(match[2], 0.0)


def _is_far(style: Declarations) -> bool:
    """Return whether a text stands far outside of its page."""
    values = [style.get(side, "") for side in _PLACES]
    if moved := _MOVED.search(style.get("transform", "")):
        values += [value for value in moved.groups() if value]
    lengths = (_LENGTH.fullmatch(value) for value in values)
    return any(
        match is not None and -float(match[1]) >= _FAR.get(match[2], 999.0) for match in lengths
    )


def _is_clipped(style: Declarations) -> bool:
    """Return whether nothing of a text is drawn: it is cut off, or has no size."""
    if _CLIPPED.match(style.get("clip", "")) or _CLIPPED.match(style.get("clip-path", "")):
        return True
    if _NO_SIZE.search(style.get("transform", "")):
        return True
    is_cut = style.get("overflow", "") in {"hidden", "clip"}
    return is_cut and any(style.get(side) in {"0", "0px", "1px", "0pt", "0em"} for side in _SIDES)

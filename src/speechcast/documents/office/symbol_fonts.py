"""Turn the codes of symbol fonts into Unicode characters.

Word keeps a sign of such a font as its code in the font, from F020 to F0FF (`w:sym`), or as the
letter with that code. `SYMBOL` is Adobe's Symbol encoding (Unicode's mapping ADOBE/symbol.txt);
the signs of the Wingdings fonts are those that documents use, listed by hand for this project.
"""

from __future__ import annotations

_PRIVATE = 0xF000  # where Word shifts the codes of symbol fonts to

_SYMBOL = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **{c: chr(c) for c in b" !#%&()+,./0123456789:;<=>?[]_{|}"},
    **dict(zip(range(0xA1, 0xFF), (
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉"
        "∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
    ), strict=True)),
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "*", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥",
    0x7E: "∼", 0xA0: "€",
}  # fmt: skip
_WINGDINGS = {
    **dict(zip(range(0x80, 0x8B), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8B, 0x96), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    0x20: " ", 0x21: "✏", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x4A: "☺", 0x4B: "😐",
    0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "◻", 0x71: "❑", 0x72: "❒",
    0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9E: "·", 0x9F: "•", 0xA1: "○",
    0xA4: "◉", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xB5: "⭐", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
    0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2 = {
    **dict(zip(range(0x69, 0x74), "⓪①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x74, 0x7F), "⓿❶❷❸❹❺❻❼❽❾❿", strict=True)),
    0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●",
    0x98: "●", 0xA2: "■", 0xA3: "□", 0xAE: "◆",
}  # fmt: skip
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {0x20: " ", 0x7D: "▶", 0x84: "◀", 0x22: "→"},
    "webdings": {0x20: " ", 0x61: "✓", 0x72: "✗", 0x34: "▶", 0x3D: "■", 0x63: "□"},
    "zapfdingbats": {0x20: " ", 0x33: "✓", 0x34: "✔", 0x37: "✗", 0x38: "✘", 0x6C: "●", 0x6E: "■"},
}


def is_symbol_font(font: str | None) -> bool:
    """Return whether the codes of a font are not Unicode characters."""
    return font is not None and font.strip().lower() in _FONTS


def read_symbol(code: int, font: str) -> str | None:
    """Return the character that a font draws for a code, or None if it is not known.

    Args:
        code: The code in the font, from 0x20 to 0xFF, or shifted by 0xF000; for other fonts a
            Unicode character.
        font: The name of the font.

    >>> read_symbol(0xF0B0, "Symbol"), read_symbol(0xFC, "Wingdings"), read_symbol(65, "Arial")
    ('°', '✓', 'A')
    """
    table = _FONTS.get(font.strip().lower())
    if table is None:
        is_character = 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xF8FF
        return chr(code) if is_character else None
    return table.get(code - _PRIVATE if code >= _PRIVATE else code)

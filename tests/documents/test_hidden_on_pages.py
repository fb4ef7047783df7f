"""What a page has and does not show: golden tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechcast.documents.block import Block, LeftOut
from speechcast.documents.web import html as web
from speechcast.documents.web.visibility import (
    find_hiding_property,
    has_background,
    is_hiding,
    is_white_text,
    parse_declarations,
)

# Styles that hide all that is in an element.
HIDING = [
    ("display:none", True),
    ("Display : NONE !important;", True),
    ("display:block", False),
    ("opacity:0", True),
    ("opacity:0.00", True),
    ("opacity:.5", False),
    ("position:absolute;left:-9999px", True),
    ("left:-99px", False),
    ("text-indent:-999em", True),
    ("text-indent:-2em", False),
    ("margin-left:-10000px", True),
    ("transform:translateX(-9999px)", True),
    ("transform:translate(0, -2000px)", True),
    ("transform:translate(-50%,-50%)", False),
    ("transform:scale(0)", True),
    ("transform:scale(0.5)", False),
    ("clip:rect(0 0 0 0)", True),
    ("clip:rect(1px, 1px, 1px, 1px)", True),
    ("clip-path:inset(50%)", True),
    ("clip-path:inset(5%)", False),
    ("height:0;overflow:hidden", True),
    ("width:1px;height:1px;overflow:hidden", True),
    ("height:0", False),
    ("overflow:hidden", False),
    ("/* display:none */", False),
    ("", False),
]
# Styles that hide a text, with the property that an element in it may set again.
PROPERTIES = [
    ("visibility:hidden", "visibility"),
    ("visibility:visible", ""),
    ("font-size:0", "font-size"),
    ("font-size:1pt", "font-size"),
    ("font-size:0.05em", "font-size"),
    ("font-size:5%", "font-size"),
    ("font-size:9px", ""),
    ("font-size:small", ""),
    ("color:transparent", "color"),
    ("color:rgba(0,0,0,0)", "color"),
    ("color:#0000", "color"),
    ("color:transparent;-webkit-background-clip:text", ""),
    ("color:#fff;background:#FFF", "color"),
    ("color:black;background-color:#000", "color"),
    ("color:rgb(255, 255, 254);background-color:white", "color"),
    ("color:#fff;background:#000", ""),
    ("color:#fff;background:#fff url(a.png)", ""),
    ("color:hsl(0, 0%, 100%);background:white", "color"),
    ("color:white;background:white;text-shadow:0 0 2px #000", ""),
    ("color:red", ""),
]


@pytest.mark.parametrize(("style", "hides"), HIDING)
def test_a_style_hides_an_element(style: str, hides: bool) -> None:
    assert is_hiding(parse_declarations(style)) == hides


@pytest.mark.parametrize(("style", "name"), PROPERTIES)
def test_a_style_hides_a_text(style: str, name: str) -> None:
    assert find_hiding_property(parse_declarations(style)) == name


WHITE = [
    ("color:#fff", True),
    ("color:white", True),
    ("color:#fdfdfd", True),
    ("color:#fff;text-shadow:0 0 2px #000", False),
    ("color:#ccc", False),
    ("color:#fff;background:navy", False),
    ("color:#fff;background:transparent", True),
    ("background:#fff", False),
]


@pytest.mark.parametrize(("style", "is_white"), WHITE)
def test_a_text_is_white(style: str, is_white: bool) -> None:
    assert is_white_text(parse_declarations(style)) == is_white
    assert not has_background(parse_declarations("background:#fff"))


# Pages, with what is read and what is hidden.
PAGES = [
    ("<p>甲<span style='font-size:0'>藏</span>乙", ["甲乙"], ["藏"]),
    ("<div style='font-size:0'>藏<p style='font-size:16px'>见</p></div>", ["藏", "见"], []),
    ("<div style='visibility:hidden'><p style='visibility:visible'>见</p></div>", ["见"], []),
    ("<p>甲<font color=white>藏</font>乙", ["甲乙"], ["藏"]),
    ("<p>甲<span style='color:#fff'>藏</span>乙", ["甲乙"], ["藏"]),
    ("<p style='color:#fff'>甲<b style='color:red'>乙</b>", ["甲乙"], []),
    ("<body bgcolor=navy><p style='color:white'>见", ["见"], []),
    ("<table><tr style='background:#333'><td style='color:#fff'>见</table>", ["见"], []),
    ("<style>th{background:navy}</style><p style='color:white'>见", ["见"], []),
    ("<link rel=stylesheet href=a.css><p style='color:white'>见", ["见"], []),
    ("<style>.w{color:#fff}</style><p>甲<b class=w>藏</b>", ["甲"], ["藏"]),
    ("<style>.w{color:#fff} p{background:#000}</style><p>甲<b class=w>乙</b>", ["甲乙"], []),
    ("<style>.t{font-size:1px}</style><p>甲<b class=t>藏</b>", ["甲"], ["藏"]),
    ("<style>address{display:none}</style><p>甲<address>藏</address>", ["甲"], ["藏"]),
    ("<style>dd{display:none} dd{display:block}</style><dd>见。</dd>", ["见。"], []),
    ("<style>body{opacity:0}</style><body><p>见", ["见"], []),
    ("<style>.a .b{display:none}</style><div class=a><p><b class=b>藏</b>见", ["见"], ["藏"]),
    ("<style>.a .b{display:none}</style><div class=c><p><b class=b>见", ["见"], []),
    ("<style>.a>p{display:none}</style><div class=a><p>藏<div><p>见", ["见"], ["藏"]),
    ("<style>.a p#x.b{display:none}</style><div class=a><p id=x>见", ["见"], []),
    ("<style>p:first-child{display:none}</style><p>见", ["见"], []),
    ("<style>.o{position:absolute;left:-9999px}</style><p>甲<b class=o>藏</b>", ["甲"], ["藏"]),
]


@pytest.mark.parametrize(("html", "texts", "hidden"), PAGES)
def test_what_nobody_sees_is_named_and_not_read(
    html: str, texts: list[str], hidden: list[str]
) -> None:
    pieces = web.blocks(html.encode(), Path("speech.html"))
    assert [piece.text for piece in pieces if isinstance(piece, Block)] == texts
    left_out = [(piece.kind, piece.text) for piece in pieces if isinstance(piece, LeftOut)]
    assert left_out == [("hidden text", text) for text in hidden]


ADDED = [
    ("p::before{content:'注意：'}", "<p>甲", ["注意："]),
    ('p:after { color: red; content: "完" }', "<p>甲", ["完"]),
    (".a::before{content:'\\7B2C'counter(n)'章'}", "<p class=a>甲", ["第章"]),
    (".b::before{content:'注'}", "<p class=a>甲", []),
    ("p::before{content:'“'}", "<p>甲", []),
    ("p::before{content:'\\f101'}", "<p>甲", []),
    ("p{content:'注'}", "<p>甲", []),
    ("@media print{p::before{content:'注'}}", "<p>甲", []),
    ("@media print{\np{a:b}\n}\np::before{content:'注'}", "<p>甲", ["注"]),
]


@pytest.mark.parametrize(("css", "html", "texts"), ADDED)
def test_text_that_a_style_sheet_adds_is_named(css: str, html: str, texts: list[str]) -> None:
    pieces = web.blocks(f"<style>\n{css}</style>{html}".encode(), Path("speech.html"))
    left_out = [(p.row, p.text) for p in pieces if isinstance(p, LeftOut)]
    assert left_out == [(2 + css.count("\n"), text) for text in texts]

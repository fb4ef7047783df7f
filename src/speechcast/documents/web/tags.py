"""Split HTML into tags and text, as the HTML standard does (13.2.5, tokenization).

Every character is looked at a bounded number of times, whatever the page is: `html.parser` of
Python before 3.11.14 takes quadratic time for tags and comments without an end. What a browser
would drop, because a tag has no end, is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_MARKUP = re.compile(
    r"<(?:(?P<comment>!--)|(?P<cdata>!\[CDATA\[)|(?P<declaration>![a-zA-Z])|(?P<other>[!?]|/(?![a-zA-Z]))"
    r"|(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*))"
)
_COMMENT_END = re.compile(r"(?<=<!-)->|(?<=<!--)>|--!?>")
_DECLARATION_END = re.compile(r"[^<>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)
_SPACE_AND_SLASH = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
    r"""|(?P<bare>[^\s"'>][^\s>]*)))?"""
)
_MAX_BROKEN_TAGS = 4  # tags that swallow the rest of the page; for each, all of it is read
# Elements whose content has no tags; in some of them it has entities.
_RAW_TEXT = frozenset("iframe noembed noframes plaintext script style xmp".split())
_ESCAPABLE_TEXT = frozenset(("textarea", "title"))
_SILENT_WITHOUT_END = frozenset(("style", "title"))  # that swallow the rest of a page
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")  # of no character


class BrokenTagsError(ValueError):
    """Too many tags have no end."""


@dataclass(frozen=True, slots=True)
class StartTag:
    """A start tag.

    Attributes:
        name: The name of the element, in lower case.
        row: The line on which it begins, from 1.
        attributes: The attributes, by names in lower case.
        empty: Whether it ends its element too: <a/>.
    """

    name: str
    row: int
    attributes: dict[str, str] = field(default_factory=dict)
    empty: bool = False


@dataclass(frozen=True, slots=True)
class EndTag:
    """An end tag, with the name of its element in lower case."""

    name: str


def split_tags(text: str) -> Iterator[StartTag | EndTag | str]:
    """Yield the tags and the text of a page, in order; comments and declarations are left out.

    Raises:
        BrokenTagsError: Too many tags have no end.

    >>> [str(piece) for piece in split_tags("a &lt; b<!-- c --> < d")]
    ['a < b', ' < d']
    """
    last_end = text.rfind(">")
    start = row_start = broken = 0
    row = 1
    position = 0
    while match := _MARKUP.search(text, position):
        row += text.count("\n", row_start, match.start())
        row_start = match.start()
        is_hopeless = match.start() > last_end and not match["comment"]
        pieces, end = ([], -1) if is_hopeless else _read_markup(text, match, row)
        if end < 0:
            broken += not is_hopeless
            if broken > _MAX_BROKEN_TAGS:
                raise BrokenTagsError
            position = len(text) if is_hopeless else match.end()
            continue
        if start < match.start():
            yield unescaped(text[start : match.start()])
        yield from pieces
        start = position = end
    if start < len(text):
        yield unescaped(text[start:])


def unescaped(text: str) -> str:
    r"""Return a text with the characters that its references name.

    >>> unescaped("5 &lt; 6 &amp;#55; &nbsp;"), unescaped("&#" + "9" * 5000 + ";")
    ('5 < 6 &#55; \xa0', '�')
    """
    return unescape(_HUGE_REFERENCE.sub("\ufffd", text))


def _read_markup(
    text: str, match: re.Match[str], row: int
) -> tuple[list[StartTag | EndTag | str], int]:
    """Return what a piece of markup stands for, and its end; -1 if it has no end."""
    if match["name"] is None:
        return _read_declaration(text, match, row)
    attributes, end = _read_attributes(text, match.end())
    name = match["name"].lower()
    if end >= 0 and not (name.isascii() and all(map(str.isascii, attributes))):
        return [unescaped(text[match.start() : end])], end  # 若a<b，且c>d
    if end < 0 or match["slash"]:
        return [EndTag(name)], end
    tag = StartTag(name, row, attributes, empty=text[end - 2] == "/")
    if tag.empty or name not in _RAW_TEXT | _ESCAPABLE_TEXT:
        return [tag], end
    closing = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, end)
    content = text[end : closing.start()] if closing else text[end:]
    content_end = closing.start() if closing else len(text)
    if closing is None and name in _SILENT_WITHOUT_END:
        return [StartTag("template", row), content], content_end  # hidden, and not in silence
    return [tag, unescaped(content) if name in _ESCAPABLE_TEXT else content], content_end


def _read_declaration(
    text: str, match: re.Match[str], row: int
) -> tuple[list[StartTag | EndTag | str], int]:
    """Return the text of a CDATA section, or nothing for a comment or a declaration.

    A comment without an end hides the rest of the page, as an element does that is not shown.
    """
    if match["cdata"]:
        end = text.find("]]>", match.end())
        content = text[match.end() : end if end >= 0 else len(text)]
        return [content], end + 3 if end >= 0 else len(text)
    if match["comment"]:
        if closing := _COMMENT_END.search(text, match.end()):
            return [], closing.end()
        return [StartTag("template", row), text[match.end() :]], len(text)  # hidden, like a comment
    if match["declaration"] and (closing := _DECLARATION_END.match(text, match.end())):
        return [], closing.end()
    return [], text.find(">", match.start()) + 1


def _read_attributes(text: str, position: int) -> tuple[dict[str, str], int]:
    """Return the attributes from `position` on and the end of their tag; -1 if it has none."""
    attributes: dict[str, str] = {}
    while True:
        space = _SPACE_AND_SLASH.match(text, position)
        assert space
        position = space.end()
        if text.startswith(">", position):
            return attributes, position + 1
        attribute = _ATTRIBUTE.match(text, position)
        if attribute is None:
            return attributes, -1
        value = attribute["double"] or attribute["single"] or attribute["bare"] or ""
        attributes.setdefault(attribute["name"].lower(), unescaped(value))
        position = attribute.end()

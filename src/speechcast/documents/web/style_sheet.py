"""Find what a page's own style sheet hides, and the text that it adds.

Rules for tags, classes and ids, and for those in others, are followed (`aside`, `.a`,
`.a > p`); what another rule may show is not hidden. Style sheets beside a web page are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from ...messages import mark
from ..block import SAMPLE_LENGTH, LeftOut
from .tree import Element
from .unread import classes_of
from .visibility import (
    find_hiding_property,
    has_background,
    is_hiding,
    is_white_text,
    parse_declarations,
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_DISPLAY = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?!none)|visibility\s*:\s*visible)", re.IGNORECASE
)
_ADDS_TEXT = re.compile(r"([.#]?[\w-]+)(?:\[[^\]]*\])?::?(?:before|after)\b", re.IGNORECASE)
_CONTENT = re.compile(r"(?:^|;)\s*content\s*:((?:[^;\"']|\"[^\"]*\"|'[^']*')*)", re.IGNORECASE)
_QUOTED = re.compile(r"[\"']((?:[^\"'\\]|\\.)*)[\"']")
_ESCAPED = re.compile(r"\\(?:([\da-fA-F]{1,6})\s?|(.))")
_TAG = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_PART = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*)?(?:[.#]-?[A-Za-z_\u0080-\uffff][\w-]*)*")
# Programs of a page show these once it is loaded.
_WHOLE_PAGE = frozenset(("html", "body", "main", "article"))
_MAX_SELECTORS, _MAX_DEPTH = 200, 200  # of several parts; elements around one
_NAME = re.compile(r"[.#]-?[A-Za-z_\u0080-\uffff][\w-]*")
_SIMPLE = re.compile(rf"(?:[a-z][a-z0-9]*)?({_NAME.pattern})", re.IGNORECASE)


def find_hidden_names(page: Element, files: Iterable[str] = ()) -> frozenset[str]:
    """Return the selectors (`.draft`, `#draft`, `.a .b`) of what a page's style sheets hide.

    Args:
        page: The page.
        files: Its style sheets that are files of their own.
    """
    hidden: set[str] = set()
    shown: set[str] = set()
    is_plain = is_white_page(page)
    sheets = [css for _, css in _iter_sheets(page)]
    for css in (*(_without_media(_COMMENT.sub("", css)) for css in files), *sheets):
        _add_names(_RULE.findall(css), hidden, shown, is_plain=is_plain)
    several = [s for s in sorted(hidden) if " " in s and shown.isdisjoint(_NAME.findall(s))]
    return frozenset(s for s in hidden - shown if " " not in s).union(several[:_MAX_SELECTORS])


def is_white_page(page: Element) -> bool:
    """Return whether a page has no background, as far as its own style sheets say."""
    has_files = any(
        "stylesheet" in link.attributes.get("rel", "").lower() for link in page.elements("link")
    )
    return not has_files and not any(
        "@import" in css
        or any(has_background(parse_declarations(d)) for _, d in _RULE.findall(css))
        for _, css in _iter_sheets(page)
    )


def find_added_text(page: Element) -> Iterator[LeftOut]:
    """Yield the text that style sheets add to elements of the page: p::before{content: "注"}."""
    names = {e.name for e in page.descendants() if isinstance(e, Element)}
    names |= {f".{c}" for e in page.descendants() if isinstance(e, Element) for c in classes_of(e)}
    for row, css in _iter_sheets(page):
        for match in _RULE.finditer(css):
            targets = [m[1] for m in _ADDS_TEXT.finditer(match[1])]
            text = "".join(map(_unescaped, _QUOTED.findall(_content_of(match[2]))))
            if any(c.isalnum() for c in text) and not names.isdisjoint(targets):
                line = row + css.count("\n", 0, match.start(2))
                yield LeftOut(mark("text of a style sheet"), text[:SAMPLE_LENGTH], row=line)


def _iter_sheets(page: Element) -> Iterator[tuple[int, str]]:
    """Yield the style sheets in a page that hold on a screen, with the line of each."""
    for sheet in page.elements("style"):
        media = sheet.attributes.get("media", "all").lower()
        if "screen" in media or "all" in media:
            css = "".join(node for node in sheet.children if isinstance(node, str))
            css = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), css)
            yield sheet.row, _without_media(css)


def _content_of(declarations: str) -> str:
    match = _CONTENT.search(declarations)
    return match[1] if match else ""


def _unescaped(text: str) -> str:
    r"""Return a string of CSS with the characters that it escapes: \\7B2C is 第."""
    return _ESCAPED.sub(
        lambda match: chr(min(int(match[1], 16), 0x10FFFF)) if match[1] else match[2], text
    )


def has_hidden_name(element: Element, hidden: frozenset[str]) -> bool:
    """Return whether a selector of those that are hidden selects an element."""
    if not hidden:
        return False
    names = {element.name, f"#{element.attributes.get('id', '')}"}
    names.update(f".{name}" for name in classes_of(element))
    if not hidden.isdisjoint(names):
        return True
    several = _index_by_last(hidden)
    return any(_selects(s, element) for name in names & several.keys() for s in several[name])


@lru_cache(maxsize=16)
def _index_by_last(selectors: frozenset[str]) -> dict[str, list[str]]:
    """Return the selectors of several parts, by a name that the last part asks for."""
    index: dict[str, list[str]] = {}
    for selector in selectors:
        *around, last = selector.split()
        if around:
            name = next(iter(_NAME.findall(last)), last.lower())
            index.setdefault(name, []).append(selector)
    return index


def _selects(selector: str, element: Element) -> bool:
    """Return whether a selector of several parts selects an element: .a p.b, .a > .b."""
    *around, last = selector.split()
    if not _fits(last, element):
        return False
    ancestors = islice(element.ancestors(), _MAX_DEPTH)
    while around:
        part = around.pop()
        if part == ">":
            parent = next(ancestors, None)
            if parent is None or not _fits(around.pop(), parent):
                return False
        elif not any(_fits(part, ancestor) for ancestor in ancestors):
            return False
    return True


def _fits(part: str, element: Element) -> bool:
    tag, names = _TAG.match(part), _NAME.findall(part)
    if tag is not None and tag[0].lower() != element.name:
        return False
    classes, name = classes_of(element), element.attributes.get("id")
    return all(n[1:] in classes if n[0] == "." else n[1:] == name for n in names)


def _add_names(
    rules: Iterable[tuple[str, str]], hidden: set[str], shown: set[str], *, is_plain: bool
) -> None:
    """Add the selectors that rules hide, and the names that they may show."""
    for selectors, declarations in rules:
        style = parse_declarations(declarations)
        is_white = is_plain and is_white_text(style)
        if is_hiding(style) or find_hiding_property(style) or is_white:
            hidden.update(filter(None, map(_read_selector, selectors.split(","))))
        elif _DISPLAY.search(declarations):
            shown.update(_NAME.findall(selectors))
            shown.update(s.strip().lower() for s in selectors.split(","))


def _read_selector(selector: str) -> str:
    """Return a selector in one form; "" if it is not followed."""
    selector = selector.strip()
    if match := _SIMPLE.fullmatch(selector):
        return match[1]
    if _TAG.fullmatch(selector):
        return "" if selector.lower() in _WHOLE_PAGE else selector.lower()
    parts = selector.replace(">", " > ").split()
    is_followed = len(parts) > 1 and all(_PART.fullmatch(part) or part == ">" for part in parts)
    return " ".join(parts) if is_followed and ">" not in {parts[0], parts[-1]} else ""


def _without_media(css: str) -> str:
    """Return a style sheet without its rules for some media, as many lines long."""
    pieces: list[str] = []
    start = depth = 0
    for match in re.finditer(r"@(?:media|supports)[^{}]*\{|[{}]", css):
        if depth == 0 and match[0].startswith("@"):
            pieces.append(css[start : match.start()])
            start, depth = match.start(), 1
        elif depth:
            depth += -1 if match[0] == "}" else 1
            pieces.append("\n" * css.count("\n", start, match.end()))
            start = match.end()
    return "".join([*pieces, css[start:] if depth == 0 else ""])

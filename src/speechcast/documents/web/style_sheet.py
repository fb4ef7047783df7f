"""Find the classes that a page's own style sheet hides.

Only rules for a class or an id by itself are followed (`.draft`, `p.draft`, `#draft`); a name that
another rule may show again is not hidden. Style sheets in files of their own are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .tree import Element
from .unread import classes_of

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_DISPLAY = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*(?!none)|visibility\s*:\s*visible)", re.IGNORECASE
)
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!\s*important\s*)?(?:;|$)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[.#]-?[A-Za-z_\u0080-\uffff][\w-]*")
_SIMPLE = re.compile(rf"(?:[a-z][a-z0-9]*)?({_NAME.pattern})", re.IGNORECASE)


def find_hidden_names(page: Element) -> frozenset[str]:
    """Return the classes (`.draft`) and ids (`#draft`) that the page's style sheets hide."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for sheet in page.elements("style"):
        css = "".join(node for node in sheet.children if isinstance(node, str))
        media = sheet.attributes.get("media", "all").lower()
        if "screen" in media or "all" in media:
            _add_names(_RULE.findall(_without_media(_COMMENT.sub("", css))), hidden, shown)
    return frozenset(hidden - shown)


def has_hidden_name(element: Element, hidden: frozenset[str]) -> bool:
    """Return whether an element has a class or an id that is hidden."""
    if not hidden:
        return False
    names = [f".{name}" for name in classes_of(element)]
    return not hidden.isdisjoint([*names, f"#{element.attributes.get('id', '')}"])


def _add_names(rules: Iterable[tuple[str, str]], hidden: set[str], shown: set[str]) -> None:
    """Add the names that rules hide, and those that they may show."""
    for selectors, declarations in rules:
        if _HIDING.search(declarations):
            matches = (_SIMPLE.fullmatch(s.strip()) for s in selectors.split(","))
            hidden.update(match[1] for match in matches if match)
        elif _DISPLAY.search(declarations):
            shown.update(_NAME.findall(selectors))


def _without_media(css: str) -> str:
    """Return a style sheet without its rules for some media: @media print {…}."""
    pieces: list[str] = []
    start = depth = 0
    for match in re.finditer(r"@(?:media|supports)[^{}]*\{|[{}]", css):
        if depth == 0 and match[0].startswith("@"):
            pieces.append(css[start : match.start()])
            depth = 1
        elif depth:
            depth += -1 if match[0] == "}" else 1
            start = match.end()
    return "".join([*pieces, css[start:] if depth == 0 else ""])

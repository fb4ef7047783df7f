"""Parse HTML into a tree of elements.

End tags may be missing: an element then ends where the HTML standard says so (13.1.2.4, optional
tags, and 13.2.6.4.7, "in body"). An element that closes itself, as `<p/>` does in a page of a
book, is empty. A tag takes constant time, however deep the elements are.

Libraries were tried on two cores. html5lib 1.1 and tinyhtml5 2.1 take over 8 s for 10,000 nested
<div>, and 3.8 s or more for a tag of 10,000 attributes (this: 0.6 s and 0.1 s). lxml 6.1 drops what
is nested deeper than 2,048, and ends no <p> before <section>. turbohtml 1.15 and justhtml 3.16 are
linear and build the standard's tree, but that has no text of `若 a<b` after `a`, nor of CDATA
sections, and takes what follows a book's `<title/>` for the title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .tags import EndTag, StartTag, split_tags

_VOID_TAGS = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track"
    " wbr".split()
)
_HEADINGS = tuple("h1 h2 h3 h4 h5 h6".split())
_CLOSE_A_PARAGRAPH = (
    *"address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form header hgroup hr li listing main menu nav ol p plaintext pre search"
    " section summary table ul xmp".split(),
    *_HEADINGS,
)
# Start tags that end an <svg> or <math> before them (13.2.6.5, foreign content).
_BREAK_OUT = frozenset(
    (
        *"b big blockquote body br center code dd div dl dt em embed head hr i img li listing menu"
        " meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split(),
        *_HEADINGS,
    )
)
_FOREIGN = ("svg", "math")
# Elements that an end tag inside them, or an implied one, does not reach beyond (13.2.4.2).
_SCOPES = {
    "table": frozenset(("table", "template", "#page")),
    "row": frozenset(("tr", "table", "template", "#page")),
    "any": frozenset(
        "applet caption table td th marquee object template #page foreignobject mi mo mn ms mtext"
        " annotation-xml".split()
    ),
    "ruby": frozenset(("ruby", "#page")),
    "select": frozenset(("select", "datalist", "#page")),
    "block": frozenset(
        "applet article aside blockquote body button caption center col colgroup details dialog dir"
        " dl fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup"
        " html iframe listing main marquee menu nav object ol plaintext pre search section select"
        " summary table tbody td template textarea tfoot th thead tr ul xmp #page".split()
    ),
}
_SCOPES["button"] = _SCOPES["any"] | {"button"}
_SCOPES["list"] = _SCOPES["any"] | {"ol", "ul"}
_SCOPES["special"] = _SCOPES["block"] | {"address", "dd", "div", "dt", "li", "p"}
_SCOPES["foreign"] = frozenset(
    "#page foreignobject desc title mi mo mn ms mtext annotation-xml".split()
)
_SCOPES_OF = {
    name: tuple(scope for scope, names in _SCOPES.items() if name in names)
    for name in frozenset().union(*_SCOPES.values())
}


class _ImpliedEnd(NamedTuple):
    """The elements that a start tag ends, if they are open within a scope."""

    names: tuple[str, ...]
    scope: str


_SECTIONS = ("tbody", "thead", "tfoot")
_IMPLIED_ENDS: dict[str, tuple[_ImpliedEnd, ...]] = {
    "a": (_ImpliedEnd(("a",), "any"),),
    "button": (_ImpliedEnd(("button",), "any"),),
    "li": (_ImpliedEnd(("li",), "block"),),
    **dict.fromkeys(("dd", "dt"), (_ImpliedEnd(("dd", "dt"), "block"),)),
    **dict.fromkeys(_HEADINGS, (_ImpliedEnd(_HEADINGS, "any"),)),
    **dict.fromkeys(("td", "th"), (_ImpliedEnd(("td", "th", "caption"), "row"),)),
    **dict.fromkeys(
        ("tr", "col", "colgroup", "caption"),
        (_ImpliedEnd(("tr", "td", "th", "caption", "colgroup"), "table"),),
    ),
    **dict.fromkeys(
        _SECTIONS,
        (_ImpliedEnd((*_SECTIONS, "tr", "td", "th", "caption", "colgroup"), "table"),),
    ),
    **dict.fromkeys(("rb", "rt", "rp", "rtc"), (_ImpliedEnd(("rb", "rt", "rp"), "ruby"),)),
    "option": (_ImpliedEnd(("option",), "select"),),
    "optgroup": (_ImpliedEnd(("option", "optgroup"), "select"),),
    "select": (_ImpliedEnd(("select",), "any"),),
    "input": (_ImpliedEnd(("select",), "any"),),
    "textarea": (_ImpliedEnd(("select",), "any"),),
    "body": (_ImpliedEnd(("head",), "any"),),
}
for _tag in _CLOSE_A_PARAGRAPH:
    _IMPLIED_ENDS[_tag] = (_ImpliedEnd(("p",), "button"), *_IMPLIED_ENDS.get(_tag, ()))

# The scope of an end tag; "any" for elements of the text, and "special" for those like <span>.
_END_SCOPES = {
    "p": "button",
    "li": "list",
    **dict.fromkeys(("table", "tr", "td", "th", "caption", "colgroup", *_SECTIONS), "table"),
    **dict.fromkeys("template svg math".split(), "#none"),
    **dict.fromkeys(
        "bdi bdo cite data dfn ins kbd label q ruby samp span sub sup time var".split(), "special"
    ),
}

_MAX_BLANK_NODES = 16  # elements and white space before a short text; real pages have a few


@dataclass(slots=True, eq=False)
class Element:
    """An element of a page.

    Attributes:
        name: The name, in lower case.
        attributes: The attributes, by names in lower case.
        row: The line on which it begins, from 1.
        parent: The element that contains it; None for the page.
        children: The elements and the text in it, in order.
    """

    name: str
    attributes: dict[str, str]
    row: int
    parent: Element | None
    children: list[Element | str] = field(default_factory=list)

    def descendants(self) -> Iterator[Element | str]:
        """Yield the elements and the text in this element, in the order of the page."""
        remaining = self.children[::-1]
        while remaining:
            node = remaining.pop()
            yield node
            if isinstance(node, Element):
                remaining.extend(reversed(node.children))

    def elements(self, *names: str) -> Iterator[Element]:
        """Yield the elements in this element that have one of these names."""
        for node in self.descendants():
            if isinstance(node, Element) and node.name in names:
                yield node

    def ancestors(self) -> Iterator[Element]:
        """Yield the elements that contain this one, the innermost first."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def has_text(self) -> bool:
        """Return whether there is any text in the element."""
        return any(isinstance(node, str) and not node.isspace() for node in self.descendants())

    def text(self, limit: int) -> str:
        """Return the text in the element, up to its first `limit` characters.

        White space at its ends is removed. So that the text of every element can be asked for, few
        more nodes are visited than the limit has characters.
        """
        pieces: list[str] = []
        length = 0
        for visited, node in enumerate(self.descendants()):
            if length >= limit or visited > limit + _MAX_BLANK_NODES:
                break
            if isinstance(node, str):
                piece = node if length else node.lstrip()
                pieces.append(piece)
                length += len(piece)
        return "".join(pieces)[:limit].strip()


def parse_html(text: str) -> Element:
    """Return the page with all its elements, under a root called `#page`.

    >>> hidden, shown = parse_html("<p hidden>a<p>b").children
    >>> hidden.children, shown.children
    (['a'], ['b'])
    """
    builder = _TreeBuilder()
    for piece in split_tags(text):
        builder.add(piece)
    return builder.page


class _TreeBuilder:
    """Builds the tree of a page from its tags."""

    def __init__(self) -> None:
        self.page = Element("#page", {}, 1, None)
        self._open: list[Element] = []
        self._depths: dict[str, list[int]] = defaultdict(list)  # by name, and by scope
        self._push(self.page)

    def add(self, piece: StartTag | EndTag | str) -> None:
        """Add a tag or text to the page."""
        if isinstance(piece, str):
            self._open[-1].children.append(piece)
        elif isinstance(piece, StartTag):
            self._start(piece)
        elif piece.name == "br":
            self._start(StartTag("br", 0))
        elif piece.name not in {"body", "html"}:
            names = _HEADINGS if piece.name in _HEADINGS else (piece.name,)
            self._end_last(names, _END_SCOPES.get(piece.name, "any"))

    def _start(self, tag: StartTag) -> None:
        if tag.name in _BREAK_OUT:
            self._end_all(_FOREIGN, "foreign")
        for names, scope in _IMPLIED_ENDS.get(tag.name, ()):
            self._end_all(names, scope)
        parent = self._open[-1]
        element = Element(tag.name, tag.attributes, tag.row or parent.row, parent)
        parent.children.append(element)
        if not tag.empty and tag.name not in _VOID_TAGS:
            self._push(element)

    def _end_all(self, names: Sequence[str], scope: str) -> None:
        """End every open element of these names within a scope."""
        while self._end_last(names, scope):
            pass

    def _end_last(self, names: Sequence[str], scope: str) -> bool:
        """End the innermost element of these names, and return whether there is one in scope."""
        depth = max(map(self._depth, names))
        if depth < 1 or depth < self._depth(scope + " scope"):
            return False
        while len(self._open) > depth:
            self._pop()
        return True

    def _depth(self, key: str) -> int:
        depths = self._depths.get(key)
        return depths[-1] if depths else -1

    def _push(self, element: Element) -> None:
        for key in _keys(element.name):
            self._depths[key].append(len(self._open))
        self._open.append(element)

    def _pop(self) -> None:
        for key in _keys(self._open.pop().name):
            self._depths[key].pop()


def _keys(name: str) -> Iterator[str]:
    """Yield the keys of an element's depth: its name, and the scopes that it limits."""
    yield name
    for scope in _SCOPES_OF.get(name, ()):
        yield scope + " scope"

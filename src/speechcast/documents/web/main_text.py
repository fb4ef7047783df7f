"""Choose what of a web page is its text, and what surrounds it.

The rules and lists were written by hand for this project. What may be text of the speech is read:
a sentence too much can be cut, one that is missing is seen by nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ...messages import mark
from ..block import NAVIGATION, LeftOut
from .page_reader import Page, Reading, read_element
from .tree import Element
from .unread import is_hidden, roles_of

_SITE_TAGS = frozenset(("header", "footer", "aside"))
_SITE_ROLES = frozenset(("banner", "contentinfo", "complementary"))
_TEXT_TAGS = frozenset("article blockquote figure main section".split())
_SENTENCE = re.compile(r"[。！？!?…][”’」』）)]*$|[A-Za-z]{2}\.[\"”’)]?$")
_MIN_SENTENCE = 3  # characters with the mark; what is shorter is a label
_BOILERPLATE = re.compile(
    r"©|\(c\)\s*\d{4}|版权|版權|备\d|备案|ICP|copyright|rights reserved|cookie|javascript|隐私|隱私"
    r"|[上下]一[篇页頁]|责任编辑|責任編輯|相关阅读|相關閱讀|扫码|扫一扫|关注我们|分享到|登录|注册|订阅|浏览器"
    r"|subscribe|sign (?:up|in)|log ?in|privacy|terms of (?:use|service)|newsletter|browser",
    re.IGNORECASE,
)
_AROUND = mark("text around the article")


def read_main_text(page: Page) -> Reading:
    """Return the text of a web page, without what belongs to its site.

    A page with one `main` or `article` is read as that, unless sentences stand around it.
    """
    skipped = dict.fromkeys(_find_boilerplate(page), NAVIGATION)
    main = _find_main_element(page.root)
    if main is None:
        return read_element(page, page.root, skipped)
    title = _find_title(page, main, skipped)
    wanted = [title, main] if title else [main]
    around = read_element(page, page.root, skipped | dict.fromkeys(wanted, ""))
    if _has_sentence(around):
        return read_element(page, page.root, skipped)
    parts = [read_element(page, element, skipped) for element in wanted]
    left_out = [LeftOut(_AROUND, block.text, row=block.row) for block in around.blocks[:1]]
    return Reading(
        [block for part in parts for block in part.blocks],
        [*left_out, *around.left_out, *(piece for part in parts for piece in part.left_out)],
    )


def _find_main_element(root: Element) -> Element | None:
    """Return the one element that says it is the main one: `main`, else `article`."""
    for is_main in (_is_main, _is_article):
        candidates = [e for e in _outermost(root, is_main) if e.has_text()]
        if candidates:
            return candidates[0] if len(candidates) == 1 else None
    return None


def _is_main(element: Element) -> bool:
    return element.name == "main" or "main" in roles_of(element)


def _is_article(element: Element) -> bool:
    return element.name == "article"


def _outermost(root: Element, matches: Callable[[Element], bool]) -> Iterator[Element]:
    """Yield the visible elements that match and are in no other such element."""
    remaining = [root]
    while remaining:
        element = remaining.pop()
        if is_hidden(element):
            continue
        if matches(element):
            yield element
        else:
            remaining.extend(c for c in reversed(element.children) if isinstance(c, Element))


def _find_boilerplate(page: Page) -> Iterator[Element]:
    """Yield the headers, footers and asides that are no text of the speech."""
    remaining = [(page.root, False)]
    while remaining:
        element, in_text = remaining.pop()
        if element.name in _SITE_TAGS or not _SITE_ROLES.isdisjoint(roles_of(element)):
            if not _is_text(page, element, in_text=in_text):
                yield element
            continue
        in_text = in_text or element.name in _TEXT_TAGS
        remaining.extend((c, in_text) for c in element.children if isinstance(c, Element))


def _is_text(page: Page, part: Element, *, in_text: bool) -> bool:
    """Return whether a header, footer or aside is text of the speech.

    Args:
        page: The page.
        part: The part.
        in_text: Whether it stands in an article or a section; its lines are then text unless
            they are links or boilerplate. One of the page must have a sentence, or the title.
    """
    reading = read_element(page, part, {})
    if not in_text:
        return _has_title(part) or _has_sentence(reading)
    lines = [block for block in reading.blocks if not _BOILERPLATE.search(block.text)]
    return bool(lines) and 2 * reading.linked < reading.length


def _has_title(part: Element) -> bool:
    """Return whether a header has a title that is no link to the site."""
    titles = list(part.elements("h1")) if part.name == "header" else []
    return any(next(title.elements("a"), None) is None for title in titles)


def _has_sentence(reading: Reading) -> bool:
    """Return whether there is a sentence that belongs to the speech, not to the site."""
    return 2 * reading.linked < reading.length and any(
        len(block.text) >= _MIN_SENTENCE
        and _SENTENCE.search(block.text)
        and not _BOILERPLATE.search(block.text)
        for block in reading.blocks
    )


def _find_title(page: Page, main: Element, skipped: Mapping[Element, str]) -> Element | None:
    """Return the page's only title, or its header, if it stands outside the main element."""
    titles = list(page.root.elements("h1"))
    if len(titles) != 1 or next(titles[0].elements("a"), None):
        return None
    around = [titles[0], *titles[0].ancestors()]
    if main in around or any(e in skipped or is_hidden(e) for e in around):
        return None
    header = next((e for e in around if e.name == "header"), None)
    return titles[0] if header is None or header in main.ancestors() else header

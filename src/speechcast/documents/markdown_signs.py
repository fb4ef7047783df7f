"""Tell whether a plain text is Markdown that was pasted.

A sign that nobody writes by chance is enough; the others must come together. The signs and their
weights were chosen by hand for this project.
"""

from __future__ import annotations

import re

from .emphasis import without_emphasis

_MANY = re.MULTILINE
_PLAIN_SIGNS = tuple(  # each enough by itself
    re.compile(pattern, _MANY)
    for pattern in (
        r"^ {0,3}#{2,6} +\S",  # a heading below the first level
        r"\A\s*# +\S[^\n]*\n[ \t]*\n",  # the title of the text
        r"^ {0,3}`{3,}[\w+-]*[ \t]*$",  # code
        r"^ {0,3}\|?[ \t]*+:?-{2,}+:?[ \t]*+(?:\|[ \t]*+:?-{2,}+:?[ \t]*+)+\|?[ \t]*$",  # a table
        r"\[[^\]\n]{1,200}\]\((?:https?://|mailto:|[#/.])[^)\s]*\)",  # a link
        r"^[ \t]*[-*+] \[[ xX]\] +\S",  # a list of tasks
        r"^\[\^[\w-]{1,20}\]:",  # a note
    )
)
_WEAK_SIGNS = tuple(  # two, one of them emphasis or a title, are enough
    re.compile(pattern, _MANY)
    for pattern in (
        r"^ {0,3}# +\S",
        r"^[ \t]*[-*+] +\S[^\n]*\n(?:[ \t]*\n)?[ \t]*[-*+] +\S",
        r"^ {0,3}> ?\S",
        r"^ {0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*$",
        r"^[ \t]*\d{1,3}[.)] +\S",
    )
)
_BOLD = re.compile(r"\*\*[^*\n]+\*\*")


def is_markdown(text: str) -> bool:
    r"""Return whether a plain text is Markdown.

    >>> is_markdown("## 今年的工作\n\n修路。"), is_markdown("1. 修路\n---\n> 5 * 3 = 15")
    (True, False)
    """
    if any(sign.search(text) for sign in _PLAIN_SIGNS):
        return True
    weak = sum(sign.search(text) is not None for sign in _WEAK_SIGNS)
    return weak > 0 and any(
        without_emphasis(line) != line for line in text.split("\n") if _BOLD.search(line)
    )

"""Remove from Markdown the marks that only some programs know: Pandoc, Obsidian, Hugo, GitHub.

CommonMark would read them as text: attributes in braces, fences of colons, callouts, links of a
wiki. The lines of the text stay in their rows. The rules were written by hand for this project.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .block import CODE, COMMENTS, HIDDEN_TEXT, SAMPLE_LENGTH, LeftOut
from .web.page_reader import read_ruby
from .web.tree import parse_html

_MANY = re.MULTILINE
_ATTRIBUTES = r"\{:?[ \t]*(?:[.#][^\s{}]|[\w-]{1,40}=)[^{}\n]{0,200}\}"
_ATTRIBUTES_AT_END = re.compile(rf"{_ATTRIBUTES}[ \t#]*$")
# Admonitions and tabs of MkDocs: !!! note "题", === "甲"; what is in them is indented.
_ADMONITION = re.compile(
    r'^(?:(?:!!!|\?\?\?\+?)(?:[ \t]+[\w-]+)+|===[!+]?(?=[ \t]+"))(?:[ \t]+"([^"\n]*)")?[ \t]*$',
    _MANY,
)
_INDENTED = re.compile(r"(?:\n(?: {4}|\t)[^\n]*|\n[ \t]*(?=\n))+")
_INDENT = re.compile(r"\n(?: {4}|\t)")
_UNREAD = (  # what is left out, with its kind
    (re.compile(r"%%(?P<text>[^%]{1,2000})%%"), COMMENTS),  # Obsidian
    (re.compile(r"^\*\[[^\]\n]{1,100}\]:(?P<text>[^\n]*)$", _MANY), HIDDEN_TEXT),  # abbreviations
    (
        re.compile(
            r"^(?P<text>(?:import\s[^\n]*\sfrom\s|import\s)['\"][^'\"\n]+['\"];?)[ \t]*$", _MANY
        ),
        CODE,
    ),
    # Hugo's front matter; the calls of Hugo, Jekyll and Hexo: {{< figure >}}, {% include %}.
    (re.compile(r"\A\s*\+{3}\n(?P<text>[\w-]+ *=(?:[^\n]*\n){1,99}?)\+{3}[ \t]*$", _MANY), CODE),
    (re.compile(r"(?P<text>\{\{[<%][^{}\n]{1,300}[>%]\}\}|\{%[^{}\n]{1,300}%\})"), CODE),
)
_REPLACED: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(r"^#{1,6}[ \t][^\n]*\}[ \t#]*$", _MANY),
        lambda match: _ATTRIBUTES_AT_END.sub("", match[0]),
    ),
    (re.compile(r"^\{:[^{}\n]{0,200}\}[ \t]*$", _MANY), ""),  # Kramdown
    (re.compile(rf"(?<!\])\[([^\[\]\n]{{1,200}})\]{_ATTRIBUTES}"), r"\1"),
    (re.compile(rf"(?<=\)){_ATTRIBUTES}"), ""),
    # Fences of colons, with a title: ::: warning, :::note[题], ::: {.box}.
    (re.compile(r"^[ \t]*:{3,}[ \t]*(?:[\w-]*\[([^\]\n]*)\][ \t]*)?$", _MANY), r"\1"),
    (re.compile(r"^[ \t]*:{3,}[ \t]*[A-Za-z][\w-]*[ \t]*([^\n{}]*)$", _MANY), r"\1"),
    (re.compile(r"^[ \t]*:{3,}[ \t]*\{[^{}\n]*\}[ \t:]*$", _MANY), ""),
    (_ADMONITION, r"\1  "),
    (
        re.compile(r"^((?:[ \t]*>)+[ \t]*)\[![A-Za-z]+\][+-]?[ \t]*([^\n]*)$", _MANY),
        r"\1\2  ",
    ),  # callouts
    (re.compile(r"^[ \t]*\[\[_?toc_?\]\][ \t]*$", _MANY | re.IGNORECASE), ""),
    (re.compile(r"!\[\[([^\[\]\n|]{1,200})(?:\|[^\[\]\n]*)?\]\]"), r"![\1](#)"),  # embedded files
    (re.compile(r"\[\[(?:[^\[\]\n|]{1,200}\|)?([^\[\]\n|]{1,200})\]\](?!\()"), r"\1"),
    (
        re.compile(r"<ruby\b[^<>\n]*>(?:(?!</?ruby)[^\n]){1,300}</ruby>", re.IGNORECASE),
        lambda match: _read_ruby(match[0]) or match[0],
    ),
    (re.compile(r"(?<=\S)[ \t]\^[a-z0-9][a-z0-9-]{4,40}[ \t]*$", _MANY), ""),  # names of blocks
)
_DEFINITION = re.compile(r"\n(?P<blank>[ \t]*\n)?:[ \t]+(?=\S)")  # below its term


def _read_ruby(html: str) -> str:
    """Return the characters of a ruby with their readings; "" if they are no pinyin."""
    return "".join(map(read_ruby, parse_html(html).elements("ruby")))


def outdent_admonitions(text: str) -> str:
    r"""Return a Markdown text with what is in its admonitions no longer indented, as code is.

    >>> outdent_admonitions('!!! note\n\n    甲\n\n    - 乙\n丙')
    '!!! note\n\n甲\n\n- 乙\n丙'
    """
    pieces: list[str] = []
    start = 0
    for match in _ADMONITION.finditer(text):
        indented = _INDENTED.match(text, match.end())
        if indented and match.end() >= start:
            pieces += [text[start : match.end()], _INDENT.sub("\n", indented[0])]
            start = indented.end()
    return "".join([*pieces, text[start:]])


def without_dialects(text: str, row: int = 1) -> tuple[str, list[LeftOut]]:
    r"""Return a Markdown text without the marks of dialects, and what is left out with them.

    Args:
        text: The text, with line ends as "\n" and without code, in which these marks mean nothing.
        row: The line of the file on which it begins, from 1.

    >>> without_dialects("# 题 {#id .cls}\n> [!NOTE]\n> 见[[页|某页]]。%%改%%")[0]
    '# 题 \n>   \n> 见某页。'
    """
    left_out: list[LeftOut] = []
    for pattern, kind in _UNREAD:
        start, start_row = 0, row
        for match in pattern.finditer(text):
            start_row += text.count("\n", start, match.start())
            start = match.start()
            sample = " ".join(match["text"].split())[:SAMPLE_LENGTH]
            left_out.append(LeftOut(kind, sample, row=start_row))
        text = pattern.sub(lambda match: "\n" * match[0].count("\n"), text)
    for pattern, replacement in _REPLACED:
        text = pattern.sub(replacement, text)
    return _DEFINITION.sub(r"  \n\g<blank>", text), left_out

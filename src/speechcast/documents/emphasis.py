"""Remove the marks of emphasis from a plain text, and keep asterisks that stand for a name.

People paste Markdown into plain text: **修路** is emphasis, and its marks are no text. 张**同志,
李*, 中共*市委书记*同志 and 138****1234 are not. The rules were written by hand for this project.
"""

from __future__ import annotations

import re

from .structure.title_block import SURNAMES

_DOUBLE = re.compile(
    r"(?<![*\\])(?P<open>\*{2,3})(?![*\s])(?P<inner>[^*\n]{1,300}?)(?<![\s\\])(?P<close>(?P=open))(?!\*)"
)
_SINGLE = re.compile(
    r"(?<![*\\\w）)〕\]％%])(?P<open>\*)(?![*\s，。、；：！？,.;:!?)）])"
    r"(?P<inner>[^*\n。！？；!?;]{1,300}?[。！？!?]?)(?<![\s\\])(?P<close>\*)(?![*\d])"
)
_UNDERLINED = re.compile(
    r"(?<![_A-Za-z0-9])__(?=[^_\n]*[^\x00-\x7f])(?![_\s])([^_\n]{1,300}?)(?<![\s_])__(?![_A-Za-z0-9])"
)
_CODE = re.compile(r"(?<![`\\])`(?![`\s])([^`\n]{1,300}?)(?<!\s)`(?!`)")
# What stands after an asterisk in place of a name: *市, *同志. Emphasis seldom begins so.
_AFTER_A_NAME = re.compile(
    "[省市县區区镇鄉乡村州盟旗局厅委某]|同志|先生|女士|书记|公司|老师|同学|教授"
)
# A phrase in italics; what has clauses is emphasis only if it is the whole line.
_PHRASE = re.compile(r"[^，、。；：！？,;:!?]{1,40}[。！？!?]?")
_MAX_INDENT = 40  # characters of white space around what may be a whole line
_NEEDS_A_SUBJECT = frozenset("是的在和与了有也将为同对")
_NEEDS_AN_OBJECT = frozenset("在和与对从向的是为由到于把被让给")


def without_emphasis(line: str) -> str:
    """Return a line without the marks of emphasis.

    >>> without_emphasis("**修路**：*重点*是安全"), without_emphasis("中共*市委书记*同志和张**同志")
    ('修路：重点是安全', '中共*市委书记*同志和张**同志')
    """
    if "*" in line:
        line = _SINGLE.sub(_write_single, _DOUBLE.sub(_write_double, line))
    if "__" in line:
        line = _UNDERLINED.sub(r"\1", line)
    return _CODE.sub(r"\1", line) if "`" in line else line


def escape_names(line: str) -> str:
    r"""Return a line of Markdown with backslashes before asterisks that stand for a name.

    >>> escape_names("**修路**，李*和中共*市委书记*同志")
    '**修路**，李\\*和中共\\*市委书记\\*同志'
    """
    if "*" not in line:
        return line
    marks = {
        i
        for pattern, is_emphasis in _PATTERNS
        for match in pattern.finditer(line)
        if is_emphasis(match)
        for i in (*range(*match.span("open")), *range(*match.span("close")))
    }
    start = len(line) - len(line.lstrip())
    if re.match(r"\s*(?:\*\s|(?:\*\s*){3,}$)", line):
        marks.update(range(start, len(line) if line.strip("* \t") == "" else start + 1))
    return "".join(
        f"\\{c}" if c == "*" and i not in marks and line[i - 1 : i] != "\\" else c
        for i, c in enumerate(line)
    )


def _is_double_emphasis(match: re.Match[str]) -> bool:
    """Return whether doubled asterisks around a text are no two names, as in 张**和李**."""
    text, inner, end = match.string, match["inner"], match.end()
    before, after = text[max(0, match.start() - 1) : match.start()], text[end : end + 2]
    if before and before in SURNAMES and inner[-1] in SURNAMES:
        return False
    are_offices = _AFTER_A_NAME.match(inner) and _AFTER_A_NAME.match(text, end)
    is_half_a_clause = inner[0] in _NEEDS_A_SUBJECT and inner[-1] in _NEEDS_AN_OBJECT
    if are_offices or is_half_a_clause or inner[:2] == after:  # **省**市, **公司和**公司
        return False
    is_number = before.isdigit() and inner[0].isdigit()
    return not is_number and not (inner[-1].isdigit() and after[:1].isdigit())


def _is_single_emphasis(match: re.Match[str]) -> bool:
    """Return whether asterisks around a text are no names: *省*市, *是我的家，在*长大."""
    text, inner, end = match.string, match["inner"], match.end()
    if _is_whole_line(match):
        return True
    if not _PHRASE.fullmatch(inner) or _lacks_an_end(inner):
        return False
    if not text[end : end + 1].isalnum():
        return True
    is_name = _AFTER_A_NAME.match(inner) or _AFTER_A_NAME.match(text, end)
    return len(inner) > 1 and is_name is None


def _is_whole_line(match: re.Match[str]) -> bool:
    """Return whether nothing but white space stands around a match."""
    text, start, end = match.string, match.start(), match.end()
    if start > _MAX_INDENT or len(text) > end + _MAX_INDENT:
        return False
    return not text[:start].strip() and not text[end:].strip()


def _lacks_an_end(inner: str) -> bool:
    """Return whether a text needs something before it or after it: 是我们的, 我们在."""
    return inner[0] in _NEEDS_A_SUBJECT or inner[-1] in _NEEDS_AN_OBJECT


_PATTERNS = ((_DOUBLE, _is_double_emphasis), (_SINGLE, _is_single_emphasis))


def _write_double(match: re.Match[str]) -> str:
    return match["inner"] if _is_double_emphasis(match) else match[0]


def _write_single(match: re.Match[str]) -> str:
    return match["inner"] if _is_single_emphasis(match) else match[0]

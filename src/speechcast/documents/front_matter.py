"""Parse front matter: facts about a text, in YAML.

It stands between two lines of `---` at the beginning of the text.

    ---
    title: 在闭幕大会上的讲话
    voice: report
    cast: {主持人: local-xiaoyi, 市长: orator}
    ---

It is never spoken. Unknown keys are ignored, since other programs have their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ..errors import SourceError
from ..messages import _, mark, translate_filled
from ..text.surrogates import without_surrogates

_FENCE = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENING_WITH_OUR_KEY = re.compile(  # so it is front matter, even if its end is missing
    r"\s*---[ \t]*\n(?:title|speaker|date|voice|style|rate|lexicon|cast)[ \t]*:", re.IGNORECASE
)
# What the YAML parser says of the commonest mistakes.
_PROBLEMS = frozenset(
    {
        mark("could not find expected ':'"),
        mark("expected ',' or ']', but got '<stream end>'"),
        mark("expected <block end>, but found '<scalar>'"),
        mark("found character '\\t' that cannot start any token"),
        mark("found unexpected end of stream"),
        mark("mapping values are not allowed here"),
    }
)
_FIRST_KEY = re.compile(r"\s*(?:#.*\n\s*)*[A-Za-z_][\w-]*[ \t]*:")  # after comments


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The facts in a document's front matter; None where absent.

    Attributes:
        title: The title of the speech.
        speaker: Who gives it.
        date: When, as written; YYYY-MM-DD where it was recognised.
        voice: As the option `--voice`.
        style: As the option `--style`.
        rate: As the option `--rate`.
        lexicon: As the option `--lexicon`.
        cast: A voice for each speaker's label in the text.
    """

    title: str | None = None
    speaker: str | None = None
    date: str | None = None
    voice: str | None = None
    style: str | None = None
    rate: str | None = None
    lexicon: str | None = None
    cast: Mapping[str, str] = field(default_factory=dict)


def split_front_matter(text: str, name: str) -> tuple[FrontMatter, str, int]:
    r"""Separate the front matter of a text from its body.

    Args:
        text: The text, with line ends as "\n".
        name: What error messages call it.

    Returns:
        The front matter, the body, and the row of `text` on which the body begins, from 1.

    Raises:
        SourceError: The front matter is not valid YAML, or a value has the wrong type.

    >>> split_front_matter("---\ntitle: 贺词\n---\n同志们：", "speech.txt")[1:]
    ('同志们：', 4)
    """
    match = _FENCE.match(text)
    if match is None and _OPENING_WITH_OUR_KEY.match(text):
        raise _error(name, _("has no end; write --- on a line of its own after it"))
    if match is None or not _FIRST_KEY.match(match[1]):
        return FrontMatter(), text, 1
    row = 1 + text.count("\n", 0, match.start(1))
    front_matter = _build(_parse_yaml(match[1], name, row), name)
    return front_matter, text[match.end() :], 1 + match[0].count("\n")


def _parse_yaml(yaml_text: str, name: str, row: int) -> Mapping[object, object]:
    """Return the keys and values of front matter that begins on a line of its file."""
    import yaml

    try:
        # BaseLoader leaves every scalar a string: +10%, 2023-03-05.
        mapping = yaml.load(yaml_text, yaml.BaseLoader)
    except yaml.YAMLError as exc:
        spot = getattr(exc, "problem_mark", None)
        problem = getattr(exc, "problem", None)
        problem = translate_filled(problem, _PROBLEMS) if problem else _("not YAML")
        message = _(
            "cannot be parsed ({problem}); put a value that contains a : or a bracket in quotes"
        )
        if spot:
            message = _(
                "cannot be parsed, line {row} ({problem}); put a value that contains a : or a "
                "bracket in quotes"
            )
        raise _error(
            name, message.format(row=spot.line + row if spot else "", problem=problem)
        ) from exc
    except RecursionError as exc:
        raise _error(name, _("cannot be parsed (its lists are nested too deeply)")) from exc
    if not isinstance(mapping, dict):
        raise _error(name, _("is not a mapping; write a line for each key: value"))
    return mapping


def _build(mapping: Mapping[object, object], name: str) -> FrontMatter:
    allowed = {f.name for f in fields(FrontMatter)}
    values: dict[str, Any] = {str(k).lower(): v for k, v in mapping.items()}
    values = {k: v for k, v in values.items() if k in allowed and v not in ("", None)}
    for key, value in values.items():
        if key == "cast":
            values[key] = _parse_cast(value, name)
        elif not isinstance(value, str):
            problem = _("gives {key} more than one value; write {key}: value")
            raise _error(name, problem.format(key=key))
        else:
            values[key] = without_surrogates(value)
    return FrontMatter(**values)


def _parse_cast(value: object, name: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) and v for v in value.values()):
        example = "cast: {主持人: local-xiaoyi, 市长: orator}"
        raise _error(name, _("has an invalid cast; write {example}").format(example=example))
    source = _("the front matter of {name}").format(name=name)
    return {
        clean_label(without_surrogates(str(label)), source): without_surrogates(voice)
        for label, voice in value.items()
    }


def clean_label(label: str, source: str) -> str:
    """Return a speaker's label of a cast without white space and colons at its ends.

    Args:
        label: The label as written.
        source: What error messages call the cast's source.

    Raises:
        SourceError: Nothing is left; the main voice is no part of a cast.

    >>> clean_label("主持人：", "speech.txt")
    '主持人'
    """
    cleaned = label.strip(" \t\n\r\u3000:：")
    if not any(unicodedata.category(char)[0] in "LNSP" for char in cleaned):
        raise SourceError(
            _(
                "{source} has a cast with an empty label; write a speaker's label before the "
                "voice, or voice: for the main voice"
            ).format(source=source),
            Path(source),
        )
    return cleaned


def _error(name: str, problem: str) -> SourceError:
    return SourceError(
        _("the front matter of {name} {problem}").format(name=name, problem=problem), Path(name)
    )

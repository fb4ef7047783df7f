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
from ..messages import _
from ..text.surrogates import without_surrogates

_FENCE = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENING_WITH_OUR_KEY = re.compile(  # so it is front matter, even if its end is missing
    r"\s*---[ \t]*\n(?:title|speaker|date|voice|style|rate|lexicon|cast)[ \t]*:", re.IGNORECASE
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
        raise _error(name, "has no end; write --- on a line of its own after it")
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
        mark = getattr(exc, "problem_mark", None)
        where = f", line {mark.line + row}" if mark else ""
        problem = getattr(exc, "problem", None) or "not YAML"
        raise _error(
            name,
            f"cannot be parsed{where} ({problem}); put a value that contains a : or a bracket in "
            f"quotes",
        ) from exc
    except RecursionError as exc:
        raise _error(name, "cannot be parsed (its lists are nested too deeply)") from exc
    if not isinstance(mapping, dict):
        raise _error(name, "is not a mapping; write a line for each key: value")
    return mapping


def _build(mapping: Mapping[object, object], name: str) -> FrontMatter:
    allowed = {f.name for f in fields(FrontMatter)}
    values: dict[str, Any] = {str(k).lower(): v for k, v in mapping.items()}
    values = {k: v for k, v in values.items() if k in allowed and v not in ("", None)}
    for key, value in values.items():
        if key == "cast":
            values[key] = _parse_cast(value, name)
        elif not isinstance(value, str):
            raise _error(name, f"gives {key} more than one value; write {key}: value")
        else:
            values[key] = without_surrogates(value)
    return FrontMatter(**values)


def _parse_cast(value: object, name: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) and v for v in value.values()):
        raise _error(name, "has an invalid cast; write cast: {主持人: local-xiaoyi, 市长: orator}")
    source = f"the front matter of {name}"
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

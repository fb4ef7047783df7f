"""Front matter: what a text says of itself before it begins, in YAML between two lines of `---`.

    ---
    title: 在闭幕大会上的讲话
    voice: report
    cast: {主持人: xiaoxiao, 市长: yunyang}
    ---

It is never spoken. Keys that are not ours (other tools have theirs) are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ..errors import SourceError

_FENCE = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPEN = re.compile(  # what begins with one of our keys
    r"\s*---[ \t]*\n(?:title|speaker|date|voice|style|rate|lexicon|cast)[ \t]*:", re.IGNORECASE
)
_KEY = re.compile(r"\s*(?:#.*\n\s*)*[A-Za-z_][\w-]*[ \t]*:")  # what it begins with


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a document says of itself; None where it says nothing.

    `voice`, `style` and `lexicon` are as the options of these names, `cast` gives each speaker's
    label a voice.
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
    """The front matter of `text`, the rest, and the row it begins on.

    Raises SourceError for front matter that is no YAML, or says what cannot be said.
    """
    match = _FENCE.match(text)
    if match is None and _OPEN.match(text):
        raise _wrong(name, "has no end; write --- on a line of its own after it")
    if match is None or not _KEY.match(match[1]):
        return FrontMatter(), text, 1
    return _matter(_parsed(match[1], name), name), text[match.end() :], 1 + match[0].count("\n")


def _parsed(written: str, name: str) -> Mapping[object, object]:
    import yaml

    try:
        # Every scalar as it is written: +10% and 2023-03-05 are texts here.
        said = yaml.load(written, yaml.BaseLoader)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark else ""
        problem = getattr(exc, "problem", None) or "no YAML"
        raise _wrong(
            name,
            f"cannot be understood{where} ({problem}); put a value with a : or a bracket in it "
            f"between quotes",
        ) from exc
    except RecursionError as exc:
        raise _wrong(name, "cannot be understood (its lists stand in one another)") from exc
    if not isinstance(said, dict):
        raise _wrong(name, "is no list of keys with their values")
    return said


def _matter(said: Mapping[object, object], name: str) -> FrontMatter:
    known = {f.name for f in fields(FrontMatter)}
    ours: dict[str, Any] = {str(k).lower(): v for k, v in said.items()}
    ours = {k: v for k, v in ours.items() if k in known and v not in ("", None)}
    for key, value in ours.items():
        if key == "cast":
            ours[key] = _cast(value, name)
        elif not isinstance(value, str):
            raise _wrong(name, f"gives {key} more than one value; write {key}: value")
    return FrontMatter(**ours)


def _cast(value: object, name: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) and v for v in value.values()):
        raise _wrong(name, "has a cast that is none; write cast: {主持人: xiaoxiao, 市长: yunyang}")
    return {str(speaker).strip(" :："): voice for speaker, voice in value.items()}


def _wrong(name: str, what: str) -> SourceError:
    return SourceError(f"the front matter of {name} {what}", Path(name))

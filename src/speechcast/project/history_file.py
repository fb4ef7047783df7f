"""`.history.json` of a project: undo and redo, for the next time it is opened.

It holds the project whole as it is, and every other state as what differs from its neighbour on the
side of the present: of a text, the one run of characters that was replaced. What is read of it is
held to the rules of the project's other files: undoing must bring back nothing that these refuse.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from ..adjustments import Adjustment, SentenceKey
from ..config_files import ConfigTable
from ..errors import SpeechcastError
from ..units import Seconds
from .adjustments_file import adjustments_from_table, format_adjustments
from .history import History
from .lexicon_file import format_readings, readings_from_table
from .project import Project, Settings, SpeechFile
from .settings_file import format_settings, settings_from_table

HISTORY_FILE = ".history.json"
_FORMAT = 1  # raise it when older versions could not read the file

FileReader = Callable[[str], bytes]
"""Returns the content of a file of the project's folder, by its name."""


def format_history(history: History) -> str:
    """Return the text of the file."""
    current = history.current
    content = {
        "format": _FORMAT,
        "version": history.version,
        "current": _difference(None, current),
        "past": list(_differences(current, reversed(history.past))),
        "future": list(_differences(current, reversed(history.future))),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def parse_history(text: str, read_file: FileReader) -> History:
    """Return the history in the file's text.

    Args:
        text: The text.
        read_file: Returns the content of the speech's file, where it is no text.

    Raises:
        ValueError: It is no such file, or holds what no project can be.
        OSError: A file of the speech cannot be read.
    """
    try:
        content = json.loads(text)
        if content["format"] != _FORMAT:
            raise ValueError("another format")
        current = _apply(None, content["current"], read_file)
        past = _apply_all(current, content["past"], read_file)
        future = _apply_all(current, content["future"], read_file)
        return History(current, past[::-1], future[::-1], int(content["version"]))
    except (
        LookupError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
        SpeechcastError,
    ) as exc:
        raise ValueError(str(exc)) from exc


def _differences(current: Project, states: Iterable[Project]) -> Iterator[dict[str, Any]]:
    neighbour = current
    for state in states:
        yield _difference(neighbour, state)
        neighbour = state


def _apply_all(
    current: Project, differences: Sequence[dict[str, Any]], read_file: FileReader
) -> tuple[Project, ...]:
    states = []
    for difference in differences:
        current = _apply(current, difference, read_file)
        states.append(current)
    return tuple(states)


def _difference(before: Project | None, after: Project) -> dict[str, Any]:
    """Return what of a project differs from another; all of it if there is none."""
    return {
        field.name: _WRITERS[field.name](
            getattr(before, field.name) if before else None, getattr(after, field.name)
        )
        for field in fields(Project)
        if before is None or getattr(before, field.name) != getattr(after, field.name)
    }


def _apply(before: Project | None, difference: dict[str, Any], read_file: FileReader) -> Project:
    if before is None:
        before = Project(name="", speech=SpeechFile("", b""))
    changes: dict[str, Any] = {}
    for name, value in difference.items():
        if name == "speech":
            changes[name] = _read_speech(before.speech, value, read_file)
        else:
            changes[name] = _READERS[name](value)
    return _as_files_hold_it(replace(before, **changes), difference.keys())


def _as_files_hold_it(project: Project, changed: Collection[str]) -> Project:
    """Return a project as its files would hold it.

    Raises:
        ValueError, SpeechcastError: They refuse a value of what changed.
    """
    if not {"name", "speech", "settings"}.isdisjoint(changed):
        text = format_settings(project.settings, project.name, project.speech.name)
        settings, name, speech = settings_from_table(_parse(text))
        file = replace(project.speech, name=speech)
        project = replace(project, settings=settings, name=name, speech=file)
    if "readings" in changed:
        project = replace(
            project, readings=readings_from_table(_parse(format_readings(project.readings)))
        )
    if "adjustments" in changed:
        table = _parse(format_adjustments(project.adjustments))
        project = replace(project, adjustments=adjustments_from_table(table))
    return project


def _parse(text: str) -> ConfigTable:
    return ConfigTable(Path(HISTORY_FILE), tomllib.loads(text))


def _write_speech(before: SpeechFile | None, after: SpeechFile) -> dict[str, Any]:
    if not after.is_text:
        return {"file": after.name}
    old = before.text if before and before.is_text else ""
    new = after.text
    start = _count_equal(old, new)
    rest = _count_equal(old[start:][::-1], new[start:][::-1])
    removed = len(old) - start - rest
    return {
        "file": after.name,
        "start": start,
        "removed": removed,
        "text": new[start : len(new) - rest],
    }


def _read_speech(before: SpeechFile, value: dict[str, Any], read_file: FileReader) -> SpeechFile:
    name = str(value["file"])
    if "text" not in value:
        return SpeechFile(name, read_file(name))
    old = before.text if before.is_text else ""
    start, removed = value["start"], value["removed"]
    if not 0 <= start <= start + removed <= len(old):
        raise ValueError("a change outside of the text")
    return SpeechFile(name, (old[:start] + value["text"] + old[start + removed :]).encode())


def _count_equal(first: str, second: str) -> int:
    """Return how many characters at the start of both are equal."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _write_adjustments(_: object, adjustments: dict[SentenceKey, Adjustment]) -> list[Any]:
    return [
        [*key, a.rate, a.pause_after, a.voice, [[o, c] for o, c in a.cuts.items()]]
        for key, a in adjustments.items()
    ]


def _read_adjustments(entries: Sequence[Sequence[Any]]) -> dict[SentenceKey, Adjustment]:
    return {SentenceKey(text, number): _read_adjustment(*rest) for text, number, *rest in entries}


def _read_adjustment(
    rate: int, pause: Seconds | None, voice: str, cuts: Sequence[tuple[int, bool]]
) -> Adjustment:
    return Adjustment(rate=rate, pause_after=pause, voice=voice, cuts=dict(cuts))


def _read_settings(values: dict[str, Any]) -> Settings:
    lists = {name: tuple(values[name]) for name in ("formats", "subtitles")}
    return Settings(**{**values, **lists})


_WRITERS: dict[str, Callable[[Any, Any], Any]] = {
    "name": lambda _, name: name,
    "speech": _write_speech,
    "settings": lambda _, settings: asdict(settings),
    "readings": lambda _, readings: dict(readings),
    "adjustments": _write_adjustments,
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "name": str,
    "settings": _read_settings,
    "readings": dict,
    "adjustments": _read_adjustments,
}

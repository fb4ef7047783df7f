"""What the list of projects shows of each, from a file in its folder: no speech is read for it."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import Any

from ..files import atomic_write
from .project_files import state_of_files

SUMMARY_FILE = ".summary.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A project in a line.

    Attributes:
        title: The title of the speech.
        voice: The preset of its main voice.
        seconds: How long it is.
        estimated: Whether that is an estimate, as it is not recorded whole.
    """

    title: str
    voice: str
    seconds: float
    estimated: bool


def summarize(state: Mapping[str, Any]) -> Summary:
    """Return the summary of a project that is described; see `state.describe_project`."""
    return Summary(**{name: state[name] for name in Summary.__slots__})


def save_summary(folder: Path, speech: str, summary: Summary) -> None:
    """Write a summary into a project's folder; a folder that cannot be written has none.

    Args:
        folder: The folder.
        speech: The name of the speech's file.
        summary: The summary.
    """
    content = {**asdict(summary), "speech": speech, "files": state_of_files(folder, speech)}
    data = json.dumps(content, ensure_ascii=False).encode()
    path = folder / SUMMARY_FILE
    with contextlib.suppress(OSError):
        if not path.is_file() or path.read_bytes() != data:
            atomic_write(path, data, durable=False)


def load_summary(folder: Path) -> Summary | None:
    """Return the summary in a project's folder; None if its files are others by now."""
    path = folder / SUMMARY_FILE
    try:
        if not path.is_file():  # reading a pipe may never end
            return None
        content = json.loads(path.read_bytes())
        speech = PurePath(content["speech"]).name
        if list(state_of_files(folder, speech)) != content["files"]:
            return None
        seconds = float(content["seconds"])
        return Summary(
            title=str(content["title"]),
            voice=str(content["voice"]),
            seconds=seconds if math.isfinite(seconds) else 0.0,
            estimated=bool(content["estimated"]),
        )
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None

"""What became of a batch: for the morning after, a page, a JSON file and a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version

from ..exit_codes import INCOMPLETE, INTERRUPTED, SUCCESS
from .discovery import SkippedFile
from .naming import REPORT
from .storage import OutputStorage
from .worker import Result, State

_COLUMNS = ("source", "state", "outputs", "voice", "seconds", "took", "why", "trouble")


@dataclass(frozen=True, slots=True)
class BatchReport:
    """Every speech and what became of it; `took` is the whole batch's, in seconds."""

    folder: str
    output: str
    started: datetime
    took: float
    results: tuple[Result, ...]
    left_out: tuple[SkippedFile, ...] = ()
    unsaved: str = ""  # why it could not be written into the output folder

    def of(self, state: State) -> tuple[Result, ...]:
        return tuple(r for r in self.results if r.state == state)

    @property
    def troubles(self) -> tuple[str, ...]:
        """What somebody should see to though no speech was harmed, each once."""
        found = dict.fromkeys([*(r.trouble for r in self.results), self.unsaved])
        return tuple(trouble for trouble in found if trouble)

    @property
    def exit_code(self) -> int:
        """0: all well; 3: some failed, or there is trouble; 130: interrupted."""
        if self.of(State.INTERRUPTED):
            return INTERRUPTED
        return INCOMPLETE if self.of(State.FAILED) or self.troubles else SUCCESS

    def save(self, place: OutputStorage) -> tuple[str, ...]:
        """Write it into the output folder; the files' names. Raises OutputError."""
        files = {f"{REPORT}.json": self.as_json(), f"{REPORT}.csv": self.as_csv()}
        for name, text in files.items():
            place.write(name, text)
        return tuple(files)

    def as_json(self) -> bytes:
        said = {
            "program": f"speechcast {version('speechcast')}",
            "folder": self.folder,
            "output": self.output,
            "started": self.started.astimezone().isoformat(timespec="seconds"),
            "took": round(self.took, 3),
            "exit_code": self.exit_code,
            "totals": {state.value: len(self.of(state)) for state in State},
            "seconds": round(sum(r.seconds for r in self.results), 3),
            "speeches": [asdict(r) for r in self.results],
            "left_out": [asdict(a) for a in self.left_out],
        }
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()

    def as_csv(self) -> bytes:
        """One row a speech, as spreadsheets read it."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(_COLUMNS)
        for result in self.results:
            row = asdict(result) | {"outputs": " | ".join(result.outputs)}
            writer.writerow([_cell(row[column]) for column in _COLUMNS])
        return text.getvalue().encode("utf-8-sig")


def failures(results: Sequence[Result]) -> Iterator[str]:
    """A line for each speech that failed."""
    return (f"{r.source}: {r.why}" for r in results if r.state == State.FAILED)


def _cell(value: object) -> object:
    """What no spreadsheet takes for a formula."""
    said = str(value)
    return f"'{said}" if said[:1] in {"=", "+", "-", "@"} else value

"""The report of a batch, as a JSON file and a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from ..exit_codes import INCOMPLETE, INTERRUPTED, SUCCESS
from ..messages import _, mark
from ..printable import printable
from ..units import Seconds
from .discovery import SkippedFile
from .naming import REPORT_FILES
from .records import ESCAPED
from .result import Result, State
from .storage import OutputStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReport:
    """Every speech of a batch, with its result.

    Attributes:
        folder: The folder of the speeches, as the user named it.
        output: The output folder or address.
        started: When the batch started.
        took: How long the whole batch took, in seconds.
        results: The result of each speech, in the order of their paths.
        left_out: The files that are not speeches, and why.
        unsaved: Why the report could not be written into the output folder; empty if it was.
    """

    folder: str
    output: str
    started: datetime
    took: Seconds
    results: tuple[Result, ...]
    left_out: tuple[SkippedFile, ...] = ()
    unsaved: str = ""

    def with_state(self, state: State) -> tuple[Result, ...]:
        """Return the results of the speeches that ended in this state."""
        return tuple(r for r in self.results if r.state == state)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Notices for the user that made no speech fail, each once."""
        warnings = dict.fromkeys([*(r.warning for r in self.results), self.unsaved])
        return tuple(warning for warning in warnings if warning)

    @property
    def exit_code(self) -> int:
        """The exit code of the batch: 130, 3 or 0.

        It is 130 if the batch was interrupted, and 3 if a speech failed or there are warnings.
        """
        if self.with_state(State.INTERRUPTED):
            return INTERRUPTED
        return INCOMPLETE if self.with_state(State.FAILED) or self.warnings else SUCCESS

    def save(self, storage: OutputStorage) -> tuple[str, ...]:
        """Write the report into the output folder; return the files' names.

        These are the JSON file and the table.

        Raises:
            OutputError: They cannot be written.
        """
        for name, data in zip(REPORT_FILES, (self.as_json(), self.as_csv()), strict=True):
            storage.write_file(name, data)
        return REPORT_FILES

    def as_json(self) -> bytes:
        """Return the report as a JSON document in UTF-8."""
        document = {
            "program": f"speechcast {version('speechcast')}",
            "folder": printable(self.folder),
            "output": printable(self.output),
            "started": self.started.astimezone().isoformat(timespec="seconds"),
            "took": round(self.took, 3),
            "exit_code": self.exit_code,
            "totals": {state.value: len(self.with_state(state)) for state in State},
            "seconds": round(sum(r.duration for r in self.results), 3),
            "speeches": [_row(result) for result in self.results],
            "left_out": [{"path": file.path, "why": file.reason} for file in self.left_out],
        }
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(errors=ESCAPED)

    def as_csv(self) -> bytes:
        """Return a table with a row for each speech, for a person.

        It is in UTF-8, with a BOM for spreadsheets, and in the language in use.
        """
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, _COLUMNS)
        writer.writerow({column: _(column) for column in _COLUMNS})
        for result in self.results:
            lists = {"outputs": result.outputs, "remarks": result.remarks}
            row = _row(result) | {column: " | ".join(cells) for column, cells in lists.items()}
            row["state"] = _(result.state)
            writer.writerow({column: _escape_formula(cell) for column, cell in row.items()})
        return text.getvalue().encode("utf-8-sig", ESCAPED)


def format_failures(results: Sequence[Result]) -> Iterator[str]:
    """Yield a line for each speech that failed, with the reason."""
    line = _("{source}: {reason}")
    failed = (r for r in results if r.state == State.FAILED)
    return (line.format(source=r.source, reason=r.reason) for r in failed)


def _row(result: Result) -> dict[str, object]:
    """Return a result under the keys of the report's public format."""
    return {
        mark("source"): result.source,
        mark("state"): result.state,
        mark("outputs"): result.outputs,
        mark("voice"): result.voice,
        mark("seconds"): result.duration,
        mark("took"): result.took,
        mark("why"): result.reason,
        mark("trouble"): result.warning,
        mark("remarks"): [printable(remark) for remark in result.remarks],
    }


# What a spreadsheet takes for the beginning of a formula, the wide forms of Chinese keyboards too:
# "CSV Injection" of OWASP.
_FORMULA_STARTS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_COLUMNS = tuple(_row(Result(source="", state=State.FAILED)))


def _escape_formula(cell: object) -> object:
    """Return the cell so that no spreadsheet takes it for a formula."""
    text = str(cell)
    return f"'{text}" if text[:1] in _FORMULA_STARTS else cell

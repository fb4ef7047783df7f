"""What a check found, for a person and for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any

from ..messages import _
from ..printable import printable
from ..subtitles.captions import format_timecode
from ..text.whitespace import display_width
from ..units import Milliseconds

_LABEL_WIDTH = 42  # columns of a figure's label


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or that is worth knowing.

    Attributes:
        kind: A short name of the fault in English, such as `drift` or `word cut`.
        message: What is wrong, to follow the kind and the cue.
        position: Where in the sound, in milliseconds; None if it is nowhere in particular.
        cue: The number of the cue, from 1; None if it concerns none.
        note: Whether it is only worth knowing, and not a fault.
    """

    kind: str
    message: str
    _: KW_ONLY
    position: Milliseconds | None = None
    cue: int | None = None
    note: bool = False

    def __str__(self) -> str:
        """Return the finding in one line for a terminal, whatever text it quotes."""
        time = None if self.position is None else format_timecode(self.position)
        if time is None:
            line = _("{kind}: cue {cue}, {message}") if self.cue else _("{kind}: {message}")
        elif self.cue:
            line = _("{kind}: cue {cue}, {time}: {message}")
        else:
            line = _("{kind}: {time}: {message}")
        message = printable(" ".join(self.message.splitlines()))
        return line.format(kind=_(self.kind), cue=self.cue, time=time, message=message)

    def as_dict(self) -> dict[str, Any]:
        """Return the finding under the keys of `check --json`."""
        return {
            "kind": self.kind,
            "message": self.message,
            "at": self.position,
            "cue": self.cue,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The result of a check.

    Attributes:
        figures: What was measured, by its English label, which names the unit; times without one
            are in milliseconds. None where there was nothing to measure.
        findings: What is wrong or worth knowing.
    """

    figures: Mapping[str, float | None]
    findings: tuple[Finding, ...]

    @property
    def failures(self) -> list[Finding]:
        """The findings that are faults."""
        return [f for f in self.findings if not f.note]

    @property
    def verdict(self) -> str:
        """Whether the production is fit to deliver, in one line.

        If it is not, the line counts its faults.
        """
        if not self.failures:
            return _("in sync and complete")
        counts = Counter(f.kind for f in self.failures)
        counted = (
            _("{kind} ({count})").format(kind=_(kind), count=count)
            for kind, count in counts.items()
        )
        return _("not fit to deliver: {faults}").format(faults=_(", ").join(counted))

    def as_dict(self) -> dict[str, Any]:
        """Return the report as `check --json` prints it."""
        return {
            "verdict": self.verdict,
            "ok": not self.failures,
            "figures": dict(self.figures),
            "findings": [f.as_dict() for f in self.findings],
        }

    def lines(self, most: int = 8) -> Iterator[str]:
        """Yield the report line by line for a person.

        Args:
            most: How many findings of a kind to print.
        """
        for label, value in self.figures.items():
            shown = _(label)
            gap = " " * (_LABEL_WIDTH - display_width(shown))
            yield f"{shown}{gap}{'-' if value is None else f'{value:g}'}"
        for kind in dict.fromkeys(f.kind for f in self.findings):
            findings = [f for f in self.findings if f.kind == kind]
            note = _("note: {finding}")
            yield from (note.format(finding=f) if f.note else str(f) for f in findings[:most])
            if len(findings) > most:
                yield _("{kind}: and {count} more").format(kind=_(kind), count=len(findings) - most)
        yield self.verdict

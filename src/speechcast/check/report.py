"""What a check found, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any

from ..subtitles.captions import format_timecode
from ..units import Milliseconds


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or that is worth knowing.

    Attributes:
        kind: A short name of the fault, such as `drift` or `word cut`.
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
        cue = f"cue {self.cue}, " if self.cue else ""
        time = f"{format_timecode(self.position)}: " if self.position is not None else ""
        return f"{self.kind}: {cue}{time}{self.message}"

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
        figures: What was measured, by its label, which names the unit; times without one are in
            milliseconds. None where there was nothing to measure.
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
            return "in sync and complete"
        kinds = dict.fromkeys(f.kind for f in self.failures)
        counted = (f"{kind} ({sum(f.kind == kind for f in self.failures)})" for kind in kinds)
        return f"not fit to deliver: {', '.join(counted)}"

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
            yield f"{label:<42}{'-' if value is None else f'{value:g}'}"
        for kind in dict.fromkeys(f.kind for f in self.findings):
            findings = [f for f in self.findings if f.kind == kind]
            yield from (f"{'note: ' if f.note else ''}{f}" for f in findings[:most])
            if len(findings) > most:
                yield f"{kind}: and {len(findings) - most} more"
        yield self.verdict

"""What a check found, for a person and for a program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ..subtitles.captions import format_timecode


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (or, a mere `note`, worth knowing); `at` in milliseconds."""

    kind: str
    message: str
    at: int | None = None
    cue: int | None = None  # counted from 1
    note: bool = False

    def __str__(self) -> str:
        place = f"cue {self.cue}, " if self.cue else ""
        time = f"{format_timecode(self.at)}: " if self.at is not None else ""
        return f"{self.kind}: {place}{time}{self.message}"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The figures measured (milliseconds, counts) and everything found."""

    figures: Mapping[str, float | None]
    findings: tuple[Finding, ...]

    @property
    def failures(self) -> list[Finding]:
        return [f for f in self.findings if not f.note]

    @property
    def verdict(self) -> str:
        if not self.failures:
            return "in step and whole"
        kinds = dict.fromkeys(f.kind for f in self.failures)
        counted = (f"{kind} ({sum(f.kind == kind for f in self.failures)})" for kind in kinds)
        return f"not fit to deliver: {', '.join(counted)}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "ok": not self.failures,
            "figures": dict(self.figures),
            "findings": [asdict(f) for f in self.findings],
        }

    def lines(self, most: int = 8) -> Iterator[str]:
        """The report for a person, at most so many findings of a kind."""
        for name, value in self.figures.items():
            yield f"{name:<42}{'-' if value is None else f'{value:g}'}"
        for kind in dict.fromkeys(f.kind for f in self.findings):
            found = [f for f in self.findings if f.kind == kind]
            yield from (f"{'note: ' if f.note else ''}{f}" for f in found[:most])
            if len(found) > most:
                yield f"{kind}: and {len(found) - most} more"
        yield self.verdict

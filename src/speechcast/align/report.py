"""What of a text was heard in a recording, for a person, for a program and for a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..check.plot import PlotData, draw_plot
from ..check.report import Finding
from ..messages import _, mark
from ..model import Utterance
from ..subtitles.captions import to_milliseconds
from ..units import Milliseconds, Samples
from .alignment import DOUBTFUL
from .placement import Unspoken
from .subtitling import Subtitled, list_captions

_SHOWN = 24  # characters of a text that a line shows
_MOST = 8  # lines of a kind
_NOT_SPOKEN, _NOT_IN_TEXT, _DOUBTFUL = (  # the kinds of findings
    mark("not spoken"),
    mark("not in the text"),
    mark("doubtful"),
)


def print_lines(result: Subtitled) -> Iterator[str]:
    """Yield a line for each part of the text and of the sound that has no counterpart."""
    listed = list_findings(result)
    for kind in (_NOT_SPOKEN, _NOT_IN_TEXT, _DOUBTFUL):
        findings = [f for f in listed if f.kind == kind]
        yield from map(str, findings[:_MOST])
        if len(findings) > _MOST:
            yield _("{kind}: and {count} more; --report lists them").format(
                kind=_(kind), count=len(findings) - _MOST
            )


def list_findings(result: Subtitled) -> list[Finding]:
    """Return what is not spoken, what is not in the text, and the doubtful cues."""
    utterances = result.prepared.utterances
    findings = [
        Finding(
            _NOT_SPOKEN,
            _("“{text}” (line {row})").format(
                text=_shorten(_text(part, utterances)), row=_row(part, utterances)
            ),
            position=_ms(result, part.position),
        )
        for part in result.placement.unspoken
    ]
    for span in result.placement.added:
        length = (span.end - span.start) / result.recording.rate
        message = _("{seconds:.1f} s of sound, left without a cue").format(seconds=length)
        findings.append(Finding(_NOT_IN_TEXT, message, position=_ms(result, span.start)))
    return findings + list(_list_doubtful(result))


def _list_doubtful(result: Subtitled) -> Iterator[Finding]:
    for number, (cue, confidence) in enumerate(
        zip(result.captions.cues, result.confidence, strict=True), 1
    ):
        if confidence < DOUBTFUL:
            message = _("“{text}” is hardly like the sound; listen to it").format(
                text=_shorten(cue.text)
            )
            position = _ms(result, cue.start)
            yield Finding(_DOUBTFUL, message, position=position, cue=number, note=True)


def compose_report(result: Subtitled, sound: str, text: str) -> dict[str, Any]:
    """Return all that was heard, as `--report` writes it; times are in milliseconds.

    Args:
        result: What was heard.
        sound: The name of the recording.
        text: The name of the text.
    """
    captions = list_captions(result.captions)
    return {
        "recording": sound,
        "text": text,
        "duration": _ms(result, result.recording.activity.length),
        "heard": round(heard_share(result), 3),
        "cues": [
            {
                "number": number,
                "start": caption.start,
                "end": caption.end,
                "text": caption.text,
                "confidence": confidence,
            }
            for number, (caption, confidence) in enumerate(
                zip(captions, result.confidence, strict=True), 1
            )
        ],
        "not_spoken": [_unspoken(result, part) for part in result.placement.unspoken],
        "not_in_the_text": [
            {"start": _ms(result, span.start), "end": _ms(result, span.end)}
            for span in result.placement.added
        ],
        "doubtful": [f.cue for f in _list_doubtful(result)],
    }


def heard_share(result: Subtitled) -> float:
    """Return how much of the text is heard, from 0 to 1, by its words."""
    missing = sum(len(part.words) for part in result.placement.unspoken)
    heard = len(result.placement.heard)
    return heard / max(1, heard + missing)


def draw(result: Subtitled, path: Path) -> None:
    """Draw the sound, the cues, and what has no counterpart.

    Raises:
        SpeechcastError: matplotlib is not installed, or the file cannot be written.
    """
    findings = list_findings(result)
    astray = frozenset(f.cue for f in findings if f.cue)
    captions = list_captions(result.captions)
    draw_plot(path, PlotData(result.recording.activity, captions, findings, astray))


def _unspoken(result: Subtitled, part: Unspoken) -> dict[str, Any]:
    utterances = result.prepared.utterances
    return {
        "text": _text(part, utterances),
        "line": _row(part, utterances),
        "position": _ms(result, part.position),
        "seconds": round(part.seconds, 1),
    }


def _text(part: Unspoken, utterances: Sequence[Utterance]) -> str:
    """Return the text from the first of the words to the last."""
    pieces = []
    for number in dict.fromkeys(word.utterance for word in part.words):
        tokens = [word.token for word in part.words if word.utterance == number]
        shown = utterances[number].tokens[tokens[0] : tokens[-1] + 1]
        pieces.append("".join(token.shown for token in shown).strip())
    return " ".join(pieces)


def _row(part: Unspoken, utterances: Sequence[Utterance]) -> int:
    return utterances[part.words[0].utterance].row


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _ms(result: Subtitled, samples: Samples) -> Milliseconds:
    return to_milliseconds(samples, result.recording.rate)


def describe_timing(result: Subtitled) -> str:
    """Return how far the cues are from the onsets of the recording, in a line."""
    if result.timing is None:
        return _("no cue follows a pause")
    return _(
        "cues after a pause start {median:.0f} ms from the sound in the median, "
        "{worst:.0f} ms at the worst"
    ).format(median=result.timing.median_size, worst=result.timing.worst)

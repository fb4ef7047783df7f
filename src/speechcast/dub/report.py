"""What a person should know of a dubbing: what did not fit, what was not spoken, at which rates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..subtitles.captions import format_timecode
from ..units import Hertz
from .mixing import FALL, HOLD, RISE
from .placement import PlacedCue
from .request import Dubbing

if TYPE_CHECKING:
    from .dubbing import Dubbed

_SHOWN = 24  # characters of a text that a line shows
_MOST = 5  # examples that a line has


def describe_misfits(cues: Sequence[PlacedCue], dubbing: Dubbing, rate: Hertz) -> Iterator[str]:
    """Yield a line for each cue whose text is too long for its time.

    It names the cue, by how much it is too long, and by how many characters.
    """
    for placed in cues:
        if placed.excess:
            seconds = placed.excess / rate
            count = _excess_characters(placed, dubbing)
            yield (
                f"{name_cue(dubbing, placed.need.cue)} by {seconds:.2f} s, about "
                f"{_count(count, 'character', 'characters')}"
            )


def name_cue(dubbing: Dubbing, cue: int) -> str:
    """Return the name of a cue in messages: its line, its time and its text."""
    caption = dubbing.subtitles.captions[cue]
    row = f"line {caption.row}, " if caption.row else ""
    text = " ".join(caption.text.split())
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return f"the cue at {format_timecode(caption.start)} ({row}“{shown}”)"


def _excess_characters(placed: PlacedCue, dubbing: Dubbing) -> int:
    """Return how many characters of a cue's speech are too many; spaces count."""
    need = placed.need
    lines = (line.masked for line in dubbing.lines if line.cue == need.cue)
    text = " ".join(" ".join(lines).split())
    return min(len(text), math.ceil(len(text) * placed.excess / max(1, need.speech)))


def describe_late(cues: Sequence[PlacedCue], dubbing: Dubbing, rate: Hertz) -> str:
    """Return a line on the cues that begin late; "" for none.

    Those before them are too long.
    """
    late = [placed for placed in cues if placed.late]
    if not late:
        return ""
    worst = max(late, key=lambda placed: placed.late)
    return (
        f"{_count(len(late), 'cue begins', 'cues begin')} late, by up to "
        f"{worst.late / rate:.2f} s: {name_cue(dubbing, worst.need.cue)}"
    )


def describe_borrowed(cues: Sequence[PlacedCue], dubbing: Dubbing, rate: Hertz) -> str:
    """Return a line on the cues that are heard after they disappear; "" for none."""
    captions = dubbing.subtitles.captions
    beyond = {
        placed.need.cue: placed.phrases[-1].end * 1000 // rate - captions[placed.need.cue].end
        for placed in cues
    }
    borrowed = {cue: ms for cue, ms in beyond.items() if ms > 0}
    if not borrowed:
        return ""
    cue = max(borrowed, key=lambda index: borrowed[index])
    return (
        f"{_count(len(borrowed), 'cue goes', 'cues go')} on into the silence after, by up to "
        f"{borrowed[cue] / 1000:.2f} s: {name_cue(dubbing, cue)}"
    )


def describe_rates(rates: Mapping[int, int], dubbing: Dubbing) -> str:
    """Return how many sentences are spoken at another rate than their preset's."""
    cast = dubbing.prepared.request.cast
    usual = {u.sentence: cast[u.speaker].rate for u in dubbing.prepared.utterances}
    changes = [rate - usual[sentence] for sentence, rate in rates.items()]
    faster, slower = [c for c in changes if c > 0], [c for c in changes if c < 0]
    parts = [_count(len(rates), "sentence", "sentences")]
    if faster:
        parts.append(f"{len(faster)} faster, by up to {max(faster)} %")
    if slower:
        parts.append(f"{len(slower)} slower, by up to {-min(slower)} %")
    return ", ".join(parts) if faster or slower else f"{parts[0]}, all at the voice's own rate"


def describe_cues(cues: Sequence[PlacedCue], dubbing: Dubbing) -> str:
    """Return how many cues are spoken, and how many of them begin on time."""
    late = sum(placed.late > 0 for placed in cues)
    silent = len(dubbing.subtitles.captions) - len(cues)
    parts = [f"{len(cues)} spoken, {len(cues) - late} of them from their first sample on"]
    if silent:
        parts.append(f"{silent} only shown")
    return ", ".join(parts)


def describe_unspoken(dubbing: Dubbing) -> str:
    """Return a line on what is shown and not spoken; "" for nothing."""
    texts = Counter(text for line in dubbing.lines for text in line.silent_texts)
    if not texts:
        return ""
    listed = [" ".join(text.split()) for text, _ in texts.most_common(_MOST)]
    more = ", …" if len(texts) > _MOST else ""
    return f"shown, not spoken: {texts.total()} ({', '.join(listed)}{more})"


def describe_speakers(dubbing: Dubbing) -> str:
    """Return the voice, or the voices with their speakers and how many cues each says."""
    cast = dubbing.prepared.request.cast
    spoken = {(dubbing.lines[i].speaker, dubbing.lines[i].cue) for i in dubbing.script.voiced}
    counts = Counter(speaker for speaker, _ in spoken)
    if list(counts) == [""]:
        return f"{cast[''].name} ({cast[''].description})"
    return ", ".join(
        f"{cast[speaker].name} as {speaker or 'all others'} ({_count(count, 'cue', 'cues')})"
        for speaker, count in counts.most_common()
    )


def describe_mix(dubbed: Dubbed) -> Iterator[str]:
    """Yield how the speech was mixed with the original."""
    track = dubbed.soundtrack
    if track is None or track.original is None:
        return
    original = track.original
    if original.sound:
        speech = "its own level" if track.speech is None else f"{track.speech:.1f} LUFS"
        yield (
            f"{original.loudness:.1f} LUFS, {track.ducking:g} dB lower under speech ({speech}): "
            f"falls in {FALL:g} s, rises in {RISE:g} s, stays low in pauses up to {HOLD:g} s"
        )
    else:
        yield "it has no sound, so that the speech is heard alone"
    if track.left_out:
        yield f"not copied: {', '.join(track.left_out)}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

"""What a person should know of a dubbing: what did not fit, what was not spoken, at which rates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..messages import _, ngettext
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
            yield ngettext(
                "{cue} by {seconds:.2f} s, about {count} character",
                "{cue} by {seconds:.2f} s, about {count} characters",
                count,
            ).format(cue=name_cue(dubbing, placed.need.cue), seconds=seconds, count=count)


def name_cue(dubbing: Dubbing, cue: int) -> str:
    """Return the name of a cue in messages: its line, its time and its text."""
    caption = dubbing.subtitles.captions[cue]
    text = " ".join(caption.text.split())
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    name = _("the cue at {time} (line {row}, “{text}”)")
    if not caption.row:
        name = _("the cue at {time} (“{text}”)")
    return name.format(time=format_timecode(caption.start), row=caption.row, text=shown)


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
    return ngettext(
        "{count} cue begins late, by up to {seconds:.2f} s: {cue}",
        "{count} cues begin late, by up to {seconds:.2f} s: {cue}",
        len(late),
    ).format(count=len(late), seconds=worst.late / rate, cue=name_cue(dubbing, worst.need.cue))


def describe_borrowed(cues: Sequence[PlacedCue], dubbing: Dubbing, rate: Hertz) -> str:
    """Return a line on the cues that are heard after they disappear; "" for none.

    Those that are too long are named by themselves.
    """
    captions = dubbing.subtitles.captions
    beyond = {
        placed.need.cue: placed.phrases[-1].end * 1000 // rate - captions[placed.need.cue].end
        for placed in cues
        if not placed.excess
    }
    borrowed = {cue: ms for cue, ms in beyond.items() if ms > 0}
    if not borrowed:
        return ""
    cue = max(borrowed, key=lambda index: borrowed[index])
    return ngettext(
        "{count} cue goes on into the silence after, by up to {seconds:.2f} s: {cue}",
        "{count} cues go on into the silence after, by up to {seconds:.2f} s: {cue}",
        len(borrowed),
    ).format(count=len(borrowed), seconds=borrowed[cue] / 1000, cue=name_cue(dubbing, cue))


def describe_rates(rates: Mapping[int, int], dubbing: Dubbing) -> str:
    """Return how many sentences are spoken at another rate than their preset's."""
    cast = dubbing.prepared.request.cast
    usual = {u.sentence: cast[u.speaker].rate for u in dubbing.prepared.utterances}
    changes = [rate - usual[sentence] for sentence, rate in rates.items()]
    faster, slower = [c for c in changes if c > 0], [c for c in changes if c < 0]
    line = ngettext("{count} sentence", "{count} sentences", len(rates)).format(count=len(rates))
    if not (faster or slower):
        return _("{sentences}, all at the voice's own rate").format(sentences=line)
    if faster:
        line = _("{line}, {count} faster, by up to {percent} %").format(
            line=line, count=len(faster), percent=max(faster)
        )
    if slower:
        line = _("{line}, {count} slower, by up to {percent} %").format(
            line=line, count=len(slower), percent=-min(slower)
        )
    return line


def describe_cues(cues: Sequence[PlacedCue], dubbing: Dubbing) -> str:
    """Return how many cues are spoken, and how many of them begin on time."""
    late = sum(placed.late > 0 for placed in cues)
    silent = len(dubbing.subtitles.captions) - len(cues)
    line = _("{count} spoken, {punctual} of them from their first sample on").format(
        count=len(cues), punctual=len(cues) - late
    )
    return _("{line}, {count} only shown").format(line=line, count=silent) if silent else line


def describe_unspoken(dubbing: Dubbing) -> str:
    """Return a line on what is shown and not spoken; "" for nothing."""
    texts = Counter(text for line in dubbing.lines for text in line.silent_texts)
    if not texts:
        return ""
    listed = [" ".join(text.split()) for text, _times in texts.most_common(_MOST)]
    more = ["…"] if len(texts) > _MOST else []
    return _("shown, not spoken: {count} ({texts})").format(
        count=texts.total(), texts=_(", ").join([*listed, *more])
    )


def describe_speakers(dubbing: Dubbing) -> str:
    """Return the voice, or the voices with their speakers and how many cues each says."""
    cast = dubbing.prepared.request.cast
    spoken = {(dubbing.lines[i].speaker, dubbing.lines[i].cue) for i in dubbing.script.voiced}
    counts = Counter(speaker for speaker, _cue in spoken)
    if list(counts) == [""]:
        return _("{voice} ({description})").format(
            voice=cast[""].name, description=_(cast[""].description)
        )
    return _(", ").join(
        ngettext(
            "{voice} as {speaker} ({count} cue)", "{voice} as {speaker} ({count} cues)", count
        ).format(voice=cast[speaker].name, speaker=speaker or _("all others"), count=count)
        for speaker, count in counts.most_common()
    )


def describe_mix(dubbed: Dubbed) -> Iterator[str]:
    """Yield how the speech was mixed with the original."""
    track = dubbed.soundtrack
    if track is None or track.original is None:
        return
    original = track.original
    if original.sound:
        speech = _("its own level") if track.speech is None else f"{track.speech:.1f} LUFS"
        yield _(
            "{loudness:.1f} LUFS, {ducking:g} dB lower under speech ({speech}): "
            "falls in {fall:g} s, rises in {rise:g} s, stays low in pauses up to {hold:g} s"
        ).format(
            loudness=original.loudness,
            ducking=track.ducking,
            speech=speech,
            fall=FALL,
            rise=RISE,
            hold=HOLD,
        )
    else:
        yield _("it has no sound, so that the speech is heard alone")
    if track.left_out:
        yield _("not copied: {kinds}").format(kinds=_(", ").join(track.left_out))

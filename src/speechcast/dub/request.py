"""What is to be dubbed: the subtitles, read into lines and sentences, and the user's options."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..documents import Document
from ..documents.block import Block
from ..errors import SourceError, TextError, UsageError
from ..messages import _
from ..prepare import Prepared, prepare_speech
from ..request import Request
from ..subtitles.caption import Caption
from ..subtitles.read import read_captions
from ..subtitles.traps import Trap, TrapKind
from ..units import Milliseconds, Seconds
from .lines import Line, divide_cues, sort_captions
from .rates import USUAL_LIMITS, Limits
from .sentences import DubbingScript, build_script

_LONGEST_MS = 24 * 3600 * 1000  # as long as a sound may be that is checked
_LOSSES = frozenset({TrapKind.TIME, TrapKind.OUTSIDE_CUE})  # of which a part is never shown
_MOST_NAMES = 12  # that a message lists


@dataclass(frozen=True, slots=True)
class Subtitles:
    """A file of subtitles.

    Attributes:
        path: The file.
        captions: Its cues in the order of time; of those that begin together, in that of the file.
        traps: What of it may be shown otherwise, or not at all.
    """

    path: Path
    captions: tuple[Caption, ...]
    traps: tuple[Trap, ...]

    @property
    def document(self) -> Document:
        """Their text as a document, whose language decides on the voice."""
        return Document(tuple(Block(c.text, row=c.row) for c in self.captions if c.text.strip()))

    @property
    def losses(self) -> tuple[str, ...]:
        """What of the file is no cue, and so neither spoken nor shown."""
        return tuple(trap.message for trap in self.traps if trap.kind in _LOSSES)

    @property
    def additions(self) -> tuple[str, ...]:
        """What of the file may be no part of the cue that it is spoken with."""
        return tuple(trap.message for trap in self.traps if trap.kind is TrapKind.BLANK_LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dubbing:
    """Subtitles that are ready to be spoken.

    Attributes:
        subtitles: The subtitles.
        prepared: Their sentences, as `prepare` returns a speech.
        script: Which cue shows each part of them.
        limits: How slow and how fast a sentence may be.
        overrun: Whether a cue may be spoken into the next one's time.
    """

    subtitles: Subtitles
    prepared: Prepared
    script: DubbingScript
    limits: Limits = USUAL_LIMITS
    overrun: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        """What each speaker says in each cue."""
        return self.script.lines


def read_subtitles(path: Path, offset: Seconds = 0.0) -> Subtitles:
    """Read the subtitles of a file.

    Args:
        path: The file.
        offset: By how much later every cue is spoken and shown.

    Raises:
        SourceError: It cannot be read, or a cue is before the beginning or after a day.
        UsageError: The offset moves a cue to before the beginning or after a day.
    """
    captions, traps = read_captions(path)
    _require_times(path, captions)
    moved = [_shifted(caption, round(offset * 1000)) for caption in captions]
    _require_moved(offset, captions, moved)
    return Subtitles(path, tuple(sort_captions(moved)), tuple(traps))


def _require_moved(offset: Seconds, captions: Sequence[Caption], moved: Sequence[Caption]) -> None:
    """Raise UsageError for a cue that an offset moves to before the beginning or after a day."""
    for number, (before, after) in enumerate(zip(captions, moved, strict=True), 1):
        if after.start < 0:
            raise UsageError(
                _(
                    "--offset is {offset:g}, but cue {number} begins after {start:g} seconds and "
                    "would be spoken before the beginning"
                ).format(offset=offset, number=number, start=before.start / 1000)
            )
        if max(after.start, after.end) > _LONGEST_MS:
            raise UsageError(
                _(
                    "--offset is {offset:g}, which moves cue {number} to more than 24 hours after "
                    "the start"
                ).format(offset=offset, number=number)
            )


def _shifted(caption: Caption, offset: Milliseconds) -> Caption:
    """Return a caption with its times later by an offset; the times of its words are dropped."""
    if not offset:
        return caption
    return replace(caption, start=caption.start + offset, end=caption.end + offset, words=())


def _require_times(path: Path, captions: Sequence[Caption]) -> None:
    """Raise SourceError for a cue that is before the beginning or after a day."""
    for number, caption in enumerate(captions, 1):
        if caption.start < 0:
            raise SourceError(
                _("{path}: cue {number} begins before the beginning").format(
                    path=path, number=number
                ),
                path,
            )
        if max(caption.start, caption.end) > _LONGEST_MS:
            raise SourceError(
                _("{path}: cue {number} is more than 24 hours after the start").format(
                    path=path, number=number
                ),
                path,
            )


def prepare_dubbing(
    request: Request,
    subtitles: Subtitles,
    limits: Limits = USUAL_LIMITS,
    *,
    overrun: bool = False,
    lyrics: bool = False,
) -> Dubbing:
    """Return the subtitles as utterances that the request's voices can speak.

    Args:
        request: What is to be made.
        subtitles: The subtitles.
        limits: How slow and how fast a sentence may be.
        overrun: Whether a cue may be spoken into the next one's time.
        lyrics: Whether the words of songs are spoken.

    Raises:
        TextError: Nothing of them is spoken, or it is not in the language of its voice.
        UsageError: A speaker of the cast says nothing.
    """
    shown = {label: replace(v, directions=True, labels=True) for label, v in request.cast.items()}
    request = replace(request, cast=shown)
    cast = request.cast.keys() - {""}
    lines = divide_cues(subtitles.captions, cast, request.voice.language, lyrics=lyrics)
    script = build_script(lines, subtitles.captions)
    _require_speakers(cast, script, subtitles.captions)
    if not script.voiced:
        raise TextError(_explain_silence(subtitles, request.voice.language))
    prepared = prepare_speech(request, script.speech)
    return Dubbing(
        subtitles=subtitles, prepared=prepared, script=script, limits=limits, overrun=overrun
    )


def _explain_silence(subtitles: Subtitles, language: str) -> str:
    """Return why nothing of the subtitles is spoken."""
    message = _("{path} has no words to speak, only what is shown")
    if any(line.voiced for line in divide_cues(subtitles.captions, (), language, lyrics=True)):
        message = _(
            "{path} has no words to speak but those of songs (♪); with --lyrics they are spoken"
        )
    return message.format(path=subtitles.path)


def _require_speakers(
    cast: Collection[str], script: DubbingScript, captions: Sequence[Caption]
) -> None:
    """Raise UsageError for a speaker of the cast who says nothing."""
    speaking = {script.lines[i].speaker for i in script.voiced}
    missing = sorted(set(cast) - speaking)
    if not missing:
        return
    names = Counter(name for c in captions for s in c.speakers for name in s.names)
    listed = _(", ").join(name for name, _count in names.most_common(_MOST_NAMES))
    message = _(
        "--cast gives a voice to {missing}, but no cue is by that speaker; the file names {names}"
    )
    if not listed:
        message = _(
            "--cast gives a voice to {missing}, but no cue is by that speaker; the file names "
            "nobody in a field of its own"
        )
    raise UsageError(message.format(missing=_(", ").join(missing), names=listed))

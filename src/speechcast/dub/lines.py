"""Divide cues into lines: what one speaker says in a cue, and what is only shown with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..model import Mark, MarkKind
from ..script.markup import select_marks
from ..script.unspoken import (
    find_silent_marks,
    find_spaced_commas,
    find_turn,
    is_uppercase,
)
from ..subtitles.caption import Caption
from ..text.language import detect_language
from ..text.sentences import is_voiced
from ..units import Milliseconds

LONGEST_GAP: Milliseconds = 1000
"""Between two cues of a sentence; a longer gap is a pause. Chosen by hand for this project."""
_BILINGUAL_SHARE = 0.5  # of the cues, from which on a file counts as one in two languages
_SILENT = (MarkKind.DIRECTION, MarkKind.LABEL)


@dataclass(frozen=True)
class Line:
    """What one speaker says in a cue, with all that is shown around it.

    Attributes:
        cue: The index of the cue, in the order of time.
        speaker: The label of the voice; "" for the main voice.
        text: What is shown; the texts of a cue's lines, joined, are the cue's.
        marks: The marks on what is not spoken, or spoken otherwise; in order.
        turn: Whether it begins with a name or a dash, so that no sentence goes on into it.
    """

    cue: int
    speaker: str
    text: str
    marks: tuple[Mark, ...] = ()
    turn: bool = False

    @cached_property
    def masked(self) -> str:
        """The text, with spaces in place of what is not spoken."""
        chars = list(self.text)
        for mark in self.marks:
            if mark.kind in _SILENT:
                chars[mark.start : mark.end] = " " * (mark.end - mark.start)
        return "".join(chars)

    @cached_property
    def voiced(self) -> bool:
        """Whether there is something to speak."""
        return is_voiced(self.masked)

    @property
    def silent_texts(self) -> Iterator[str]:
        """The pieces of the text that are words, and not spoken."""
        for mark in self.marks:
            text = self.text[mark.start : mark.end].strip()
            if mark.kind in _SILENT and is_voiced(text):
                yield text


def sort_captions(captions: Sequence[Caption]) -> list[Caption]:
    """Return the captions in the order of time, and else in that of the file."""
    return sorted(captions, key=lambda c: c.start)


def divide_cues(captions: Sequence[Caption], cast: Collection[str], language: str) -> list[Line]:
    """Return the lines of all cues.

    Args:
        captions: The cues in the order of time.
        cast: The names of the speakers who have a voice of their own.
        language: The language of the main voice, such as `zh-CN`. Of cues in two languages, the
            lines in the other one are only shown.
    """
    capitals = not is_uppercase("\n".join(c.text for c in captions))
    unspoken = _find_other_language(captions, language.partition("-")[0])
    lines: list[Line] = []
    speaker = ""
    seen: set[tuple[int, int, str]] = set()
    for cue, caption in enumerate(captions):
        key = (caption.start, caption.end, caption.text)
        if key in seen:  # the layers of a line that ASS draws twice
            whole = Mark(MarkKind.DIRECTION, 0, len(caption.text))
            lines.append(Line(cue, speaker, caption.text, (whole,) if caption.text else ()))
            continue
        seen.add(key)
        turns = list(_find_turns(caption, cast, speaker, capitals=capitals))
        speaker = turns[-1].label if turns else speaker
        ended = not lines or is_ended(lines[-1]) or _follows_pause(captions, cue)
        for start, turn in zip(_starts(turns), turns, strict=True):
            line = _to_line(cue, caption.text[start : turn.end], turn, begins_sentence=ended)
            lines.append(_with_other_language(line, unspoken) if unspoken else line)
    return lines


def _follows_pause(captions: Sequence[Caption], cue: int) -> bool:
    """Return whether there is a pause before a cue, so that no sentence goes on."""
    return captions[cue].start - captions[cue - 1].end > LONGEST_GAP


def is_ended(line: Line) -> bool:
    """Return whether a line ends with the end of a sentence, or says nothing."""
    bare = line.masked.rstrip().rstrip("”’」』）)\"'")
    return not bare or bare[-1] in "。！？.!?…"


@dataclass(frozen=True, slots=True)
class _Turn:
    """Consecutive lines of a cue that one speaker says.

    Attributes:
        end: The index after its last character in the cue.
        speaker: The label of the voice.
        label: The speaker of the cues that follow, until a name says otherwise.
        prefix: How many of its first characters are no speech: a dash, a name.
        begins: Whether it begins with them.
    """

    end: int
    speaker: str
    label: str
    prefix: int
    begins: bool


def _starts(turns: Sequence[_Turn]) -> list[int]:
    return [0, *(turn.end for turn in turns[:-1])]


def _find_turns(
    caption: Caption, cast: Collection[str], label: str, *, capitals: bool
) -> Iterator[_Turn]:
    """Yield the turns of a cue.

    `label` is the speaker whom the last name before it named.
    """
    starts = _find_starts(caption, cast, capitals=capitals)
    for start, end in zip(starts, [*starts[1:], len(caption.text)], strict=True):
        first = caption.text[start:end].partition("\n")[0]
        named = find_turn(first, cast, capitals=capitals)
        prefix, name_end, name = named or (0, 0, "")
        label = name if named else label  # a dash alone is somebody else
        listed = _listed_speaker(caption, start, cast)
        speaker = listed or (label if name_end or not caption.speakers else "")
        yield _Turn(end, speaker, label, prefix, named is not None)


def _find_starts(caption: Caption, cast: Collection[str], *, capitals: bool) -> list[int]:
    """Return the indices of a cue's characters where someone begins to speak."""
    starts = {0, *(s.start for s in caption.speakers if s.start < len(caption.text))}
    position = 0
    for line in caption.lines:
        if position and find_turn(line, cast, capitals=capitals):
            starts.add(position)
        position += len(line) + 1
    return sorted(starts)


def _listed_speaker(caption: Caption, start: int, cast: Collection[str]) -> str:
    """Return who speaks from an index on, by the fields of the file.

    It is "" for nobody of the cast.
    """
    names = [s.names for s in caption.speakers if s.start <= start]
    return next((name for name in (names[-1] if names else ()) if name in cast), "")


def _to_line(cue: int, text: str, turn: _Turn, *, begins_sentence: bool) -> Line:
    """Return the line of a turn, with its marks."""
    prefix = [Mark(MarkKind.LABEL, 0, turn.prefix)] if turn.prefix else []
    rest = text[turn.prefix :]
    silent = find_silent_marks(rest, begins_sentence=begins_sentence or turn.begins)
    marks = sorted([*silent, *find_spaced_commas(rest, silent)], key=lambda m: m.start)
    shifted = (mark.shifted(turn.prefix) for mark in marks)
    return Line(cue, turn.speaker, text, (*prefix, *shifted), turn.begins)


def _find_other_language(captions: Sequence[Caption], language: str) -> str:
    """Return the language of the lines that are only shown; "" if all are spoken.

    In cues of two languages each has a line of its own.
    """
    pairs = [{detect_language(line) for line in c.lines} - {None} for c in captions]
    spoken = [pair for pair in pairs if pair]
    bilingual = sum(pair == {"zh", "en"} for pair in spoken) > _BILINGUAL_SHARE * len(spoken)
    return {"zh": "en", "en": "zh"}.get(language, "") if bilingual else ""


def _with_other_language(line: Line, other: str) -> Line:
    """Return the line with a mark on each row in the other language."""
    rows = line.text.split("\n")
    if {detect_language(row) for row in rows} - {None} != {"zh", "en"}:
        return line
    marks: list[Mark] = []
    start = 0
    for row in rows:
        end = start + len(row)
        if detect_language(row) == other:
            marks.append(Mark(MarkKind.DIRECTION, start, end))
        else:
            marks += (m.shifted(start) for m in select_marks(line.marks, start, end))
        start = end + 1
    return replace(line, marks=tuple(marks))

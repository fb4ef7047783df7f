"""Divide cues into lines: what one speaker says in a cue, and what is only shown with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..model import Mark, MarkKind
from ..script.markup import select_marks
from ..script.speakers import find_turn, is_uppercase, names_people
from ..script.unspoken import find_silent_marks, find_spaced_commas
from ..subtitles.caption import Caption
from ..text.language import detect_language
from ..text.sentences import is_voiced
from ..units import Milliseconds

LONGEST_GAP: Milliseconds = 1000
"""Between two cues of a sentence; a longer gap is a pause. Chosen by hand for this project."""
_BOTH = {"zh", "en"}
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


def divide_cues(
    captions: Sequence[Caption], cast: Collection[str], language: str, *, lyrics: bool = False
) -> list[Line]:
    """Return the lines of all cues.

    Args:
        captions: The cues in the order of time.
        cast: The names of the speakers who have a voice of their own.
        language: The language of the main voice, such as `zh-CN`. Of cues in two languages, the
            lines in the other one are only shown.
        lyrics: Whether the words of songs are spoken.
    """
    names = _Names(
        cast,
        capitals=not is_uppercase("\n".join(c.text for c in captions)),
        people=names_people(line for c in captions for line in c.lines),
    )
    languages = _find_languages(captions)
    unspoken = _choose_unspoken(languages, language.partition("-")[0])
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
        turns = list(_find_turns(caption, names, speaker))
        speaker = turns[-1].label if turns else speaker
        ended = not lines or is_ended(lines[-1]) or _follows_pause(captions, cue)
        for start, turn in zip(_starts(turns), turns, strict=True):
            text = caption.text[start : turn.end]
            line = _to_line(cue, text, turn, begins_sentence=ended, lyrics=lyrics)
            both = languages[caption.start, caption.end] == _BOTH
            lines.append(_with_other_language(line, unspoken) if unspoken and both else line)
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


@dataclass(frozen=True, slots=True)
class _Names:
    """Which names before a colon are those of speakers.

    Attributes:
        cast: Those who have a voice of their own.
        capitals: Whether those in capitals are.
        people: Whether words for people are.
    """

    cast: Collection[str]
    capitals: bool
    people: bool

    def find_turn(self, line: str) -> tuple[int, int, str] | None:
        """Return how a line begins that names its speaker; as `speakers.find_turn` does."""
        return find_turn(line, self.cast, capitals=self.capitals, people=self.people)


def _find_turns(caption: Caption, names: _Names, label: str) -> Iterator[_Turn]:
    """Yield the turns of a cue.

    `label` is the speaker whom the last name before it named.
    """
    starts = _find_starts(caption, names)
    for start, end in zip(starts, [*starts[1:], len(caption.text)], strict=True):
        first = caption.text[start:end].partition("\n")[0]
        named = names.find_turn(first)
        prefix, name_end, name = named or (0, 0, "")
        label = name if named else label  # a dash alone is somebody else
        listed = _listed_speaker(caption, start, names.cast)
        speaker = listed or (label if name_end or not caption.speakers else "")
        yield _Turn(end, speaker, label, prefix, named is not None)


def _find_starts(caption: Caption, names: _Names) -> list[int]:
    """Return the indices of a cue's characters where someone begins to speak."""
    starts = {0, *(s.start for s in caption.speakers if s.start < len(caption.text))}
    position = 0
    for line in caption.lines:
        if position and names.find_turn(line):
            starts.add(position)
        position += len(line) + 1
    return sorted(starts)


def _listed_speaker(caption: Caption, start: int, cast: Collection[str]) -> str:
    """Return who speaks from an index on, by the fields of the file.

    It is "" for nobody of the cast.
    """
    names = [s.names for s in caption.speakers if s.start <= start]
    return next((name for name in (names[-1] if names else ()) if name in cast), "")


def _to_line(cue: int, text: str, turn: _Turn, *, begins_sentence: bool, lyrics: bool) -> Line:
    """Return the line of a turn, with its marks."""
    prefix = [Mark(MarkKind.LABEL, 0, turn.prefix)] if turn.prefix else []
    rest = text[turn.prefix :]
    begins = begins_sentence or turn.begins
    silent = find_silent_marks(rest, begins_sentence=begins, lyrics=lyrics)
    marks = sorted([*silent, *find_spaced_commas(rest, silent)], key=lambda m: m.start)
    shifted = (mark.shifted(turn.prefix) for mark in marks)
    return Line(cue, turn.speaker, text, (*prefix, *shifted), turn.begins)


_Languages = Mapping[tuple[Milliseconds, Milliseconds], Collection[str]]


def _find_languages(captions: Sequence[Caption]) -> _Languages:
    """Return the languages that are shown at a time: of a cue's lines, or of several cues."""
    shown: dict[tuple[Milliseconds, Milliseconds], set[str]] = {}
    for caption in captions:
        languages = filter(None, map(detect_language, caption.lines))
        shown.setdefault((caption.start, caption.end), set()).update(languages)
    return shown


def _choose_unspoken(shown: _Languages, language: str) -> str:
    """Return the language that is only shown beside the spoken one; "" if all is spoken."""
    spoken = [languages for languages in shown.values() if languages]
    bilingual = sum(languages == _BOTH for languages in spoken) > _BILINGUAL_SHARE * len(spoken)
    return {"zh": "en", "en": "zh"}.get(language, "") if bilingual else ""


def _with_other_language(line: Line, other: str) -> Line:
    """Return the line with a mark on each row in the other language."""
    marks: list[Mark] = []
    start = 0
    for row in line.text.split("\n"):
        end = start + len(row)
        if detect_language(row) == other:
            marks.append(Mark(MarkKind.DIRECTION, start, end))
        else:
            marks += (m.shifted(start) for m in select_marks(line.marks, start, end))
        start = end + 1
    return replace(line, marks=tuple(marks))

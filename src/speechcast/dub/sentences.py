"""Join the lines of neighbouring cues into sentences, each to be spoken as one breath."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ..model import Mark, MarkKind, Paragraph, Sentence, Speech, Utterance
from ..script.markup import select_marks
from ..subtitles.caption import Caption
from ..text.han import HAN
from ..text.sentences import split_sentences
from ..units import Milliseconds
from .lines import LONGEST_GAP, Line

# Chosen by hand for this project.
_TOUCHING: Milliseconds = 100  # the gap of two frames that subtitles of one breath have at most
# Characters that one breath has at most, so that one crowded cue does not hurry a whole page of
# captions without full stops.
_LONGEST_SENTENCE = 300
_LONGEST_UNMARKED = 45  # … of Chinese captions without marks, whose sentences are guessed
_MARKED_SHARE = 0.1  # of Chinese cues that end with a mark, from which on marks count
_JOINT = "\n"  # between the texts of two cues


@dataclass(frozen=True)
class DubbingScript:
    """What is spoken, and which cue shows each part of it.

    Attributes:
        lines: All lines, in the order of time.
        speech: The lines that are voiced: in each paragraph those that belong together.
        spans: The first character of each voiced line in the whole text of the speech, its
            paragraphs joined without anything between them, and the index after its last one.
        voiced: The indices of these lines in `lines`.
    """

    lines: tuple[Line, ...]
    speech: Speech
    spans: tuple[tuple[int, int], ...]
    voiced: tuple[int, ...]

    def find_lines(self, utterances: Sequence[Utterance]) -> list[tuple[int, ...]]:
        """Return for each token of each utterance the index of its line; -1 between two lines.

        Args:
            utterances: Those of the speech, which show the whole text of it.
        """
        starts = [start for start, _ in self.spans]
        position = 0
        result = []
        for utterance in utterances:
            indices = []
            for token in utterance.tokens:
                number = bisect_right(starts, position) - 1
                inside = position < self.spans[number][1]
                indices.append(self.voiced[number] if inside else -1)
                position += len(token.shown)
            result.append(tuple(indices))
        return result


def build_script(lines: Sequence[Line], captions: Sequence[Caption]) -> DubbingScript:
    """Return the script of the lines.

    Args:
        lines: All lines of the captions.
        captions: The cues in the order of time.
    """
    voiced = [index for index, line in enumerate(lines) if line.voiced]
    marked = _has_marks([lines[i] for i in voiced])
    paragraphs: list[Paragraph] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for group in _group(voiced, lines, captions, marked=marked):
        members = [lines[i] for i in group]
        lengths = [len(line.text) + len(_JOINT) for line in members]
        offsets = list(accumulate(lengths, initial=position))
        spans += [(o, o + len(m.text)) for o, m in zip(offsets, members, strict=False)]
        position = offsets[-1] - len(_JOINT)
        paragraphs.append(_to_paragraph(members, captions, marked=marked))
    return DubbingScript(tuple(lines), Speech(tuple(paragraphs)), tuple(spans), tuple(voiced))


def _has_marks(lines: Sequence[Line]) -> bool:
    """Return whether the Chinese lines end with marks where sentences do."""
    ends = [line.masked.rstrip()[-1:] for line in lines if HAN.search(line.masked)]
    return sum(not end.isalnum() for end in ends) >= _MARKED_SHARE * len(ends)


def _group(
    voiced: Sequence[int], lines: Sequence[Line], captions: Sequence[Caption], *, marked: bool
) -> Iterator[list[int]]:
    """Yield the indices of lines that go on into each other."""
    group: list[int] = []
    length = 0
    for index in voiced:
        if group and not _goes_on(lines[group[-1]], lines[index], captions, length, marked=marked):
            yield group
            group, length = [], 0
        group.append(index)
        length += len(lines[index].text)
    if group:
        yield group


def _goes_on(
    before: Line, line: Line, captions: Sequence[Caption], length: int, *, marked: bool
) -> bool:
    """Return whether a sentence goes on from one voiced line to the next.

    Args:
        before: The line that is spoken before.
        line: The line.
        captions: The cues in the order of time.
        length: How many characters the lines have that `before` goes on from, itself included.
        marked: Whether Chinese lines have marks where sentences end.
    """
    gap = captions[line.cue].start - captions[before.cue].end
    if line.turn or before.speaker != line.speaker or gap > LONGEST_GAP:
        return False
    unmarked = not marked and HAN.search(before.masked.rstrip()[-1:]) is not None
    if length + len(line.text) > (_LONGEST_UNMARKED if unmarked else _LONGEST_SENTENCE):
        return False
    if unmarked:
        return gap <= _TOUCHING
    ends = accumulate(len(s) for s in split_sentences(before.masked + _JOINT + line.masked))
    return len(before.masked) + len(_JOINT) not in ends


def _to_paragraph(
    members: Sequence[Line], captions: Sequence[Caption], *, marked: bool
) -> Paragraph:
    """Return the lines as a paragraph of sentences."""
    text = _JOINT.join(line.text for line in members)
    masked = _JOINT.join(line.masked for line in members)
    offsets = list(accumulate((len(line.text) + 1 for line in members), initial=0))[:-1]
    marks: list[Mark] = []
    for line, offset in zip(members, offsets, strict=True):
        if offset:
            marks.append(_to_joint(masked, offset - 1, marked=marked))
        marks += (mark.shifted(offset) for mark in line.marks)
    sentences = []
    start = 0
    for piece in split_sentences(masked):
        end = start + len(piece)
        member = members[bisect_right(offsets, start) - 1]
        row = captions[member.cue].row or member.cue + 1
        within = tuple(select_marks(tuple(marks), start, end))
        sentences.append(Sentence(text[start:end], row, within))
        start = end
    return Paragraph(tuple(sentences), speaker=members[0].speaker)


def _to_joint(masked: str, index: int, *, marked: bool) -> Mark:
    """Return the mark on what separates two cues: no word is read across it.

    Captions in Chinese without marks end their clauses with cues.
    """
    clause = not marked and HAN.search(masked[index - 1 : index]) is not None
    return Mark(MarkKind.SUBSTITUTION, index, index + 1, spoken="，" if clause else " ")

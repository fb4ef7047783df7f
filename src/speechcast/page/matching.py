"""Find the cues of a subtitle file in the text they were cut from.

Subtitles leave out marks and break lines, so only letters, digits and Chinese characters are
compared. The text may have more than they: a stage direction is not shown by every style.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..audio.tags.model import TimedRange
from ..subtitles.caption import Caption, CaptionWord

# Letters of the text that no cue shows in one place: a stage direction, a label. Chosen here.
_MOST_SKIPPED = 200


def find_cues(text: str, captions: Sequence[Caption]) -> list[TimedRange] | None:
    """Return where the words of the cues, or the cues, stand in a text.

    Args:
        text: The text.
        captions: Its cues, in order.

    Returns:
        None if a cue is not found after the one before it: the text is another one.
    """
    index = [i for i, character in enumerate(text) if character.isalnum()]
    letters = "".join(text[i] for i in index)
    ranges: list[TimedRange] = []
    position = time = 0
    for caption in captions:
        wanted = _letters(caption.text)
        start = letters.find(wanted, position, position + _MOST_SKIPPED + len(wanted))
        if start < 0:
            return None
        position = start + len(wanted)
        for word in _word_ranges(_words_of(caption), text, index, start):
            time = max(time, word.time)  # in a file of others, a word may be timed before the last
            ranges.append(word._replace(time=time))
    return ranges


def _words_of(caption: Caption) -> Sequence[CaptionWord]:
    """Return the timed words of a cue; the cue itself, if they are not the same text."""
    if _letters("".join(word.text for word in caption.words)) == _letters(caption.text):
        return caption.words or (CaptionWord(caption.start, caption.text),)
    return (CaptionWord(caption.start, caption.text),)


def _word_ranges(
    words: Sequence[CaptionWord], text: str, index: Sequence[int], start: int
) -> Iterator[TimedRange]:
    """Yield the range of each word that is heard: from its first letter to its last, or its sign.

    Args:
        words: The words.
        text: The text they stand in.
        index: Where in the text each of its letters stands.
        start: The number of the first word's first letter.
    """
    passed = index[start - 1] + 1 if start else 0
    for word in words:
        end = start + len(_letters(word.text))
        if end > start:
            first, passed = index[start], index[end - 1] + 1
        else:  # a sign, which a voice may speak: = or *
            sign, following = word.text.split()[:1], index[end] if end < len(index) else len(text)
            first = text.find(sign[0], passed, following) if sign else -1
            if first < 0:
                continue
            passed = first + len(sign[0])
        start = end
        if word.start is not None:
            yield TimedRange(first, passed, word.start)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))

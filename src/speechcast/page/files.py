"""The transcript of a production that lies in files: its sound and its subtitles.

The text is the one in the tags of the sound, in the paragraphs of the speech, if the subtitles show
the same text. Otherwise it is the subtitles' own. Times of words are in WebVTT, LRC and JSON, and
in the tags of an MP3 or a WAV that speechcast made; other subtitles have those of cues.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..audio.file_activity import AudioActivity
from ..audio.tags.model import Tags, TimedRange, TimedText
from ..audio.tags.reading import read_tags
from ..errors import SourceError
from ..messages import _
from ..model import BlockKind
from ..printable import quote
from ..subtitles.caption import Caption, CaptionWord
from ..subtitles.captions import to_milliseconds
from ..subtitles.read import read_captions
from ..text.language import detect_language
from ..text.whitespace import joined, reflowed
from ..units import Milliseconds
from .matching import find_cues
from .transcript import Chapter, TimedParagraph, Transcript, list_chapters

# Subtitles beside a sound, those with the times of words first.
_SUFFIXES = (".json", ".vtt", ".lrc", ".srt", ".ass", ".ssa", ".ttml", ".sub")
# Cues that end this long after the sound are those of another one; rounding and lingering are less.
_OVERHANG: Milliseconds = 2_000
_MIN_SHOWN = 0.5  # of what sounds, that cues must show; music and applause are not
_NEAR: Milliseconds = 2_000  # from the start of a chapter to that of its heading, chosen here
# From the start of a cue to that of its first word: a cue may wait for the one before it.
_NEAR_CUE: Milliseconds = 500
_MIN_BEGUN = 0.8  # of the cues; others begin with a sign that nobody speaks; chosen here
_PARAGRAPH_PAUSE: Milliseconds = 800  # presets pause for 0.9 seconds between paragraphs
_LONGEST_PARAGRAPH = 500  # characters, where nobody pauses; chosen here


def find_subtitles(sound: Path) -> Path:
    """Return the subtitles beside a sound: those with its name that tell the most.

    Raises:
        SourceError: There are none.
    """
    for suffix in _SUFFIXES:
        path = sound.with_suffix(suffix)
        if path.is_file() and path != sound:
            return path
    raise SourceError(
        _(
            "there are no subtitles beside {sound}; name them with --subtitles, or have them "
            "made: speechcast align {name} SPEECH"
        ).format(sound=sound, name=quote(sound.name)),
        sound,
    )


def read_transcript(sound: Path, subtitles: Path, activity: AudioActivity) -> Transcript:
    """Return the transcript of a sound and its subtitles.

    Args:
        sound: The sound file.
        subtitles: The subtitle file.
        activity: Of the sound.

    Raises:
        SourceError: One of them cannot be read, or they do not belong together.
    """
    captions = sorted(read_captions(subtitles)[0], key=lambda caption: caption.start)
    captions = [caption for caption in captions if caption.text.strip()]
    _require_fit(sound, subtitles, captions, activity)
    tags = read_tags(sound)
    timed = _sentences(subtitles) or captions
    title = reflowed(tags.title).strip() or sound.stem
    ranges, by_word = _find_ranges(tags, timed)
    passages = tuple(_tagged_passages(tags, ranges) or _own_passages(timed))
    language = tags.language or detect_language(" ".join(c.text for c in captions)) or "zh"
    return Transcript(
        title=title,
        language=language,
        passages=passages,
        cues=tuple(captions),
        chapters=list_chapters(passages, title) or tuple(map(_chapter, tags.chapters)),
        by_word=by_word,
    )


def _require_fit(
    sound: Path, subtitles: Path, captions: Sequence[Caption], activity: AudioActivity
) -> None:
    """Raise SourceError if subtitles are those of another sound."""
    length = activity.length * 1000 // activity.rate
    end = max((caption.end for caption in captions), default=0)
    if end > length + _OVERHANG:
        raise SourceError(
            _(
                "{subtitles} goes on to {end} s, but {sound} ends at {length} s; they "
                "do not belong together"
            ).format(subtitles=subtitles, end=_seconds(end), sound=sound, length=_seconds(length)),
            subtitles,
        )
    if (share := _shown_share(captions, activity)) < _MIN_SHOWN:
        raise SourceError(
            _(
                "{subtitles} shows only {share} of what is heard in {sound}; they do "
                "not belong together, or it is not whole: see speechcast check {sound} "
                "{subtitles}"
            ).format(
                subtitles=quote(str(subtitles)),
                share=f"{100 * share:.0f} %",
                sound=quote(str(sound)),
            ),
            subtitles,
        )


def _shown_share(captions: Sequence[Caption], activity: AudioActivity) -> float:
    """Return how much of what sounds is shown by a cue, from 0 to 1."""
    import numpy as np

    hops = len(activity.power)
    heard, shown = np.zeros(hops + 1, bool), np.zeros(hops + 1, bool)
    per_sample, per_ms = hops / activity.length, hops * activity.rate / activity.length / 1000
    for span in activity.ranges:
        heard[round(span.start * per_sample) : round(span.end * per_sample)] = True
    for caption in captions:
        shown[round(caption.start * per_ms) : round(caption.end * per_ms)] = True
    return float((heard & shown).sum() / heard.sum()) if heard.any() else 1.0


def _seconds(ms: Milliseconds) -> str:
    return f"{ms / 1000:.1f}"


def _sentences(subtitles: Path) -> list[Caption]:
    """Return the sentences of our JSON, with their tokens; none of other subtitles."""
    if subtitles.suffix.lower() != ".json":
        return []
    try:
        content = json.loads(subtitles.read_bytes())
        return [_sentence(record, content["rate"]) for record in content["sentences"]]
    except (TypeError, KeyError, ValueError) as exc:
        raise SourceError(
            _("{subtitles} is not the JSON that speechcast writes").format(subtitles=subtitles),
            subtitles,
        ) from exc


def _sentence(record: Any, rate: int) -> Caption:
    """Return a sentence of our JSON; raise TypeError or KeyError if it is not one."""
    words = tuple(
        CaptionWord(_time(token["start"], rate) if "start" in token else None, str(token["shown"]))
        for token in record["tokens"]
    )
    start, end = _time(record["start"], rate), _time(record["end"], rate)
    return Caption(start, end, str(record["text"]), words=words)


def _time(record: Any, rate: int) -> Milliseconds:
    samples = record["samples"]
    if not isinstance(samples, int):
        raise TypeError(samples)
    return to_milliseconds(samples, rate)


def _find_ranges(tags: Tags, captions: Sequence[Caption]) -> tuple[list[TimedRange], bool]:
    """Return when what is heard of the text in the tags, and whether that is word by word.

    The times of words are those of the subtitles, if they have any, else those in the tags, if they
    begin the cues where the subtitles do. No ranges are returned if the cues are of another text.
    """
    cues = find_cues(tags.text, captions) if tags.text else None
    if any(caption.words for caption in captions):
        return cues or [], True
    words = list(tags.words)
    if cues and _begin_together(words, cues) and words[-1].end <= len(tags.text):
        return words, True
    return cues or [], False


def _begin_together(words: Sequence[TimedRange], cues: Sequence[TimedRange]) -> bool:
    """Return whether the first words of cues are heard when the cues begin."""
    times = {word.start: word.time for word in words}
    begun = [abs(cue.time - times[cue.start]) for cue in cues if cue.start in times]
    return sum(late <= _NEAR_CUE for late in begun) > _MIN_BEGUN * len(cues)


def _tagged_passages(tags: Tags, ranges: Sequence[TimedRange]) -> list[TimedParagraph]:
    """Return the paragraphs of the text in the tags; none without ranges in it."""
    if not ranges:
        return []
    passages = list(_split_lines(tags.text, ranges))
    _mark_headings(passages, tags.chapters)
    if passages and tags.title and passages[0].text.strip() == tags.title.strip():
        passages[0] = replace(passages[0], kind=BlockKind.TITLE)
    return passages


def _split_lines(text: str, ranges: Sequence[TimedRange]) -> Iterator[TimedParagraph]:
    """Yield each line of a text with the ranges in it."""
    start = number = 0
    for line in text.split("\n"):
        end = start + len(line)
        first = number
        while number < len(ranges) and ranges[number].start < end:
            number += 1
        if line.strip():
            inside = ranges[first:number]
            yield TimedParagraph(
                line, tuple(TimedRange(a - start, min(b, end) - start, t) for a, b, t in inside)
            )
        start = end + 1


def _mark_headings(passages: list[TimedParagraph], chapters: Sequence[TimedText]) -> None:
    """Give the paragraphs that are the titles of chapters their kind."""
    number = 0
    for chapter in chapters:
        for i in range(number, len(passages)):
            passage = passages[i]
            near = passage.start is not None and abs(passage.start - chapter.start) <= _NEAR
            if near and passage.text.strip() == chapter.text:
                passages[i] = replace(passage, kind=BlockKind.HEADING, level=1)
                number = i + 1
                break


def _own_passages(captions: Sequence[Caption]) -> Iterator[TimedParagraph]:
    """Yield the text of the cues, a paragraph up to each long pause."""
    group: list[Caption] = []
    for caption in captions:
        if group and _begins_paragraph(caption, group):
            yield _joined_passage(group)
            group = []
        group.append(caption)
    if group:
        yield _joined_passage(group)


def _begins_paragraph(caption: Caption, group: Sequence[Caption]) -> bool:
    """Return whether a cue comes after a long pause, or the paragraph before it is long."""
    length = sum(len(before.text) for before in group)
    return caption.start - group[-1].end >= _PARAGRAPH_PAUSE or length >= _LONGEST_PARAGRAPH


def _joined_passage(captions: Sequence[Caption]) -> TimedParagraph:
    text = ""
    for caption in captions:
        shown = reflowed(caption.text).strip()
        text = joined(text, shown) if text else shown
    return TimedParagraph(text, tuple(find_cues(text, captions) or ()))


def _chapter(chapter: TimedText) -> Chapter:
    return Chapter(chapter.text, chapter.start)

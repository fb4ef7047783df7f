"""A project as the page shows it before its sentences are read: JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..adjustments import Adjustment
from ..model import Pause, Speech, Token, Utterance
from ..project.sentences import list_sentences
from ..synthesis import duration
from .page_state import Json
from .state import describe_adjustment, describe_known
from .view import Outline, list_levels


def describe_outline(project_id: str, outline: Outline) -> Json:
    """Return what the page shows of a project whose sentences are not read yet."""
    spoken = list(_list_spoken(outline.speech))
    cast = outline.request.cast
    sentences = list(_list_sentences(outline, spoken))
    return {
        **describe_known(project_id, outline.history, outline.request),
        "reading": True,
        "seconds": outline.request.audio.duration or duration.estimate_seconds(spoken, cast),
        "estimated": True,
        "recorded": 0,
        "recording": False,
        "sentences": sentences,
        "questions": [],
        "remarks": [],
        "transfers": [],
    }


def _list_spoken(speech: Speech) -> Iterator[Utterance]:
    """Yield the sentences, each as a single token that is said as it is written."""
    pairs = ((p, s) for p in speech.paragraphs for s in p.sentences)
    for number, (paragraph, sentence) in enumerate(pairs, 1):
        last = sentence is paragraph.sentences[-1]
        yield Utterance(
            tokens=(Token(sentence.text, sentence.text),),
            sentence=number,
            row=sentence.row,
            pause=Pause.PARAGRAPH if last else Pause.SENTENCE,
            speaker=paragraph.speaker,
        )


def _list_sentences(outline: Outline, spoken: Sequence[Utterance]) -> Iterator[Json]:
    project, speech = outline.history.current, outline.speech
    pairs = [(p, s) for p in speech.paragraphs for s in p.sentences]
    for source, line, level, (paragraph, sentence) in zip(
        list_sentences(project), spoken, list_levels(speech), pairs, strict=True
    ):
        text = sentence.text
        yield {
            "number": line.sentence,
            "row": sentence.row,
            "kind": paragraph.kind,
            "level": level,
            "speaker": paragraph.speaker,
            "begins_paragraph": sentence is paragraph.sentences[0],
            "text": text,
            "source": source.source,
            "tokens": [{"shown": text, "spoken": text, "pinyin": [], "doubts": []}],
            "differences": [],
            "unreadable": [],
            "sent_to": "",
            **describe_adjustment(project.adjustments.get(source.key, Adjustment())),
            "state": "waiting",
            "has_previous": False,
            "start": None,
            "seconds": round(duration.estimate_spoken([line], outline.request.cast), 3),
        }

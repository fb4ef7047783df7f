"""A project as the page shows it before its sentences are read: JSON."""

from __future__ import annotations

from collections.abc import Iterator

from ..adjustments import Adjustment
from ..model import Pause, Token, Utterance
from ..project.sentences import list_sentences
from ..synthesis import duration
from .state import Json, describe_adjustment, describe_known
from .view import Outline, list_levels


def describe_outline(project_id: str, outline: Outline) -> Json:
    """Return what the page shows of a project whose sentences are not read yet."""
    sentences = list(_list_sentences(outline))
    return {
        **describe_known(project_id, outline.history, outline.request),
        "reading": True,
        "seconds": outline.request.audio.duration or sum(s["seconds"] for s in sentences),
        "estimated": True,
        "recorded": 0,
        "recording": False,
        "sentences": sentences,
        "questions": [],
        "remarks": [],
        "cues": [],
        "transfers": [],
    }


def _list_sentences(outline: Outline) -> Iterator[Json]:
    """Yield the sentences, each as a single token that is said as it is written."""
    project, speech = outline.history.current, outline.speech
    pairs = [(p, s) for p in speech.paragraphs for s in p.sentences]
    levels = list_levels(speech)
    for number, (source, (paragraph, sentence)) in enumerate(
        zip(list_sentences(project), pairs, strict=True), 1
    ):
        token = Token(sentence.text, sentence.text)
        spoken = Utterance(
            tokens=(token,),
            sentence=number,
            row=sentence.row,
            pause=Pause.SENTENCE,
            speaker=paragraph.speaker,
        )
        seconds = duration.estimate_spoken([spoken], outline.request.cast)
        yield {
            "number": number,
            "row": sentence.row,
            "kind": paragraph.kind,
            "level": levels[number - 1],
            "speaker": paragraph.speaker,
            "begins_paragraph": sentence is paragraph.sentences[0],
            "text": sentence.text,
            "source": source.source,
            "tokens": [{"shown": token.shown, "spoken": token.spoken, "pinyin": [], "doubts": []}],
            "differences": [],
            "unreadable": [],
            "sent_to": "",
            **describe_adjustment(project.adjustments.get(source.key, Adjustment())),
            "state": "waiting",
            "has_previous": False,
            "start": None,
            "seconds": round(seconds, 3),
        }

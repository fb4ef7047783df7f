"""A project as the page shows it: JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate

from ..adjustments import Adjustment
from ..audio.file_activity import AudioActivity
from ..check.checker import check_captions
from ..frontend.doubtful_readings import DoubtfulReading
from ..frontend.mandarin.g2p_zh import Doubt
from ..model import Timeline
from ..preview import SentencePreview, TokenPreview
from ..project import edits
from ..project.history import History
from ..project.project import Project
from ..project.sentences import SourceSentence, list_sentences
from ..request import Request
from ..sending import Transfer
from ..subtitles.caption import Caption
from ..subtitles.captions import to_milliseconds
from ..subtitles.cue import Cue
from .page_state import Json
from .session import ProjectSession
from .view import View


def describe_project(session: ProjectSession, view: View) -> Json:
    """Return all that the page shows of a project, except its cues."""
    project, preview = view.history.current, view.preview
    timeline = session.find_timeline(view)
    times = dict(_sentence_times(timeline)) if timeline else {}
    sources = list_sentences(project)
    sentences = [
        _sentence(session, view, sentence, sources[sentence.number - 1], times)
        for sentence in preview.sentences
    ]
    request = view.prepared.request
    return {
        **describe_known(session.folder.name, view.history, request),
        "reading": False,
        "seconds": timeline.length / timeline.rate
        if timeline
        else request.audio.duration or preview.seconds,
        "estimated": timeline is None,
        "recorded": sum(s["state"] == "recorded" for s in sentences),
        "recording": session.recording.running,
        "sentences": sentences,
        "questions": [_question(q) for q in preview.questions],
        "remarks": [{"row": r.row, "text": r.text} for r in preview.remarks],
        "transfers": [describe_transfer(t) for t in preview.transfers],
    }


def describe_known(project_id: str, history: History, request: Request) -> Json:
    """Return what is known of a project before its sentences are read."""
    project, voice = history.current, request.voice
    return {
        "id": project_id,
        "version": history.version,
        "name": project.name,
        "title": request.title,
        "file": project.speech.name,
        "text": edits.get_text(project),
        "settings": _settings(project),
        "voice": voice.name,
        "style": request.subtitle_style.name,
        "pauses": {"sentence": voice.pauses.sentence, "paragraph": voice.pauses.paragraph},
        "readings": dict(project.readings),
        "can_undo": bool(history.past),
        "can_redo": bool(history.future),
    }


def describe_transfer(transfer: Transfer) -> Json:
    """Return what would be sent to a server."""
    return {
        "speaker": transfer.speaker,
        "voice": transfer.voice,
        "address": transfer.destination.address,
        "description": transfer.destination.description,
        "characters": transfer.characters,
        "allow": transfer.missing or transfer.destination.allowance,
        "allowed": not transfer.missing,
    }


def list_cues(session: ProjectSession, view: View) -> Iterator[Json]:
    """Yield the cues as they will be, in seconds; none if a sentence is not recorded yet.

    Every token says to which sentence it belongs, and how many of the sentence's characters stand
    up to its end: there a cue can be cut.
    """
    timeline = session.find_timeline(view)
    if timeline is None:
        return
    ends = [
        (number, end)
        for number, tokens in enumerate(timeline.sentences(), 1)
        for end in accumulate(len(t.token.shown) for t in tokens)
    ]
    position = 0
    for number, cue in enumerate(session.find_cues(view), 1):
        piece = ends[position : position + len(cue.tokens)]
        position += len(cue.tokens)
        yield _cue(number, cue, piece, timeline.rate)


def describe_findings(
    session: ProjectSession, view: View, activity: AudioActivity
) -> Iterator[Json]:
    """Yield what `check` says of the cues beside their sound; see `Finding.as_dict`."""
    style = view.prepared.request.subtitle_style
    rate = session.require_timeline(view).rate
    captions = [
        Caption(
            to_milliseconds(cue.start, rate),
            to_milliseconds(cue.end, rate),
            cue.text,
        )
        for cue in session.find_cues(view)
    ]
    for finding in check_captions(captions, activity, style, required=False):
        yield finding.as_dict()


def _cue(number: int, cue: Cue, ends: Sequence[tuple[int, int]], rate: int) -> Json:
    tokens = [
        {
            "text": token.text,
            "sentence": sentence,
            "offset": offset,
            "start": token.span.start / rate if token.span else None,
            "end": token.span.end / rate if token.span else None,
        }
        for token, (sentence, offset) in zip(cue.tokens, ends, strict=True)
    ]
    return {
        "number": number,
        "start": cue.start / rate,
        "end": cue.end / rate,
        "text": cue.text,
        "sentence": ends[0][0],
        "tokens": tokens,
    }


def _settings(project: Project) -> Json:
    settings = asdict(project.settings)
    return {**settings, "formats": list(settings["formats"])}


def _sentence(
    session: ProjectSession,
    view: View,
    sentence: SentencePreview,
    source: SourceSentence,
    times: Mapping[int, tuple[float, float]],
) -> Json:
    number = sentence.number
    words = _describe_words(view, sentence)
    adjustment = view.history.current.adjustments.get(source.key, Adjustment())
    recorded = session.is_recorded(view, number)
    start, end = times.get(number, (None, None))
    seconds = (
        end - start if start is not None and end is not None else view.spoken[number - 1].seconds
    )
    return {
        "number": number,
        "row": sentence.row,
        "kind": sentence.kind,
        "level": view.levels[number - 1],
        "speaker": sentence.speaker,
        "begins_paragraph": sentence.begins_paragraph,
        "text": sentence.text,
        "source": source.source,
        "tokens": words.tokens,
        "differences": words.differences,
        "unreadable": list(sentence.unreadable),
        "sent_to": sentence.sent_to,
        **describe_adjustment(adjustment),
        "state": "recorded" if recorded else "waiting",
        "has_previous": session.has_previous(source.key),
        "start": start,
        "seconds": round(seconds, 3),
    }


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a sentence as the page shows them."""

    tokens: list[Json]
    differences: list[Json]


def _describe_words(view: View, sentence: SentencePreview) -> _Words:
    source, reader = view.sentences[sentence.number - 1]

    def make() -> _Words:
        tokens = [_token(token) for token in sentence.tokens]
        return _Words(tokens, [asdict(d) for d in sentence.differences])

    return reader.derive(make, _Words, source)


def describe_adjustment(adjustment: Adjustment) -> Json:
    """Return what is set by hand for a sentence."""
    return {
        "rate": adjustment.rate,
        "pause_after": adjustment.pause_after,
        "voice": adjustment.voice,
        "cuts": [{"offset": o, "cut": c} for o, c in adjustment.cuts.items()],
    }


def _sentence_times(timeline: Timeline) -> Iterator[tuple[int, tuple[float, float]]]:
    """Yield from when to when each sentence is heard, in seconds."""
    for number, tokens in enumerate(timeline.sentences(), 1):
        spans = [token.span for token in tokens if token.span]
        yield number, (spans[0].start / timeline.rate, spans[-1].end / timeline.rate)


def _token(token: TokenPreview) -> Json:
    return {
        "shown": token.shown,
        "spoken": token.spoken,
        "pinyin": list(token.pinyin),
        "doubts": [_doubt(doubt) for doubt in token.doubts],
    }


def _doubt(doubt: Doubt) -> Json:
    return {
        "index": doubt.char_index,
        "character": doubt.char,
        "candidates": [doubt.chosen, *doubt.others],
        "confidence": round(doubt.probability, 3),
    }


def _question(question: DoubtfulReading) -> Json:
    """Return a doubtful reading, with what of a lexicon each of its candidates would be."""
    candidates = (question.reading, *question.alternatives)
    return {
        "sentence": question.sentence,
        "row": question.row,
        "word": question.form,
        "character": question.character,
        "context": question.context,
        "candidates": [
            {"pinyin": pinyin, "reading": entry}
            for pinyin, entry in zip(candidates, question.entries, strict=True)
        ],
        "confidence": question.confidence,
    }

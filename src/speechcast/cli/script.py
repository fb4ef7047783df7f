"""`speechcast script`: see how a speech will be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..progress import format_clock
from .common import note_shadowed, report_errors
from .option_values import allowances, preferences_from, read_source, source_folder
from .options import (
    AllowOnlineOption,
    EncodingOption,
    ForceOption,
    LexiconOption,
    RateOption,
    SpeechArgument,
    VoiceOption,
)
from .streams import to_json

if TYPE_CHECKING:
    from ..preview import Difference, DoubtfulReading, Preview, SentencePreview
    from ..sending import Transfer

_SENT = ">"  # marks a sentence that leaves this machine


def script(  # noqa: PLR0913 one parameter per command-line option
    source: SpeechArgument,
    voice: VoiceOption = None,
    encoding: EncodingOption = None,
    rate: RateOption = None,
    lexicon: LexiconOption = None,
    force: ForceOption = False,
    allow_online: AllowOnlineOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Show how a speech will be read: doubtful readings, what is said differently, how long."""
    with report_errors():
        from ..preview import preview
        from ..request import resolve_request

        document = read_source(source, encoding)
        preferences = preferences_from(voice, rate, None, lexicon)
        request = resolve_request(
            document,
            source,
            Path(),
            preferences,
            folder=source_folder(source),
            force=force,
            allow_online=allowances(allow_online),
        )
        note_shadowed({voice.name for voice in request.cast.values()})
        result = preview(request)
        if as_json:
            typer.echo(to_json(_json_preview(result)))
        else:
            typer.echo("\n".join(_page(result)))


def _json_preview(preview: Preview) -> dict[str, object]:
    """Return the preview for JSON, under the keys that programs rely on."""
    return {
        "title": preview.title,
        "voice": preview.voice,
        "seconds": preview.seconds,
        "questions": [_json_question(question) for question in preview.questions],
        "sending": [_json_transfer(transfer) for transfer in preview.transfers],
        "remarks": [{"row": r.row, "text": r.text} for r in preview.remarks],
        "sentences": [_json_sentence(sentence) for sentence in preview.sentences],
    }


def _json_question(question: DoubtfulReading) -> dict[str, object]:
    return {
        "sentence": question.sentence,
        "row": question.row,
        "sure": question.confidence,
        "around": question.context,
        "character": question.character,
        "read": question.reading,
        "instead": question.alternatives,
        "lexicon": question.lexicon,
    }


def _json_sentence(sentence: SentencePreview) -> dict[str, object]:
    return {
        "number": sentence.number,
        "row": sentence.row,
        "speaker": sentence.speaker,
        "kind": sentence.kind,
        "begins_paragraph": sentence.begins_paragraph,
        "text": sentence.text,
        "differences": [_json_difference(d) for d in sentence.differences],
        "latin": [_json_difference(word) for word in sentence.latin_words],
        "unknown": sentence.unreadable,
        "sent_to": sentence.sent_to,
    }


def _json_transfer(transfer: Transfer) -> dict[str, object]:
    return {
        "speaker": transfer.speaker,
        "voice": transfer.voice,
        "to": transfer.destination.address,
        "characters": transfer.characters,
        "chosen_by": transfer.chooser.name.lower(),
        "allowed": not transfer.missing,
    }


def _json_difference(difference: Difference) -> dict[str, object]:
    return {"shown": difference.shown, "said": difference.spoken}


def _page(preview: Preview) -> Iterator[str]:
    """Yield the lines of the page, the doubtful first."""
    if preview.questions:
        yield "doubtful readings, with the line of a lexicon that would change them:"
        yield from _questions(preview.questions)
        yield ""
    yield from _remarks(preview)
    yield from _unreadable(preview)
    yield from _latin_words(preview)
    if preview.title:
        yield f"title      {preview.title}"
    yield f"voice      {preview.voice}"
    yield f"sentences  {len(preview.sentences)}"
    yield f"duration   about {format_clock(preview.seconds)}"
    yield from _transfers(preview.transfers)
    for sentence in preview.sentences:
        yield from _sentence(sentence)


def _transfers(transfers: Sequence[Transfer]) -> Iterator[str]:
    """Yield a line for each speaker whose text would leave this machine."""
    from ..sending import explain_refusal

    for t in transfers:
        label = f" ({t.speaker})" if t.speaker else ""
        yield f"sending    {t.characters:,} characters{label} to {t.destination}"
        if t.missing:
            yield f"refused    {explain_refusal(t)}"
    if transfers:
        yield f"           the sentences marked {_SENT} leave this machine"


def _questions(questions: Sequence[DoubtfulReading]) -> Iterator[str]:
    """Yield each question once, with its lexicon line's uses."""
    counts = Counter(q.lexicon for q in questions)
    for line, count in counts.items():
        yield _question(next(q for q in questions if q.lexicon == line), count)


def _question(question: DoubtfulReading, count: int) -> str:
    others = " or ".join(with_tone_mark(s) for s in question.alternatives)
    times = f" ({count}×)" if count > 1 else ""
    return (
        f"  line {question.row}{times}: …{question.context}…\n"
        f"      {question.character} is read {with_tone_mark(question.reading)}; for {others}:  "
        f"{question.lexicon}"
    )


def _remarks(preview: Preview) -> Iterator[str]:
    if preview.remarks:
        yield "to look at before it is spoken:"
        yield from (f"  line {remark.row}: {remark.text}" for remark in preview.remarks)
        yield ""


def _unreadable(preview: Preview) -> Iterator[str]:
    characters: dict[int, Counter[str]] = {}
    for sentence in preview.sentences:
        if sentence.unreadable:
            characters.setdefault(sentence.row, Counter()).update(sentence.unreadable)
    if characters:
        yield "characters the voice cannot read:"
        yield from (f"  line {row}: {' '.join(chars)}" for row, chars in characters.items())
        yield ""


def _latin_words(preview: Preview) -> Iterator[str]:
    words = Counter(word for sentence in preview.sentences for word in sentence.latin_words)
    if words:
        yield "words in letters, and how they are said:"
        yield from (f"  {word.shown} ({n}×): {word.spoken}" for word, n in words.most_common())
        yield ""


def _sentence(sentence: SentencePreview) -> Iterator[str]:
    if sentence.begins_paragraph:
        kind = "" if sentence.kind == "body" else f"[{sentence.kind}]"
        yield f"\n{kind} {sentence.speaker}".rstrip() if kind or sentence.speaker else ""
    mark = _SENT if sentence.sent_to else " "
    yield f"{sentence.number:4}{mark} {sentence.text.strip()}"
    for difference in sentence.differences:
        yield f"        {difference.shown} → {difference.spoken or '(not spoken)'}"


def with_tone_mark(syllable: str) -> str:
    """Return a pinyin syllable with its tone as a mark.

    >>> with_tone_mark("chong2")
    'chóng'
    """
    from pypinyin.contrib.tone_convert import to_tone

    return str(to_tone(syllable.rstrip("5")))

"""`speechcast script`: see how a speech will be read."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from ..messages import _, mark
from ..printable import printable
from ..progress import format_clock
from .columns import pad, wrap
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
from .panels import PRINTED
from .reading_lines import NOT_SPOKEN
from .streams import to_json

if TYPE_CHECKING:
    from ..frontend.doubtful_readings import DoubtfulReading
    from ..preview import Preview, SentencePreview
    from ..sending import Transfer

PinyinOption = Annotated[
    bool,
    typer.Option(
        "--pinyin",
        help=_(
            "Print the pinyin over each word, in the tones in which it is spoken, and for an "
            "embedded English voice the phonemes. A voice that reads the text itself may "
            "read it otherwise, and of its English nothing is known."
        ),
        rich_help_panel=PRINTED,
    ),
]
_KINDS = {  # of a paragraph, as JSON names them
    "title": mark("title"),
    "byline": mark("byline"),
    "heading": mark("heading"),
}
_SENT = ">"  # marks a sentence that leaves this machine

_LEAST_COLUMNS = 20  # for the words; a narrower terminal wraps them itself
_LABEL = 11  # columns of a label, before what follows it
_NOTES = {
    "pinyin": mark("pinyin as it is spoken, after tone changes"),
    "phonemes": mark(
        "phonemes, as misaki writes them: A as in day, I as in my, O as in go, W as in "
        "how, Y as in boy"
    ),
    "text": mark("pinyin as we would read it; this voice reads the text itself, and may differ"),
}
"""What is printed over the words, by what the voice is given."""

_UNKNOWN = mark("none are known: this voice reads the text itself")
_DOUBT_SIGN = mark("zhāo? may be wrong")
_ARROW_SIGN = mark("20→ is spoken as what follows it")


def script(  # noqa: PLR0913 one parameter per command-line option
    source: SpeechArgument,
    voice: VoiceOption = None,
    encoding: EncodingOption = None,
    rate: RateOption = None,
    lexicon: LexiconOption = None,
    force: ForceOption = False,
    allow_online: AllowOnlineOption = None,
    with_pinyin: PinyinOption = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=_("Print everything as JSON."), rich_help_panel=PRINTED)
    ] = False,
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
        result = preview(request, with_phonemes=as_json or with_pinyin)
        if as_json:
            from .preview_json import to_document

            typer.echo(to_json(to_document(result)))
        else:
            page = "\n".join(_page(result, with_pinyin=with_pinyin))
            typer.echo("\n".join(map(printable, page.split("\n"))))


def _page(preview: Preview, *, with_pinyin: bool) -> Iterator[str]:
    """Yield the lines of the page, the doubtful first."""
    if preview.questions:
        yield _("doubtful readings, with the line of a lexicon that would change them:")
        yield from _questions(preview.questions)
        yield ""
    yield from _remarks(preview)
    yield from _unreadable(preview)
    yield from _latin_words(preview)
    if preview.title:
        yield _label(_("title"), preview.title)
    yield _label(_("voice"), preview.voice)
    yield _label(_("sentences"), str(len(preview.sentences)))
    yield _label(_("duration"), _("about {time}").format(time=format_clock(preview.seconds)))
    yield from _transfers(preview.transfers)
    if with_pinyin:
        yield from _legend(preview.sentences)
    for sentence in preview.sentences:
        yield from _sentence(sentence, with_pinyin=with_pinyin)


def _label(label: str, text: str) -> str:
    """Return a line of what is said of the whole speech."""
    return f"{pad(label, _LABEL)}{text}"


def _legend(sentences: Sequence[SentencePreview]) -> Iterator[str]:
    """Yield the lines that explain what is printed over the words."""
    notes = list(dict.fromkeys(map(_note, sentences)))
    tokens = [token for sentence in sentences for token in sentence.tokens]
    notes += [_(_DOUBT_SIGN)] if any(token.doubts for token in tokens) else []
    notes += [_(_ARROW_SIGN)] if any(token.shown != token.spoken for token in tokens) else []
    label = _("readings")
    for note in notes:
        for line in wrap(note, max(_LEAST_COLUMNS, get_terminal_size().columns - _LABEL)):
            yield _label(label, line)
            label = ""


def _note(sentence: SentencePreview) -> str:
    """Return what is printed over the words of a sentence."""
    if any(token.pinyin or token.phonemes for token in sentence.tokens):
        return _(_NOTES[sentence.voice_input])
    if sentence.voice_input == "phonemes":
        from ..engines.kokoro.g2p_en import explain_missing_english

        return _("none are known: {reason}").format(reason=explain_missing_english())
    return _(_UNKNOWN)


def _transfers(transfers: Sequence[Transfer]) -> Iterator[str]:
    """Yield a line for each speaker whose text would leave this machine."""
    from ..sending import explain_refusal

    for t in transfers:
        speaker = f" ({t.speaker})" if t.speaker else ""
        sent = _("{count:,} characters{speaker} to {destination}").format(
            count=t.characters, speaker=speaker, destination=t.destination
        )
        yield _label(_("sending"), sent)
        if t.missing:
            yield _label(_("refused"), explain_refusal(t))
    if transfers:
        yield _label("", _("the sentences marked {sign} leave this machine").format(sign=_SENT))


def _questions(questions: Sequence[DoubtfulReading]) -> Iterator[str]:
    """Yield each question once, with its lexicon line's uses."""
    counts = Counter(q.lexicon for q in questions)
    for line, count in counts.items():
        yield _question(next(q for q in questions if q.lexicon == line), count)


def _question(question: DoubtfulReading, count: int) -> str:
    from .reading_lines import with_tone_mark

    others = _(" or ").join(with_tone_mark(s) for s in question.alternatives)
    times = f" ({count}×)" if count > 1 else ""
    where = _("line {row}{times}: …{context}…").format(
        row=question.row, times=times, context=question.context
    )
    reading = _("{character} is read {reading}; for {others}:").format(
        character=question.character, reading=with_tone_mark(question.reading), others=others
    )
    return f"  {where}\n      {reading}  {question.lexicon}"


def _remarks(preview: Preview) -> Iterator[str]:
    if preview.remarks:
        yield _("to look at before it is spoken:")
        yield from (_on_line(remark.row, remark.text) for remark in preview.remarks)
        yield ""


def _on_line(row: int, text: str) -> str:
    return "  " + _("line {row}: {text}").format(row=row, text=text)


def _unreadable(preview: Preview) -> Iterator[str]:
    characters: dict[int, Counter[str]] = {}
    for sentence in preview.sentences:
        if sentence.unreadable:
            characters.setdefault(sentence.row, Counter()).update(sentence.unreadable)
    if characters:
        yield _("characters the voice cannot read:")
        yield from (_on_line(row, " ".join(chars)) for row, chars in characters.items())
        yield ""


def _latin_words(preview: Preview) -> Iterator[str]:
    words = Counter(word for sentence in preview.sentences for word in sentence.latin_words)
    if words:
        yield _("words in letters, and how they are said:")
        yield from (f"  {word.shown} ({n}×): {word.spoken}" for word, n in words.most_common())
        yield ""


def _sentence(sentence: SentencePreview, *, with_pinyin: bool) -> Iterator[str]:
    if sentence.begins_paragraph:
        kind = "" if sentence.kind == "body" else f"[{_(_KINDS.get(sentence.kind, sentence.kind))}]"
        yield f"\n{kind} {sentence.speaker}".rstrip() if kind or sentence.speaker else ""
    mark = _SENT if sentence.sent_to else " "
    number = f"{sentence.number:4}{mark} "
    if with_pinyin:
        yield from _two_lines(sentence, number)
        return
    yield f"{number}{sentence.text.strip()}"
    for difference in sentence.differences:
        yield f"        {difference.shown} → {difference.spoken or _(NOT_SPOKEN)}"


def _two_lines(sentence: SentencePreview, number: str) -> Iterator[str]:
    """Yield the lines of a sentence, with its readings over the words."""
    from .reading_lines import lay_out

    width = max(_LEAST_COLUMNS, get_terminal_size().columns - len(number))
    for row in lay_out(sentence.tokens, width):
        if readings := row.readings(_highlight if _may_color() else str):
            yield " " * len(number) + readings
        yield number + row.text
        number = " " * len(number)


def _may_color() -> bool:
    """Return whether the page may have colours: on a terminal, unless NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _highlight(reading: str) -> str:
    return typer.style(reading, fg="yellow", bold=True)

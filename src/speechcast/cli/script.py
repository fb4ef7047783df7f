"""`speechcast script`: see a speech before it is heard."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .common import report_errors
from .options import Encoding, Force, LexiconFile, Rate, Speech, VoiceName, document_of, folder_of

if TYPE_CHECKING:
    from ..preview import DoubtfulReading, Preview, SentencePreview


def script(  # noqa: PLR0913 one a command-line option
    source: Speech,
    voice: VoiceName = None,
    encoding: Encoding = None,
    rate: Rate = None,
    lexicon: LexiconFile = None,
    force: Force = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print it all as JSON.")] = False,
) -> None:
    """Show how a speech will be read: doubtful readings, what is said otherwise, how long."""
    with report_errors():
        from ..preview import preview
        from ..request import Preferences, resolve_request

        document = document_of(source, encoding)
        wishes = Preferences(voice, rate, None, (lexicon,) if lexicon else ())
        asked = resolve_request(
            document, source, Path(), wishes, folder=folder_of(source), force=force
        )
        rehearsed = preview(asked)
        if as_json:
            typer.echo(json.dumps(asdict(rehearsed), ensure_ascii=False, indent=1))
        else:
            typer.echo("\n".join(_lines(rehearsed)))


def _lines(rehearsed: Preview) -> Iterator[str]:
    from .console import format_clock

    if rehearsed.questions:
        yield "doubtful readings, with the line of a lexicon that would change them:"
        yield from _questions(rehearsed.questions)
        yield ""
    yield from _strange(rehearsed)
    if rehearsed.title:
        yield f"title      {rehearsed.title}"
    yield f"voice      {rehearsed.voice}"
    yield f"sentences  {len(rehearsed.sentences)}"
    yield f"sounds for about {format_clock(rehearsed.seconds)}"
    for sentence in rehearsed.sentences:
        yield from _sentence(sentence)


def _questions(questions: Sequence[DoubtfulReading]) -> Iterator[str]:
    """A line each, with a line of a lexicon that holds for all of its kind only once."""
    times = Counter(q.lexicon for q in questions)
    for line, count in times.items():
        yield _question(next(q for q in questions if q.lexicon == line), count)


def _question(question: DoubtfulReading, times: int) -> str:
    others = " or ".join(accented(s) for s in question.instead)
    again = f" ({times}×)" if times > 1 else ""
    return (
        f"  line {question.row}{again}: …{question.around}…\n"
        f"      {question.character} is read {accented(question.read)}; for {others}:  "
        f"{question.lexicon}"
    )


def _strange(rehearsed: Preview) -> Iterator[str]:
    unknown: dict[int, Counter[str]] = {}
    for sentence in rehearsed.sentences:
        if sentence.unknown:
            unknown.setdefault(sentence.row, Counter()).update(sentence.unknown)
    if unknown:
        yield "characters the voice cannot read:"
        yield from (f"  line {row}: {' '.join(chars)}" for row, chars in unknown.items())
        yield ""
    latin = Counter(word for s in rehearsed.sentences for word in s.latin)
    if latin:
        yield "words in letters, and how they are said:"
        yield from (f"  {word.shown} ({n}×): {word.said}" for word, n in latin.most_common())
        yield ""


def _sentence(sentence: SentencePreview) -> Iterator[str]:
    if sentence.begins_paragraph:
        kind = "" if sentence.kind == "body" else f"[{sentence.kind}]"
        yield f"\n{kind} {sentence.speaker}".rstrip() if kind or sentence.speaker else ""
    yield f"{sentence.number:4}  {sentence.text.strip()}"
    for difference in sentence.differences:
        yield f"        {difference.shown} → {difference.said or '(not spoken)'}"


def accented(toned: str) -> str:
    """chong2 as chóng."""
    from pypinyin.contrib.tone_convert import to_tone

    return str(to_tone(toned.rstrip("5")))

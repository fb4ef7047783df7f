"""Every change of a project: a function from a project to the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from difflib import SequenceMatcher
from typing import Any

from ..adjustments import FASTEST, SLOWEST, Adjustment, SentenceKey
from ..errors import UsageError
from ..messages import _
from ..script.markup import LONGEST_PAUSE
from ..units import Seconds
from .project import Project, Settings, SpeechFile
from .sentences import SourceSentence, list_sentences
from .text_form import to_markdown

SHORTEST_PAUSE: Seconds = 0.05  # a shorter one is not heard as a pause


def set_text(project: Project, text: str) -> Project:
    """Return the project with another text of its speech.

    What is set for a sentence stays with it, also where its words have changed. A document that is
    no text becomes one.

    Raises:
        SpeechcastError: The text cannot be read.
    """
    name = project.speech.name if project.speech.is_text else "speech.md"
    changed = replace(project, speech=SpeechFile(name, text.encode()))
    changed.speech.read()
    return _with_adjustments_moved(project, changed)


def get_text(project: Project) -> str:
    """Return the text of the speech, as it can be edited; a document as Markdown."""
    speech = project.speech
    return speech.text if speech.is_text else to_markdown(speech.read())


def set_settings(project: Project, changes: Mapping[str, Any]) -> Project:
    """Return the project with other settings; `changes` are attributes of `Settings`."""
    allowed = [field.name for field in fields(Settings)]
    if unknown := changes.keys() - set(allowed):
        raise UsageError(
            _("there is no setting '{name}'; there are {allowed}").format(
                name=min(unknown), allowed=", ".join(allowed)
            )
        )
    return replace(project, settings=replace(project.settings, **changes))


def set_sentence_text(project: Project, number: int, text: str) -> Project:
    """Return the project with another text of one sentence, marks included.

    Raises:
        UsageError: There is no such sentence, or more would change than this sentence.
        SpeechcastError: The text cannot be read.
    """
    if not project.speech.is_text:
        project = set_text(project, get_text(project))
    sentences = list_sentences(project)
    sentence = _pick(sentences, number)
    if sentence.start < 0:
        raise UsageError(
            _(
                "where sentence {number} stands in the text is unclear; change it in the whole text"
            ).format(number=number)
        )
    source = project.speech.text
    edited = source[: sentence.start] + text.strip() + source[sentence.end :]
    changed = set_text(project, edited)
    now = list_sentences(changed)
    before, after = sentences[: number - 1], sentences[number:]
    if not (
        _texts(now[: len(before)]) == _texts(before)
        and len(now) >= len(before) + len(after)
        and (not after or _texts(now[-len(after) :]) == _texts(after))
    ):
        raise UsageError(
            _(
                "with this text, more than sentence {number} would change; change it in the "
                "whole text"
            ).format(number=number)
        )
    return changed


def adjust_sentence(project: Project, number: int, changes: Mapping[str, Any]) -> Project:
    """Return the project with another rate, pause or voice of one sentence.

    Args:
        project: The project.
        number: The number of the sentence, from 1.
        changes: What changes: `rate` in per cent above that of its voice, `pause_after` in seconds
            or None, `voice` as the name of a preset or "".

    Raises:
        UsageError: There is no such sentence, or a value is not allowed.
    """
    key = _pick(list_sentences(project), number).key
    rate = changes.get("rate", 0)
    if not SLOWEST <= rate <= FASTEST:  # as the project's file takes it, whatever the voice's own
        raise UsageError(
            _(
                "the rate of sentence {number} is {rate:+}%, held against its voice; allowed are "
                "{slowest:+}% to {fastest:+}%"
            ).format(number=number, rate=rate, slowest=SLOWEST, fastest=FASTEST)
        )
    pause = changes.get("pause_after")
    if pause is not None and not SHORTEST_PAUSE <= pause <= LONGEST_PAUSE:
        raise UsageError(
            _(
                "the pause after sentence {number} is {pause:g} seconds; allowed are "
                "{shortest:g} to {longest:g}"
            ).format(number=number, pause=pause, shortest=SHORTEST_PAUSE, longest=LONGEST_PAUSE)
        )
    adjustment = project.adjustments.get(key, Adjustment())
    return project.adjusted(key, replace(adjustment, **changes))


def set_cut(project: Project, number: int, offset: int, cut: bool | None) -> Project:
    """Return the project with a cue that ends, or does not, inside a sentence or after it.

    Args:
        project: The project.
        number: The number of the sentence, from 1.
        offset: After how many of the sentence's characters.
        cut: Whether a cue ends there; None to leave it to the program.

    Raises:
        UsageError: There is no such sentence, or nothing stands before or after the cut.
    """
    sentence = _pick(list_sentences(project), number)
    if not 0 < offset <= len(sentence.text):
        raise UsageError(
            _("sentence {number} has {count} characters, so no cue ends after {offset}").format(
                number=number, count=len(sentence.text), offset=offset
            )
        )
    adjustment = project.adjustments.get(sentence.key, Adjustment())
    cuts = {o: c for o, c in adjustment.cuts.items() if o != offset}
    if cut is not None:
        cuts[offset] = cut
    return project.adjusted(sentence.key, replace(adjustment, cuts=dict(sorted(cuts.items()))))


def set_reading(project: Project, word: str, reading: str | None) -> Project:
    """Return the project with another reading of a word: text, or pinyin; None for none.

    Raises:
        UsageError: The word or the reading is empty, or has a line end.
    """
    if not word.strip() or re.search(r"[\r\n]", word + (reading or "")):
        raise UsageError(_("a reading is for a word in one line, and is one itself"))
    readings = {w: r for w, r in project.readings.items() if w != word}
    if reading is not None:
        if not reading.strip():
            raise UsageError(
                _("the reading of “{word}” is empty; write what is to be said for it").format(
                    word=word
                )
            )
        readings[word] = reading
    return replace(project, readings=readings)


def _pick(sentences: Sequence[SourceSentence], number: int) -> SourceSentence:
    if not 1 <= number <= len(sentences):
        raise UsageError(
            _("there is no sentence {number}; the speech has {count}").format(
                number=number, count=len(sentences)
            )
        )
    return sentences[number - 1]


def _texts(sentences: Sequence[SourceSentence]) -> list[str]:
    return [sentence.text.strip() for sentence in sentences]


def _with_adjustments_moved(before: Project, after: Project) -> Project:
    """Return the changed project, its adjustments with the sentences they belong to."""
    if not before.adjustments:
        return after
    moved: dict[SentenceKey, Adjustment] = {}
    olds, news = list_sentences(before), list_sentences(after)
    for i, j in pair_sentences(olds, news):
        old, new = olds[i], news[j]
        if adjustment := before.adjustments.get(old.key):
            moved[new.key] = _moved(adjustment, old.text, new.text)
    return replace(after, adjustments={key: a for key, a in moved.items() if not a.empty})


def pair_sentences(
    before: Sequence[SourceSentence], after: Sequence[SourceSentence]
) -> Iterator[tuple[int, int]]:
    """Yield the index of each sentence that is still there, as it was and as it is.

    What is the same at both ends is paired first: it is nearly all of a speech, and a matcher's
    work grows with the square of the sentences that are alike.
    """
    old, new = _texts(before), _texts(after)
    most = min(len(old), len(new))
    head = next((i for i in range(most) if old[i] != new[i]), most)
    tail = next((i for i in range(most - head) if old[-1 - i] != new[-1 - i]), most - head)
    yield from zip(range(head), range(head), strict=True)
    matcher = SequenceMatcher(
        None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False
    )
    for _tag, i, i_end, j, j_end in matcher.get_opcodes():
        yield from zip(range(head + i, head + i_end), range(head + j, head + j_end), strict=False)
    yield from zip(range(len(old) - tail, len(old)), range(len(new) - tail, len(new)), strict=True)


def _moved(adjustment: Adjustment, before: str, after: str) -> Adjustment:
    """Return the adjustment of a sentence for its new text; cuts stay as far as it is the same."""
    if before == after:
        return adjustment
    same = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    gone = len(before) - same
    rest = next(
        (i for i, (a, b) in enumerate(zip(before[::-1], after[::-1], strict=False)) if a != b),
        min(len(before), len(after)),
    )
    cuts: dict[int, bool] = {}
    for offset, cut in adjustment.cuts.items():
        if offset <= same:
            cuts[offset] = cut
        elif len(before) - offset <= min(rest, gone):
            cuts[len(after) - len(before) + offset] = cut
    return replace(adjustment, cuts={o: c for o, c in cuts.items() if 0 < o <= len(after)})

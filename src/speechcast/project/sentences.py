"""The sentences of a project, and where each of them stands in the speech's file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..adjustments import SentenceKey, name_sentences
from ..documents import Document
from ..documents.block import Block
from ..script.markup import parse_marks
from ..script.parser import parse
from ..text.whitespace import LINE_END
from .project import Project, SpeechFile

_EMPHASIS = "*_`~"  # of Markdown
_OPENERS = _EMPHASIS + "{\\"


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of the speech.

    Attributes:
        key: Its key.
        text: Its text as shown.
        source: Its text as it stands in the file, marks included; as shown, where that is unclear.
        start: The index of its first character in the text of the file; -1 where that is unclear,
            or the file is not a text.
        end: The index after its last character, and after the marks that belong to it.
    """

    key: SentenceKey
    text: str
    source: str
    start: int = -1
    end: int = -1


def list_sentences(project: Project) -> tuple[SourceSentence, ...]:
    """Return the sentences of a project, in order.

    Raises:
        SpeechcastError: The document cannot be read, or a mark in it is not allowed.
    """
    labels = {*project.speech.read().front_matter.cast, *project.settings.cast}
    return _list(project.speech, tuple(sorted(labels)))


@lru_cache(maxsize=8)
def _list(file: SpeechFile, labels: tuple[str, ...]) -> tuple[SourceSentence, ...]:
    document = file.read()
    speech = parse(document.blocks, labels)
    texts = [s.text for p in speech.paragraphs for s in p.sentences]
    keys = list(name_sentences(texts))
    if not file.is_text:
        return tuple(
            SourceSentence(key, text, text.strip()) for key, text in zip(keys, texts, strict=True)
        )
    source = file.text
    spans = _find_spans(source, document, texts)
    return tuple(
        SourceSentence(key, text, source[start:end] if start >= 0 else text.strip(), start, end)
        for key, text, (start, end) in zip(keys, texts, spans, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _ShownText:
    """The characters of a document that are shown, and where they stand in its file.

    Attributes:
        text: The characters, block after block.
        origins: The index of each in the text of the file.
        ends: For each, the index in the file at which what follows it within its block ends.
    """

    text: str
    origins: Sequence[int]
    ends: Sequence[int]


def _find_spans(source: str, document: Document, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each sentence stands in the text of the file; (-1, -1) where that is unclear."""
    shown = _locate_blocks(source, document.blocks)
    position = floor = 0
    for text in texts:
        body = text.strip()
        start = shown.text.find(body, position) if body else -1
        if start < 0:
            yield -1, -1
            continue
        position = start + len(body)
        first = _find_start(source, shown.origins[start], floor)
        floor = _find_end(source, first, shown.origins[position - 1], shown.ends[position - 1])
        yield first, floor


def _find_start(source: str, first: int, floor: int) -> int:
    """Return where a sentence begins, with the signs that stand before its first character.

    They open a substitution ({景市|景德镇市}) or an emphasis.
    """
    while first > floor and source[first - 1] in _OPENERS:
        first -= 1
    return first


def _find_end(source: str, first: int, last: int, end: int) -> int:
    """Return where a sentence ends, with the marks after its last character.

    An emphasis that opens there belongs to the next sentence.
    """
    tail = source[last + 1 : end]
    opens = tail and not tail.strip(_EMPHASIS) and source.count(tail, first, last + 1) % 2 == 0
    return last + 1 if opens else max(end, last + 1)


def _locate_blocks(source: str, blocks: Sequence[Block]) -> _ShownText:
    """Return the shown characters of the blocks, with their origins in the text of the file."""
    lines = _line_starts(source)
    text, origins, ends = list[str](), list[int](), list[int]()
    position = 0
    for block in blocks:
        position = max(position, lines[min(block.row, len(lines)) - 1])
        places = list(_match(source, block.text, position))
        marked = parse_marks(block.text, block.row)
        visible = [places[i] for i in marked.origin]
        position = places[-1] + 1 if places else position
        position = _skip_emphasis(source, position)
        text.append(marked.text)
        origins += visible
        for this, following in zip(visible, [*visible[1:], position], strict=True):
            if following == this + 1:
                ends.append(following)
                continue
            gap = source[this + 1 : following]
            opener = gap.rfind("{")
            cut = opener if opener >= 0 and "}" not in gap[opener:] else len(gap)
            ends.append(this + 1 + len(gap[:cut].rstrip()))
    return _ShownText("".join(text), origins, ends)


def _match(source: str, text: str, start: int) -> Iterator[int]:
    """Yield where each character of a block stands in the file, from `start` on.

    The file may hold signs between them that are no part of the block, such as emphasis; and a
    space of the block may be a line end there.
    """
    if source.startswith(text, start):
        yield from range(start, start + len(text))
        return
    position = start
    for character in text:
        index = source.find(character, position)
        if index < 0 or (character.isspace() and source[position:index].strip().strip(_EMPHASIS)):
            yield position  # white space that the reader put there
            continue
        yield index
        position = index + 1


def _skip_emphasis(source: str, position: int) -> int:
    """Return the index after the signs of emphasis that close at an index."""
    while source[position : position + 1] in set(_EMPHASIS):
        position += 1
    return position


def _line_starts(source: str) -> list[int]:
    return [0, *(match.end() for match in LINE_END.finditer(source))]

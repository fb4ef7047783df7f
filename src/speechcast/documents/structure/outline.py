"""Which paragraphs are title, byline and heading, where the document does not say so itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import BlockKind
from ..block import Block
from .headings import with_headings
from .title_block import is_title, mark_bylines, mark_second_line


def recognize(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with title, bylines and headings found by how they stand."""
    if not blocks:
        return []
    found = list(blocks)
    kinds = {b.kind for b in found}
    if _is_heading_of_all(found) or (
        BlockKind.TITLE not in kinds and is_title(found[0], found[1:])
    ):
        found[0] = replace(found[0], kind=BlockKind.TITLE, level=0)
    if found[0].kind is BlockKind.TITLE:
        mark_second_line(found)
        mark_bylines(found)
    return found if BlockKind.HEADING in kinds else with_headings(found)


def _is_heading_of_all(blocks: Sequence[Block]) -> bool:
    """Whether the first block is a heading, the only one of its level, over text."""
    headings = [b.level for b in blocks if b.kind is BlockKind.HEADING]
    told = {b.kind for b in blocks} == {BlockKind.HEADING, BlockKind.BODY}
    return told and blocks[0].kind is BlockKind.HEADING and headings.count(headings[0]) == 1

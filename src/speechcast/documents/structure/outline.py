"""Detect the title, bylines and headings of an unmarked document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model import BlockKind
from ...text.lookalikes import plain_forms
from ..block import Block
from .headings import detect_headings
from .title_block import is_title, mark_bylines, mark_title_continuation


def recognize(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with title, bylines and headings marked.

    They are recognized by their words, so look-alikes of characters make no difference.
    """
    plain = [replace(block, text=plain_forms(block.text)) for block in blocks]
    marked = _mark(plain) if plain else []
    return [replace(m, text=block.text) for m, block in zip(marked, blocks, strict=True)]


def _mark(blocks: Sequence[Block]) -> list[Block]:
    marked = list(blocks)
    kinds = {b.kind for b in marked}
    if _is_only_top_heading(marked) or (
        BlockKind.TITLE not in kinds and is_title(marked[0], marked[1:])
    ):
        marked[0] = replace(marked[0], kind=BlockKind.TITLE, level=0)
    if marked[0].kind is BlockKind.TITLE:
        mark_title_continuation(marked)
        mark_bylines(marked)
    return marked if BlockKind.HEADING in kinds else detect_headings(marked)


def _is_only_top_heading(blocks: Sequence[Block]) -> bool:
    """Return whether the first block is the only heading of its level."""
    headings = [b.level for b in blocks if b.kind is BlockKind.HEADING]
    has_only_headings_and_body = {b.kind for b in blocks} == {BlockKind.HEADING, BlockKind.BODY}
    return (
        has_only_headings_and_body
        and blocks[0].kind is BlockKind.HEADING
        and headings.count(headings[0]) == 1
    )

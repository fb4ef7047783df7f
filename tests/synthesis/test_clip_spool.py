"""Clips on the disk are as they were in memory."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from speechcast.model import Clip, Span
from speechcast.synthesis.clip_spool import ClipSpool


def clip(number: int) -> Clip:
    samples = np.arange(number, number + 1000 + number, dtype=np.int16)
    return Clip(samples, 24_000, (Span(0, 500), None, Span(500, 1000)))


def test_a_clip_comes_back_as_it_was(tmp_path: Path) -> None:
    with contextlib.closing(ClipSpool(tmp_path)) as spool:
        spooled = spool.add(clip(3))
        assert (spooled.samples == clip(3).samples).all()
        assert (spooled.rate, spooled.spans, spooled.speech_span) == (
            24_000,
            clip(3).spans,
            Span(0, 1000),
        )


def test_a_part_of_a_clip_can_be_spooled(tmp_path: Path) -> None:
    every_other = Clip(clip(0).samples[::2], 24_000, (Span(0, 500),))
    with contextlib.closing(ClipSpool(tmp_path)) as spool:
        assert (spool.add(every_other).samples == np.arange(0, 1000, 2)).all()


def test_a_clip_added_after_another_was_read_does_not_overwrite_it(tmp_path: Path) -> None:
    with contextlib.closing(ClipSpool(tmp_path)) as spool:
        first, second = spool.add(clip(1)), spool.add(clip(2))
        assert (first.samples == clip(1).samples).all()
        third = spool.add(clip(3))
        for spooled, number in ((first, 1), (second, 2), (third, 3)):
            assert (spooled.samples == clip(number).samples).all()


def test_threads_do_not_get_into_each_others_way(tmp_path: Path) -> None:
    with contextlib.closing(ClipSpool(tmp_path)) as spool, ThreadPoolExecutor(8) as pool:
        spooled = list(pool.map(lambda n: spool.add(clip(n)), range(200)))
        read = list(pool.map(lambda one: one.samples, spooled))
    assert all((samples == clip(n).samples).all() for n, samples in enumerate(read))


def test_nothing_of_it_stays(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), contextlib.closing(ClipSpool(tmp_path)) as spool:
        spool.add(clip(1))
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []

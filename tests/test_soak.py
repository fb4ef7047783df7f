"""Many sentences take no more memory than a few; `make soak` does the same with a thousand."""

from __future__ import annotations

import sys

import pytest
from benchmarks.soak import EARLY, LIMIT_MB, TOLERANCE_MB, soak


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("voice", ["tone", "xiaoxiao"])
def test_the_memory_at_the_end_is_that_after_two_hundred_sentences(voice: str) -> None:
    memory = soak(voice, 400, seed=16)
    assert memory.code == 0, memory.last_line
    assert memory.highest <= LIMIT_MB
    assert memory.around(400) - memory.around(EARLY) <= TOLERANCE_MB

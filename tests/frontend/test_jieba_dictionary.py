"""A damaged cache of jieba's dictionary is not used; jieba itself would not notice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CODE = """
from speechcast.frontend.mandarin.jieba_dictionary import load_jieba
print(load_jieba().dt.FREQ["会议"], len(load_jieba().dt.FREQ))
"""


def load(folder: Path) -> str:
    """Load the dictionary in a fresh process; return how much it holds."""
    environment = os.environ | {"XDG_CACHE_HOME": str(folder)}
    return subprocess.check_output([sys.executable, "-c", CODE], text=True, env=environment)


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="XDG_CACHE_HOME is Linux's")
def test_a_damaged_cache_of_the_dictionary_is_built_anew(tmp_path: Path) -> None:
    whole = load(tmp_path)
    cache = tmp_path / "speechcast" / "jieba.cache"
    built = cache.read_bytes()
    assert load(tmp_path) == whole
    assert cache.read_bytes() == built
    # The same dictionary without 会议, and so a cache that loads.
    cache.write_bytes(built.replace("会议".encode(), "会会".encode()))
    assert load(tmp_path) == whole
    cache.write_bytes(built[: len(built) // 2])
    assert load(tmp_path) == whole

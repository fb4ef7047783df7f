"""jieba's dictionary: loaded once, and only when a text is read."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping
from functools import cache
from typing import Any


@cache
def load_jieba() -> Any:
    """jieba with its dictionary loaded; its cache kept where only this user writes."""
    from platformdirs import user_cache_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pkg_resources, and of its own regular expressions
        import jieba as module

    logging.getLogger(module.__name__).setLevel(logging.ERROR)
    module.dt.tmp_dir = str(user_cache_path("speechcast", ensure_exists=True))
    module.initialize()
    return module


@cache
def count_characters() -> Mapping[str, int]:
    """How often jieba's dictionary counts each character as a word of its own."""
    return {word: count for word, count in load_jieba().dt.FREQ.items() if len(word) == 1 and count}


def is_word(text: str) -> bool:
    """Whether jieba's dictionary has it."""
    return bool(load_jieba().dt.FREQ.get(text))

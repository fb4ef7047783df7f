"""A production with everything that a page shows, made once."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import ID3

from speechcast import PageSound, make_speech
from speechcast.request import SubtitleOptions
from tests.support.browser import browser  # noqa: F401 a fixture

SPEECH = """---
title: 秋天 </script><script>document.title = "坏了"</script>
---
# 秋天的第一堂课

王老师

各位老师，亲爱的同学们：

## 先说时间

早上好！一个学年大约有四十周，每周五天，听起来很长；可是等你们回头看的时候，它会像一阵风，从教室的窗前吹过去。

写一行 `<script>document.title = "坏了"</script>`，它只是文字。😀我们说OK。

## 再说问题

“没有问错的问题，只有没问出口的问题。”请你们大胆地问，也请老师们耐心地听。

（掌声）谢谢大家！
"""


@dataclass(frozen=True)
class MadePage:
    """A page beside its production, and what its JSON says of the words."""

    page: Path
    audio: Path
    content: dict[str, Any]

    @property
    def words(self) -> list[tuple[float, str]]:
        """The seconds at which each word is heard, and the word."""
        tokens = (t for s in self.content["sentences"] for t in s["tokens"])
        return [
            (t["start"]["seconds"], t["shown"].strip())
            for t in tokens
            if "start" in t and t["shown"].strip()
        ]


def make(folder: Path, text: str, page: PageSound = PageSound.EMBEDDED) -> MadePage:
    """Return a production of a text with its page, spoken in tones."""
    source = folder / "speech.md"
    source.write_text(text, encoding="utf-8")
    formats = SubtitleOptions(formats=("srt", "vtt", "json", "lrc"))
    production = make_speech(source, "tone", folder, subtitles=formats, page=page)
    content = json.loads((folder / "speech.json").read_text("utf-8"))
    return MadePage(production.pages[0], production.audio[0], content)


def copy_without_word_times(sound: Path, folder: Path) -> Path:
    """Return a copy of an MP3 whose tags have no times of words, as those of others have none."""
    copied = Path(shutil.copy(sound, folder))
    tags = ID3(copied)
    tags.delall("PRIV")
    tags.save(copied)
    return copied


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadePage:
    return make(tmp_path_factory.mktemp("page"), SPEECH)


@pytest.fixture(scope="session")
def long_page(tmp_path_factory: pytest.TempPathFactory) -> MadePage:
    parts = (f"## 第{n}章\n\n这是第{n}段，不长。\n\n再说一句。\n" for n in range(30))
    return make(tmp_path_factory.mktemp("long"), "# 长篇\n\n" + "\n".join(parts))

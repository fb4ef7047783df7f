"""The commands in Chinese: help pages, mistakes, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from speechcast.cli.columns import measure
from tests.cli.test_command_line import run

CHINESE = {"SPEECHCAST_LANG": "zh", "COLUMNS": "80", "PYTHONUTF8": "1"}
PAGE = """\
用法：{program} check 声音 字幕 [选项]

检查字幕与声音、讲稿是否一致。
检查不通过时，退出码为 1。

参数：
  声音           声音文件：PyAV 能播放的任何文件。
  字幕           对应的字幕：srt、vtt、ass、lrc 或 ttml。
选项：
  --source 讲稿  讲稿，用来比对文字。
  --style 样式   不符合此样式的规则时，检查不通过。
  --json         以 JSON 显示报告。
  --plot 图片    把波形、字幕和错误画成图，如 check.png。

示例：
  speechcast check out/speech.mp3 out/speech.srt --source speech.txt
"""


def test_a_page_whole(tmp_path: Path) -> None:
    done = run("check", "--help", folder=tmp_path, env=CHINESE)
    assert done.stdout == PAGE.format(program="python -m speechcast")


@pytest.mark.parametrize("command", ["", "make", "batch", "dub", "voices"])
def test_a_page_has_no_english_sentence_and_fits(command: str, tmp_path: Path) -> None:
    done = run(*command.split(), "--help", folder=tmp_path, env=CHINESE)
    lines = done.stdout.splitlines()
    assert max(map(measure, lines)) < 80
    texts = lines[: lines.index("示例：")]
    assert [line for line in texts if re.search(r"\b(the|of|and|with|from|by)\b", line)] == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ("mak", "错误：没有命令“mak”；是否要用“make”？"),
        ("make", "错误：缺少讲稿"),
        ("make a --jobs 0", "错误：--jobs 必须是 1 到 1000 的数字"),
        ("make a.txt --fps film", "错误：--fps 为“film”；允许每秒 1 到 240 帧，如 25"),
        ("cache prune --to x", "错误：--to：“x”不是大小；应为数字加 KB、MB 或 GB，如 500MB、1.5GB"),
    ],
)
def test_mistakes(arguments: str, complaint: str, tmp_path: Path) -> None:
    done = run(*arguments.split(), folder=tmp_path, env=CHINESE)
    assert done.returncode == 2
    assert complaint in done.stderr.splitlines()


def test_columns_are_straight(tmp_path: Path) -> None:
    """A Chinese character takes two columns of a terminal."""
    done = run("voices", "--language", "zh-CN", folder=tmp_path, env=CHINESE)
    heading, *rows = done.stdout.splitlines()
    column = measure(heading[: heading.index("状态")])
    for row in rows:
        assert [row[:end] for end in _ends(row) if measure(row[:end]) == column]


def _ends(row: str) -> Iterator[int]:
    """Where columns of the row begin."""
    return (match.end() for match in re.finditer(r"\s{2,}", row))


def test_what_was_made(tmp_path: Path) -> None:
    (tmp_path / "讲稿.txt").write_text("各位同学：\n早上好！今天开会。\n", encoding="utf-8")
    done = run("make", "讲稿.txt", "--voice", "tone", folder=tmp_path, env=CHINESE)
    assert done.returncode == 0
    labels = [line.split()[0] for line in done.stdout.splitlines()]
    assert labels == ["音频", "字幕文件", "时长", "响度", "句子", "字幕条", "音色", "用时"]

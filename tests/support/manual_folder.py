"""A folder with the files that the manual's commands name."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from docx import Document

from speechcast import make_speech
from tests.support.manual import ROOT
from tests.support.videos import write_video

SPEECH = "大家早上好！今天是9月1日。\n"  # short, as voices of the manual speak it
LINES = "1\n00:00:01,000 --> 00:00:04,000\n市长：大家好！\n"
SENTENCE = "今天，我们一起种下两百棵树，也种下一个约定。"
THREE_MINUTES = 33  # sentences of `tone`, with their pauses
PROGRAM = """#!/bin/sh
exec {python} -m speechcast "$@"
"""


def fill(folder: Path) -> None:
    """Write the files that the manual's commands name.

    The speeches ask for the voice `tone`, except `talk.mp3` and its text, which a voice has to
    speak, as `align` compares it with a voice.
    """
    spoken_by_tone = "---\nvoice: tone\n---\n"
    (folder / "speech.txt").write_text(spoken_by_tone + SPEECH, "utf-8")
    (folder / "address.txt").write_text(spoken_by_tone + SENTENCE * THREE_MINUTES, "utf-8")
    (folder / "names.toml").write_text('"重阳村" = "chong2 yang2 cun1"\n', "utf-8")
    (folder / "lines.srt").write_text(LINES, "utf-8")
    for name in ("speeches", "lessons"):
        (folder / name).mkdir()
        (folder / name / "第一讲.txt").write_text(spoken_by_tone + SPEECH, "utf-8")
    write_video(folder / "film.mp4")
    document = Document()
    document.add_paragraph("大家早上好！今天我们开学了。")
    document.save(str(folder / "speech.docx"))
    make_speech(folder / "speech.docx", "narrator", folder, name="talk")
    copy_examples(folder / "examples")
    (folder / "bin").mkdir()
    program = folder / "bin" / "speechcast"
    program.write_text(PROGRAM.format(python=sys.executable), "utf-8")
    program.chmod(0o755)


def copy_examples(folder: Path) -> None:
    """Copy the examples, to be spoken by `tone` in place of their voices."""
    shutil.copytree(ROOT / "examples", folder)
    for file in folder.rglob("*.*"):
        text = file.read_text("utf-8")
        text = re.sub(r'^voice(: | = ").*?("?)$', r"voice\1tone\2", text, flags=re.MULTILINE)
        text = re.sub(r"^cast: .*$", "cast: {主持人: tone, 林师傅: tone}", text, flags=re.MULTILINE)
        if file.suffix == ".txt" and not text.startswith("---") and file.parent == folder:
            text = f"---\nvoice: tone\n---\n{text}"
        file.write_text(text, "utf-8")

"""Strategies for command lines, and what must hold after each.

A command ends with one of the exit codes that are documented and without a traceback. If it fails,
no production stands in its output folder; if `make` succeeds, sound and subtitles do. Nothing that
it worked with is left behind.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

import typer
from hypothesis import strategies as st
from typer.core import TyperOption
from typer.testing import CliRunner

from speechcast.cli.app import app, run
from tests.support.document_files import lines_of, pdf_of

_DOCUMENTED = {0, 1, 2, 3}  # see speechcast.exit_codes; nothing here interrupts a command
_COMMAND = typer.main.get_command(app)
_OUTPUT = "out"
_FILES = {
    "speech.txt": "第一，修路。\n\n第二，架桥！".encode(),
    "english.txt": b"Good evening, friends.",
    "markdown.md": "# 题\n\n**修路**。".encode(),
    "cut.pdf": pdf_of(lines_of("x"))[:200],
    "bytes.txt": bytes(range(256)),
    "empty.txt": b"",
    "cast.txt": "---\ntitle: 题\nvoice: tone\n---\n大家好。".encode(),
    "cues.srt": "1\n00:00:00,300 --> 00:00:01,200\n修路\n".encode(),
    "sound.mp3": b"\xff\xfb\x90\x00" + bytes(400),
    "words.toml": '"修路" = "xiu1 lu4"'.encode(),
    "preset.toml": b'engine = "tone"\nvoice = "sine"\nlanguage = "zh-CN"\ndescription = "x"\n',
}
_PLAIN = [*_FILES, "missing.txt", "folder", "tone", "narrator.toml", "video", "srt,vtt", "mp3,wav"]
_NUMBERS = "0 1 -1 -0 16000 24000 48000 1e9 nan inf -inf 1e308 1000000000 ٣ 三 ½ 0x10 +5% -5% +٣%"
_STRANGE = ["", " ", "\n", "a" * 300, "-", "--", "$(x)", "%s", "{x}", "[red]", "../../x", "名字"]
_VALUES = st.sampled_from(
    [*_PLAIN, *_NUMBERS.split(), *_STRANGE, "12:30", "podcast", "video", "30"]
)


def _options(name: str) -> st.SearchStrategy[list[str]]:
    """Return some of a command's options, each with a value that may be right."""
    parameters = _COMMAND.commands[name].params  # type: ignore[attr-defined]
    left_out = {"cluster", "watch", "log_file", "output", "proxy"}
    if name == "dub":
        left_out.add("offset")  # 16000 is hours of sound, which take their time
    options = [p for p in parameters if isinstance(p, TyperOption) and p.name not in left_out]
    one = st.sampled_from(options).flatmap(
        lambda option: (
            st.just([option.opts[0]])
            if option.is_flag
            else _VALUES.map(lambda value: [f"{option.opts[0]}={value}"])
        )
    )
    return st.lists(one, max_size=3).map(
        lambda groups: [text for group in groups for text in group]
    )


_SOURCES = st.sampled_from([*_FILES, "missing.txt", "folder", *_STRANGE])
COMMANDS = st.one_of(
    st.builds(
        lambda source, options: ["make", *options, "--voice=tone", f"--output={_OUTPUT}", source],
        st.just("speech.txt") | _SOURCES,
        _options("make"),
    ),
    st.builds(lambda source, options: ["script", *options, source], _SOURCES, _options("script")),
    st.builds(
        lambda audio, cues, options: ["check", *options, audio, cues],
        _SOURCES,
        _SOURCES,
        _options("check"),
    ),
    st.builds(
        lambda source, options: ["dub", *options, "--voice=tone", f"--output={_OUTPUT}", source],
        st.just("cues.srt") | _SOURCES,
        _options("dub"),
    ),
    st.builds(lambda name: ["voices", "show", name], _VALUES),
    st.builds(
        lambda options: ["batch", *options, "--voice=tone", f"--output={_OUTPUT}", "folder"],
        _options("batch"),
    ),
)


@cache
def _folder() -> Path:
    """Return a folder with the files that commands are given, for this process."""
    folder = Path(tempfile.mkdtemp(prefix="speechcast-fuzz-"))
    for name, data in _FILES.items():
        (folder / name).write_bytes(data)
    (folder / "folder").mkdir()
    (folder / "folder" / "speech.txt").write_bytes(_FILES["speech.txt"])
    return folder


def run_command(arguments: list[str]) -> None:
    """Raise AssertionError unless the command ends as a command may."""
    folder = _folder()
    output = folder / _OUTPUT
    shutil.rmtree(output, ignore_errors=True)
    own_folders = {
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "SPEECHCAST_CACHE": str(folder / "cache"),
    }
    with contextlib.chdir(folder):
        exit_code, output_text = _run(arguments, own_folders)
    assert exit_code in _DOCUMENTED
    assert "Traceback" not in output_text
    assert "bug of speechcast" not in output_text  # the last net under all commands
    files = {p.name for p in output.rglob("*") if p.is_file()} if output.is_dir() else set()
    if arguments[0] in {"make", "dub"}:
        assert (len(files) >= 2) if exit_code == 0 and files else not files
        assert not list(output.glob(".speechcast*"))


def _run(arguments: list[str], environment: dict[str, str]) -> tuple[int, str]:
    """Return a command's exit code, and what it wrote.

    `CliRunner.invoke` builds all commands each time, which takes longer than most of them.
    """
    with CliRunner(env=environment).isolation(input="大家好。") as (_, _, written):
        code = run(arguments)
        return code, written.getvalue().decode()

"""What a shell completes, asked for by a real shell where there is one."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from speechcast.cli import completion
from speechcast.cli.app import run
from speechcast.cli.completing import compose_script, install_script
from speechcast.subtitles.style import STYLES
from speechcast.voices.presets import PRESETS
from tests.support.systems import makes_links, uses_modes

BASH = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
PROGRAM = f"""#!{sys.executable}
import sys
sys.argv[0] = "speechcast"
from speechcast.cli import main
main()
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return the program under its own name, as it is installed."""
    path = tmp_path / "speechcast"
    path.write_text(PROGRAM)
    path.chmod(0o755)
    return path


def ask_bash(program: Path, *words: str) -> list[str]:
    """Return what bash offers for the last word of a line."""
    script = (
        f'source /dev/stdin; COMP_WORDS=("$@"); COMP_CWORD={len(words)}; '
        '_speechcast_completion "$1"; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script, "bash", str(program), *words],
        input=compose_script("bash"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.split()


@BASH
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("vo",), ["voices"]),
        (("make", "x.txt", "--voice", "narr"), ["narrator"]),
        (("make", "x.txt", "--format", "mp3,m"), ["mp3,m4b"]),
        (("--lang", "zh", "make", "x.txt", "--style", "netflix"), ["netflix-en", "netflix-zh"]),
    ],
)
def test_bash_completes(program: Path, words: tuple[str, ...], offered: list[str]) -> None:
    assert ask_bash(program, *words) == offered


def test_completing_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "sys.argv = ['speechcast']\n"
        "from speechcast.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('numpy', 'jieba', 'onnxruntime', 'av', 'edge_tts', 'pydub', 'rich', "
        "'speechcast.documents', 'speechcast.request') if m in sys.modules])"
    )
    asked = {
        "COMP_WORDS": "speechcast make x --voice nar",
        "COMP_CWORD": "4",
        "_SPEECHCAST_COMPLETE": "complete_bash",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["narrator", "[]"]


def test_every_preset_and_style_is_offered_with_its_description() -> None:
    voices = dict(completion.complete_voices(""))
    assert set(voices) == {*PRESETS.list_files(), "auto"}
    assert voices["narrator"] == "A woman, clear and calm; the default"
    assert dict(completion.complete_styles("")).keys() == STYLES.list_files().keys()


def test_a_preset_that_is_broken_is_offered_without_a_description(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = tmp_path / "speechcast" / "voices"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_bytes(b"\xff\xfe not TOML")
    assert completion.complete_voices("mi") == [("michael", "An American man, calm"), ("mine", "")]


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("", ["srt", "vtt", "ass", "lrc", "json", "txt"]),
        ("srt,", ["srt,vtt", "srt,ass", "srt,lrc", "srt,json", "srt,txt"]),
        ("srt,vtt,j", ["srt,vtt,json"]),
        ("mp3", []),
    ],
)
def test_lists_are_completed_by_what_is_not_in_them(begun: str, offered: list[str]) -> None:
    assert completion.complete_subtitle_formats(begun) == offered


def test_languages() -> None:
    assert completion.complete_languages("zh-") == [
        "zh-CN",
        "zh-CN-liaoning",
        "zh-CN-shaanxi",
        "zh-HK",
        "zh-TW",
    ]
    assert "zh" in completion.complete_languages("ZH")


@uses_modes
def test_installing_adds_one_line_and_keeps_the_file_as_it_was(tmp_path: Path) -> None:
    settings = tmp_path / ".bashrc"
    settings.write_bytes("alias 你好='echo'".encode() + b" # \xff, and no end of line")
    settings.chmod(0o600)
    before = settings.read_bytes()
    script = install_script("bash", tmp_path)
    install_script("bash", tmp_path)
    assert script.read_text() == compose_script("bash") + "\n"
    assert settings.read_bytes() == before + f"\nsource '{script}'\n".encode()
    assert stat.S_IMODE(settings.stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == [".bash_completions", ".bashrc"]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_installing_for_other_shells(shell: str, tmp_path: Path) -> None:
    assert install_script(shell, tmp_path).read_text() == compose_script(shell) + "\n"
    assert (tmp_path / ".zshrc").exists() == (shell == "zsh")


@makes_links
def test_a_link_in_place_of_the_settings_stays_one(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "dotfiles" / "bashrc").write_text("# mine\n")
    (tmp_path / ".bashrc").symlink_to("dotfiles/bashrc")
    install_script("bash", tmp_path)
    assert (tmp_path / ".bashrc").is_symlink()
    assert "source '" in (tmp_path / "dotfiles" / "bashrc").read_text()


def test_without_a_command_its_page_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion"]) == 2
    page = capsys.readouterr().err
    assert page.startswith("Usage: ")
    assert page.splitlines()[-2:] == ["Example:", "  speechcast completion install"]

"""Completion in PowerShell, with a stand-in for its program: none can be had everywhere."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from speechcast.cli.app import run
from speechcast.cli.completing import compose_script, install_in_powershell
from speechcast.cli.powershell import LINE, SCRIPT, find_profile
from speechcast.errors import UsageError
from tests.support.players import POSIX

pytestmark = POSIX
STAND_IN = """#!/bin/sh
echo {path}
echo {policy}
"""


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Install a program `pwsh` that answers as PowerShell would; return the user's profile."""
    folder = tmp_path / "张 三" / "Documents" / "PowerShell"
    install(tmp_path, folder / "profile.ps1", "RemoteSigned")
    monkeypatch.setenv("PATH", str(tmp_path / "programs"), prepend=os.pathsep)
    return folder / "profile.ps1"


def install(tmp_path: Path, profile: Path, policy: str) -> None:
    program = tmp_path / "programs" / "pwsh"
    program.parent.mkdir(exist_ok=True)
    path = base64.b64encode(str(profile).encode()).decode()
    program.write_text(STAND_IN.format(path=path, policy=policy), encoding="utf-8")
    program.chmod(0o755)


def test_the_script_lies_beside_the_profile_which_reads_it_once(profile: Path) -> None:
    for _time in range(2):
        assert install_in_powershell("pwsh") == profile.with_name(SCRIPT)
    assert profile.read_bytes() == f"{LINE}\n".encode("ascii")
    script = profile.with_name(SCRIPT).read_bytes()
    assert script == f"{compose_script('pwsh')}\n".encode("ascii")


def test_a_shell_that_is_not_here_is_named_with_those_that_are(
    profile: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert profile.name
    for path, shells in (("programs", "pwsh"), ("none", "none")):
        monkeypatch.setenv("PATH", str(tmp_path / path))
        with pytest.raises(UsageError, match=f"'powershell' here; there is one for {shells}$"):
            find_profile("powershell")


def test_the_keys_of_other_commands_stay_as_they_are() -> None:
    script = compose_script("powershell")
    assert "Register-ArgumentCompleter -Native -CommandName speechcast" in script
    assert "PSReadLine" not in script


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_a_profile_keeps_its_encoding(profile: Path, encoding: str) -> None:
    """As editors and `>>` of Windows PowerShell leave it, without a last line end."""
    before = "Set-Alias 你好 Write-Output".encode(encoding)
    profile.parent.mkdir(parents=True)
    profile.write_bytes(before)
    for _time in range(2):
        install_in_powershell("pwsh")
    after = profile.read_bytes()
    assert after.startswith(before)
    assert after.decode(encoding).splitlines() == ["Set-Alias 你好 Write-Output", LINE]


def test_a_policy_that_runs_no_scripts_is_said(
    profile: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, profile, "Restricted")
    assert run(["completion", "install", "pwsh"]) == 0
    captured = capsys.readouterr()
    assert str(profile.with_name(SCRIPT)) in captured.out
    assert "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned" in captured.err


@pytest.mark.parametrize(
    "script",
    ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho no base 64!\n", "#!/bin/sh\n", "#!/bin/none\n"],
)
def test_a_program_that_does_not_answer_is_one_line(
    script: str, profile: Path, tmp_path: Path
) -> None:
    (tmp_path / "programs" / "pwsh").write_text(script, encoding="utf-8")
    with pytest.raises(UsageError, match="pwsh cannot be set up .*completion show pwsh"):
        install_in_powershell("pwsh")
    assert not profile.exists()


def test_a_machine_without_powershell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="there is no program 'powershell' here"):
        install_in_powershell("powershell")


def test_cmd_is_pointed_to_powershell(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", "install", "cmd"]) == 2
    assert "PowerShell completes more" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "word", "offered"),
    [
        ("speechcast vo", "vo", "voices"),
        (r"speechcast make C:\讲稿\a.txt --voice narr", "narr", "narrator"),
        ('speechcast make "开学 讲话.txt" --format mp3,m', "mp3,m", "mp3,m4b"),
        ("speechcast make a.txt --style netflix", "netflix", "netflix-en"),
    ],
)
def test_what_the_script_asks_for_is_answered(line: str, word: str, offered: str) -> None:
    """The variables are those that the script sets, and the answer is of the form it divides."""
    script = compose_script("powershell")
    asked = {
        "_SPEECHCAST_COMPLETE": "complete_powershell",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": word,
    }
    assert all(f"$Env:{name}" in script for name in asked)
    code = "import sys; sys.argv = ['speechcast']; from speechcast.cli import main; main()"
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | asked,
        capture_output=True,
        check=True,
        encoding="utf-8",
    ).stdout
    values = [entry.split(":::") for entry in answer.splitlines()]
    assert offered in [value for value, _help in values]
    assert all(help_text for _value, help_text in values)  # an empty one is an error of PowerShell

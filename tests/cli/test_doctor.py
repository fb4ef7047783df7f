"""What `speechcast doctor` says, of whole and of broken installations."""

from __future__ import annotations

import getpass
import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.cli.concealment import conceal
from speechcast.cli.diagnosis import diagnose, find_broken
from speechcast.cli.doctor import describe_facts
from speechcast.voices.presets import PRESETS
from tests.cli.test_command_line import run

SECTIONS = ["program", "packages", "extras", "voices", "folders", "machine", "settings"]
BREAK = """
import sys

class Broken:
    def find_spec(self, name, path=None, target=None):
        if name in {names}:
            raise ImportError(f"cannot load /srv/{{name}}/secret/lib.so")

sys.meta_path.insert(0, Broken())
"""


def run_broken(
    folder: Path, *arguments: str, broken: tuple[str, ...] = (), env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command, with packages that cannot be imported."""
    (folder / "sitecustomize.py").write_text(BREAK.format(names=set(broken) or "()"))
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return run(*arguments, folder=folder, env={"PYTHONPATH": path} | (env or {}))


@pytest.fixture(scope="module")
def facts() -> dict[str, dict[str, str]]:
    return diagnose()


def test_every_section_is_there_and_every_package_works(facts: dict[str, dict[str, str]]) -> None:
    assert list(facts) == SECTIONS
    assert find_broken(facts) == []
    assert {"numpy", "onnxruntime", "av", "jieba", "typer"} <= set(facts["packages"])
    assert {"documents", "english", "plot"} <= set(facts["extras"])
    assert not {"dev", "release"} & set(facts["extras"])
    assert PRESETS.list_shipped() <= set(facts["voices"])
    assert facts["voices"]["tone"] == "ready"
    assert facts["voices"]["xiaoxiao"] == "online"


def test_half_of_the_packages_are_broken(tmp_path: Path) -> None:
    broken = ("numpy", "onnxruntime", "av", "jieba", "lxml", "edge_tts", "pydub", "opencc")
    done = run_broken(tmp_path, "doctor", "--json", broken=broken)
    assert (done.returncode, done.stderr) == (1, "")
    facts = json.loads(done.stdout)
    assert {"numpy", "onnxruntime", "av", "jieba", "lxml"} <= set(facts["broken"])
    assert facts["packages"]["numpy"] == "broken (ImportError: cannot load …/lib.so)"
    assert facts["packages"]["typer"][0].isdigit()
    assert list(facts) == [*SECTIONS, "broken"]


def test_the_report_says_what_to_do(facts: dict[str, dict[str, str]]) -> None:
    text = " ".join("\n".join(describe_facts(facts, ["numpy"])).split())
    assert "These packages are missing or broken: numpy." in text
    assert "pip install --force-reinstall speechcast" in text
    assert "For a report of a problem: all of the above, the command as you typed it" in text
    assert "All packages that every production needs are here and work." in "\n".join(
        describe_facts(facts, [])
    )


def test_nothing_private_is_said(tmp_path: Path) -> None:
    private = {
        "HOME": str(tmp_path / "wanglei"),
        "XDG_CONFIG_HOME": str(tmp_path / "wanglei" / ".config"),
        "XDG_DATA_HOME": str(tmp_path / "secret-office"),
        "SPEECHCAST_CACHE": str(tmp_path / "secret-cache"),
        "OPENAI_API_KEY": "sk-verysecret",
        "SPEECHCAST_SERVE_KEY": "servesecret",
        "HTTPS_PROXY": "http://wang:secret@proxy.office.cn:3128",
    }
    voices = tmp_path / "wanglei" / ".config" / "speechcast" / "voices"
    voices.mkdir(parents=True)
    (voices / "boss-voice.toml").write_text("broken = ")
    done = run_broken(tmp_path, "doctor", env=private)
    assert "HTTPS_PROXY" in done.stdout
    assert "of your own" in done.stdout
    for word in ("wanglei", "secret", "boss", "proxy.office", str(tmp_path), "3128"):
        assert word not in done.stdout + done.stderr
    assert "~/.config/speechcast" in done.stdout
    if (user := getpass.getuser()) not in {"root", "user"}:
        assert user not in done.stdout


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no file /srv/wang/secret/voice.toml", "no file …/voice.toml"),
        (r"C:\Users\wang\x\lib.dll: not found", r"…\lib.dll: not found"),
        ("needs numpy>=2 and/or scipy", "needs numpy>=2 and/or scipy"),
    ],
)
def test_folders_are_left_out(text: str, shown: str) -> None:
    assert conceal(text) == shown


def test_the_folder_of_the_user_is_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathlib.Path.home", lambda: Path("/home/wang"))
    assert conceal("no file /home/wang/voice.toml") == "no file ~/voice.toml"
    assert conceal("/HOME/Wang is full") == "~ is full"
    monkeypatch.setattr("pathlib.Path.home", lambda: Path("/"))  # of a service
    assert conceal("1/2 of /srv/voice.toml") == "1/2 of …/voice.toml"


@given(st.lists(st.sampled_from(["wang", "机密", "a.b", "x-1"]), min_size=2, max_size=5))
def test_of_a_path_only_the_last_name_is_left(names: list[str]) -> None:
    assert conceal(f"'/{'/'.join(names)}'") == f"'…/{names[-1]}'"


def test_a_command_that_meets_a_broken_package_points_to_the_doctor(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("大家好。", encoding="utf-8")
    done = run_broken(tmp_path, "make", "a.txt", "--voice", "tone", broken=("pydub",))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("error: a part of the installation does not")
    assert "'speechcast doctor' says which" in done.stderr
    assert not (tmp_path / "output").exists() or not list((tmp_path / "output").iterdir())

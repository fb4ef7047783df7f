"""The command that adds a package, for every way of installing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from speechcast.extras import (
    compose_extra_command,
    compose_install_command,
    compose_repair_command,
)

WAYS = [
    ("pyvenv.cfg", 'pip install "speechcast[plot]"', "pip install --force-reinstall speechcast"),
    (
        "pipx_metadata.json",
        'pipx runpip speechcast install "speechcast[plot]"',
        "pipx reinstall speechcast",
    ),
    (
        "uv-receipt.toml",
        'uv pip install --python "{prefix}" "speechcast[plot]"',
        "uv tool upgrade --reinstall speechcast",
    ),
]


@pytest.mark.parametrize(("record", "extra", "repair"), WAYS, ids=lambda text: text.split()[0])
def test_the_command_is_that_of_the_tool_that_installed(
    record: str, extra: str, repair: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / record).touch()
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert compose_extra_command("plot") == extra.format(prefix=tmp_path)
    assert compose_repair_command() == repair


def test_nothing_can_be_added_to_the_folder_without_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "nothing can be added to this folder" in compose_extra_command("plot")
    assert compose_repair_command() == "copy the whole folder again"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
def test_a_shell_passes_the_package_on_whole() -> None:
    command = compose_extra_command("plot").replace("pip install", "printf %s")
    assert subprocess.check_output(["sh", "-c", command], text=True) == "speechcast[plot]"
    assert compose_install_command("gcsfs") == "pip install gcsfs"

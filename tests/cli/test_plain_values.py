"""Values that are taken as they are, are what typer makes of them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_lines import parse
from tests.support.systems import mortal, uses_modes

LINES = [
    "make speech.txt",
    "make speech.txt -o out --voice narrator --lexicon words.toml --cover . --offset -0.5 --bom",
    "make speech.txt --jobs 3 --allow-online edge --allow-online 127.0.0.1 --sample-rate 24000",
    "batch . -r --jobs 2 --log-file log.txt",
    "check a.mp3 a.srt --source speech.txt",
    "voices preview narrator orator --text 好",
]


@pytest.mark.parametrize("line", LINES)
def test_values_are_those_of_typer(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = parse(line)
    monkeypatch.setattr("speechcast.cli.command.take_plain_values", lambda _: None)
    converted = parse(line)
    assert plain == converted
    assert {name: type(value) for name, value in plain.items()} == {
        name: type(value) for name, value in converted.items()
    }


def test_a_plain_command_starts_without_pydantic() -> None:
    code = """
import sys
sys.argv = ["speechcast", "script", "missing.txt"]
from speechcast.cli import main
try:
    main()
except SystemExit:
    print("pydantic" in sys.modules)
"""
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert output.strip() == "False"


PATHS = [
    "make a.txt --voice tone -o {}",
    "make a.txt --voice tone --lexicon {}",
    "make a.txt --voice tone --cover {}",
    "dub {}",
    "dub a.srt --voice tone --over {}",
    "align {} a.txt",
    "align a.mp3 a.txt --report {}",
    "check {} a.srt",
    "check a.mp3 {}",
    "check a.mp3 a.srt --source {}",
    "check a.mp3 a.srt --plot {}.png",
    "page {}",
    "page a.mp3 --subtitles {}",
    "batch . --voice tone --log-file {}",
    "studio {}",
]
RUN_ALL = """
import json, sys
from contextlib import redirect_stderr
from io import StringIO
from speechcast.cli import app
results = []
for line in json.load(sys.stdin):
    with redirect_stderr(StringIO()) as errors:
        code = app.run(line.split())
    results.append((code, errors.getvalue().splitlines()))
print(json.dumps(results))
"""


@uses_modes
@pytest.mark.parametrize("path", ["sealed", "closed/a", "/".join(["a" * 200] * 30)])
def test_a_path_that_cannot_be_opened_is_one_error_line(path: str, tmp_path: Path) -> None:
    """A file or folder that may not be read, one in a folder not to be entered, one too long."""
    for name in ("a.txt", "a.mp3", "a.srt", "sealed"):
        (tmp_path / name).write_text("今天开会。", encoding="utf-8")
    (tmp_path / "closed").mkdir()
    (tmp_path / "sealed").chmod(0)
    (tmp_path / "closed").chmod(0)
    done = subprocess.run(
        [*mortal(), sys.executable, "-c", RUN_ALL],
        cwd=tmp_path,
        input=json.dumps([line.format(path) for line in PATHS]),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for line, (code, errors) in zip(PATHS, json.loads(done.stdout), strict=True):
        assert code in {1, 2}, line
        assert [error.startswith("error: ") for error in errors] == [True], (line, errors)
        assert "must be a number" not in errors[0]
        assert "bug of speechcast" not in errors[0]

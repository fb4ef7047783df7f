"""Values that are taken as they are, are what typer makes of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.command_lines import parse

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

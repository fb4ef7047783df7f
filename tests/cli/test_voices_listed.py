"""The lists of `speechcast voices`, in this process."""

from __future__ import annotations

import pytest

from speechcast.cli.app import run
from tests.support.command_lines import parse

Captured = pytest.CaptureFixture[str]


def test_the_voices_of_this_machine_come_first(capsys: Captured) -> None:
    assert run(["voices"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header.split() == ["PRESET", "LANGUAGE", "ENGINE", "WHERE", "STATE", "DESCRIPTION"]
    start = header.index("WHERE")
    here = [row[start:].startswith("this machine") for row in rows]
    assert here == sorted(here, reverse=True)
    assert len(set(here)) == 2
    languages = [row.split()[1] for row, is_here in zip(rows, here, strict=True) if is_here]
    assert languages == sorted(languages)


def test_embedded_voices_of_a_language(capsys: Captured) -> None:
    assert run(["voices", "--embedded", "--language", "en"]) == 0
    _header, *rows = capsys.readouterr().out.splitlines()
    assert rows
    assert all(row.split()[1].startswith("en-") for row in rows)
    for arguments in (["--embedded"], []):
        assert run(["voices", *arguments, "--language", "xx"]) == 2
        assert "--language is 'xx'; there are " in capsys.readouterr().err


def test_the_licence_of_a_voice_is_shown_where_it_has_one(capsys: Captured) -> None:
    shown = {}
    for name in ("narrator", "tone"):
        assert run(["voices", "show", name]) == 0
        shown[name] = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert "licence" in shown["narrator"]
    assert "licence" not in shown["tone"]


def test_the_studio_takes_any_free_port() -> None:
    assert (parse("studio")["port"], parse("studio")["host"]) == (0, "127.0.0.1")

"""The benchmarks' table: what a row says, and what a run of them needs."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("the benchmarks measure as POSIX does", allow_module_level=True)
from benchmarks.__main__ import BENCHMARKS
from benchmarks.report import compose_notes, compose_table, describe_row, read_page, write_report
from benchmarks.rows import Plan, Row, alternate, run_command

REPOSITORY = Path(__file__).parents[1]
FASTER = Row("an hour", "by hand", (1.0, 3.0, 2.0), (4.0, 4.0, 4.0), note="Both awake.")
SLOWER = Row("a minute", "by foot", (1234.5,), (1000.0,), "MB")
UNKNOWN = Row("a day", "by sea", (), (), note="There was no ship.")


def test_a_row_is_a_line_with_its_ratio_and_spread() -> None:
    assert compose_table([FASTER, SLOWER, UNKNOWN])[2:] == [
        "| an hour [1] | by hand | 2 s | 4 s | 0.5 (0.25–0.75) | 3 |",
        "| a minute | by foot | 1,234 MB | 1,000 MB | 1.2 | 1 |",
        "| a day [2] | by sea | – | – | – | – |",
    ]
    assert compose_notes([FASTER, SLOWER, UNKNOWN]) == ["1. Both awake.", "2. There was no ship."]


def test_the_terminal_shows_why_a_row_has_no_figures() -> None:
    assert describe_row(UNKNOWN) == "a day | by sea: There was no ship."


def test_figures_are_taken_in_turn() -> None:
    order: list[str] = []

    def take(name: str, figure: float) -> float:
        order.append(name)
        return figure

    figures = alternate(lambda: take("ours", 1.0), lambda: take("theirs", 2.0), 2)
    assert figures == ((1.0, 1.0), (2.0, 2.0))
    assert order == ["ours", "theirs"] * 2


def test_a_report_replaces_the_table_alone(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text((REPOSITORY / "docs/benchmarks.md").read_text("utf-8") + "The end.\n", "utf-8")
    before = read_page(tmp_path)
    write_report(tmp_path, [FASTER, UNKNOWN], ["Processor: fast"])
    assert read_page(tmp_path) == before
    assert "| an hour [1] |" in page.read_text("utf-8")
    assert page.read_text("utf-8").endswith("The end.\n")
    assert b"an hour / by hand" in (tmp_path / "benchmarks.svg").read_bytes()


def test_a_page_without_room_for_the_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "benchmarks.md").write_text("# Benchmarks\n", "utf-8")
    with pytest.raises(ValueError, match="has no line"):
        read_page(tmp_path)


def test_others_run_on_the_versions_we_run_on() -> None:
    ours = (REPOSITORY / "constraints.txt").read_text("utf-8").splitlines()
    theirs = (REPOSITORY / "benchmarks/requirements.txt").read_text("utf-8")
    assert {line for line in ours if re.match("(numpy|onnxruntime)==", line)} <= set(
        theirs.splitlines()
    )


def test_a_failed_command_ends_the_run() -> None:
    with pytest.raises(Exception, match="exit status 3"):
        run_command(["sh", "-c", "exit 3"])


def test_the_memory_of_a_command_is_its_own() -> None:
    held = bytearray(300 << 20)
    assert 5 < run_command(["sh", "-c", "true"]).peak < 100
    assert run_command([sys.executable, "-c", "x = bytearray(200 << 20)"]).peak > 200
    assert len(held) == 300 << 20


def test_a_short_run_yields_rows(tmp_path: Path) -> None:
    plan = Plan(tmp_path, quick=True, speech=tmp_path / "none.txt", rivals=Path("python"))
    (row,) = BENCHMARKS["start"](plan)
    assert row.ratio > 0
    assert row.unit == "ms"

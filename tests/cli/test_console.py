"""Progress and messages on standard error: lines, a bar on a terminal, and nothing twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from speechcast.cli.console import Display, _Bar
from speechcast.cli.log import log_to_display
from speechcast.messages import use_language
from speechcast.progress import Step

Captured = pytest.CaptureFixture[str]
LOG = logging.getLogger("speechcast.batch")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that the test sets."""
    now = [100.0]
    monkeypatch.setattr("speechcast.cli.console.time.monotonic", lambda: now[0])
    return now


def test_a_line_for_every_ten_per_cent_of_a_stage(clock: list[float], capsys: Captured) -> None:
    display = Display()
    for done in (0, 5, 10, 19, 20, 35, 39, 40, 100):  # a second for each
        clock[0] = 100.0 + done
        display(Step("speaking", done, 100, f"{done} done"))
    display(Step("encoding", 0, 0, "of nothing"))
    display.close()
    assert capsys.readouterr().err.splitlines() == [
        "speaking: 0%, 0 done",
        "speaking: 10%, 10 done, 1:30 left",
        "speaking: 20%, 20 done, 1:20 left",
        "speaking: 35%, 35 done, 1:05 left",
        "speaking: 40%, 40 done, 1:00 left",
        "speaking: 100%, 100 done",
        "encoding: 0%, of nothing",
    ]


def test_brackets_in_a_step_are_no_markup(capsys: Captured) -> None:
    bar = _Bar()
    bar.show(Step("[/speaking]", 1, 2, "[applause] of [/b]"))
    bar.say("[bold]so[/bold]")
    bar.close()
    shown = capsys.readouterr().err
    for text in ("[/speaking]", "[applause] of [/b]", "[bold]so[/bold]"):
        assert text in shown


class Lines:
    """A display that keeps its lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def say(self, text: str) -> None:
        self.lines.append(text)


@pytest.fixture
def chinese() -> Iterator[None]:
    use_language("zh")
    yield
    use_language("en")


@pytest.mark.usefixtures("chinese")
def test_messages_are_shown_once_in_the_language_of_the_user(
    caplog: pytest.LogCaptureFixture,
) -> None:
    display = Lines()
    with log_to_display(display, logging.WARNING):
        LOG.warning("interrupted: %s", "a.txt")
        LOG.info("up to date: %s", "b.txt")
    LOG.warning("interrupted: %s", "c.txt")
    assert display.lines == ["已中断：a.txt"]
    assert caplog.messages == ["interrupted: c.txt"]  # while it is shown, nobody else logs it

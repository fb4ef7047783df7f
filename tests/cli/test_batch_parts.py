"""What `speechcast batch` prints and shows, and what its signals do, part by part."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from speechcast.batch.defaults import JOBS
from speechcast.batch.discovery import Discovery, SkippedFile, SpeechJob
from speechcast.batch.options import BatchOptions
from speechcast.batch.plan import plan_batch
from speechcast.batch.pool import Deferred, Ended, Progressed, Started
from speechcast.batch.report import BatchReport
from speechcast.batch.result import Result, State
from speechcast.batch.stop_signal import StopSignal
from speechcast.cli.app import run
from speechcast.cli.batch_console import BatchBars
from speechcast.cli.batch_pages import print_forecast, print_report
from speechcast.cli.batch_run import _elsewhere, _stopper
from speechcast.preferences import Preferences
from speechcast.progress import Step
from tests.support.batches import TONE, produce_folder, write_files
from tests.support.command_lines import parse

Captured = pytest.CaptureFixture[str]
REPORT = BatchReport(
    folder="in", output="out", started=datetime(2026, 11, 28, tzinfo=UTC), took=61.0, results=()
)


def job(name: str, size: int = 300) -> SpeechJob:
    return SpeechJob(
        source=Path("in", name),
        path=PurePosixPath(name),
        folder=PurePosixPath(),
        name=Path(name).stem,
        size=size,
    )


def result(name: str, state: State, duration: float = 0.0, reason: str = "") -> Result:
    return Result(source=name, state=state, duration=duration, reason=reason)


# Before and after.


def test_the_report_of_a_batch(capsys: Captured) -> None:
    results = (
        result("a.txt", State.PRODUCED, 4.0),
        result("b.txt", State.PRODUCED, 61.0),
        result("c.txt", State.SKIPPED, 5.0),
        result("d.txt", State.FAILED, reason="has no words"),
    )
    print_report(replace(REPORT, results=results, left_out=(SkippedFile("cat.jpg", "no"),)))
    assert capsys.readouterr().out.splitlines() == [
        "            FILES                  AUDIO",
        "made        2                      1:05",
        "up to date  1                      0:05",
        "failed      1",
        "left out    1",
        "took        1:01",
        "report      out/batch-report.json",
        "left out: cat.jpg: no",
        "failed: d.txt: has no words",
    ]


def test_of_what_was_left_out_the_first_is_named(capsys: Captured) -> None:
    report = replace(
        REPORT,
        results=(result("a.txt", State.PRODUCED),),
        left_out=tuple(SkippedFile(f"{n}.jpg", "no") for n in range(7)),
    )
    print_report(report)
    assert capsys.readouterr().out.splitlines()[-6:] == [
        *(f"left out: {n}.jpg: no" for n in range(5)),
        "left out: and 2 more; --verbose lists them",
    ]
    print_report(report, left_out=False)
    assert "left out:" not in capsys.readouterr().out


def test_the_report_of_a_batch_that_made_nothing_and_could_not_be_saved(capsys: Captured) -> None:
    results = (result("d.txt", State.INTERRUPTED),)
    print_report(replace(REPORT, results=results, unsaved="the disk is full"))
    assert capsys.readouterr().out.splitlines() == [
        "             FILES  AUDIO",
        "made         0",
        "interrupted  1",
        "took         1:01",
    ]
    print_report(REPORT)
    assert capsys.readouterr().out.startswith("there is no speech in in; a speech is a file that")


def test_the_forecast_of_a_batch(tmp_path: Path, capsys: Captured) -> None:
    root, out = write_files(tmp_path / "in", "a.txt", "sub/b.txt"), tmp_path / "out"
    produce_folder(root, out, recursive=False)
    write_files(root, "c.txt", text="……\n")
    write_files(root, "cat.jpg")
    plan = plan_batch(root, out, TONE, recursive=True)
    key = plan.discovery.jobs[0].key
    record = plan.storage.load_record(key)
    assert record
    plan.storage.save_record(key, replace(record, took=10 * record.duration))
    assert print_forecast(plan, quiet=False) == 3
    assert capsys.readouterr().out.splitlines() == [
        "up to date  tone             0:04     0:00  a.txt → a",
        "would fail  c.txt: has no words, only white space or marks; there is nothing to speak",
        "would make  tone             0:04     0:44  sub/b.txt → sub/b",
        "left out    cat.jpg: not a kind of document that can be read",
        "1 to make, 1 up to date, 1 would fail; "
        "about 0:09 of audio, which takes about 0:44 to make",
    ]
    assert print_forecast(plan, quiet=True) == 3
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_the_forecast_says_what_would_be_sent(tmp_path: Path, capsys: Captured) -> None:
    root = write_files(tmp_path / "in", "a.txt", "b.txt", text="今天开会。\n")
    online = BatchOptions(preferences=Preferences(voice="yunxi"))
    assert print_forecast(plan_batch(root, tmp_path / "out", online), quiet=False) == 0
    *rows, _totals, sent = capsys.readouterr().out.splitlines()
    assert [row.partition(", sent to ")[0].split()[:3] for row in rows] == [
        ["would", "make", "yunxi"],
        ["would", "make", "yunxi"],
    ]
    assert all(", sent to " in row for row in rows)
    assert sent.startswith("would send 10 characters to ")


def test_how_many_speeches_are_made_at_once() -> None:
    assert parse("batch in")["jobs"] == JOBS
    assert parse("batch in --jobs 1")["jobs"] == 1


@pytest.mark.usefixtures("narrator")
@pytest.mark.parametrize(("options", "kept"), [([], True), (["--no-cache"], False)])
def test_clips_are_kept_unless_the_user_wants_none(
    options: list[str], kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPEECHCAST_CACHE", str(tmp_path / "cache"))
    root, out = write_files(tmp_path / "in", "a.txt", text="大家好。\n"), tmp_path / "out"
    assert run(["batch", str(root), "-o", str(out), "-v", "narrator", "--quiet", *options]) == 0
    assert (out / "a.mp3").exists()
    assert (tmp_path / "cache").exists() is kept


# While it runs.


def test_the_bars_of_a_batch_weigh_speeches_by_their_size() -> None:
    jobs = [job("a.txt"), job("b.txt"), job("c.docx", 2000), job("d.txt")]
    bars = BatchBars(jobs)
    (whole,) = bars._progress.tasks

    def shown() -> tuple[float, float | None, str]:
        return round(whole.completed), whole.total, whole.fields["text"]

    try:
        assert shown() == (0, 400, "0 of 4")
        bars(Started(jobs[0]))
        bars(Progressed(jobs[0], Step("speaking", 1, 2, "")))
        assert shown() == (45, 400, "0 of 4")  # half of what speaking is of a speech
        bars(Progressed(jobs[0], Step("encoding", 0, 2, "")))
        assert shown() == (90, 400, "0 of 4")
        bars(Ended(jobs[0], result("a.txt", State.PRODUCED)))
        assert shown() == (100, 400, "1 of 4")
        bars(Progressed(jobs[0], Step("encoding", 1, 2, "")))  # a late one of a cluster
        assert shown() == (100, 400, "1 of 4")
        bars(Started(jobs[1]))
        bars(Ended(jobs[1], result("b.txt", State.FAILED)))
        assert shown() == (200, 400, "2 of 4, 1 failed")
        bars(Started(jobs[2]))
        bars(Deferred(jobs[2]))
        bars(Started(jobs[3]))
        bars(Ended(jobs[3], result("d.txt", State.SKIPPED)))
        assert shown() == (200, 300, "3 of 4, 1 failed")  # what is up to date is no work
        assert len(bars._progress.tasks) == 1
    finally:
        bars.close()


def test_a_long_path_is_shown_by_its_end() -> None:
    speech = job(f"{'长' * 40}.txt")
    bars = BatchBars([speech])
    try:
        bars(Started(speech))
        label = bars._progress.tasks[1].description
    finally:
        bars.close()
    assert label == f"…{'长' * 27}.txt"
    assert len(label) == 32


def test_the_first_ctrl_c_lets_a_batch_finish_and_the_second_does_not() -> None:
    stop = StopSignal()
    handle = _stopper(stop)
    handle(signal.SIGINT, None)
    assert (stop.draining, stop.aborting) == (True, False)
    handle(signal.SIGINT, None)
    assert stop.aborting


def test_to_terminate_a_batch_ends_it_at_once() -> None:
    stop = StopSignal()
    _stopper(stop)(signal.SIGTERM, None)
    assert stop.aborting


def test_what_a_later_plan_covers_is_no_earlier_result(tmp_path: Path) -> None:
    plan = plan_batch(write_files(tmp_path / "in", "b.txt"), tmp_path / "out", TONE)
    unreadable = (SkippedFile("c.txt", "is a pipe"),)
    plan = replace(plan, discovery=Discovery(plan.discovery.jobs, unreadable=unreadable))
    results = {name: result(name, State.PRODUCED) for name in ("a.txt", "b.txt", "c.txt")}
    assert _elsewhere(results, plan) == [results["a.txt"]]

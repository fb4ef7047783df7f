"""The parts of a batch by themselves: its threads, its watching, its names and its log."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from speechcast.batch import pool
from speechcast.batch.discovery import Discovery, SkippedFile, SpeechJob
from speechcast.batch.event_log import LogLine, format_event, log_events, prefix_log_records
from speechcast.batch.folder_settings import find_settings_file, load_settings
from speechcast.batch.naming import SUFFIXES, assign_names, to_file_name
from speechcast.batch.options import BatchOptions
from speechcast.batch.plan import plan_batch
from speechcast.batch.pool import Deferred, Ended, Event, Progressed, Started, Stopping, run_jobs
from speechcast.batch.report import BatchReport, format_failures
from speechcast.batch.result import Result, State
from speechcast.batch.source_files import read_stable, read_stamp
from speechcast.batch.stop_signal import Aborted, StopSignal
from speechcast.batch.storage import LocalStorage, SpeechLocked
from speechcast.batch.watch import FolderChanges
from speechcast.batch.worker import describe_error
from speechcast.errors import (
    OutputError,
    PresetError,
    SourceError,
    SpeechcastError,
    TextError,
    UsageError,
)
from speechcast.output_files import name_files
from speechcast.progress import ProgressCallback, Step
from speechcast.request import AudioOptions, Preferences
from tests.support.batches import TONE, produce_folder, write_files
from tests.support.systems import makes_links


def job(name: str, root: Path = Path("in")) -> SpeechJob:
    path = PurePosixPath(name)
    return SpeechJob(source=root / path, path=path, folder=path.parent, name=path.stem)


def made(name: str, state: State = State.PRODUCED, **others: Any) -> Result:
    return Result(source=name, state=state, **others)


# Threads.


def run(
    names: str, work: pool.Work, workers: int = 1, stop: StopSignal | None = None
) -> tuple[list[Result], list[Event]]:
    events: list[Event] = []
    jobs = [job(name) for name in names]
    return run_jobs(jobs, work, workers, stop or StopSignal(), events.append), events


def test_results_come_in_the_order_of_the_speeches() -> None:
    late = threading.Event()

    def work(speech: SpeechJob, progress: ProgressCallback) -> Result:
        progress(Step("speaking", 1, 2, speech.name))
        if speech.name == "a":
            late.wait(60)
        late.set()
        assert pool.CURRENT_SPEECH.get() == speech.name
        return made(speech.name)

    results, events = run("ab", work, workers=2)
    assert [result.source for result in results] == ["a", "b"]
    of_a = [event for event in events if not isinstance(event, Stopping) and event.job.name == "a"]
    assert of_a == [
        Started(job("a")),
        Progressed(job("a"), Step("speaking", 1, 2, "a")),
        Ended(job("a"), made("a")),
    ]


@pytest.mark.parametrize(("workers", "speeches", "most"), [(0, 3, 1), (2, 3, 2), (9, 2, 2)])
def test_no_more_threads_than_speeches_and_one_at_the_least(
    workers: int, speeches: int, most: int
) -> None:
    seen = set()
    meet = threading.Barrier(most)

    def work(speech: SpeechJob, _progress: ProgressCallback) -> Result:
        seen.add(threading.current_thread().name)
        if int(speech.name) < most:
            meet.wait(60)
        return made(speech.name)

    run("012"[:speeches], work, workers)
    assert seen == {f"batch-{number}" for number in range(most)}


def test_a_speech_that_another_makes_is_tried_again_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "DEFERRED_DELAY", 0.0)
    tried: list[str] = []

    def work(speech: SpeechJob, _progress: ProgressCallback) -> Result:
        tried.append(speech.name)
        if tried.count("a") < 3 and speech.name == "a":
            raise SpeechLocked
        return made(speech.name)

    results, events = run("abc", work)
    assert tried == ["a", "b", "c", "a", "a"]
    assert [result.state for result in results] == [State.PRODUCED] * 3
    assert [event for event in events if isinstance(event, Deferred)] == [Deferred(job("a"))] * 2


def test_a_drained_batch_finishes_what_it_began_and_begins_no_more() -> None:
    stop = StopSignal()

    def work(speech: SpeechJob, _progress: ProgressCallback) -> Result:
        if speech.name == "b":
            raise SpeechLocked
        if speech.name == "c":
            stop.drain()
            stop.check()
        return made(speech.name)

    results, events = run("abcd", work, stop=stop)
    assert [result.state for result in results] == [
        State.PRODUCED,
        State.INTERRUPTED,
        State.PRODUCED,
        State.INTERRUPTED,
    ]
    assert [result.reason for result in results] == ["", "not started", "", "not started"]
    assert [e for e in events if isinstance(e, Stopping)] in ([], [Stopping(at_once=False)])


def test_a_thread_that_hangs_does_not_hold_an_aborted_batch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "GRACE_PERIOD", 0.05)
    monkeypatch.setattr(pool, "_POLL_INTERVAL", 0.01)
    stop, free = StopSignal(), threading.Event()

    def work(speech: SpeechJob, _progress: ProgressCallback) -> Result:
        stop.abort()
        free.wait(60)
        return made(speech.name)

    results, events = run("ab", work, stop=stop)
    free.set()
    assert [result.state for result in results] == [State.INTERRUPTED] * 2
    assert Stopping(at_once=True) in events


def test_what_fails_where_events_are_shown_ends_all_work() -> None:
    stop = StopSignal()

    def fail(_event: Event) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_jobs([job("a")], lambda speech, _progress: made(speech.name), 1, stop, fail)
    assert stop.draining
    assert stop.aborting


def test_a_signal_to_stop() -> None:
    stop = StopSignal()
    stop.check()
    assert (stop.draining, stop.aborting) == (False, False)
    stop.drain()
    stop.check()
    assert (stop.draining, stop.aborting) == (True, False)
    stop.abort()
    with pytest.raises(Aborted):
        stop.check()


# Watching.


class Watched:
    """A folder whose changes are noted at times of the test."""

    def __init__(self, root: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.now = root, 100.0
        monkeypatch.setattr("speechcast.batch.watch.time.monotonic", lambda: self.now)
        self.changes = FolderChanges(root, output, 2.0)

    def note(self, *names: str) -> None:
        self.changes.note_changes([self.root / name for name in names])

    def due(self, names: Iterable[str] = ("a.txt", "b.txt")) -> list[str]:
        discovery = Discovery(tuple(job(name, self.root) for name in names))
        return [speech.display_path for speech in self.changes.take_due(discovery).jobs]


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    write_files(tmp_path / "in", "a.txt", "b.txt")
    return Watched(tmp_path / "in", tmp_path / "in" / "out", monkeypatch)


def test_a_file_is_due_once_it_is_left_alone_for_so_long(watched: Watched) -> None:
    assert watched.due() == ["a.txt", "b.txt"]
    assert watched.due() == []
    write_files(watched.root, "a.txt", text="再见。\n")
    watched.note("a.txt")
    watched.now += 1.9
    assert not watched.changes.has_settled()
    assert watched.due() == []
    watched.now += 0.1
    assert watched.changes.has_settled()
    assert watched.due() == ["a.txt"]
    assert not watched.changes.has_settled()
    assert watched.due() == []


def test_a_file_that_was_only_touched_and_one_that_is_still_written(watched: Watched) -> None:
    watched.due()
    watched.note("a.txt", "b.txt")
    watched.now += 1.5
    write_files(watched.root, "b.txt", text="再见。\n")
    watched.note("b.txt")
    watched.now += 0.5
    assert watched.changes.has_settled()
    assert watched.due() == []  # a.txt is as it was, b.txt was written half a second ago
    watched.now += 1.5
    assert watched.due() == ["b.txt"]


def test_settings_make_every_speech_due(watched: Watched) -> None:
    watched.due()
    write_files(watched.root, "speechcast.toml", text="")
    watched.note("speechcast.toml")
    watched.now += 2
    assert watched.due() == ["a.txt", "b.txt"]


def test_what_a_batch_writes_and_what_is_no_speech_is_not_noted(watched: Watched) -> None:
    write_files(watched.root, "new/c.md", "out/a.transcript.txt", ".hidden/d.txt", "cat.jpg")
    watched.note("out/a.transcript.txt", ".hidden/d.txt", ".e.txt", "cat.jpg", "out")
    watched.now += 2
    assert not watched.changes.has_settled()
    watched.note("new")  # a folder that was moved here
    watched.now += 2
    assert watched.changes.has_settled()


def test_a_folder_named_by_a_link_is_known_by_its_own_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write_files(tmp_path / "real", "a.txt", "out/a.md")
    (tmp_path / "link").symlink_to(real)
    watched = Watched(tmp_path / "link", tmp_path / "link" / "out", monkeypatch)
    watched.changes.note_changes([real / "out" / "a.md", real / ".b.txt"])  # as macOS reports them
    assert watched.due(["a.txt"]) == ["a.txt"]
    watched.now += 2
    assert not watched.changes.has_settled()
    write_files(real, "a.txt", text="再见。\n")
    watched.changes.note_changes([real / "a.txt"])
    assert watched.due(["a.txt"]) == []
    watched.now += 2
    assert watched.due(["a.txt"]) == ["a.txt"]


def test_a_change_reported_under_another_name_of_the_folder_is_noted(watched: Watched) -> None:
    watched.changes.note_changes([Path("/IN/.a.txt"), Path("/IN/cat.jpg")])
    watched.now += 2
    assert not watched.changes.has_settled()
    watched.changes.note_changes([Path("/IN/a.txt")])
    watched.now += 2
    assert watched.changes.has_settled()


def test_what_cannot_be_read_is_planned_once(watched: Watched) -> None:
    pipe, loop = SkippedFile("pipe.txt", "is a pipe"), SkippedFile("loop.txt", "leads nowhere")
    seen = [
        watched.changes.take_due(Discovery((), unreadable=unreadable)).unreadable
        for unreadable in ((pipe,), (pipe,), (loop, pipe), (), (pipe,))
    ]
    assert seen == [(pipe,), (), (loop,), (), (pipe,)]


def test_where_speeches_and_files_share_a_folder_speeches_are_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(tmp_path, tmp_path, monkeypatch)
    watched.note("A.TXT")
    watched.now += 2
    assert watched.changes.has_settled()


# Files.


def test_the_work_on_a_production_is_part_of_what_its_speech_took(tmp_path: Path) -> None:
    begun = time.monotonic()
    report = produce_folder(write_files(tmp_path / "in", "a.txt"), tmp_path / "out")
    elapsed = time.monotonic() - begun
    plan = plan_batch(tmp_path / "in", tmp_path / "out", TONE)
    record = plan.storage.load_record(plan.discovery.jobs[0].key)
    assert record
    (result,) = report.results
    assert 0 < record.took <= result.took + 0.001 <= report.took + 0.002 <= elapsed + 0.003


def test_what_would_make_every_speech_fail_is_refused_before_any_is_made(tmp_path: Path) -> None:
    none = tmp_path / "none.toml"
    for preferences in (
        Preferences(voice="nobody"),
        Preferences(voice="auto", cast={"甲": "nobody"}),
        Preferences(rate="fast"),
        Preferences(style="nobody"),
        Preferences(lexicons=(none,)),
    ):
        with pytest.raises(SpeechcastError):
            plan_batch(tmp_path, tmp_path / "out", BatchOptions(preferences=preferences))
    with pytest.raises(UsageError, match="loud"):
        plan_batch(tmp_path, tmp_path / "out", BatchOptions(audio=AudioOptions(loudness="loud")))
    for voice in (None, "auto", "tone"):
        preferences = Preferences(voice=voice, cast={"甲": "tone"})
        plan_batch(tmp_path, tmp_path / "out", BatchOptions(preferences=preferences))


def test_settings_behind_a_link_need_the_word_of_the_user(tmp_path: Path) -> None:
    root = write_files(tmp_path / "in", "a.txt")
    write_files(tmp_path, "theirs.toml", text='rate = "+10%"\n')
    (root / "speechcast.toml").symlink_to("../theirs.toml")
    with pytest.raises(PresetError, match="leads out of the folder"):
        load_settings(root, PurePosixPath())
    assert load_settings(root, PurePosixPath(), follow_links=True).preferences.rate == "+10%"


def test_a_file_that_changes_while_it_is_read_is_read_three_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("speechcast.batch.source_files.time.sleep", waited.append)
    path = write_files(tmp_path, "a.txt") / "a.txt"
    stamps = iter([(1, 1), (2, 2), (3, 3), (3, 3)])
    monkeypatch.setattr("speechcast.batch.source_files.read_stamp", lambda _: next(stamps))
    assert read_stable(path).text
    assert waited == [0, 0.5]
    changing = iter([(n, n) for n in range(6)])
    monkeypatch.setattr("speechcast.batch.source_files.read_stamp", lambda _: next(changing))
    with pytest.raises(SourceError, match="changes while it is read"):
        read_stable(path)
    assert waited[2:] == [0, 0.5, 0.5]
    assert next(changing, None) is None


def test_the_stamp_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert read_stamp(tmp_path / "none") == (-1, -1)
    size, changed = read_stamp(write_files(tmp_path, "a", text="abc") / "a")
    assert (size, changed) == (3, (tmp_path / "a").stat().st_mtime_ns)


def test_the_nearest_settings_apply_up_to_the_folder_of_the_batch(tmp_path: Path) -> None:
    root = write_files(tmp_path, "speechcast.toml", "in/a/b/c.txt", "in/a/speechcast.toml") / "in"
    nearest = root / "a" / "speechcast.toml"
    assert find_settings_file(root, PurePosixPath("a/b")) == nearest
    assert find_settings_file(root, PurePosixPath("a")) == nearest
    assert find_settings_file(root, PurePosixPath()) is None


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    storage.open()
    with storage.lock("a"), storage.lock("b"):
        with pytest.raises(SpeechLocked), storage.lock("a"):
            pass
        work = tmp_path / ".speechcast" / "work"
        for name in ("a-1", "b-2", "c-3"):
            write_files(work, f"{name}/x")
        storage.sweep([])
        assert sorted(path.name for path in work.iterdir()) == ["a-1", "b-2"]
    with storage.lock("a"):
        pass


# Names.


def test_a_name_has_room_for_the_longest_suffix() -> None:
    room = 255 - max(len(suffix) for suffix in SUFFIXES)
    assert to_file_name("x" * room) == "x" * room
    cut = to_file_name("x" * (room + 1))
    assert len(cut) == room
    assert cut.startswith("x" * (room - 9) + "-")
    assert len(to_file_name("长" * 100).encode()) in range(room - 2, room + 1)
    assert to_file_name("a\tb\\c\ud800") == "a_b_c\N{REPLACEMENT CHARACTER}"


@given(st.text(min_size=1).map(lambda name: f"{name}.txt"))
@example(" .txt")
@example("\u3000.txt")
@example("\x01\u202e.txt")
def test_every_name_of_a_speech_gives_one_that_its_files_can_have(name: str) -> None:
    assume("/" not in name and not name.startswith("."))  # nor are hidden files taken
    assert name_files(Path(), to_file_name(PurePosixPath(name).stem), SUFFIXES, []).names


@makes_links
def test_a_link_that_leads_nowhere_is_no_output_folder(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("nowhere")
    with pytest.raises(OutputError, match=r"out cannot be written \(Not a directory\)"):
        LocalStorage(tmp_path / "out").open()


def test_the_key_of_a_production_is_that_of_its_path_whatever_its_case() -> None:
    assert len(job("a/b.txt").key) == 24
    assert job("A/B.txt").key == job("a/b.md").key != job("a/c.txt").key


def test_no_production_has_the_name_of_a_folder_with_a_suffix() -> None:
    sources = [PurePosixPath(path) for path in ("talk.SRT/x.txt", "talk.txt", "y.txt/a.txt")]
    names = assign_names(sources)
    assert [names[source] for source in sources] == ["x", "talk-txt", "a"]


# What is said.


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (Started(job("a.txt")), LogLine(logging.DEBUG, "started: %s", ("a.txt",))),
        (
            Deferred(job("a.txt")),
            LogLine(logging.DEBUG, "deferred: %s, another batch is making it", ("a.txt",)),
        ),
        (Stopping(at_once=True), LogLine(logging.WARNING, "interrupted: ending at once")),
        (
            Stopping(at_once=False),
            LogLine(
                logging.WARNING,
                "interrupted: finishing what is in work; Ctrl-C again ends at once",
            ),
        ),
        (
            Ended(job("a"), made("a.txt", voice="tone", duration=65.4, took=2.0)),
            LogLine(
                logging.INFO,
                "made: %s (%s), lasts %s, took %s",
                ("a.txt", "tone", "1:05", "0:02"),
            ),
        ),
        (
            Ended(job("a"), made("a.txt", State.SKIPPED)),
            LogLine(logging.DEBUG, "up to date: %s", ("a.txt",)),
        ),
        (
            Ended(job("a"), made("a.txt", State.FAILED, reason="empty")),
            LogLine(logging.ERROR, "failed: %s: %s", ("a.txt", "empty")),
        ),
        (
            Ended(job("a"), made("a.txt", State.INTERRUPTED)),
            LogLine(logging.WARNING, "interrupted: %s", ("a.txt",)),
        ),
        (Progressed(job("a"), Step("speaking", 1, 2, "")), None),
    ],
)
def test_a_line_of_the_log(event: Event, line: LogLine | None) -> None:
    assert format_event(event) == line


def test_events_are_logged_and_passed_on(caplog: pytest.LogCaptureFixture) -> None:
    passed: list[Event] = []
    listener = log_events(passed.append)
    events: list[Event] = [Progressed(job("a"), Step("x", 1, 2, "")), Stopping(at_once=True)]
    for event in events:
        listener(event)
    assert passed == events
    assert caplog.messages == ["interrupted: ending at once"]


def test_the_exit_code_and_the_warnings_of_a_batch() -> None:
    from datetime import UTC, datetime

    report = BatchReport(
        folder="in",
        output="out",
        started=datetime(2026, 1, 1, tzinfo=UTC),
        took=1.0,
        results=(made("a"), made("b", State.SKIPPED)),
    )
    assert (report.exit_code, report.warnings) == (0, ())
    warned = replace(
        report, results=(made("a", warning="full"), made("b", warning="full")), unsaved="gone"
    )
    assert (warned.exit_code, warned.warnings) == (3, ("full", "gone"))
    failed = replace(report, results=(made("a"), made("b", State.FAILED, reason="empty")))
    assert failed.exit_code == 3
    assert list(format_failures(failed.results)) == ["b: empty"]
    stopped = replace(report, results=(*failed.results, made("c", State.INTERRUPTED)))
    assert stopped.exit_code == 130


@pytest.mark.parametrize(
    ("root", "name", "error", "line"),
    [
        ("in", "sub/a.txt", SourceError("in/sub/a.txt is empty"), "is empty"),
        ("in", "sub/a.txt", TextError("a has no words"), "has no words"),
        ("in", "a.txt", PresetError("in/names.toml is\n broken"), "names.toml is broken"),
        ("in", "a.txt", SourceError("\x1b[2J"), "\N{REPLACEMENT CHARACTER}[2J"),
        (".", "a.txt", SourceError("a.txt is empty"), "is empty"),
        # What only looks like the folder or the name stays.
        (".", "a.txt", PresetError("it names '../x.toml'"), "it names '../x.toml'"),
        ("in", "a.txt", PresetError("it names 'main/x.toml'"), "it names 'main/x.toml'"),
        ("in", "a.txt", OutputError("out/in/b is read-only"), "out/in/b is read-only"),
        ("in", "there.txt", PresetError("there is no preset"), "there is no preset"),
    ],
)
def test_an_error_goes_on_from_the_name_of_its_speech(
    root: str, name: str, error: SpeechcastError, line: str
) -> None:
    assert describe_error(error, job(name, Path(root)), Path(root)) == line


def test_a_production_logs_under_its_speech_and_what_concerns_none_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    production = logging.getLogger("speechcast.produce")

    def work(speech: SpeechJob, _progress: ProgressCallback) -> Result:
        production.warning("the cache is full")
        production.warning("%s is unknown", "x")
        return made(speech.name)

    with caplog.at_level("WARNING", "speechcast"), prefix_log_records():
        run("ab", work)
    assert caplog.messages == ["the cache is full", "a: x is unknown", "b: x is unknown"]


def test_the_folder_of_a_batch_is_left_out_of_an_error(tmp_path: Path) -> None:
    error = PresetError(f"the lexicon {tmp_path}/sub/names.toml is broken")
    assert describe_error(error, job("a.txt", tmp_path), tmp_path) == (
        "the lexicon sub/names.toml is broken"
    )

"""A folder of speeches: what is found, what it is called, what is up to date, what is reported."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import mutagen
import pytest

from speechcast import batch, documents
from speechcast.batch.discovery import discover
from speechcast.batch.dry_run import forecast
from speechcast.batch.naming import names, tracks
from speechcast.batch.report import BatchReport
from speechcast.batch.worker import BatchOptions, State, StopSignal, request_for
from speechcast.request import Preferences
from speechcast.voices.presets import PRESETS

SPEECH = "各位同学：\n早上好！今天开会。\n"
TONE = BatchOptions(Preferences(voice="tone"))


def written(folder: Path, *paths: str, text: str = SPEECH) -> Path:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def made(
    folder: Path,
    output: Path,
    options: BatchOptions = TONE,
    *,
    recursive: bool = True,
    jobs: int = 2,
) -> BatchReport:
    return batch.run(batch.plan(folder, output, options, recursive=recursive), jobs=jobs)


def states(report: BatchReport) -> Mapping[str, str]:
    return {r.source: str(r.state) for r in report.results}


def files(folder: Path) -> list[str]:
    """What lies in the folder, the batch's own folder and its report aside."""
    return sorted(
        str(p.relative_to(folder))
        for p in folder.rglob("*")
        if p.is_file()
        and p.relative_to(folder).parts[0] != ".speechcast"
        and p.stem != "batch-report"
    )


def contents(folder: Path) -> Mapping[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def left_in_the_works(output: Path) -> list[Path]:
    return list((output / ".speechcast" / "work").iterdir())


@pytest.fixture
def speeches(tmp_path: Path) -> Path:
    return tmp_path / "speeches"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


# What is found


def test_the_tree_is_mirrored_and_names_are_kept(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt", "二月/b.md", "二月/kalt/ç.TXT", "二月/kalt/مرحبا.txt")
    report = made(speeches, out)
    assert report.exit_code == 0
    stems = ["a", "二月/b", "二月/kalt/ç", "二月/kalt/مرحبا"]
    assert files(out) == sorted(s + suffix for s in stems for suffix in (".mp3", ".srt"))
    assert left_in_the_works(out) == []


def test_folders_inside_wait_for_recursive(speeches: Path) -> None:
    written(speeches, "a.txt", "more/b.txt")
    found = discover(speeches)
    assert [str(job.path) for job in found.jobs] == ["a.txt"]
    assert [(a.path, a.why) for a in found.left_out] == [
        ("more", "a folder; --recursive looks into it")
    ]


@pytest.mark.skipif(os.name == "nt", reason="makes a FIFO")
def test_a_folder_of_what_is_no_speech(speeches: Path) -> None:
    written(speeches, ".hidden.txt", "~$lock.docx", "cat.jpg", "x.txt/deep.txt", ".git/a.txt")
    written(speeches, "speechcast.toml", text="")
    (speeches / "empty.txt").touch()
    (speeches / "dangling.txt").symlink_to("nowhere")
    (speeches / "dangling.jpg").symlink_to("nowhere")
    (speeches / "itself.txt").symlink_to("itself.txt")
    os.mkfifo(speeches / "pipe.txt")
    found = discover(speeches, recursive=True)
    assert [job.shown for job in found.jobs] == ["x.txt/deep.txt"]
    assert {a.path: a.why for a in found.left_out} == {
        ".hidden.txt": "hidden",
        ".git": "hidden",
        "~$lock.docx": "the lock of a word processor",
        "cat.jpg": "of no kind that can be read",
        "speechcast.toml": "the folder's settings",
        "dangling.jpg": "a link that leads nowhere",
        "empty.txt": "empty",
    }
    assert {a.path: a.why for a in found.unreadable} == {
        "dangling.txt": "is a link that leads nowhere",
        "itself.txt": "is a link that leads nowhere",
        "pipe.txt": "is no file but a pipe, a socket or a device",
    }


def test_links_are_followed_but_no_folder_is_done_twice(speeches: Path, tmp_path: Path) -> None:
    written(speeches, "deep/a.txt")
    written(tmp_path / "elsewhere", "b.txt")
    (speeches / "again").symlink_to("deep")
    (speeches / "deep" / "up").symlink_to("..")
    (speeches / "far").symlink_to(tmp_path / "elsewhere")
    found = discover(speeches, recursive=True)
    assert [job.shown for job in found.jobs] == ["deep/a.txt", "far/b.txt"]
    assert [a.path for a in found.left_out] == ["again", "deep/up"]


def test_what_a_batch_wrote_is_no_speech(speeches: Path) -> None:
    written(speeches, "a.txt")
    options = BatchOptions(Preferences(voice="tone"), formats=("srt", "txt"))
    made(speeches, speeches, options)
    assert files(speeches) == ["a.mp3", "a.srt", "a.transcript.txt", "a.txt"]
    again = made(speeches, speeches, options)
    assert states(again) == {"a.txt": "up to date"}
    written(speeches, "talk.transcript.txt")
    found = discover(speeches, speeches / "out", recursive=True)
    assert [job.shown for job in found.jobs] == ["a.txt", "talk.transcript.txt"]


def test_the_output_folder_inside_the_speeches_is_not_looked_into(speeches: Path) -> None:
    written(speeches, "a.txt")
    for _ in range(2):
        report = made(
            speeches, speeches / "out", BatchOptions(Preferences(voice="tone"), formats=("txt",))
        )
        assert [r.source for r in report.results] == ["a.txt"]
    assert [a.path for a in report.left_out] == ["out"]


# What it is called

NAMES = [
    ("a.txt b.txt", "a b"),
    ("a.txt a.docx b.txt", "a-docx a-txt b"),
    ("a.txt A.md", "A-md a-txt"),
    ("a.txt A.txt", "A-txt a-txt-2"),
    ("a.txt A.txt a-txt-2.md", "A-txt a-txt-2 a-txt-3"),
    ("s/a.txt S/a.txt", "S/a-txt s/a-txt-2"),
    ("s/a.txt a.txt", "a s/a"),
    ("a.b.txt a.txt", "a a.b"),
    ("batch-report.txt", "batch-report-txt"),
    ("a.mp3/b.txt a.txt", "a-txt a.mp3/b"),
    ("a\\b.txt a\nb.md", "a_b-md a_b-txt"),
    ("é.txt e\u0301.md", "e\u0301-md é-txt"),
]


@pytest.mark.parametrize(("sources", "expected"), NAMES)
def test_every_production_has_a_name_of_its_own(sources: str, expected: str) -> None:
    paths = [PurePosixPath(s) for s in sources.split(" ")]
    called = names(paths)
    assert called == names(paths[::-1])
    assert sorted(str(p.parent / name) for p, name in called.items()) == sorted(expected.split(" "))


def test_a_name_too_long_for_its_suffix_is_cut(speeches: Path, out: Path) -> None:
    written(speeches, f"{'长' * 80}.txt", f"{'长' * 80}短.txt", f"{'x' * 251}.txt")
    report = made(speeches, out, BatchOptions(Preferences(voice="tone"), formats=("srt", "txt")))
    assert report.exit_code == 0
    assert len(files(out)) == 9
    assert max(len(name.encode()) for name in files(out)) <= 255


def test_a_name_of_bytes_that_are_no_text(speeches: Path, out: Path) -> None:
    speeches.mkdir()
    path = os.fsencode(speeches) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text(SPEECH, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert states(made(speeches, out)) == {"caf\N{REPLACEMENT CHARACTER}.txt": "made"}
    assert files(out) == [f"caf\N{REPLACEMENT CHARACTER}.{s}" for s in ("mp3", "srt")]


def test_a_thousand_in_one_folder() -> None:
    paths = [PurePosixPath(f"{i % 500}{suffix}") for i in range(500) for suffix in (".txt", ".md")]
    assert len({unicodedata.normalize("NFC", n).casefold() for n in names(paths).values()}) == 1000


# What holds


def test_whose_wish_holds(speeches: Path) -> None:
    written(speeches, "a.txt", "sub/b.txt", "sub/deep/c.txt", "other/d.txt")
    written(speeches, "sub/own.txt", text=f"---\nvoice: tone\n---\n{SPEECH}")
    written(speeches, "speechcast.toml", text='voice = "report"\nrate = "+20%"\n')
    written(speeches, "sub/speechcast.toml", text='voice = "mine.toml"\nsubtitles = "vtt,srt"\n')
    mine = PRESETS.find_path("story").read_text(encoding="utf-8")
    written(speeches, "sub/mine.toml", text=mine)
    said = {}
    for asked in (BatchOptions(), BatchOptions(Preferences(voice="news"), formats=("lrc",))):
        for job in discover(speeches, recursive=True).jobs:
            o = request_for(speeches, job, asked)
            said[job.shown] = (o.voice.name, o.voice.rate, o.subtitles.formats)
        if not asked.formats:
            rate = PRESETS.find_path("story").read_text(encoding="utf-8").count('rate = "+0%"') - 1
            assert rate in {0, -1}
            assert said["a.txt"] == ("report", 20, ("srt",))
            assert said["other/d.txt"] == said["a.txt"]
            assert said["sub/b.txt"][0] == said["sub/deep/c.txt"][0] == "mine"
            assert said["sub/b.txt"][1] != 20  # the nearest holds alone
            assert said["sub/own.txt"][0] == "tone"
            assert said["sub/b.txt"][2] == ("vtt", "srt")
    assert {s[0] for s in said.values()} == {"news"}
    assert {s[2] for s in said.values()} == {("lrc",)}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["a.txt", "b.md"], [1, 2]),
        (["第1讲.txt", "第2讲.txt", "第10讲.txt"], [1, 2, 10]),
        (["第三讲.txt", "第十二讲.txt", "第二讲.docx"], [3, 12, 2]),
        (["03 harbour.txt", "07-sea.txt"], [3, 7]),
        (["03 harbour.txt", "03 sea.txt"], [1, 2]),  # not each its own
        (["3.txt", "afterword.txt"], [1, 2]),
        (["talk10.txt", "talk9.txt"], [2, 1]),
        (["2024-09-01.txt", "2023-09-01.txt"], [2, 1]),  # a year is no track
        (["一路走来.txt", "第百讲.txt"], [1, 2]),
        (["a/x.txt", "a/y.txt", "b/x.txt", "z.txt"], [1, 2, 1, 1]),
    ],
)
def test_the_number_of_a_speech_in_its_folder(found: list[str], expected: list[int]) -> None:
    paths = [PurePosixPath(name) for name in found]
    numbers = tracks(paths)
    assert [numbers[path] for path in paths] == expected


def test_productions_say_what_they_are_one_of(speeches: Path, out: Path) -> None:
    written(speeches, "b.txt", "a.txt", "讲座/第三讲.txt")
    made(speeches, out)
    said = {}
    for name in ("a", "b", "讲座/第三讲"):
        tags: Any = mutagen.File(out / f"{name}.mp3")
        said[name] = (str(tags["TALB"]), str(tags["TRCK"]))
    assert said == {"a": ("speeches", "1"), "b": ("speeches", "2"), "讲座/第三讲": ("讲座", "3")}


def test_one_more_speech_makes_no_other_anew(speeches: Path, out: Path) -> None:
    written(speeches, "b.txt")
    made(speeches, out)
    written(speeches, "a.txt")
    assert states(made(speeches, out)) == {"a.txt": "made", "b.txt": "up to date"}


def test_a_broken_setting_is_told_for_each_of_its_speeches(speeches: Path, out: Path) -> None:
    written(speeches, "good/a.txt", "bad/b.txt")
    written(speeches, "bad/speechcast.toml", text='vioce = "report"\n')
    report = made(speeches, out)
    assert states(report) == {"bad/b.txt": "failed", "good/a.txt": "made"}
    assert "unknown key 'vioce'" in report.of(State.FAILED)[0].why


# What is up to date


def test_what_is_up_to_date_is_skipped_whatever_the_clock_says(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt", "b.txt")
    assert made(speeches, out).exit_code == 0
    before = contents(out)
    written(speeches, "a.txt", text=SPEECH.replace("\n", "\r\n"))
    os.utime(speeches / "b.txt", (1, 1))
    os.utime(out / "b.mp3", (1, 1))
    report = made(speeches, out)
    assert states(report) == dict.fromkeys(["a.txt", "b.txt"], "up to date")
    assert report.results[0].seconds > 1
    assert contents(out) == before


def test_what_changed_is_made_again(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    made(speeches, out)
    whole = contents(out)
    written(speeches, "a.txt", text=SPEECH + "散会。\n")
    (out / "b.srt").unlink()
    (out / "c.mp3").write_bytes(whole["c.mp3"][:-1] + b"x")
    (out / "d.srt").write_bytes(whole["d.srt"] + b"x")
    report = made(speeches, out)
    assert states(report) == {
        **dict.fromkeys(["a.txt", "b.txt", "c.txt", "d.txt"], "made"),
        "e.txt": "up to date",
    }
    now = contents(out)
    assert {n for n in now if now[n] != whole[n]} == {"a.mp3", "a.srt"}


def test_other_settings_make_it_again(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt")
    written(speeches, "lexicon", text='"开会" = "聚会"\n')
    lexicon = BatchOptions(Preferences(voice="tone", lexicons=(speeches / "lexicon",)))
    brisk = BatchOptions(Preferences(voice="tone", rate="+30%"))
    styled = BatchOptions(Preferences(voice="tone", style="vertical"))
    for options in (
        TONE,
        brisk,
        styled,
        lexicon,
        BatchOptions(Preferences(voice="tone"), again=True),
    ):
        assert states(made(speeches, out, options)) == {"a.txt": "made"}
    assert states(made(speeches, out)) == {"a.txt": "up to date"}
    written(speeches, "lexicon", text='"开会" = "散会"\n')
    for expected in ("made", "up to date"):
        assert states(made(speeches, out, lexicon)) == {"a.txt": expected}


def test_a_damaged_record_counts_for_nothing(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt")
    made(speeches, out)
    for damage in (b"", b"{}", b"[1]", b"\xff", b'{"format": 1, "files": [{}]}'):
        for record in (out / ".speechcast" / "records").iterdir():
            record.write_bytes(damage)
        assert states(made(speeches, out)) == {"a.txt": "made"}


# What goes wrong


def test_one_failure_is_one_failure(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt", "z.txt")
    written(speeches, "m.txt", text=f"---\nstyle: nobody\n---\n{SPEECH}")
    (speeches / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\r" * 9)
    (speeches / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (speeches / "cut.txt").write_bytes(b"\xff\xfe\x00\xd8\x00\xd8" * 50)
    (speeches / "gone.txt").symlink_to("nowhere")
    (speeches / "marks.txt").write_text("……\n", encoding="utf-8")
    report = made(speeches, out)
    assert report.exit_code == 3
    assert [r.source for r in report.of(State.MADE)] == ["a.txt", "z.txt"]
    failed = {r.source: r.why for r in report.of(State.FAILED)}
    assert set(failed) == {"cut.txt", "gone.txt", "m.txt", "marks.txt", "old.docx", "picture.txt"}
    assert all(why and "\n" not in why for why in failed.values())
    assert "no style 'nobody'" in failed["m.txt"]
    assert files(out) == ["a.mp3", "a.srt", "z.mp3", "z.srt"]


def test_an_error_nobody_foresaw_is_one_failure_too(
    speeches: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(speeches, "a.txt", "b.txt")
    real = documents.read

    def broken(path: Path, encoding: str | None = None) -> documents.Document:
        if path.name == "a.txt":
            raise ZeroDivisionError("a bug")
        return real(path, encoding)

    monkeypatch.setattr(documents, "read", broken)
    report = made(speeches, out)
    assert states(report) == {"a.txt": "failed", "b.txt": "made"}
    assert "not foreseen, ZeroDivisionError: a bug" in report.results[0].why


def test_a_speech_that_vanishes_harms_no_other(speeches: Path, out: Path) -> None:
    plan = batch.plan(written(speeches, "a.txt", "b.txt"), out, TONE)
    (speeches / "a.txt").unlink()
    report = batch.run(plan)
    assert states(report) == {"a.txt": "failed", "b.txt": "made"}
    assert report.results[0].why == "does not exist; check the name and the folder"


def test_a_speech_that_changes_while_it_is_read_is_not_made(speeches: Path, out: Path) -> None:
    written(written(speeches, "b.txt"), "a.txt", text=SPEECH * 3000)
    whole = threading.Event()

    def scribble() -> None:
        with (speeches / "a.txt").open("a", encoding="utf-8", buffering=1) as growing:
            while not whole.is_set():
                growing.write("\n")

    scribbler = threading.Thread(target=scribble)
    scribbler.start()
    try:
        report = made(speeches, out, jobs=1)
    finally:
        whole.set()
        scribbler.join()
    assert states(report) == {"a.txt": "failed", "b.txt": "made"}
    assert report.results[0].why == "changes while it is read; make it again when it is whole"


def test_nothing_is_written_outside_the_output_folder(
    speeches: Path, out: Path, tmp_path: Path
) -> None:
    written(speeches, "sub/a.txt", "b.txt")
    (tmp_path / "outside").mkdir()
    out.mkdir()
    (out / "sub").symlink_to(tmp_path / "outside")
    (tmp_path / "precious.mp3").write_bytes(b"mine")
    (out / "b.mp3").symlink_to(tmp_path / "precious.mp3")
    report = made(speeches, out)
    assert states(report) == {"b.txt": "made", "sub/a.txt": "failed"}
    assert "leads out of the output folder" in report.results[1].why
    assert list((tmp_path / "outside").iterdir()) == []
    assert (tmp_path / "precious.mp3").read_bytes() == b"mine"


def test_a_folder_in_a_file_s_place_stays(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt")
    written(out, "a.srt/mine")
    report = made(speeches, out)
    assert "a.srt is a folder there" in report.of(State.FAILED)[0].why
    assert files(out) == ["a.srt/mine"]


# What is said of it


def test_the_report(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt", "=b.txt")
    (speeches / "c.txt").write_text("……\n", encoding="utf-8")
    (speeches / "empty.txt").touch()
    report = made(speeches, out)
    said = json.loads((out / "batch-report.json").read_text(encoding="utf-8"))
    assert said["exit_code"] == report.exit_code == 3
    assert said["totals"] == {"made": 2, "up to date": 0, "failed": 1, "interrupted": 0}
    assert said["left_out"] == [{"path": "empty.txt", "why": "empty"}]
    assert said["speeches"][1]["outputs"] == ["a.mp3", "a.srt"]
    assert said["seconds"] == pytest.approx(sum(r.seconds for r in report.results))
    table = (out / "batch-report.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["source"] for row in rows] == ["'=b.txt", "a.txt", "c.txt"]
    assert rows[1]["outputs"] == "a.mp3 | a.srt"
    assert (rows[2]["state"], rows[2]["why"]) == ("failed", report.results[2].why)


def test_a_rehearsal_writes_nothing_and_is_about_right(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt", "b.txt")
    (speeches / "bad.txt").write_text("……\n", encoding="utf-8")
    plan = batch.plan(speeches, out, TONE)
    before = {f.source: f for f in forecast(plan)}
    assert not out.exists()
    assert [f.state for f in before.values()] == [State.MADE, State.MADE, State.FAILED]
    report = batch.run(plan)
    assert before["a.txt"].voice == "tone"
    assert before["a.txt"].seconds == pytest.approx(report.results[0].seconds, rel=0.25)
    after = {f.source: f for f in forecast(plan)}
    assert after["a.txt"].state == State.SKIPPED
    assert after["a.txt"].seconds == pytest.approx(report.results[0].seconds)


def test_stopped_before_it_begins_it_does_nothing(speeches: Path, out: Path) -> None:
    stop = StopSignal()
    stop.gently()
    report = batch.run(batch.plan(written(speeches, "a.txt"), out, TONE), stop=stop)
    assert (states(report), report.exit_code) == ({"a.txt": "interrupted"}, 130)
    assert files(out) == []


def test_stopped_at_once_what_was_begun_leaves_nothing(speeches: Path, out: Path) -> None:
    written(speeches, "a.txt", "b.txt")
    stop = StopSignal()

    def hear(event: batch.Event) -> None:
        if isinstance(event, batch.Started):
            stop.now()

    report = batch.run(batch.plan(speeches, out, TONE), jobs=1, stop=stop, listener=hear)
    assert report.exit_code == 130
    assert set(states(report).values()) <= {"interrupted", "made"}
    assert left_in_the_works(out) == []
    assert made(speeches, out).exit_code == 0
    assert len(files(out)) == 4


def test_however_many_at_once_the_bytes_are_the_same(speeches: Path, tmp_path: Path) -> None:
    for i in range(6):
        written(speeches, f"{i}.txt", text=SPEECH * (i + 1))
    for jobs in (1, 2, 5):
        made(speeches, tmp_path / str(jobs), jobs=jobs)
    assert contents(tmp_path / "1") == contents(tmp_path / "2") == contents(tmp_path / "5")

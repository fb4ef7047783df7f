"""A folder of speeches: which files are speeches, their names, the skips and the reports."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
import unicodedata
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

import mutagen
import pytest

from speechcast import batch, documents, make_speech
from speechcast.batch.discovery import LINK_OUT, discover
from speechcast.batch.dry_run import forecast
from speechcast.batch.naming import assign_names, assign_tracks
from speechcast.batch.options import BatchOptions
from speechcast.batch.plan import plan_batch
from speechcast.batch.records import Record
from speechcast.batch.result import State
from speechcast.batch.stop_signal import StopSignal
from speechcast.batch.worker import build_request
from speechcast.errors import OutputError, PresetError
from speechcast.request import PageSound, Preferences
from speechcast.voices.presets import PRESETS
from tests.support.batches import (
    SPEECH,
    TONE,
    list_files,
    list_leftovers,
    produce_folder,
    read_files,
    states,
    write_files,
)
from tests.support.systems import makes_links


@pytest.fixture
def speeches(tmp_path: Path) -> Path:
    return tmp_path / "speeches"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


# What is discovered


def test_the_tree_is_mirrored_and_names_are_kept(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt", "二月/b.md", "二月/kalt/ç.TXT", "二月/kalt/مرحبا.txt")
    report = produce_folder(speeches, out)
    assert report.exit_code == 0
    stems = ["a", "二月/b", "二月/kalt/ç", "二月/kalt/مرحبا"]
    assert list_files(out) == sorted(s + suffix for s in stems for suffix in (".mp3", ".srt"))
    assert list_leftovers(out) == []


def test_folders_inside_wait_for_recursive(speeches: Path) -> None:
    write_files(speeches, "a.txt", "more/b.txt")
    discovery = discover(speeches)
    assert [str(job.path) for job in discovery.jobs] == ["a.txt"]
    assert [(a.path, a.reason) for a in discovery.left_out] == [
        ("more", "a folder; --recursive includes it")
    ]


@pytest.mark.skipif(os.name == "nt", reason="makes a FIFO")
def test_a_folder_of_what_is_no_speech(speeches: Path) -> None:
    write_files(speeches, ".hidden.txt", "~$lock.docx", "cat.jpg", "x.txt/deep.txt", ".git/a.txt")
    write_files(speeches, "speechcast.toml", text="")
    (speeches / "empty.txt").touch()
    (speeches / "dangling.txt").symlink_to("nowhere")
    (speeches / "dangling.jpg").symlink_to("nowhere")
    (speeches / "itself.txt").symlink_to("itself.txt")
    os.mkfifo(speeches / "pipe.txt")
    discovery = discover(speeches, recursive=True)
    assert [job.display_path for job in discovery.jobs] == ["x.txt/deep.txt"]
    assert {a.path: a.reason for a in discovery.left_out} == {
        ".hidden.txt": "hidden",
        ".git": "hidden",
        "~$lock.docx": "the lock file of a word processor",
        "cat.jpg": "not a kind of document that can be read",
        "speechcast.toml": "the settings of the folder",
        "dangling.jpg": "a link to nothing",
        "empty.txt": "empty",
    }
    assert {a.path: a.reason for a in discovery.unreadable} == {
        "dangling.txt": "is a link to nothing",
        "itself.txt": "is a link to nothing",
        "pipe.txt": "is a pipe, a socket or a device, not a file",
    }


@pytest.fixture
def linked(speeches: Path, tmp_path: Path) -> Path:
    """Speeches with links inside their folder, and links that lead out of it."""
    write_files(speeches, "deep/a.txt")
    write_files(tmp_path / "elsewhere", "b.txt", "secret.txt")
    (speeches / "again").symlink_to("deep")
    (speeches / "deep" / "up").symlink_to("..")
    (speeches / "same.txt").symlink_to("deep/a.txt")
    (speeches / "far").symlink_to(tmp_path / "elsewhere")
    (speeches / "deep" / "out.txt").symlink_to("../../elsewhere/secret.txt")
    (speeches / "picture.jpg").symlink_to(tmp_path / "elsewhere" / "secret.txt")
    return speeches


@makes_links
def test_a_link_out_of_the_folder_is_refused_and_listed(linked: Path, out: Path) -> None:
    discovery = discover(linked, recursive=True)
    assert [job.display_path for job in discovery.jobs] == ["deep/a.txt", "same.txt"]
    assert {a.path: a.reason for a in discovery.unreadable} == {
        "deep/out.txt": LINK_OUT,
        "far": LINK_OUT,
    }
    assert [a.path for a in discovery.left_out] == ["again", "deep/up", "picture.jpg"]
    report = produce_folder(linked, out)
    assert report.exit_code == 3
    assert [r.source for r in report.with_state(State.FAILED)] == ["deep/out.txt", "far"]
    assert list_files(out) == ["deep/a.mp3", "deep/a.srt", "same.mp3", "same.srt"]


@makes_links
def test_links_out_of_the_folder_are_followed_if_the_user_says_so(linked: Path) -> None:
    discovery = discover(linked, recursive=True, follow_links=True)
    assert [job.display_path for job in discovery.jobs] == [
        "deep/a.txt",
        "deep/out.txt",
        "far/b.txt",
        "far/secret.txt",
        "same.txt",
    ]
    assert not discovery.unreadable


@makes_links
def test_a_folder_that_is_a_link_itself_is_the_word_of_the_user(linked: Path) -> None:
    (linked.parent / "link").symlink_to(linked)
    discovery = discover(linked.parent / "link", recursive=True)
    assert [job.display_path for job in discovery.jobs] == ["deep/a.txt", "same.txt"]


@makes_links
def test_a_speech_that_becomes_a_link_out_is_not_read(linked: Path, out: Path) -> None:
    plan = batch.plan_batch(linked, out, TONE)
    (linked / "same.txt").unlink()
    (linked / "same.txt").symlink_to(linked.parent / "elsewhere" / "secret.txt")
    assert batch.run_batch(plan).results[-1].reason == LINK_OUT
    assert list_files(out) == []


@makes_links
@pytest.mark.parametrize("lexicon", ["../outside.toml", "{outside}", "link.toml"])
def test_a_document_names_no_file_outside_its_folder(
    speeches: Path, out: Path, tmp_path: Path, lexicon: str
) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text('"password" = "hunter2"\n')
    lexicon = lexicon.format(outside=outside)
    write_files(speeches, "a.txt", text=f"---\nlexicon: {lexicon}\n---\npassword 是什么？\n")
    (speeches / "link.toml").symlink_to(outside)
    with pytest.raises(PresetError, match="names the file .* outside its folder"):
        make_speech(speeches / "a.txt", "tone", out)
    (result,) = produce_folder(speeches, out).results
    assert "outside its folder; name it by an option, like --lexicon" in result.reason


def test_a_document_may_name_a_file_of_its_batch(speeches: Path, out: Path) -> None:
    write_files(speeches, "names.toml", text='"景市" = "景德镇市"\n')
    write_files(speeches, "sub/a.txt", text="---\nlexicon: ../names.toml\n---\n景市很大。\n")
    assert states(produce_folder(speeches, out)) == {"sub/a.txt": "made"}


@makes_links
def test_settings_that_are_a_link_out_of_the_folder_are_refused(
    speeches: Path, out: Path, tmp_path: Path
) -> None:
    write_files(tmp_path, "elsewhere.toml", text='rate = "+20%"\n')
    write_files(speeches, "a.txt")
    (speeches / "speechcast.toml").symlink_to(tmp_path / "elsewhere.toml")
    (result,) = produce_folder(speeches, out).results
    assert "speechcast.toml is a link that leads out of the folder" in result.reason


def test_a_transcript_does_not_replace_a_speech(speeches: Path) -> None:
    write_files(speeches, "sub/a.txt", "sub/a.transcript.txt")
    options = BatchOptions(preferences=Preferences(voice="tone"), formats=("txt",))
    report = produce_folder(speeches, speeches, options)
    assert states(report) == {"sub/a.transcript.txt": "made", "sub/a.txt": "failed"}
    assert "would replace" in report.with_state(State.FAILED)[0].reason
    assert (speeches / "sub" / "a.transcript.txt").read_text(encoding="utf-8") == SPEECH


def test_what_a_batch_wrote_is_no_speech(speeches: Path) -> None:
    write_files(speeches, "a.txt")
    options = BatchOptions(preferences=Preferences(voice="tone"), formats=("srt", "txt"))
    produce_folder(speeches, speeches, options)
    assert list_files(speeches) == ["a.mp3", "a.srt", "a.transcript.txt", "a.txt"]
    again = produce_folder(speeches, speeches, options)
    assert states(again) == {"a.txt": "up to date"}
    write_files(speeches, "talk.transcript.txt")
    discovery = discover(speeches, speeches / "out", recursive=True)
    assert [job.display_path for job in discovery.jobs] == ["a.txt", "talk.transcript.txt"]


def test_a_listening_page_is_no_speech_but_a_page_of_the_web_is_one(speeches: Path) -> None:
    write_files(speeches, "a.txt")
    write_files(speeches, "b.html", text=f"<!doctype html><p>{SPEECH}</p>")
    options = replace(TONE, page=PageSound.LINKED)
    for state in (State.PRODUCED, State.SKIPPED):
        report = produce_folder(speeches, speeches / "out", options)
        assert states(report) == {"a.txt": state, "b.html": state}
        again = produce_folder(speeches / "out", speeches / "out")
        assert again.results == ()
    assert {file.path: file.reason for file in again.left_out}["a.html"] == (
        "the page of a production"
    )


def test_the_output_folder_inside_the_speeches_is_not_looked_into(speeches: Path) -> None:
    write_files(speeches, "a.txt")
    for _ in range(2):
        report = produce_folder(
            speeches,
            speeches / "out",
            BatchOptions(preferences=Preferences(voice="tone"), formats=("txt",)),
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
    ("talks/a.txt t.txt", "t talks/a"),  # the name of a folder is not one of a file without suffix
    ("a\\b.txt a\nb.md", "a_b-md a_b-txt"),
    ("é.txt e\u0301.md", "e\u0301-md é-txt"),
]


@pytest.mark.parametrize(("sources", "expected"), NAMES)
def test_every_production_has_a_name_of_its_own(sources: str, expected: str) -> None:
    paths = [PurePosixPath(s) for s in sources.split(" ")]
    called = assign_names(paths)
    assert called == assign_names(paths[::-1])
    assert sorted(str(p.parent / name) for p, name in called.items()) == sorted(expected.split(" "))


def test_a_name_too_long_for_its_suffix_is_cut(speeches: Path, out: Path) -> None:
    write_files(speeches, f"{'长' * 80}.txt", f"{'长' * 80}短.txt", f"{'x' * 251}.txt")
    report = produce_folder(
        speeches, out, BatchOptions(preferences=Preferences(voice="tone"), formats=("srt", "txt"))
    )
    assert report.exit_code == 0
    assert len(list_files(out)) == 9
    assert max(len(name.encode()) for name in list_files(out)) <= 255


def test_names_of_bytes_that_are_no_text(speeches: Path, out: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(speeches) + b"/d\xe9"))
    try:
        write_files(folder, os.fsdecode(b"caf\xe9.txt"), os.fsdecode(b"caf\xe8.txt"))
    except OSError:
        pytest.skip("this file system takes no such name")
    report = produce_folder(speeches, Path(f"{out}{os.fsdecode(bytes([0xE9]))}"))
    assert states(report) == {"d�/caf�.txt": "made"}
    assert report.exit_code == 0
    names = [os.fsencode(name) for name in list_files(Path(report.output))]
    assert names == [
        b"d\xe9/caf\xef\xbf\xbd-txt" + suffix for suffix in (b"-2.mp3", b"-2.srt", b".mp3", b".srt")
    ]
    document = json.loads((Path(report.output) / "batch-report.json").read_text(encoding="utf-8"))
    assert document["output"].endswith("out�")
    again = produce_folder(speeches, Path(report.output))
    assert {r.state for r in again.results} == {State.SKIPPED}


def test_a_thousand_in_one_folder() -> None:
    paths = [PurePosixPath(f"{i % 500}{suffix}") for i in range(500) for suffix in (".txt", ".md")]
    assert (
        len({unicodedata.normalize("NFC", n).casefold() for n in assign_names(paths).values()})
        == 1000
    )


# What holds


def test_whose_wish_holds(speeches: Path) -> None:
    write_files(speeches, "a.txt", "sub/b.txt", "sub/deep/c.txt", "other/d.txt")
    write_files(speeches, "sub/own.txt", text=f"---\nvoice: tone\n---\n{SPEECH}")
    write_files(speeches, "speechcast.toml", text='voice = "report"\nrate = "+20%"\n')
    write_files(
        speeches, "sub/speechcast.toml", text='voice = "mine.toml"\nsubtitles = "vtt,srt"\n'
    )
    mine = PRESETS.find_path("story").read_text(encoding="utf-8")
    write_files(speeches, "sub/mine.toml", text=mine)
    outcome = {}
    for options in (
        BatchOptions(),
        BatchOptions(preferences=Preferences(voice="news"), formats=("lrc",)),
    ):
        for job in discover(speeches, recursive=True).jobs:
            o = build_request(speeches, job, options)
            outcome[job.display_path] = (o.voice.name, o.voice.rate, o.subtitles.formats)
        if not options.formats:
            rate = PRESETS.find_path("story").read_text(encoding="utf-8").count('rate = "+0%"') - 1
            assert rate in {0, -1}
            assert outcome["a.txt"] == ("report", 20, ("srt",))
            assert outcome["other/d.txt"] == outcome["a.txt"]
            assert outcome["sub/b.txt"][0] == outcome["sub/deep/c.txt"][0] == "mine"
            assert outcome["sub/b.txt"][1] != 20  # the nearest holds alone
            assert outcome["sub/own.txt"][0] == "tone"
            assert outcome["sub/b.txt"][2] == ("vtt", "srt")
    assert {s[0] for s in outcome.values()} == {"news"}
    assert {s[2] for s in outcome.values()} == {("lrc",)}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["a.txt", "b.md"], [1, 2]),
        (["第1讲.txt", "第2讲.txt", "第10讲.txt"], [1, 2, 10]),
        (["第三讲.txt", "第十二讲.txt", "第二讲.docx"], [3, 12, 2]),
        (["03 harbour.txt", "07-sea.txt"], [3, 7]),
        (["03 harbour.txt", "03 sea.txt"], [1, 2]),  # two have the same number
        (["3.txt", "afterword.txt"], [1, 2]),
        (["talk10.txt", "talk9.txt"], [2, 1]),
        (["2024-09-01.txt", "2023-09-01.txt"], [2, 1]),  # a year is no track
        (["一路走来.txt", "第百讲.txt"], [1, 2]),
        (["a/x.txt", "a/y.txt", "b/x.txt", "z.txt"], [1, 2, 1, 1]),
    ],
)
def test_the_number_of_a_speech_in_its_folder(files: list[str], expected: list[int]) -> None:
    paths = [PurePosixPath(name) for name in files]
    numbers = assign_tracks(paths)
    assert [numbers[path] for path in paths] == expected


def test_productions_say_what_they_are_one_of(speeches: Path, out: Path) -> None:
    write_files(speeches, "b.txt", "a.txt", "讲座/第三讲.txt")
    produce_folder(speeches, out)
    albums = {}
    for name in ("a", "b", "讲座/第三讲"):
        tags: Any = mutagen.File(out / f"{name}.mp3")
        albums[name] = (str(tags["TALB"]), str(tags["TRCK"]))
    assert albums == {"a": ("speeches", "1"), "b": ("speeches", "2"), "讲座/第三讲": ("讲座", "3")}


def test_one_more_speech_makes_no_other_anew(speeches: Path, out: Path) -> None:
    write_files(speeches, "b.txt")
    produce_folder(speeches, out)
    write_files(speeches, "a.txt")
    assert states(produce_folder(speeches, out)) == {"a.txt": "made", "b.txt": "up to date"}


def test_a_broken_setting_is_told_for_each_of_its_speeches(speeches: Path, out: Path) -> None:
    write_files(speeches, "good/a.txt", "bad/b.txt")
    write_files(speeches, "bad/speechcast.toml", text='vioce = "report"\n')
    report = produce_folder(speeches, out)
    assert states(report) == {"bad/b.txt": "failed", "good/a.txt": "made"}
    assert "unknown key 'vioce'" in report.with_state(State.FAILED)[0].reason


# What is up to date


def test_what_is_up_to_date_is_skipped_whatever_the_clock_says(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt", "b.txt")
    assert produce_folder(speeches, out).exit_code == 0
    before = read_files(out)
    write_files(speeches, "a.txt", text=SPEECH.replace("\n", "\r\n"))
    os.utime(speeches / "b.txt", (1, 1))
    os.utime(out / "b.mp3", (1, 1))
    report = produce_folder(speeches, out)
    assert states(report) == dict.fromkeys(["a.txt", "b.txt"], "up to date")
    assert report.results[0].duration > 1
    assert read_files(out) == before


def test_what_changed_is_made_again(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    produce_folder(speeches, out)
    whole = read_files(out)
    write_files(speeches, "a.txt", text=SPEECH + "散会。\n")
    (out / "b.srt").unlink()
    (out / "c.mp3").write_bytes(whole["c.mp3"][:-1] + b"x")
    (out / "d.srt").write_bytes(whole["d.srt"] + b"x")
    report = produce_folder(speeches, out)
    assert states(report) == {
        **dict.fromkeys(["a.txt", "b.txt", "c.txt", "d.txt"], "made"),
        "e.txt": "up to date",
    }
    now = read_files(out)
    assert {n for n in now if now[n] != whole[n]} == {"a.mp3", "a.srt"}


def test_other_settings_make_it_again(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt")
    write_files(speeches, "lexicon", text='"开会" = "聚会"\n')
    lexicon = BatchOptions(preferences=Preferences(voice="tone", lexicons=(speeches / "lexicon",)))
    brisk = BatchOptions(preferences=Preferences(voice="tone", rate="+30%"))
    styled = BatchOptions(preferences=Preferences(voice="tone", style="vertical"))
    for options in (
        TONE,
        brisk,
        styled,
        lexicon,
        BatchOptions(preferences=Preferences(voice="tone"), force=True),
    ):
        assert states(produce_folder(speeches, out, options)) == {"a.txt": "made"}
    assert states(produce_folder(speeches, out)) == {"a.txt": "up to date"}
    write_files(speeches, "lexicon", text='"开会" = "散会"\n')
    for expected in ("made", "up to date"):
        assert states(produce_folder(speeches, out, lexicon)) == {"a.txt": expected}


def test_a_damaged_record_counts_for_nothing(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt")
    produce_folder(speeches, out)
    for damage in (b"", b"{}", b"[1]", b"\xff", b'{"format": 1, "files": [{}]}'):
        for record in (out / ".speechcast" / "records").iterdir():
            record.write_bytes(damage)
        assert states(produce_folder(speeches, out)) == {"a.txt": "made"}


# What goes wrong


@makes_links
def test_one_failure_is_one_failure(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt", "z.txt")
    write_files(speeches, "m.txt", text=f"---\nstyle: nobody\n---\n{SPEECH}")
    (speeches / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\r" * 9)
    (speeches / "old.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (speeches / "cut.txt").write_bytes(b"\xff\xfe\x00\xd8\x00\xd8" * 50)
    (speeches / "gone.txt").symlink_to("nowhere")
    (speeches / "marks.txt").write_text("……\n", encoding="utf-8")
    report = produce_folder(speeches, out)
    assert report.exit_code == 3
    assert [r.source for r in report.with_state(State.PRODUCED)] == ["a.txt", "z.txt"]
    failed = {r.source: r.reason for r in report.with_state(State.FAILED)}
    assert set(failed) == {"cut.txt", "gone.txt", "m.txt", "marks.txt", "old.docx", "picture.txt"}
    assert all(why and "\n" not in why for why in failed.values())
    assert "no style 'nobody'" in failed["m.txt"]
    assert list_files(out) == ["a.mp3", "a.srt", "z.mp3", "z.srt"]


def test_an_error_nobody_foresaw_is_one_failure_too(
    speeches: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(speeches, "a.txt", "b.txt")
    real = documents.read

    def broken(path: Path, encoding: str | None = None) -> documents.Document:
        if path.name == "a.txt":
            raise ZeroDivisionError("a bug")
        return real(path, encoding)

    monkeypatch.setattr(documents, "read", broken)
    report = produce_folder(speeches, out)
    assert states(report) == {"a.txt": "failed", "b.txt": "made"}
    assert "unexpected error, ZeroDivisionError: a bug" in report.results[0].reason


def test_a_speech_that_vanishes_harms_no_other(speeches: Path, out: Path) -> None:
    plan = batch.plan_batch(write_files(speeches, "a.txt", "b.txt"), out, TONE)
    (speeches / "a.txt").unlink()
    report = batch.run_batch(plan)
    assert states(report) == {"a.txt": "failed", "b.txt": "made"}
    assert report.results[0].reason == "does not exist; check the name and the folder"


@pytest.mark.slow
def test_a_speech_that_changes_while_it_is_read_is_not_made(speeches: Path, out: Path) -> None:
    write_files(write_files(speeches, "b.txt"), "a.txt", text=SPEECH * 3000)
    whole = threading.Event()

    def scribble() -> None:
        with (speeches / "a.txt").open("a", encoding="utf-8", buffering=1) as growing:
            while not whole.is_set():
                growing.write("\n")

    scribbler = threading.Thread(target=scribble)
    scribbler.start()
    try:
        report = produce_folder(speeches, out, jobs=1)
    finally:
        whole.set()
        scribbler.join()
    assert states(report) == {"a.txt": "failed", "b.txt": "made"}
    assert (
        report.results[0].reason
        == "changes while it is read; run the batch again when the file is complete"
    )


@makes_links
def test_nothing_is_written_outside_the_output_folder(
    speeches: Path, out: Path, tmp_path: Path
) -> None:
    write_files(speeches, "sub/a.txt", "b.txt")
    (tmp_path / "outside").mkdir()
    out.mkdir()
    (out / "sub").symlink_to(tmp_path / "outside")
    (tmp_path / "precious.mp3").write_bytes(b"mine")
    (out / "b.mp3").symlink_to(tmp_path / "precious.mp3")
    report = produce_folder(speeches, out)
    assert states(report) == {"b.txt": "made", "sub/a.txt": "failed"}
    assert "leads out of the output folder" in report.results[1].reason
    assert list((tmp_path / "outside").iterdir()) == []
    assert (tmp_path / "precious.mp3").read_bytes() == b"mine"


def never_produce(*_: object) -> NoReturn:
    pytest.fail("a speech was begun")


def test_a_folder_in_a_file_s_place_stays(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt")
    write_files(out, "a.srt/mine")
    report = produce_folder(speeches, out, producer=never_produce)
    assert "a.srt is a folder there" in report.with_state(State.FAILED)[0].reason
    assert list_files(out) == ["a.srt/mine"]


def test_what_cannot_be_delivered_is_not_spoken(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt", "b.txt", "c/d.txt")
    write_files(out, "a.mp3", "b.srt/mine", "c")
    (out / "a.mp3").chmod(0o444)
    reasons = [
        "out cannot be written (a.mp3 is a read-only file there)",
        "out cannot be written (b.srt is a folder there)",
        "out/c cannot be written (Not a directory)",
    ]
    report = produce_folder(speeches, out, producer=never_produce)
    forecasts = forecast(plan_batch(speeches, out, TONE, recursive=True))
    outcomes = [(r.state, r.reason) for r in report.results]
    outcomes += [(f.state, f.reason) for f in forecasts]
    for (state, reason), expected in zip(outcomes, reasons * 2, strict=True):
        assert state == State.FAILED
        assert reason.replace("\\", "/").partition(";")[0].endswith(expected)


@pytest.mark.parametrize("name", ["batch-report.json", "batch-report.csv"])
def test_a_report_that_cannot_be_written_is_known_before_all_is_spoken(
    name: str, speeches: Path, out: Path
) -> None:
    write_files(speeches, "a.txt")
    write_files(out, f"{name}/mine")
    with pytest.raises(OutputError, match=f"{name} is a folder there"):
        produce_folder(speeches, out, producer=never_produce)


# What is reported


def test_the_report(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt", "=b.txt")
    (speeches / "c.txt").write_text("……\n", encoding="utf-8")
    (speeches / "empty.txt").touch()
    report = produce_folder(speeches, out)
    document = json.loads((out / "batch-report.json").read_text(encoding="utf-8"))
    assert document["exit_code"] == report.exit_code == 3
    assert document["totals"] == {"made": 2, "up to date": 0, "failed": 1, "interrupted": 0}
    assert document["left_out"] == [{"path": "empty.txt", "why": "empty"}]
    assert document["speeches"][1]["outputs"] == ["a.mp3", "a.srt"]
    assert document["seconds"] == pytest.approx(sum(r.duration for r in report.results))
    table = (out / "batch-report.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["source"] for row in rows] == ["'=b.txt", "a.txt", "c.txt"]
    assert rows[1]["outputs"] == "a.mp3 | a.srt"
    assert (rows[2]["state"], rows[2]["why"]) == ("failed", report.results[2].reason)


def test_the_report_lists_what_is_not_read_and_still_does_when_nothing_changed(
    speeches: Path, out: Path
) -> None:
    write_files(speeches, "a.txt")
    (speeches / "b.md").write_text("大家好。\n\n![图](x.png)\n\n🎉\n\n再见。\n", encoding="utf-8")
    for state in ("made", "up to date"):
        report = produce_folder(speeches, out)
        assert states(report) == {"a.txt": state, "b.md": state}
        assert report.exit_code == 0
        document = json.loads((out / "batch-report.json").read_text(encoding="utf-8"))
        remarks = [
            "line 3: left out: pictures and media (图)",
            "line 5: “🎉” has no words, so that no subtitle shows it",
        ]
        assert [row["remarks"] for row in document["speeches"]] == [[], remarks]
        table = (out / "batch-report.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(table)))
        assert [row["remarks"] for row in rows] == ["", " | ".join(remarks)]


def test_remarks_recorded_in_another_language_are_made_anew(speeches: Path, out: Path) -> None:
    speeches.mkdir()
    (speeches / "b.md").write_text("大家好。\n\n![图](x.png)\n", encoding="utf-8")
    produce_folder(speeches, out)
    (record,) = (out / ".speechcast" / "records").glob("*.json")
    document = json.loads(record.read_text(encoding="utf-8"))
    assert document["language"] == "en"
    record.write_text(json.dumps({**document, "language": "zh", "remarks": ["第 1 行：图片"]}))
    (result,) = produce_folder(speeches, out).results
    assert (result.state, result.remarks) == (State.SKIPPED, tuple(document["remarks"]))


def test_a_remark_in_the_log_names_its_speech(
    speeches: Path, out: Path, caplog: pytest.LogCaptureFixture
) -> None:
    speeches.mkdir()
    (speeches / "b.md").write_text("大家好。\n\n![图](x.png)\n", encoding="utf-8")
    produce_folder(speeches, out)
    assert "b.md: line 3: left out: pictures and media (图)" in caplog.messages


def test_a_record_from_before_there_were_remarks_is_read() -> None:
    record = Record(
        fingerprint="f",
        source="a.txt",
        voice="tone",
        engine="tone",
        duration=1.0,
        took=1.0,
        files=(),
        remarks=("line 1: x",),
    )
    assert Record.from_json(record.to_json()) == record
    older = json.loads(record.to_json())
    del older["remarks"]
    assert Record.from_json(json.dumps(older).encode()) == replace(record, remarks=())


def test_a_rehearsal_writes_nothing_and_is_about_right(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt", "b.txt")
    (speeches / "bad.txt").write_text("……\n", encoding="utf-8")
    plan = batch.plan_batch(speeches, out, TONE)
    before = {f.source: f for f in forecast(plan)}
    assert not out.exists()
    assert [f.state for f in before.values()] == [State.PRODUCED, State.PRODUCED, State.FAILED]
    report = batch.run_batch(plan)
    assert before["a.txt"].voice == "tone"
    assert before["a.txt"].duration == pytest.approx(report.results[0].duration, rel=0.25)
    after = {f.source: f for f in forecast(plan)}
    assert after["a.txt"].state == State.SKIPPED
    assert after["a.txt"].duration == pytest.approx(report.results[0].duration)


def test_stopped_before_it_begins_it_does_nothing(speeches: Path, out: Path) -> None:
    stop = StopSignal()
    stop.drain()
    report = batch.run_batch(batch.plan_batch(write_files(speeches, "a.txt"), out, TONE), stop=stop)
    assert (states(report), report.exit_code) == ({"a.txt": "interrupted"}, 130)
    assert list_files(out) == []


def test_stopped_at_once_what_was_begun_leaves_nothing(speeches: Path, out: Path) -> None:
    write_files(speeches, "a.txt", "b.txt")
    stop = StopSignal()

    def listen(event: batch.Event) -> None:
        if isinstance(event, batch.Started):
            stop.abort()

    report = batch.run_batch(
        batch.plan_batch(speeches, out, TONE), jobs=1, stop=stop, listener=listen
    )
    assert report.exit_code == 130
    assert set(states(report).values()) <= {"interrupted", "made"}
    assert list_leftovers(out) == []
    assert produce_folder(speeches, out).exit_code == 0
    assert len(list_files(out)) == 4


@pytest.mark.slow
def test_however_many_at_once_the_bytes_are_the_same(speeches: Path, tmp_path: Path) -> None:
    for i in range(6):
        write_files(speeches, f"{i}.txt", text=SPEECH * (1 + i % 3))
    for jobs in (1, 2, 5):
        produce_folder(speeches, tmp_path / str(jobs), jobs=jobs)
    assert read_files(tmp_path / "1") == read_files(tmp_path / "2") == read_files(tmp_path / "5")

"""Projects are folders of plain files, and nothing of them is lost."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from speechcast.batch.folder_settings import load_settings
from speechcast.cli.app import app
from speechcast.errors import PresetError
from speechcast.project import edits
from speechcast.studio.library import Library, clean_name
from speechcast.synthesis.resources import NO_CACHE
from tests.support.studio_client import PATIENCE, Client, run_studio

TEXT = (
    "在年会上的讲话\n\n各位代表：今年增长5.2%。我们要认真总结，把各项工作做得更好。\n\n谢谢大家！\n"
)


def run(*arguments: str) -> None:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output


def edit(studio: Client, path: str) -> None:
    """Change something of every kind."""
    studio.patch(f"{path}/settings", {"subtitles": ["srt", "vtt"], "formats": ["mp3", "wav"]})
    studio.patch(f"{path}/sentences/3", {"rate": -20, "pause_after": 1.25})
    studio.patch(f"{path}/sentences/4", {"text": "谢谢{xie4}各位{代表|与会代表}！"})
    studio.put(f"{path}/readings", {"word": "5.2%", "spoken": "五个多百分点"})
    state = studio.record(path)
    token = next(c for c in state["cues"] if c["sentence"] == 3)["tokens"][1]
    studio.post(f"{path}/cuts", {"sentence": 3, "offset": token["offset"], "cut": True})


@pytest.mark.slow
def test_the_studio_writes_the_same_bytes_as_make(projects: Path, tmp_path: Path) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        path = studio.create(TEXT)
        edit(studio, path)
        files = studio.post(f"{path}/publish").json["files"]
        assert [f["name"] for f in files] == ["a.mp3", "a.wav", "a.srt", "a.vtt"]
        downloads = {f["name"]: studio.get(f"{path}/files/{f['name']}").body for f in files}
    run("make", str(projects / "a"), "--output", str(tmp_path / "made"))
    assert {p.name: p.read_bytes() for p in (tmp_path / "made").iterdir()} == downloads
    run("check", str(projects / "a/output/a.mp3"), str(projects / "a/output/a.srt"))


def test_an_untouched_project_is_what_make_gives_for_its_text(
    projects: Path, tmp_path: Path
) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        path = studio.create(TEXT)
        studio.post(f"{path}/publish")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    made = tmp_path / "made"
    run("make", str(tmp_path / "a.txt"), "--voice", "tone", "--output", str(made))
    published = {p.name: p.read_bytes() for p in (projects / "a/output").iterdir()}
    assert published == {p.name: p.read_bytes() for p in made.iterdir()}


def test_options_of_make_hold_before_the_settings_of_a_project(
    projects: Path, tmp_path: Path
) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        studio.create(TEXT)
    run("make", str(projects / "a"), "-o", str(tmp_path), "--format", "wav", "--name", "b")
    assert {p.name for p in tmp_path.iterdir() if p.is_file()} == {"b.wav", "b.srt"}


@pytest.mark.slow
def test_a_killed_studio_loses_nothing(projects: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "speechcast", "studio", "--no-browser"]
    studio = subprocess.Popen(
        [*command, "--projects", str(projects)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert studio.stdout
    with studio:
        address = studio.stdout.readline().split()[-1]
        port, token = address.split(":")[2].split("/?token=")
        client = Client(int(port), token)
        path = client.create(TEXT)
        edit(client, path)
        client.post(f"{path}/undo")
        before = client.get(path).json
        studio.send_signal(signal.SIGKILL)
    with run_studio(projects, tmp_path / "clips") as again:
        after = again.get(path).json
        clips = {"cues", "recorded", "estimated", "seconds", "sentences"}  # `tone` is not kept
        assert {k: v for k, v in after.items() if k not in clips} == {
            k: v for k, v in before.items() if k not in clips
        }
        recorded = again.record(path)
        assert recorded["cues"] == before["cues"]
        assert again.post(f"{path}/redo").json["can_redo"] is False
        for _ in range(3):
            assert again.post(f"{path}/undo").json["version"] > before["version"]


def test_what_an_editor_changed_meanwhile_is_one_more_change(
    projects: Path, tmp_path: Path
) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        path = studio.create(TEXT)
        file = projects / "a" / "speech.txt"
        file.write_text(TEXT.replace("谢谢大家", "谢谢各位"), "utf-8")
        assert studio.get(path).json["sentences"][3]["text"] == "谢谢各位！"
        assert studio.post(f"{path}/undo").json["sentences"][3]["text"] == "谢谢大家！"
        assert file.read_text("utf-8") == TEXT


def test_a_broken_file_is_named_in_one_line(projects: Path, tmp_path: Path) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        path = studio.create(TEXT)
        good = (projects / "a" / "adjustments.toml").read_bytes()
        (projects / "a" / "adjustments.toml").write_text("[[sentence]]\ntext = 3\n")
        answer = studio.get(path)
        assert answer.status == 400
        assert "adjustments.toml: sentence 1: text" in answer.json["error"]
        (projects / "a" / "adjustments.toml").write_bytes(good)
        assert studio.get(path).status == 200


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "各位代表，大家好。".encode("gb18030"), ""),
        ("讲话.md", "# 讲话\n\n大家好。\n".encode(), ""),
        ("a.doc", b"\xd0\xcf\x11\xe0", "save it as .docx"),
        ("a.txt", b"\x00\x01\x02\x03", "not"),
        ("a.txt", b"   \n", "no words"),
        ("a.pdf", b"%PDF-1.4 broken", ""),
    ],
)
def test_a_document_is_uploaded_or_refused_whole(
    projects: Path, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    form = (
        b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''"
        + quote(name).encode()
        + f'; filename="{name}"'.encode()
        + b"\r\n\r\n"
        + content
        + b"\r\n--edge--\r\n"
    )
    with run_studio(projects, tmp_path / "clips") as studio:
        answer = studio.send(
            "POST", "/api/projects", form, Content_Type="multipart/form-data; boundary=edge"
        )
        listed = studio.get("/api/projects").json
    if answer.status == 201:
        assert [p["id"] for p in listed] == [Path(name).stem]
    else:
        assert answer.status == 400
        assert words in answer.json["error"]
        assert listed == []
        assert not list(projects.glob("*"))


def test_a_project_is_removed_with_its_files(projects: Path, tmp_path: Path) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        path = studio.create(TEXT)
        assert studio.send("DELETE", path).status == 204
        assert studio.get(path).status == 404
    assert not list(projects.iterdir())


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_studio_ends_cleanly(number: str, tmp_path: Path) -> None:
    studio = subprocess.Popen(
        [sys.executable, "-m", "speechcast", "studio", "--no-browser", "--projects", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert studio.stdout
    address = studio.stdout.readline().split()[-1]
    port, token = address.split(":")[2].split("/?token=")
    client = Client(int(port), token)
    path = client.create(TEXT)
    with client.listen(path):  # a page that listens does not keep it open
        studio.send_signal(signal.Signals[number])
        _, errors = studio.communicate(timeout=PATIENCE)
    assert studio.returncode == 0
    assert errors.splitlines() == ["Ctrl-C ends it", "ended; the projects are saved"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_studio_that_is_ended_while_it_starts_says_the_same(
    number: signal.Signals, projects: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speechcast.studio.warming.warm_up", lambda: None)
    monkeypatch.setattr("webbrowser.open", lambda _: signal.raise_signal(number))
    result = CliRunner().invoke(app, ["studio", "--projects", str(projects)])
    assert (result.exit_code, result.stderr) == (0, "ended; the projects are saved\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["studio", "missing.txt", "--no-browser"], "does not exist"),
        (["studio", ".", "--no-browser"], "is no project"),
        (["studio", "--host", "300.1.1.1", "--no-browser"], "nothing can be served"),
        (["serve", "--host", "0.0.0.0", "--port", "0"], "SPEECHCAST_SERVE_KEY"),
    ],
)
def test_what_cannot_be_served_is_one_line(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code != 0
    (line,) = result.output.strip().splitlines()
    assert line.startswith("error: ")
    assert words in line


def test_a_speech_opened_again_is_the_same_project(projects: Path) -> None:
    library = Library(projects, NO_CACHE)
    with contextlib.closing(library):
        data = TEXT.encode()
        project = library.create("讲话.txt", data)
        session = library.open(project)
        session.edit(lambda p: edits.set_text(p, "完全不同。"))
        assert library.find("讲话.txt", data) == project == "讲话"
        assert library.find("讲话.txt", b"\xe5\xa5\xbd\xe3\x80\x82") is None
        assert library.find("other.txt", data) is None
        assert library.create("讲话.txt", data) == "讲话 2"


def test_a_project_elsewhere_is_opened_and_never_removed(projects: Path, tmp_path: Path) -> None:
    with run_studio(tmp_path / "elsewhere", tmp_path / "clips") as studio:
        studio.create(TEXT)
    library = Library(projects, NO_CACHE)
    with contextlib.closing(library):
        project = library.add_folder(tmp_path / "elsewhere" / "a")
        assert library.add_folder(tmp_path / "elsewhere" / "a") == project
        assert [p.id for p in library.list()] == [project]
        assert library.open(project).view().preview.sentences
        library.remove(project)
        assert library.list() == []
    assert (tmp_path / "elsewhere" / "a" / "speech.txt").read_text("utf-8") == TEXT


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("在会上的讲话", "在会上的讲话"),
        ("../../etc/passwd", "etc passwd"),
        ("a:b*c?", "a b c"),
        (" . ", "speech"),
        ("好" * 100, "好" * 26),
        ("con\x00.", "con_"),
        ("a\u202egpm.exe", "a gpm.exe"),
        ("\u200b\ufeff", "speech"),
        ("\ud800讲话\u2028稿", "讲话 稿"),
    ],
)
def test_a_name_fits_every_file_system(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_batch_names_the_command_for_a_project(projects: Path, tmp_path: Path) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        studio.create(TEXT)
    with pytest.raises(PresetError, match="speechcast make"):
        load_settings(projects / "a", PurePosixPath())


def test_the_list_says_how_long_each_project_is(projects: Path, tmp_path: Path) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        path = studio.create(TEXT)
        estimate = studio.get(path).json["seconds"]
        (listed,) = studio.get("/api/projects").json
        assert (listed["seconds"], listed["estimated"]) == (estimate, True)
        assert (listed["title"], listed["voice"]) == ("在年会上的讲话", "tone")
        seconds = studio.record(path)["seconds"]
    with run_studio(projects, tmp_path / "clips") as again:  # no speech is read
        (listed,) = again.get("/api/projects").json
        assert (listed["seconds"], listed["estimated"]) == (seconds, False)
        (projects / "a" / "speech.txt").write_text("另一篇讲话。", "utf-8")
        (listed,) = again.get("/api/projects").json
        assert "seconds" not in listed


@pytest.mark.parametrize(
    "content",
    ["", "[]", '"a"', "[" * 100_000, '{"speech": 1}', '{"speech": "speech.txt", "files": []}'],
)
def test_a_summary_that_is_none_is_no_summary(projects: Path, tmp_path: Path, content: str) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        studio.create(TEXT)
        (projects / "a" / ".summary.json").write_text(content)
        (listed,) = studio.get("/api/projects").json
        assert listed.keys() == {"id", "name", "changed"}


def test_pauses_between_sentences_and_paragraphs_are_set_apart(
    projects: Path, tmp_path: Path
) -> None:
    with run_studio(projects, tmp_path / "clips") as studio:
        path = studio.create("第一句。第二句。\n\n第三句。第四句。")
        usual = studio.record(path)
        settings = {"pauses": 2.0, "sentence_pauses": 0.5, "paragraph_pauses": 1.5}
        state = studio.patch(f"{path}/settings", settings).json
        gaps = [
            [b["start"] - a["start"] - a["seconds"] for a, b in pairwise(each["sentences"])]
            for each in (usual, state)
        ]
        usual_pauses, pauses = usual["pauses"], state["pauses"]
        assert pauses["sentence"] == pytest.approx(usual_pauses["sentence"])
        assert pauses["paragraph"] == pytest.approx(3 * usual_pauses["paragraph"])
        longer = 2 * usual_pauses["paragraph"]
        assert gaps[1] == pytest.approx([gaps[0][0], gaps[0][1] + longer, gaps[0][2]], abs=0.01)
        assert state["seconds"] == pytest.approx(usual["seconds"] + longer, abs=0.01)
        assert studio.patch(f"{path}/settings", {"paragraph_pauses": 9}).status == 400


def test_a_project_whose_folder_is_gone_is_said_to_be_gone(studio: Client) -> None:
    path = studio.create("大家好。")
    folder = Path(studio.post(f"{path}/publish").json["folder"]).parent
    moved = folder.rename(folder.with_name("moved away"))
    for answer in (studio.get(path), studio.patch(f"{path}/sentences/1", {"rate": 5})):
        assert answer.status == 404
        assert "the project's folder is gone" in answer.json["error"]
    assert not folder.exists()
    assert "moved away" in [project["id"] for project in studio.get("/api/projects").json]
    moved.rename(folder)
    assert studio.patch(f"{path}/sentences/1", {"rate": 5}).status == 200


def test_a_recording_says_that_it_goes_on_and_a_cancelled_one_that_it_does_not(
    studio: Client,
) -> None:
    path = studio.create("大家好。")
    begun = studio.post(f"{path}/record")
    assert (begun.status, begun.json) == (202, {"recording": True})
    ended = studio.post(f"{path}/cancel")
    assert (ended.status, ended.json) == (200, {"recording": False})


def test_without_a_take_that_is_named_a_sentence_is_heard_as_it_is(studio: Client) -> None:
    path = studio.create("大家好。")
    before = studio.get(f"{path}/sentences/1/sound").body
    studio.patch(f"{path}/sentences/1", {"rate": 50})
    now = studio.get(f"{path}/sentences/1/sound").body
    assert len(now) < len(before)
    assert studio.get(f"{path}/sentences/1/sound?take=previous").body == before
    assert studio.get(f"{path}/sentences/1/sound?take=unheard-of").body == now


def test_a_project_that_is_broken_is_listed_with_what_is_wrong(
    projects: Path, tmp_path: Path
) -> None:
    broken: dict[str, Callable[[Path], object]] = {
        "toml": lambda folder: (folder / "speechcast.toml").write_text("[project\n"),
        "value": lambda folder: (folder / "speechcast.toml").write_text("[project]\nname = 3\n"),
        "encoding": lambda folder: (folder / "speechcast.toml").write_bytes(b"\xff\xfe\x00"),
        "settings": lambda folder: (folder / "speechcast.toml").unlink(),
        "speech": lambda folder: (folder / "speech.txt").unlink(),
    }
    words = {
        "toml": "not valid TOML",
        "value": "name",
        "encoding": "UTF-8",
        "settings": "no speechcast.toml",
        "speech": "speech.txt cannot be read",
    }
    with run_studio(projects, tmp_path / "clips") as studio:
        for name in ("whole", *broken):
            assert studio.post("/api/projects", {"text": "大家好。", "name": name}).status == 201
        for name, break_it in broken.items():
            break_it(projects / name)
        (projects / "batch").mkdir()
        (projects / "batch" / "speechcast.toml").write_text('voice = "tone"\n')
        (projects / "notes").mkdir()
    with run_studio(projects, tmp_path / "clips") as studio:  # none of them was open before
        listed = {each["id"]: each for each in studio.get("/api/projects").json}
        assert listed.keys() == {"whole", *broken}
        assert "error" not in listed["whole"]
        for name in broken:
            assert words[name] in listed[name]["error"]
            answer = studio.get(f"/api/projects/{name}")
            assert (answer.status, words[name] in answer.json["error"]) == (400, True)
        assert studio.send("DELETE", "/api/projects/toml").status == 204
    assert not (projects / "toml").exists()


def test_a_folder_that_is_no_project_is_not_removed(projects: Path, tmp_path: Path) -> None:
    (projects / "notes").mkdir(parents=True)
    (projects / "notes" / "a.txt").write_text("大家好。", "utf-8")
    with run_studio(projects, tmp_path / "clips") as studio:
        assert studio.send("DELETE", "/api/projects/notes").status == 404
    assert (projects / "notes" / "a.txt").is_file()

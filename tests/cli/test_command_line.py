"""The commands as a user gives them: what they print, what they write, how they exit."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer

from speechcast.cli.common import report_errors
from speechcast.engines.kokoro.variants import REWRITING
from speechcast.subtitles.style import STYLES
from tests.support.systems import makes_links
from tests.support.waiting import wait_until

ENGLISH = "Good evening, friends and neighbours."
NOTES = "notes.lrc"
CHINESE = "各位同学：\n早上好！今天开会。\n"


def run(
    *arguments: str,
    folder: Path,
    pipe: bytes | None = None,
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "speechcast", *arguments],
        cwd=folder,
        input=pipe,
        capture_output=True,
        env=os.environ | (env or {}),
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "speech.txt").write_text(CHINESE, encoding="utf-8")
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_make_writes_both_files_and_says_so(folder: Path) -> None:
    done = run("make", "speech.txt", "--voice", "tone", folder=folder)
    assert done.returncode == 0
    assert names(folder) == ["output/speech.mp3", "output/speech.srt", "speech.txt"]
    summary = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert summary["audio"] == "output/speech.mp3"
    assert summary["subtitles"] == "output/speech.srt"
    assert (summary["sentences"], summary["cues"]) == ("3", "3")
    assert summary["voice"].startswith("tone (")
    assert {"duration", "took"} <= set(summary)
    assert "speaking: 100%, 3 of 3 sentences" in done.stderr.splitlines()


@pytest.mark.slow
def test_another_folder_name_and_rate(folder: Path) -> None:
    plain = run("make", "speech.txt", "-v", "tone", "-o", "a", folder=folder)
    brisk = run("make", "speech.txt", "-v", "tone", "-o", "b", "--rate", "+100%", folder=folder)
    assert (plain.returncode, brisk.returncode) == (0, 0)
    sizes = [(folder / d / "speech.mp3").stat().st_size for d in "ab"]
    assert sizes[1] < 0.9 * sizes[0]


@pytest.mark.slow
def test_a_speech_from_a_pipe(folder: Path) -> None:
    pipe = CHINESE.encode("gb18030")
    done = run("make", "-", "--name", "closing", "-v", "tone", folder=folder, pipe=pipe)
    assert done.returncode == 0
    assert names(folder) == ["output/closing.mp3", "output/closing.srt", "speech.txt"]
    assert "各位同学" in (folder / "output" / "closing.srt").read_text(encoding="utf-8")


REFUSED = [
    (["make", "none.txt"], "none.txt does not exist"),
    (["make", "."], ". is a folder"),
    (["make", "empty.txt"], "empty.txt is empty"),
    (["make", "blank.txt"], "blank has no words"),
    (["make", "marks.txt"], "marks has no words"),
    (["make", "picture.txt"], "picture.txt is not a text file"),
    (["make", "speech.txt", "-v", "narator"], "no preset 'narator'; did you mean 'narrator'?"),
    (["make", "speech.txt", "-v", "broken.toml"], "broken.toml: unknown key 'spead'"),
    (
        ["make", "speech.txt", "-v", "nobody.toml"],
        "no embedded voice 'zf_nobody'; did you mean",
    ),
    (["make", "speech.txt", "-o", "speech.txt/out", "-v", "tone"], "cannot be written"),
    (
        ["make", "speech.txt", "-o", "speech.txt", "-v", "tone"],
        "speech.txt cannot be written (Not a directory); choose another folder or name",
    ),
    (
        ["make", "english.txt", "--voice", "narrator"],
        "the text is not Chinese, but the voice 'narrator' speaks zh-CN",
    ),
    (["make", "speech.txt", "--style", "netflix"], "no style 'netflix'; did you mean 'netflix-"),
    (["make", "speech.txt", "--name", "a/b"], "'a/b' cannot be the name of a file"),
    (["make", "speech.txt", "--name", ""], "'' cannot be the name of a file"),
    (["make", "speech.txt", "--name", "长" * 84, "-v", "tone"], "is too long for a file"),
    (
        ["make", "今天开会，请坐。"],
        "no file '今天开会，请坐。'; to speak a text itself, pipe it",
    ),
    (["make", "今天开会" * 100], "there is no file '今天开会今天开会今天开会今天开会今天开会…'"),
    (["script", "大家好\n再见"], "there is no file '大家好 再见'; to speak a text itself, pipe it"),
    (
        ["batch", "http://127.0.0.1:1/x"],
        "http://127.0.0.1:1/x cannot be opened: Connection refused",
    ),
    (["voices", "show", "nobody"], "no preset 'nobody'"),
    (["voices", "install", "narrator", "--from", "nowhere"], "nowhere is no folder"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("arguments", "complaint"), REFUSED)
def test_one_clear_line_and_nothing_written(
    folder: Path, arguments: Sequence[str], complaint: str
) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\u3000\n")
    (folder / "marks.txt").write_text("……！？\n——\n", encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\r")
    (folder / "english.txt").write_text(ENGLISH)
    (folder / "broken.toml").write_text("spead = 1")
    (folder / "nobody.toml").write_text(
        'description = "d"\nengine = "kokoro"\nvoice = "zf_nobody"\nlanguage = "zh-CN"\n'
    )
    before = names(folder)
    done = run(*arguments, folder=folder, env={"XDG_DATA_HOME": str(folder / "data")})
    assert done.returncode == 1
    assert complaint in done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert names(folder) == before


@makes_links
@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        ("make notes.lrc -v tone --subtitles lrc -o .", NOTES),
        ("make notes.srt.txt --name notes -v tone --subtitles lrc -o .", NOTES),
        ("make speech.txt --lexicon notes.lrc -v tone --subtitles lrc --name notes -o .", NOTES),
        ("batch . -v tone -o output --log-file speech.txt", "speech.txt"),
    ],
)
def test_no_command_writes_over_what_it_reads(folder: Path, arguments: str, read: str) -> None:
    for name in ("notes.lrc", "speech.srt", "sound.wav"):
        (folder / name).write_text('"a" = "今天开会"\n', encoding="utf-8")
    (folder / "notes.srt.txt").symlink_to("notes.lrc")
    before = (folder / read).read_bytes()
    done = run(*arguments.split(), folder=folder)
    assert done.returncode == 1
    assert f"error: {read} " in done.stderr
    assert (folder / read).read_bytes() == before


@pytest.mark.parametrize(
    "arguments", [["make"], ["make", "a", "b"], ["mak"], ["make", "a", "--vox"]]
)
def test_wrong_usage(folder: Path, arguments: Sequence[str]) -> None:
    done = run(*arguments, folder=folder)
    assert done.returncode == 2
    assert "Usage: " in done.stderr
    assert "Traceback" not in done.stderr


def test_voices_lists_every_preset_and_survives_a_broken_one(folder: Path) -> None:
    user_presets = folder / "config" / "speechcast" / "voices"
    user_presets.mkdir(parents=True)
    (user_presets / "mine.toml").write_text("spead = 1")
    done = run("voices", folder=folder, env={"XDG_CONFIG_HOME": str(folder / "config")})
    assert done.returncode == 0
    rows = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert "unknown key 'spead'" in rows["mine"]
    assert "online" in rows["xiaoxiao"]
    assert "this machine" in rows["tone"]
    assert "ready" in rows["tone"]


def test_a_voice_whose_model_is_not_here_says_so(folder: Path) -> None:
    done = run("voices", folder=folder, env={"XDG_DATA_HOME": str(folder / "data")})
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("narrator")]
    assert "to be downloaded, 92.4 MB" in row


def test_voices_show(folder: Path) -> None:
    done = run("voices", "show", "report", folder=folder)
    assert done.returncode == 0
    for text in ("zm_yunyang", "zh-CN", "-5%", "pause after paragraph  1.5 s", "report.toml"):
        assert text in done.stdout


def test_voices_install_of_what_needs_nothing(folder: Path) -> None:
    assert run("voices", "install", "tone", folder=folder).stdout == "tone needs no model\n"
    done = run("voices", "install", "tone", "--compact", folder=folder)
    assert "preset 'tone': it has no compact model; leave out --compact" in done.stderr


def test_voices_show_says_which_model_speaks(folder: Path) -> None:
    env = {"XDG_DATA_HOME": str(folder / "data")}
    models = folder / "data" / "speechcast" / "models"
    models.mkdir(parents=True)
    reason = "it was chosen at its installation"
    note = {"rewriting": REWRITING, "variant": "compact", "reason": reason}
    (models / "kokoro-82m-v1.0-full.json").write_text(json.dumps(note), encoding="ascii")
    shown = run("voices", "show", "narrator", folder=folder, env=env).stdout
    assert f"compact: {reason}" in shown
    assert "model " not in run("voices", "show", "tone", folder=folder, env=env).stdout


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interruption_leaves_nothing(
    folder: Path, name: str, narrator: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    del narrator  # its model is needed
    clips = tmp_path_factory.mktemp("clips")
    # no two sentences alike, or one recording would do for all
    days = "".join(f"今天是第{n}天，天气很好。" for n in range(300))
    (folder / "long.txt").write_text(days, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "speechcast", "make", "long.txt"],
        cwd=folder,
        env=os.environ | {"SPEECHCAST_CACHE": str(clips)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert process.stderr
    assert b"speaking: 0%" in process.stderr.readline()
    wait_until(lambda: any(path.is_file() for path in clips.rglob("*")), seconds=120)
    process.send_signal(signal.Signals[name])  # a clip is recorded, most are not
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 130
    assert errors.decode().splitlines()[-1] == "interrupted; whatever was written is complete"
    assert names(folder) == ["long.txt", "speech.txt"]
    assert not (folder / "output").exists()


@pytest.mark.parametrize("module", ["cli.start", "messages", "cli.app", "errors"])
def test_an_interruption_while_the_command_is_imported_shows_no_traceback(
    folder: Path, module: str
) -> None:
    code = (
        "import sys\n"
        "class Interruption:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == 'speechcast.{module}':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interruption())\n"
        "sys.argv = ['speechcast', 'voices']\n"
        "from speechcast.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the folder in which a process runs")
@pytest.mark.parametrize(
    ("command", "errors"),
    [
        (["batch", "speeches", "--dry-run"], ["error: {}"]),
        (
            ["make", "a.txt"],
            ["error: a.txt does not exist; check the name and the folder", "note: {}"],
        ),
    ],
)
def test_a_command_in_a_folder_that_was_removed(
    tmp_path: Path, command: list[str], errors: list[str]
) -> None:
    (tmp_path / "gone").mkdir()
    code = (
        "import os, sys\n"
        "os.rmdir(os.getcwd())\n"
        f"sys.argv = ['speechcast', *{command!r}]\n"
        "from speechcast.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "gone",
        capture_output=True,
        text=True,
        check=False,
    )
    reason = "the folder in which this runs was removed; go to another one, with cd"
    assert done.returncode == 1
    assert done.stderr.splitlines() == [line.format(reason) for line in errors]


def test_too_little_memory_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as exit_, report_errors():
        bytearray(sys.maxsize // 2)
    assert exit_.value.exit_code == 1
    assert capsys.readouterr().err.startswith("error: there is too little memory; ")


def test_sigterm_is_handled_while_a_command_runs_and_no_longer() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with report_errors():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_help_imports_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys; sys.argv = ['speechcast', '--help']\n"
        "from speechcast.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('numpy', 'jieba', 'onnxruntime', 'av', 'edge_tts', 'pydub', 'rich', "
        "'speechcast.documents', 'speechcast.request') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_version(folder: Path) -> None:
    assert run("--version", folder=folder).stdout.startswith("speechcast 0.")


@pytest.mark.slow
def test_check_says_whether_a_production_is_fit(folder: Path) -> None:
    assert run("make", "speech.txt", "-v", "tone", folder=folder).returncode == 0
    files = ("output/speech.mp3", "output/speech.srt", "--source", "speech.txt")
    good = run("check", *files, "--style", "video", "--plot", "check.png", folder=folder)
    assert (good.returncode, good.stdout.splitlines()[-1]) == (0, "in sync and complete")
    assert (folder / "check.png").exists()
    assert json.loads(run("check", *files, "--json", folder=folder).stdout)["ok"]
    (folder / "speech.txt").write_text(CHINESE + "这句没有读。\n", encoding="utf-8")
    bad = run("check", *files, folder=folder)
    assert bad.returncode == 1
    assert "text missing" in bad.stdout
    assert bad.stdout.splitlines()[-1].startswith("not fit to deliver: text missing (1)")


@pytest.mark.slow
def test_subtitles_of_every_kind_shifted_on_frames_for_a_television(folder: Path) -> None:
    options = "--subtitles srt,vtt,ass,lrc,json,txt --bom --crlf --offset 0.2 --fps 25"
    done = run("make", "speech.txt", "-v", "tone", *options.split(), folder=folder)
    assert done.returncode == 0
    suffixes = "ass json lrc mp3 srt transcript.txt vtt".split()
    assert names(folder) == [*(f"output/speech.{s}" for s in suffixes), "speech.txt"]
    written = (folder / "output" / "speech.srt").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf1\r\n00:00:00,480 --> ")


@pytest.mark.slow
def test_a_voice_faster_than_its_readers_is_named_and_the_advice_holds(folder: Path) -> None:
    (folder / "speech.txt").write_text("今天我们大家在这里开会学习文件。" * 3, encoding="utf-8")
    calm = STYLES.find_path("netflix-zh").read_text(encoding="utf-8")
    (folder / "calm.toml").write_text(calm.replace("speed = 9", "speed = 6"), encoding="utf-8")
    options = "-v tone --style calm.toml --rate".split()
    done = run("make", "speech.txt", *options, "+100%", folder=folder)
    advice = re.search(r"(\d) cues? reads? at up to .* allows 6; --rate (.*) would", done.stdout)
    assert advice
    slower = run("make", "speech.txt", *options, advice[2], folder=folder)
    assert "characters per second" not in slower.stdout


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ("--subtitles srt,sub", "no subtitle format 'sub'; allowed are srt, vtt, ass, lrc"),
        ("--rate fast", "--rate: rate is 'fast'; it must be text from '-50%' to '+100%'"),
        ("--fps film", "--fps is 'film'; allowed are 1 to 240 frames per second"),
        ("--fps 0", "--fps is '0'"),
    ],
)
def test_a_mistake_in_how_subtitles_are_to_be(folder: Path, options: str, complaint: str) -> None:
    done = run("make", "speech.txt", "-v", "tone", *options.split(), folder=folder)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert complaint in done.stderr
    assert names(folder) == ["speech.txt"]


@pytest.mark.slow
def test_voices_preview_names_the_sample_it_made(folder: Path) -> None:
    options = ["--text", "你好。", "-o", "samples", "--no-play"]
    done = run("voices", "preview", "tone", *options, folder=folder)
    assert (done.returncode, done.stdout) == (0, "samples/preview-tone.mp3\n")
    assert "samples/preview-tone.mp3" in names(folder)


@pytest.mark.parametrize("command", ["make", "batch", "say", "script", "check", "voices", "cache"])
def test_help_names_no_part_of_the_program(command: str, folder: Path) -> None:
    done = run(command, "--help", folder=folder)
    assert done.returncode == 0
    assert not re.findall(r"[a-z]+_[a-z]+", done.stdout)

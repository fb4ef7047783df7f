"""Values that no option can have: one clear line that names the option, and nothing written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from speechcast.cli.app import app
from speechcast.cli.option_values import read_source, read_text_or_source, require_folder
from speechcast.errors import SourceError, UsageError

TEXT = "各位同学：\n早上好！今天开会。\n"
Captured = pytest.CaptureFixture[str]
MAKE = ("make", "speech.txt", "--voice", "tone")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "speech.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(arguments: Sequence[str], capsys: Captured) -> tuple[int, str]:
    """Run the program in this process: its exit code, and what it says is wrong."""
    with pytest.raises(SystemExit) as exit_:
        app(list(arguments), prog_name="speechcast")
    code = exit_.value.code
    assert isinstance(code, int)
    return code, capsys.readouterr().err


VALUED = {
    MAKE: "voice output encoding rate style subtitles offset fps format loudness bitrate "
    "sample-rate cover fit lexicon proxy device jobs",
    ("batch", ".", "--voice", "tone"): "output encoding rate style subtitles offset fps format "
    "loudness bitrate sample-rate cover lexicon proxy device jobs cluster log-file",
    ("say", "speech.txt"): "voice encoding rate lexicon proxy device jobs",
    ("script", "speech.txt"): "voice encoding rate lexicon",
    ("check", "a.mp3", "a.srt"): "source style plot",
    ("voices",): "language proxy",
    ("voices", "add", "zh-CN-XiaoxiaoNeural"): "as proxy",
    ("voices", "install", "tone"): "from",
    ("voices", "preview", "tone"): "text output proxy device",
    ("cache", "prune"): "to",
}
EVERY = [(command, f"--{name}") for command, names in VALUED.items() for name in names.split()]


@pytest.mark.parametrize("value", ["", " ", "\u3000"])
@pytest.mark.parametrize(("command", "option"), EVERY)
def test_an_empty_value_is_not_an_option_left_out(
    command: Sequence[str],
    option: str,
    value: str,
    folder: Path,
    capsys: Captured,
) -> None:
    code, errors = run([*command, option, value], capsys)
    assert (code, errors) == (2, f"error: {option} is empty; give it a value, or leave it out\n")
    assert [path.name for path in folder.iterdir()] == ["speech.txt"]


@pytest.mark.parametrize(
    "command",
    [
        ["make"],
        ["say"],
        ["script"],
        ["batch"],
        ["check"],
        ["voices", "show"],
        ["voices", "install"],
    ],
)
def test_an_empty_argument_is_no_folder(command: list[str], folder: Path, capsys: Captured) -> None:
    code, errors = run([*command, "", *(["a.srt"] if command == ["check"] else [])], capsys)
    assert code == 2
    assert " is empty; give it a value" in errors
    assert errors.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["speech.txt"]


@pytest.mark.parametrize(("command", "option"), [e for e in EVERY if e[1] != "--text"])
@pytest.mark.parametrize("value", ["x" * 256, "段" * 86 + "/a"])
def test_a_value_too_long_for_any_name(
    command: Sequence[str],
    option: str,
    value: str,
    folder: Path,
    capsys: Captured,
) -> None:
    code, errors = run([*command, option, value], capsys)
    assert code == 2
    assert errors.startswith(f"error: {option} is '{value[:6]}")
    assert errors.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["speech.txt"]


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("--offset", "nan inf -inf 1e308 86401 -86401 ٣ 三 x"),
        ("--fps", "nan inf -1 0 241 1e2 1_0 ٢٥ 三 1/0 25/ 0.5"),
        ("--rate", "nan 10% 10 +٣% +1000% +101% -51% +10"),
        ("--loudness", "nan inf -7.9 -41 -٢٠ －１８ loud"),
        ("--bitrate", "0 nan -96k ٩٦k 96kk 1e3 99999999"),
        ("--sample-rate", "0 -1 1 1000000000 nan ٣ 48000.5"),
        ("--fit", "0 0:00 nan -1 ٣ 1:2:3:4 8: :30"),
        ("--jobs", "0 -1 1001 1000000000 nan ٣ 三"),
        ("--proxy", "nan 0 ٣ 三 localhost nowhere/none host:port socks5://127.0.0.1:1"),
        ("--device", "gpu cuda CPU Auto 0"),
        ("--subtitles", "nan 0 docx srt;vtt"),
        ("--format", "nan 0 mp4 mp3;wav"),
    ],
)
def test_a_value_that_an_option_does_not_take(
    option: str, values: str, folder: Path, capsys: Captured
) -> None:
    for value in values.split():
        code, errors = run([*MAKE, option, value], capsys)
        assert code == 2, value
        assert option in errors or "the proxy" in errors, value
        assert "Traceback" not in errors
        assert [path.name for path in folder.iterdir()] == ["speech.txt"]


def test_a_proxy_refused_shows_no_password(folder: Path, capsys: Captured) -> None:
    assert folder.is_dir()
    for proxy in ("anna:secret@host", "ftp://anna:secret@host:21", "anna:secret@host:x"):
        code, errors = run([*MAKE, "--proxy", proxy], capsys)
        assert code == 2
        assert "secret" not in errors


@pytest.mark.slow
def test_an_offset_that_hides_the_first_cue_is_refused(folder: Path, capsys: Captured) -> None:
    code, errors = run([*MAKE, "--offset", "-100"], capsys)
    assert code == 2
    assert errors.splitlines()[-1].startswith(
        "error: --offset is -100, but the first cue ends after"
    )
    assert not (folder / "output").exists()
    code, _ = run([*MAKE, "--offset", "-0.5"], capsys)
    assert code == 0
    assert (
        (folder / "output/speech.srt").read_text(encoding="utf-8").startswith("1\n00:00:00,000 -")
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("make speech.txt --format wav --bitrate 96k", "--bitrate is for mp3, m4b, opus"),
        ("batch . --format flac,wav --bitrate 96k", "--bitrate is for mp3, m4b, opus"),
        ("make speech.txt --subtitles txt --offset 1", "--offset is about times"),
        ("make speech.txt --subtitles txt --fps 25", "--fps is about times"),
        ("align a.mp3 speech.txt --voice tone --subtitles txt --fps 25", "--fps is about times"),
        ("batch . --subtitles TXT --offset -1", "--offset is about times"),
        ("batch . --cluster tcp://a:1 --proxy http://b:1", "--proxy is this machine's"),
    ],
)
def test_an_option_that_would_change_nothing_is_refused(
    line: str, complaint: str, folder: Path, capsys: Captured
) -> None:
    code, errors = run(line.split(), capsys)
    assert code == 2
    assert errors.startswith(f"error: {complaint}")
    assert errors.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["speech.txt"]


@pytest.mark.parametrize("name", ["check", "check.docx", "check.mp3", "none/check.png", "dir.png"])
def test_a_plot_that_cannot_be_drawn_is_refused_first(
    name: str, folder: Path, capsys: Captured
) -> None:
    (folder / "dir.png").mkdir()
    code, errors = run(["check", "a.mp3", "a.srt", "--plot", name], capsys)
    assert code == 2
    assert errors.startswith(f"error: --plot is '{name}'; ")
    assert errors.count("\n") == 1


def test_a_language_without_presets_is_named_with_those_there_are(
    folder: Path, capsys: Captured
) -> None:
    assert folder.is_dir()
    code, errors = run(["voices", "--language", "xx"], capsys)
    assert code == 2
    assert errors.startswith("error: --language is 'xx'; there are en-GB, ")
    assert "zh-TW" in errors


def test_an_address_is_no_folder_of_this_machine() -> None:
    with pytest.raises(UsageError, match="--output is the address s3://bucket/out, but"):
        require_folder(Path("s3://bucket/out"))
    assert require_folder(Path("C:/out")) == Path("C:/out")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("text", ["大家好", "read a b.txt", "今天，开会。txt", "a.b"])
def test_what_is_no_name_of_a_file_is_spoken(text: str) -> None:
    document, is_text = read_text_or_source(text, None)
    assert (document.text, is_text) == (text, True)
    assert read_text_or_source("speech.txt", None)[1] is False


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("name", ["none.txt", "NONE.TXT", "今天，开会.docx", "今天，开会.DOCX"])
def test_the_name_of_a_file_that_is_not_there_is_not_spoken(name: str) -> None:
    for read in (read_source, read_text_or_source):
        with pytest.raises(SourceError, match=f"{name} does not exist"):
            read(name, None)


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("check a.srt a.mp3", "check a.mp3 a.srt"),
        ("check a.VTT film.mkv", "check film.mkv a.VTT"),
        ("align speech.txt talk.m4a", "align talk.m4a speech.txt"),
        ("align 讲稿.docx 录音.wav", "align 录音.wav 讲稿.docx"),
    ],
)
def test_a_sound_and_its_text_in_the_wrong_order(line: str, order: str, capsys: Captured) -> None:
    expected = f"error: the sound stands first: speechcast {order}\n"
    code, error = run(line.split(), capsys)
    assert (code, error.replace("'", "")) == (2, expected)


@pytest.mark.parametrize("line", ["check a.mp3 b.srt", "check a.srt b.srt", "align a b.txt"])
def test_what_may_stand_in_this_order_is_looked_for(line: str, capsys: Captured) -> None:
    code, error = run(line.split(), capsys)
    assert (code, "does not exist" in error) == (1, True)

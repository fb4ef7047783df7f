"""What `--help` prints, and what is said of a command line that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from speechcast.cli import app as cli
from speechcast.cli.columns import measure
from speechcast.cli.option_words import expand_home
from speechcast.cli.panels import PANELS
from tests.support.command_lines import parse

COLUMNS, ROWS = 80, 50  # of a terminal
PAGE = """\
Usage: speechcast cache prune [OPTIONS]

Remove the least recently used clips until SIZE is left.

Options:
  --to SIZE  The size to keep, like 500MB; by default the limit.

Example:
  speechcast cache prune --to 500MB
"""


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))


def commands() -> Iterator[str]:
    """Every command line that has a page."""
    root = typer.main.get_command(cli.app)
    yield ""
    for name, command in getattr(root, "commands", {}).items():
        yield name
        yield from (f"{name} {sub}" for sub in getattr(command, "commands", {}))


def find(line: str) -> Any:
    """Return the command of a line."""
    command = typer.main.get_command(cli.app)
    for name in line.split():
        command = command.commands[name]  # type: ignore[attr-defined]  # of a group
    return command


def show(command: str) -> str:
    done = CliRunner().invoke(cli.app, [*command.split(), "--help"], prog_name="speechcast")
    assert done.exit_code == 0
    return done.stdout


def test_a_page_whole() -> None:
    assert show("cache prune") == PAGE


@pytest.mark.parametrize("command", list(commands()))
def test_a_page_fits_a_screen_and_ends_with_an_example(command: str) -> None:
    lines = show(command).splitlines()
    assert max(map(measure, lines)) < COLUMNS
    assert len(lines) <= ROWS
    example = lines[lines.index("Example:") + 1]
    assert f"speechcast {command}".strip() in example


@pytest.mark.parametrize("command", ["make", "batch", "dub", "align"])
def test_options_stand_in_groups_in_one_order(command: str) -> None:
    lines = show(command).splitlines()
    headings = [line[:-1] for line in lines if line.endswith(":") and line[0] != " "]
    groups = [h for h in headings if h not in {"Arguments", "Example"}]
    assert groups == [panel for panel in PANELS if panel in groups]
    assert {"Voice", "Subtitles", "Files", "Progress"} <= set(groups)


def test_an_option_has_the_same_words_in_every_command() -> None:
    """Where it means the same: --jobs, --force and --subtitles of `batch` are other options."""
    pages = {name: show(name) for name in ("make", "dub", "align", "batch")}
    for option in ("--rate", "--lexicon", "--bom", "--crlf", "--bitrate", "--proxy", "--no-cache"):
        lines = {
            line.split(maxsplit=2)[-1].strip()
            for page in pages.values()
            for line in page.splitlines()
            if line.strip().startswith(option)
        }
        assert len(lines) == 1, option


def test_nothing_is_switched_on_unless_it_is_named() -> None:
    """All but the sound of the samples, for which `voices preview` is called."""
    on = {
        f"{name} --{option.name}"
        for name in commands()
        for option in find(name).params
        if option.default is True
    }
    assert on == {"voices preview --play"}


def test_every_example_is_a_command_line_that_can_be_parsed() -> None:
    for command in commands():
        page = show(command)
        for line in page.partition("Example:\n")[2].splitlines():
            program, _, words = line.partition(">")[0].strip().partition(" ")
            assert program == "speechcast"
            parse(words)


DASH = "'{}' is no option; one begins with -- (two hyphens), not with {}"


def swallowed(option: str, word: str) -> str:
    return (
        f"{option} needs a value, and '{word}' looks like an option; "
        f"if it is the value, write {option}={word}"
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("mak", "there is no command 'mak'; did you mean 'make'?"),
        ("voices instal", "there is no command 'instal'; did you mean 'install'?"),
        ("xyzzy", "there is no command 'xyzzy'"),
        ("make", "SPEECH is missing"),
        ("make a b", "'b' is one argument too many"),
        (
            "make -- a --voice heart",
            "'--voice' stands after --, where no options are; write it before",
        ),
        ("make a --vox", "there is no option --vox; near it are --bom, --proxy, --voice"),
        ("make a --jobs", "--jobs needs a value"),
        ("make a --jobs x", "--jobs must be a number from 1 to 1000"),
        ("make a --jobs 5000", "--jobs must be a number from 1 to 1000"),
        ("make a --offset x", "--offset must be a number"),
        ("make a --bom=3", "--bom takes no value"),
        # An option takes the word after it, whatever that is.
        ("make a --allow-online -o out", swallowed("--allow-online", "-o")),
        ("make a --name --voice heart", swallowed("--name", "--voice")),
        ("make a -v -o out", swallowed("--voice", "-o")),
        ("make a --rate --froce", swallowed("--rate", "--froce")),
        ("make a --lexicon --", swallowed("--lexicon", "--")),
        ("batch a -ro --force", swallowed("--output", "--force")),
        ("batch a --jobs -n", swallowed("--jobs", "-n")),
        ("dub a --cast --over film.mp4", swallowed("--cast", "--over")),
        ("voices --language --proxy x:1", swallowed("--language", "--proxy")),
        ("make a -o=out", "'-o=out': no = stands after a short option; write -o out"),
        # What a word processor and a Chinese keyboard make of two hyphens.
        ("make a \u2014voice heart", DASH.format("\u2014voice", "\u2014")),
        ("make \u2013voice heart a", DASH.format("\u2013voice", "\u2013")),
        ("make a \uff0d\uff0dforce", DASH.format("\uff0d\uff0dforce", "\uff0d")),
    ],
)
def test_a_wrong_command_line(
    line: str, complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(line.split()) == 2
    usage, error, hint = capsys.readouterr().err.splitlines()
    assert usage.startswith("Usage: ")
    assert error == f"error: {complaint}"
    assert hint.endswith(" --help' lists what there is")


def test_a_wrong_command_line_shows_no_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["make", "a", "--vo\x1b[31m\n"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_the_option_of_the_language_is_on_the_first_page() -> None:
    assert "--lang zh|en" in show("")


@pytest.mark.parametrize(
    "line",
    ["make a --rate -10% --loudness -18 -o out", "make a --name=-o", "make -- -o", "batch a -rn"],
)
def test_a_value_with_a_hyphen_is_one(line: str) -> None:
    parse(line)


def test_the_home_of_the_user_is_found_where_no_shell_puts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))  # of Windows
    typed = "make ~/a --output=~/talks --voice=~ --name=~a --lexicon ~/b".split()
    assert expand_home(typed) == [
        "make",
        "~/a",
        f"--output={tmp_path}/talks",
        f"--voice={tmp_path}",
        "--name=~a",
        "--lexicon",
        "~/b",
    ]
    assert parse("batch a --output=~/talks")["output"] == f"{tmp_path}/talks"
    assert parse("batch -ro~/talks a")["output"] == f"{tmp_path}/talks"
    assert parse("make -- --a=~/b")["source"] == "--a=~/b"


def test_the_home_of_the_user_is_put_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "~/of")  # as of a service whose home nothing expanded
    monkeypatch.setenv("USERPROFILE", "~/of")
    assert parse("batch a --output=~/talks")["output"] == "~/of/talks"


@pytest.mark.parametrize(
    "line",
    ["make -a.txt", "make --voice.txt --rate +5%", "make -o.txt", "batch --bom -a.txt"],
)
def test_a_file_whose_name_begins_with_a_dash_is_taken_for_an_option(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("-a.txt", "--voice.txt", "-o.txt"):
        Path(name).touch()
    assert cli.run(line.split()) == 2
    name = next(word for word in line.split() if word.endswith(".txt"))
    _, error, hint = capsys.readouterr().err.splitlines()
    assert error == (
        f"error: '{name}' is taken for an option; for the file or folder write ./{name}"
    )
    assert hint.endswith(f"{line.split(maxsplit=1)[0]} --help' lists what there is")


@pytest.mark.parametrize(
    "line", ["make -- -a.txt", "make x --cover -a.txt", "make -o out x", "make x --name=-o"]
)
def test_a_file_with_a_dash_may_stand_where_no_option_can(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("-a.txt", "-o", "--name=-o"):
        Path(name).touch()
    parse(line)

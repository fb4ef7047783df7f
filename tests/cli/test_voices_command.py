"""`speechcast voices`: what a preset does, and presets that stand in for others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.embedded import load_draft
from tests.support.users import User, preset_at

pytestmark = pytest.mark.slow


@pytest.fixture
def user(tmp_path: Path) -> User:
    return User(tmp_path)


def test_show_says_where_the_text_goes_and_with_which_key(user: User) -> None:
    preset = preset_at("http://anna:secret@10.0.0.5:8880", model="kokoro", proxy="http://b:pw@p:1")
    user.configure("voices/ours.toml", preset)
    shown = user.run("voices", "show", "ours").stdout
    assert "option address" in shown
    assert "http://10.0.0.5:8880" in shown
    assert "option model" in shown
    (row,) = (line for line in shown.splitlines() if line.startswith("key from"))
    assert "SPEECHCAST_OPENAI_KEY" in row
    assert "secret" not in shown
    assert "pw@" not in shown
    user.write("theirs.toml", preset_at("http://10.0.0.5:8880"))
    assert (
        "no variable is named for this address" in user.run("voices", "show", "theirs.toml").stdout
    )


def test_a_preset_that_stands_in_for_a_shipped_one_is_named_whenever_it_takes_part(
    user: User,
) -> None:
    path = user.configure(
        "voices/story.toml",
        'description = "d"\nengine = "tone"\nvoice = "sine"\nlanguage = "zh-CN"\n',
    )
    user.write("speech.txt")
    note = f"note: 'story' is your own preset {path}, not the one that comes with speechcast\n"
    for arguments in (
        ["make", "speech.txt", "--voice", "story"],
        ["script", "speech.txt", "--voice", "story"],
        ["batch", ".", "--voice", "story", "--dry-run"],
        ["voices"],
        ["voices", "show", "story"],
    ):
        assert user.run(*arguments).stderr.startswith(note), arguments
    assert "note:" not in user.run("make", "speech.txt", "--voice", "tone").stderr


def test_strange_names_of_presets_are_one_line(user: User) -> None:
    user.write("speech.txt")
    for name in ("a" * 300, "a" * 300 + ".toml", "\x1b[2J"):
        for arguments in (
            ["make", "speech.txt", "--voice", name],
            ["voices", "show", name],
            ["voices", "install", name],
        ):
            done = user.run(*arguments)
            (line,) = done.stderr.splitlines()
            assert done.returncode in {1, 2}
            assert line.startswith("error: there is no preset") or "is too long" in line
            assert "\x1b" not in line


def test_an_address_is_no_output_folder_of_make(user: User) -> None:
    user.write("speech.txt")
    done = user.run("make", "speech.txt", "-v", "tone", "-o", "sftp://anna:secret@host/talks")
    assert done.returncode == 2
    assert "'speechcast batch' writes to an address" in done.stderr
    assert "secret" not in done.stderr
    assert not list(user.folder.glob("sftp*"))


def test_whoever_is_shown_or_installs_a_voice_is_shown_its_licence(user: User) -> None:
    draft = load_draft().name
    for command in ("show", "install"):
        (row,) = (
            line
            for line in user.run("voices", command, draft).stdout.splitlines()
            if line.startswith("licence")
        )
        assert "not for commercial use" in row
    assert "not for commercial use" in user.run("voices").stdout


def test_a_piper_voice_is_listed_with_the_file_it_lacks(user: User) -> None:
    lines = ['description = "d"', 'engine = "piper"', 'voice = "mine.onnx"', 'language = "en"']
    path = user.configure("voices/mine.toml", "\n".join(lines))
    (row,) = (x for x in user.run("voices").stdout.splitlines() if x.startswith("mine "))
    assert "broken" in row
    assert f"there is no file {path.parent / 'mine.onnx'}" in row

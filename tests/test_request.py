"""What a document, its folder and its user prefer, made one."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.documents import Document, from_text
from speechcast.errors import OutputError, PresetError, UsageError
from speechcast.output_files import default_name, name_files
from speechcast.preferences import Chooser, Preferences, preferences_in
from speechcast.request import (
    AudioOptions,
    PageSound,
    Request,
    SubtitleOptions,
    resolve_request,
)
from speechcast.subtitles import style
from speechcast.voices import presets

HEAD = """\
voice: tone
style: vertical
rate: -10%
lexicon: words.toml
cast: {甲: heart, 乙: draft}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a document's lexicon, and with another outside of it."""
    (tmp_path / "talks").mkdir()
    for name, reading in (("talks/words", "chong2 yang2"), ("mine", "zhong4 yang2")):
        (tmp_path / f"{name}.toml").write_text(f'"重阳" = "{reading}"\n', encoding="utf-8")
    return tmp_path / "talks"


def document(head: str = HEAD) -> Document:
    return from_text(f"---\n{head}---\n甲：今天开会。\n乙：重阳节。\n")


def resolve(folder: Path, head: str = HEAD, **changes: object) -> Request:
    options: dict[str, object] = {"folder": folder, **changes}
    return resolve_request(document(head), "talk", folder, **options)  # type: ignore[arg-type]


def test_a_document_chooses_what_its_user_does_not(folder: Path) -> None:
    request = resolve(folder)
    assert {label: voice.name for label, voice in request.cast.items()} == {
        "": "tone",
        "甲": "heart",
        "乙": "draft",
    }
    assert {voice.rate for voice in request.cast.values()} == {-10}
    assert request.subtitle_style.name == "vertical"
    assert request.lexicon.entries["重阳"].pinyin == ("chong2", "yang2")
    assert set(request.consent.choosers.values()) == {Chooser.DOCUMENT}


def test_its_user_comes_first_and_its_folder_last(folder: Path) -> None:
    user = Preferences(rate="+20%", cast={"甲": "michael"}, lexicons=(folder.parent / "mine.toml",))
    beside = Preferences(
        voice="news", style="video", rate="+50%", cast={"乙": "news", "丙": "emma"}
    )
    request = resolve(folder, preferences=user, folder_preferences=beside)
    assert [request.cast[label].name for label in ("", "甲", "乙", "丙")] == [
        "tone",
        "michael",
        "draft",
        "emma",
    ]
    assert request.voice.rate == 20
    assert request.subtitle_style.name == "vertical"
    assert request.lexicon.entries["重阳"].pinyin == ("zhong4", "yang2")
    assert request.consent.choosers == {
        "": Chooser.DOCUMENT,
        "甲": Chooser.USER,
        "乙": Chooser.DOCUMENT,
        "丙": Chooser.FOLDER,
    }


def test_a_voice_and_a_style_that_are_given_hold_before_all(folder: Path) -> None:
    voice = presets.load("news")
    wanted = SubtitleOptions(style=style.load("verbatim"))
    user = Preferences(voice="draft", style="video")
    request = resolve(folder, preferences=user, voice=voice, subtitles=wanted)
    assert (request.voice.name, request.subtitle_style.name) == ("news", "verbatim")
    assert request.consent.choosers[""] == Chooser.USER


@pytest.mark.parametrize(("text", "language"), [("今天开会。", "zh"), ("Good morning.", "en")])
@pytest.mark.parametrize("preferred", [None, "auto"])
def test_without_a_choice_the_language_chooses(
    text: str, language: str, preferred: str | None
) -> None:
    preferences = Preferences(voice=preferred)
    request = resolve_request(from_text(text), "talk", Path(), preferences)
    assert request.voice.language.startswith(language)
    assert request.subtitle_style == style.load_for_language(request.voice.language)


@pytest.mark.parametrize("key", ["voice", "style", "lexicon"])
@pytest.mark.parametrize("name", ["../mine.toml", "{tmp}/mine.toml", "a\\0b.toml"])
def test_a_document_names_no_file_outside_its_folder(key: str, name: str, folder: Path) -> None:
    head = f'{key}: "{name.format(tmp=folder.parent.as_posix())}"\n'
    with pytest.raises(PresetError, match="which lies outside its folder"):
        resolve(folder, head)


def test_a_document_of_a_batch_may_name_a_file_of_the_batch(folder: Path) -> None:
    facts = document("lexicon: ../mine.toml\n").front_matter
    assert preferences_in(facts, folder, folder.parent).lexicons == (folder / "../mine.toml",)


def test_the_main_voice_is_no_part_of_a_cast(folder: Path) -> None:
    with pytest.raises(UsageError, match="the main voice is no part of it"):
        resolve(folder, preferences=Preferences(cast={"": "tone"}))


def test_a_target_decides_the_silence_at_both_ends_and_the_rate(folder: Path) -> None:
    free = resolve(folder, audio=AudioOptions(loudness="none"))
    acx = resolve(folder, audio=AudioOptions(loudness="acx"))
    assert acx.target.name != free.target.name
    for voice in acx.cast.values():
        assert voice.pauses == acx.target.with_edges(voice.pauses)
    with pytest.raises(UsageError, match="--bitrate is 40.5k; mp3 at 44100 Hz allows 32k, 40k"):
        resolve(folder, audio=AudioOptions(loudness="acx", bitrate=40_500))


@pytest.mark.parametrize(
    ("page", "suffixes"),
    [
        (None, ".mp3 .wav .srt .transcript.txt"),
        (PageSound.LINKED, ".mp3 .wav .srt .transcript.txt .html"),
    ],
)
def test_the_files_of_a_request(page: PageSound | None, suffixes: str, folder: Path) -> None:
    request = resolve(
        folder,
        audio=AudioOptions(formats=("mp3", "wav")),
        subtitles=SubtitleOptions(formats=("srt", "txt")),
        page=page,
    )
    assert request.outputs.names == tuple(f"talk{suffix}" for suffix in suffixes.split())
    assert request.outputs.moved_to(Path("x")).names == request.outputs.names


@pytest.mark.parametrize(("length", "fits"), [(251, True), (252, False)])
def test_a_name_has_room_for_the_longest_suffix(length: int, fits: bool, folder: Path) -> None:
    request = replace(resolve(folder), name="x" * length)
    if fits:
        assert request.outputs.names == ("x" * length + ".mp3", "x" * length + ".srt")
    else:
        with pytest.raises(OutputError, match=f"'{'x' * 20}…' is too long for a file"):
            request.outputs  # noqa: B018 it raises


@pytest.mark.parametrize(
    ("head", "title"),
    [("title: 开会\n", "开会"), ("speaker: 甲\n", "caf\N{REPLACEMENT CHARACTER}")],
)
def test_the_title_is_that_of_the_document_or_its_name(head: str, title: str, folder: Path) -> None:
    assert replace(resolve(folder, head), name="caf\udce9").title == title


@pytest.mark.parametrize("name", [" ", "..", "a/b", "a\\b", "a\0b", "a\nb", "\x1b[31m", "a\u202eb"])
def test_a_name_that_is_none_of_a_file_is_refused(name: str) -> None:
    with pytest.raises(OutputError, match="cannot be the name of a file"):
        name_files(Path(), name, [".mp3"], [".srt"])


@pytest.mark.parametrize("name", [".", ".a", "...", ".mp3"])
def test_a_name_that_hides_the_files_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=f"'{re.escape(name)}' begins with a dot"):
        name_files(tmp_path, name, [".mp3"], [".srt"])


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("讲话 一.txt", "讲话 一"),
        ("a.b.txt", "a.b"),
        (".draft.txt", "draft"),
        ("two\nlines.txt", "two_lines"),
        ("\ufeffa.txt", "_a"),
        ("می\u200cخواهم 👨\u200d👩.txt", "می\u200cخواهم 👨\u200d👩"),
        ("caf\udce9.txt", "caf\udce9"),
    ],
)
def test_the_name_that_files_have_by_default_can_be_one(
    source: str, name: str, tmp_path: Path
) -> None:
    assert default_name(Path("talks", source)) == name
    assert name_files(tmp_path, name, [".mp3"], []).names == (f"{name}.mp3",)


@pytest.mark.parametrize(
    ("formats", "bitrate", "fits"),
    [
        (("mp3",), 96_000, True),
        (("wav", "opus"), 96_000, True),
        (("flac", "wav"), None, True),
        (("flac", "wav"), 96_000, False),
        (("wav",), 96_000, False),
    ],
)
def test_a_bitrate_that_no_format_has_is_refused(
    formats: tuple[str, ...], bitrate: int | None, *, fits: bool
) -> None:
    with nullcontext() if fits else pytest.raises(UsageError, match="--bitrate is for mp3, m4b,"):
        AudioOptions(formats=formats, bitrate=bitrate)

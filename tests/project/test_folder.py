"""A project's folder on the disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.adjustments import Adjustment, SentenceKey
from speechcast.errors import OutputError, SpeechcastError
from speechcast.prepare import prepare
from speechcast.project import edits, user_lexicon
from speechcast.project.adjustments_file import format_adjustments, parse_adjustments
from speechcast.project.folder import is_project, load_project, open_project, save_project
from speechcast.project.history import History
from speechcast.project.project import Project, Settings, open_speech
from speechcast.project.resolution import to_request
from speechcast.subtitles.formats.registry import SUBTITLE_SUFFIXES
from tests.support.systems import makes_links, uses_modes

PROJECT = Project(
    name="年会讲话",
    speech=open_speech("speech.txt", "主持人：请讲。\n\n市长：各位代表，大家好。".encode()),
    settings=Settings(
        voice="tone",
        rate=-5,
        style="video",
        loudness="ebu-r128",
        formats=("mp3", "wav"),
        subtitles=("srt", "vtt"),
        fit=90.5,
        pauses=1.25,
        sentence_pauses=0.5,
        paragraph_pauses=2.0,
        cast={"主持人": "tone", "市长": "tone"},
    ),
    readings={"5.2%": "五个多", "重阳": "chong2 yang2", 'a"b': "c\\d"},
    adjustments={
        SentenceKey("请讲。"): Adjustment(rate=10, pause_after=1.5, voice="tone"),
        SentenceKey("好。", 3): Adjustment(cuts={2: True, 5: False}),
    },
)


def test_what_is_saved_is_opened(tmp_path: Path) -> None:
    history = History(PROJECT).changed(edits.set_settings(PROJECT, {"rate": 3})).undone()
    save_project(tmp_path, history)
    assert open_project(tmp_path) == history
    assert is_project(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        ".history.json",
        "adjustments.toml",
        "lexicon.toml",
        "speech.txt",
        "speechcast.toml",
    ]


KEYS = st.builds(SentenceKey, st.text(min_size=1).map(str.strip).filter(bool), st.integers(1, 99))
ADJUSTMENTS = st.builds(
    Adjustment,
    rate=st.integers(-50, 100),
    pause_after=st.none() | st.floats(0.05, 60),
    voice=st.sampled_from(["", "tone", "a b"]),
    cuts=st.dictionaries(st.integers(1, 200), st.booleans()).map(lambda d: dict(sorted(d.items()))),
)


@given(st.dictionaries(KEYS, ADJUSTMENTS, max_size=4))
def test_any_adjustment_is_written_and_read_again(
    tmp_path_factory: pytest.TempPathFactory, adjustments: dict[SentenceKey, Adjustment]
) -> None:
    path = tmp_path_factory.mktemp("a") / "adjustments.toml"
    path.write_text(format_adjustments(adjustments), "utf-8")
    assert parse_adjustments(path) == adjustments


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("sentence = 3", "no list of tables"),
        ("[[sentence]]\n", "text is missing"),
        ('[[sentence]]\ntext = "a"\nrate = "fast"', "rate is 'fast'"),
        ('[[sentence]]\ntext = "a"\nrate = "+900%"', "-50% to +100%"),
        ('[[sentence]]\ntext = "a"\npause_after = 99', "seconds from 0 to 60"),
        ('[[sentence]]\ntext = "a"\ncut_after = [0]', "cut_after must be"),
        ('[[sentence]]\ntext = "a"\ncut_after = "x"', "cut_after must be"),
        ('[[sentence]]\ntext = "a"\nsped = 1', "unknown key"),
        ("x", "not valid TOML"),
    ],
)
def test_an_adjustment_that_is_none_is_named(tmp_path: Path, content: str, words: str) -> None:
    save_project(tmp_path, History(PROJECT))
    (tmp_path / "adjustments.toml").write_text(content)
    with pytest.raises(SpeechcastError, match="adjustments.toml") as caught:
        open_project(tmp_path)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('speech = "speech.txt"', 'speech = "../speech.txt"', "in its folder"),
        ('speech = "speech.txt"', 'speech = "/etc/passwd"', "in its folder"),
        ('speech = "speech.txt"', 'speech = "gone.txt"', "cannot be read"),
        ("\npauses = 1.25", "\npauses = 100", "times the voice's"),
        ("paragraph_pauses = 2.0", "paragraph_pauses = 0", "times the voice's"),
        ('loudness = "ebu-r128"', 'loudness = "loud"', "loud"),
        ('fit = "90.5"', 'fit = "soon"', "soon"),
        ('rate = "-5%"', 'rate = "slow"', "rate"),
        ('format = "mp3,wav"', 'format = "exe"', "exe"),
        ("[project]", "[projekt]", "projekt"),
    ],
)
def test_a_setting_that_is_none_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    save_project(tmp_path, History(PROJECT))
    path = tmp_path / "speechcast.toml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(SpeechcastError, match=words.replace("(", r"\(")):
        open_project(tmp_path)


@makes_links
@pytest.mark.parametrize(
    "name", ["speech.txt", "lexicon.toml", "adjustments.toml", ".history.json"]
)
def test_a_link_that_leads_out_of_the_folder_is_not_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    save_project(folder, History(PROJECT))
    secret = tmp_path / "secret"
    secret.write_text('"甲" = "乙"\n')
    (folder / name).unlink()
    (folder / name).symlink_to(secret)
    with pytest.raises(SpeechcastError, match="leads out of the folder"):
        open_project(folder)


@makes_links
@pytest.mark.parametrize(
    "name", ["speech.txt", "lexicon.toml", "adjustments.toml", ".history.json"]
)
def test_links_that_lead_to_each_other_are_not_followed(tmp_path: Path, name: str) -> None:
    save_project(tmp_path, History(PROJECT))
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to("other")
    (tmp_path / "other").symlink_to(name)
    with pytest.raises(SpeechcastError, match="leads out of the folder"):
        open_project(tmp_path)


@makes_links
@pytest.mark.parametrize(
    "name", ["speech.txt", "lexicon.toml", "adjustments.toml", ".history.json"]
)
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    save_project(tmp_path, History(PROJECT))
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    with pytest.raises(SpeechcastError, match="is a pipe"):
        open_project(tmp_path)


@uses_modes
def test_a_save_that_fails_changes_nothing(tmp_path: Path) -> None:
    save_project(tmp_path, History(PROJECT))
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    (tmp_path / "lexicon.toml").chmod(0o444)  # a read-only file stays
    changed = edits.set_reading(edits.set_settings(PROJECT, {"rate": 9}), "甲", "乙")
    with pytest.raises(OutputError):
        save_project(tmp_path, History(PROJECT).changed(changed))
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
    assert load_project(tmp_path) == PROJECT


def test_a_project_becomes_the_request_of_its_settings(tmp_path: Path) -> None:
    save_project(tmp_path, History(PROJECT))
    request = to_request(load_project(tmp_path), tmp_path)
    assert request.voice.rate == -5
    assert request.audio.formats == ("mp3", "wav")
    assert request.audio.duration == 90.5
    assert request.target.name == "ebu-r128"
    assert request.output == tmp_path / "output"
    assert [SUBTITLE_SUFFIXES[name] for name in request.subtitles.formats] == [".srt", ".vtt"]
    prepared = prepare(request)
    assert [u.speaker for u in prepared.utterances] == ["主持人", "市长"]
    sentence = SentenceKey("主持人：请讲。")
    adjusted = PROJECT.adjusted(sentence, Adjustment(rate=10, pause_after=1.5))
    prepared = prepare(to_request(adjusted, tmp_path))
    first, second = prepared.utterances
    assert (first.speaker, first.pause_after) == ("主持人 [+10%]", 1.5)
    assert prepared.cast["主持人 [+10%]"].rate == 4  # 0.95 · 1.1
    assert second.pause_after == 0


def test_the_users_lexicon_keeps_its_comments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "speechcast" / "lexicon.toml"
    user_lexicon.set_user_reading("甲", "jia3")
    path.write_text("# mine\n" + path.read_text("utf-8") + '"乙" = "yi3"', "utf-8")
    user_lexicon.set_user_reading("甲", "jia4")
    assert path.read_text("utf-8") == '# mine\n"乙" = "yi3"\n"甲" = "jia4"\n'
    user_lexicon.set_user_reading("乙", None)
    assert path.read_text("utf-8") == '# mine\n"甲" = "jia4"\n'
    with pytest.raises(SpeechcastError):
        user_lexicon.set_user_reading("丙", "bing3 bing3")
    assert "丙" not in path.read_text("utf-8")

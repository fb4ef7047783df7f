"""What is saved is read again: no value is taken that a project's files refuse or change."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.adjustments import Adjustment, SentenceKey
from speechcast.errors import PresetError, SpeechcastError, UsageError
from speechcast.project import edits, user_lexicon
from speechcast.project.adjustments_file import format_adjustments, parse_adjustments
from speechcast.project.project import Project, Settings, open_speech
from speechcast.project.settings_file import format_settings, parse_settings
from speechcast.synthesis.fit_duration import parse_duration

PROJECT = Project(name="a", speech=open_speech("a.txt", "大家好。再见。".encode()))
FIRST = SentenceKey("大家好。")


@pytest.mark.parametrize("rate", [-50, 0, 100])
def test_a_rate_that_is_set_is_one_that_the_file_takes(tmp_path: Path, rate: int) -> None:
    adjusted = edits.adjust_sentence(PROJECT, 1, {"rate": rate, "pause_after": 1.0})
    path = tmp_path / "adjustments.toml"
    path.write_text(format_adjustments(adjusted.adjustments), "utf-8")
    assert parse_adjustments(path) == {FIRST: Adjustment(rate=rate, pause_after=1.0)}


@pytest.mark.parametrize("rate", [-51, 101])
def test_a_rate_that_the_file_refuses_cannot_be_set(rate: int) -> None:
    """A slow voice could speak the sentence so, but the project could not be opened any more."""
    with pytest.raises(UsageError) as caught:
        edits.adjust_sentence(PROJECT, 1, {"rate": rate})
    assert str(caught.value) == (
        f"the rate of sentence 1 is {rate:+}%, held against its voice; allowed are -50% to +100%"
    )


LENGTHS = st.one_of(
    st.integers(1, 86_400).map(str),
    st.builds("{}.{:03}".format, st.integers(0, 86_399), st.integers(1, 999)),
    st.builds("{}:{:02}.{}".format, st.integers(1, 999), st.integers(0, 59), st.integers(0, 10**9)),
    st.builds("{}:{}:{}".format, st.integers(0, 23), st.integers(0, 59), st.integers(1, 59)),
    st.just("0.00001"),
)


@given(LENGTHS)
def test_any_length_is_written_and_read_again(
    tmp_path_factory: pytest.TempPathFactory, length: str
) -> None:
    path = tmp_path_factory.mktemp("a") / "speechcast.toml"
    settings = Settings(fit=parse_duration(length))
    path.write_text(format_settings(settings, "a", "a.txt"), "utf-8")
    assert parse_settings(path)[0] == settings


@pytest.mark.parametrize(("length", "seconds"), [("24:00:00", 86_400), ("86400", 86_400)])
def test_a_day_is_the_longest_length(length: str, seconds: int) -> None:
    assert parse_duration(length) == seconds


@pytest.mark.parametrize("length", ["24:00:01", "86400.001", "99999", "99:999:99999"])
def test_a_length_of_more_than_a_day_is_none(length: str) -> None:
    with pytest.raises(
        UsageError, match=f"'{length}' is too long; it must be no more than 24 hours"
    ):
        parse_duration(length)


@pytest.mark.parametrize(("text", "rate"), [("+5%", 5), ("-5%", -5), ("5", 5), ("-50", -50)])
def test_a_rate_of_the_settings(tmp_path: Path, text: str, rate: int) -> None:
    path = tmp_path / "speechcast.toml"
    path.write_text(f"rate = '{text}'\n[project]\nname = 'a'\nspeech = 'a.txt'\n", "utf-8")
    assert parse_settings(path)[0].rate == rate


@pytest.mark.parametrize("text", ["+٣%", "1_0%", "+5%%", "+-5%", "5 %", "0x5", "1000", "+%"])
def test_a_rate_of_the_settings_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "speechcast.toml"
    path.write_text(f"rate = '{text}'\n[project]\nname = 'a'\nspeech = 'a.txt'\n", "utf-8")
    with pytest.raises(PresetError) as caught:
        parse_settings(path)
    assert str(caught.value).endswith(f"rate is '{text}'; write it like +10%")


def test_a_sentence_that_is_set_twice_is_named_and_neither_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "adjustments.toml"
    entry = '[[sentence]]\ntext = "好。"\n'
    path.write_text(f'{entry}rate = "+5%"\n{entry}number = 2\n{entry}pause_after = 2\n', "utf-8")
    with pytest.raises(PresetError, match="sentence 3 is one that was set before"):
        parse_adjustments(path)
    path.write_text(f'{entry}rate = "+5%"\n{entry}number = 2\n', "utf-8")
    assert list(parse_adjustments(path)) == [SentenceKey("好。"), SentenceKey("好。", 2)]


def test_a_cue_that_ends_and_does_not_end_at_one_place_is_named(tmp_path: Path) -> None:
    path = tmp_path / "adjustments.toml"
    lists = "cut_after = [7, 4, 2]\njoin_after = [9, 4, 7]\n"
    path.write_text(f'[[sentence]]\ntext = "好。"\n{lists}', "utf-8")
    with pytest.raises(PresetError, match="sentence 1: 4 stands in cut_after and in join_after"):
        parse_adjustments(path)


def test_the_users_lexicon_may_come_from_notepad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a byte order mark and the line ends of Windows, which stay as they are."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "speechcast" / "lexicon.toml"
    path.parent.mkdir()
    path.write_bytes("\ufeff甲 = 'jia3'\r\n'乙' = 'yi3'\r\n".replace("甲", '"甲"').encode())
    user_lexicon.set_user_reading("甲", "jia4")
    assert path.read_bytes().decode() == "'乙' = 'yi3'\r\n" + '"甲" = "jia4"\n'


def test_a_lexicon_that_is_not_utf_8_is_named_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "speechcast" / "lexicon.toml"
    path.parent.mkdir()
    content = '"甲" = "乙"\n'.encode("gb18030")
    path.write_bytes(content)
    with pytest.raises(SpeechcastError, match="lexicon.toml is not in UTF-8"):
        user_lexicon.set_user_reading("甲", "jia3")
    assert path.read_bytes() == content

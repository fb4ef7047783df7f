"""The limits of a project's values, and the exact text of its files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from speechcast.adjustments import Adjustment, SentenceKey
from speechcast.documents import Document
from speechcast.documents.block import Block
from speechcast.errors import PresetError, SpeechcastError, UsageError
from speechcast.model import BlockKind
from speechcast.preferences import Chooser, Preferences
from speechcast.project import edits, user_lexicon
from speechcast.project.adjustments_file import format_adjustments, parse_adjustments
from speechcast.project.folder import list_project_files
from speechcast.project.history import LONGEST, History
from speechcast.project.history_file import format_history, parse_history
from speechcast.project.project import Project, Settings, open_speech
from speechcast.project.resolution import to_request
from speechcast.project.sentences import list_sentences
from speechcast.project.settings_file import format_settings, parse_settings
from speechcast.project.text_form import to_markdown
from speechcast.project.toml import Scalar, format_table


def project_of(text: str) -> Project:
    return Project(name="a", speech=open_speech("speech.txt", text.encode()))


PROJECT = project_of("大家好。我们开会。再见。")


def test_two_hundred_changes_can_be_undone() -> None:
    history = History(PROJECT)
    for rate in range(1, LONGEST + 2):
        history = history.changed(edits.set_settings(PROJECT, {"rate": rate}))
    assert (len(history.past), history.version, LONGEST) == (200, 202, 200)
    assert history.past[0].settings.rate == 1
    assert history.undone().version == history.undone().redone().version - 1 == 203


@pytest.mark.parametrize("pause", [0.05, 60.0, None])
def test_a_pause_that_is_allowed(pause: float | None) -> None:
    adjusted = edits.adjust_sentence(PROJECT, 2, {"pause_after": pause, "rate": 5})
    assert adjusted.adjustments[SentenceKey("我们开会。")] == Adjustment(rate=5, pause_after=pause)


@pytest.mark.parametrize("pause", [0.049, 60.1, 0.0])
def test_a_pause_that_is_not(pause: float) -> None:
    with pytest.raises(UsageError, match="sentence 2 is .* seconds; allowed are 0.05 to 60$"):
        edits.adjust_sentence(PROJECT, 2, {"pause_after": pause})


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_sentence_that_there_is_not(number: int) -> None:
    with pytest.raises(UsageError, match=f"there is no sentence {number}; the speech has 3"):
        edits.adjust_sentence(PROJECT, number, {"rate": 5})


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_sentence_is_adjusted_by_its_number(number: int) -> None:
    (key,) = edits.adjust_sentence(PROJECT, number, {"rate": 5}).adjustments
    assert key.text == ["大家好。", "我们开会。", "再见。"][number - 1]


def test_cuts_stand_in_order_and_can_be_left_to_the_program() -> None:
    project = edits.set_cut(edits.set_cut(PROJECT, 2, 5, True), 2, 1, False)
    (adjustment,) = project.adjustments.values()
    assert list(adjustment.cuts.items()) == [(1, False), (5, True)]
    (adjustment,) = edits.set_cut(project, 2, 5, None).adjustments.values()
    assert adjustment.cuts == {1: False}
    assert edits.set_cut(edits.set_cut(project, 2, 5, None), 2, 1, None).adjustments == {}
    for offset in (0, 6):
        with pytest.raises(UsageError, match=f"5 characters, so no cue ends after {offset}"):
            edits.set_cut(PROJECT, 2, offset, True)


def test_a_setting_that_there_is_not() -> None:
    with pytest.raises(UsageError, match="there is no setting 'speed'; there are voice, rate"):
        edits.set_settings(PROJECT, {"speed": 5})


def test_readings_are_set_and_removed() -> None:
    project = edits.set_reading(edits.set_reading(PROJECT, "甲", "乙"), "丙", "bing3")
    assert project.readings == {"甲": "乙", "丙": "bing3"}
    assert edits.set_reading(project, "甲", "子").readings == {"丙": "bing3", "甲": "子"}
    assert edits.set_reading(project, "甲", None).readings == {"丙": "bing3"}


def test_a_sentence_may_become_several_or_none_at_the_end() -> None:
    changed = edits.set_sentence_text(PROJECT, 3, "再会！多谢。")
    assert changed.speech.text == "大家好。我们开会。再会！多谢。"
    assert edits.set_sentence_text(PROJECT, 3, "").speech.text == "大家好。我们开会。"
    assert edits.set_sentence_text(PROJECT, 1, "").speech.text == "我们开会。再见。"
    with pytest.raises(UsageError, match="more than sentence 2 would change"):
        edits.set_sentence_text(PROJECT, 2, "我们")


def test_what_is_set_stays_where_many_sentences_are_alike() -> None:
    text = "好。" * 150 + "再见。" + "好。" * 150
    project = edits.adjust_sentence(project_of(text), 151, {"rate": 5})
    moved = edits.set_text(project, "好。" + text)
    assert list(moved.adjustments) == [SentenceKey("再见。")]


def test_a_sentence_beside_emphasis_has_its_signs() -> None:
    markdown = "**大家好。** *我们*开会。再{见|会}。"
    project = replace(PROJECT, speech=open_speech("speech.md", markdown.encode()))
    spans = [sentence.source for sentence in list_sentences(project)]
    assert spans == ["**大家好。**", "*我们*开会。", "再{见|会}。"]


def test_the_history_of_long_texts_is_what_differs() -> None:
    long = "同志们，" * 500
    history = History(project_of(long + "甲。"))
    for text in (long + "乙。", "丙。" + long + "乙。", long, "丁。"):
        history = history.changed(edits.set_text(history.current, text))
    text = format_history(history)
    assert text.count("同志们，") < 510 * 2
    assert parse_history(text, lambda _: b"") == history
    assert "同志们" in text  # as it is, not as escapes


def test_a_history_of_another_format_is_none() -> None:
    text = format_history(History(PROJECT))
    assert '"format":1' in text
    with pytest.raises(ValueError, match="another format"):
        parse_history(text.replace('"format":1', '"format":2'), lambda _: b"")


def test_the_text_of_adjustments(tmp_path: Path) -> None:
    adjustments = {
        SentenceKey("好。"): Adjustment(rate=-50, pause_after=0.0, cuts={1: False, 2: True}),
        SentenceKey("好。", 2): Adjustment(rate=100, voice="tone"),
    }
    text = format_adjustments(adjustments)
    assert text.splitlines()[1:] == [
        "",
        "[[sentence]]",
        'text = "好。"',
        'rate = "-50%"',
        "pause_after = 0.0",
        "cut_after = [2]",
        "join_after = [1]",
        "",
        "[[sentence]]",
        'text = "好。"',
        "number = 2",
        'rate = "+100%"',
        'voice = "tone"',
    ]
    path = tmp_path / "adjustments.toml"
    assert parse_adjustments(path) == {}
    path.write_text(text, "utf-8")
    assert parse_adjustments(path) == adjustments


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('rate = "+101%"', "sentence 1: rate is '+101%'; write it like +10%, from -50% to +100%"),
        ('rate = "-51%"', "from -50%"),
        ('rate = "5"', "write it like"),
        ("number = 0", "sentence 1: number"),
        ("cut_after = [true]", "cut_after must be a list of numbers"),
        ("cut_after = [-1]", "cut_after must be a list of numbers"),
        ("cut_after = [10000001]", "cut_after must be a list of numbers"),
        ('join_after = ["x"]', "join_after must be a list of numbers"),
        ("pause_after = -0.1", "from 0 to 60"),
    ],
)
def test_adjustments_outside_their_limits(tmp_path: Path, line: str, words: str) -> None:
    path = tmp_path / "adjustments.toml"
    path.write_text(f'[[sentence]]\ntext = "a"\n{line}\n', "utf-8")
    with pytest.raises(SpeechcastError) as caught:
        parse_adjustments(path)
    assert words in str(caught.value)


def test_a_cue_may_end_after_the_last_character_of_the_longest_sentence(tmp_path: Path) -> None:
    path = tmp_path / "adjustments.toml"
    path.write_text('[[sentence]]\ntext = "a"\ncut_after = [10000000]\n', "utf-8")
    assert parse_adjustments(path) == {SentenceKey("a"): Adjustment(cuts={10_000_000: True})}


def test_pauses_of_every_kind_are_scaled(tmp_path: Path) -> None:
    """Those between sentences and paragraphs by two factors, which are multiplied."""
    scaled = Settings(voice="tone", pauses=1.5, sentence_pauses=0.5, paragraph_pauses=2.0)
    pauses, usual = (
        to_request(replace(PROJECT, settings=settings), tmp_path).voice.pauses
        for settings in (scaled, Settings(voice="tone"))
    )
    assert pauses.clause == pytest.approx(1.5 * usual.clause)
    assert pauses.sentence == pytest.approx(0.75 * usual.sentence)
    assert pauses.paragraph == pytest.approx(3 * usual.paragraph)
    assert (pauses.lead_in, pauses.tail) == (usual.lead_in, usual.tail)


def test_a_text_becomes_utf_8_and_a_document_stays_as_it_is() -> None:
    speech = open_speech("讲话.TXT", "大家好。".encode("gb18030"))
    assert (speech.name, speech.text) == ("speech.txt", "大家好。")
    assert open_speech("a.exe.md", b"# a\n").name == "speech.md"
    page = "<p>大家好。</p>".encode("gb18030")
    assert open_speech("a.html", page).data == page


def test_the_files_of_a_project(tmp_path: Path) -> None:
    names = ["speech.txt", "speechcast.toml", "lexicon.toml", "adjustments.toml"]
    assert list_project_files(tmp_path, PROJECT) == [tmp_path / name for name in names]


def test_the_shortest_settings_are_the_usual_ones(tmp_path: Path) -> None:
    path = tmp_path / "speechcast.toml"
    path.write_text('[project]\nname = "a"\nspeech = "a.txt"\n', "utf-8")
    assert parse_settings(path) == (Settings(), "a", "a.txt")
    assert (Settings().formats, Settings().subtitles, Settings().pauses) == (("mp3",), ("srt",), 1)
    text = format_settings(Settings(rate=5, fit=90.0), "a", "a.txt")
    assert text.splitlines()[1:] == [
        'rate = "+5%"',
        'subtitles = "srt"',
        'lexicon = "lexicon.toml"',
        "",
        "[project]",
        'name = "a"',
        'speech = "a.txt"',
        'format = "mp3"',
        'fit = "90"',
    ]
    path.write_text("", "utf-8")
    with pytest.raises(PresetError, match="that of a folder of speeches, not of a project"):
        parse_settings(path)


@pytest.mark.parametrize("pauses", [0.2, 3.0])
def test_pauses_within_their_limits(tmp_path: Path, pauses: float) -> None:
    path = tmp_path / "speechcast.toml"
    path.write_text(format_settings(Settings(pauses=pauses), "a", "a.txt"), "utf-8")
    assert parse_settings(path)[0].pauses == pauses


@pytest.mark.parametrize(
    ("speech", "pauses", "words"),
    [
        ("a.txt", 0.19, "from 0.2 to 3"),
        ("a.txt", 3.1, "from 0.2 to 3"),
        ("a.exe", 1, "must be the name of a document"),
        ("b/a.txt", 1, "must be the name of a document"),
        ("b\\a.txt", 1, "must be the name of a document"),
    ],
)
def test_settings_outside_their_limits(
    tmp_path: Path, speech: str, pauses: float, words: str
) -> None:
    path = tmp_path / "speechcast.toml"
    path.write_text(f"[project]\nname = 'a'\nspeech = '{speech}'\npauses = {pauses}\n", "utf-8")
    with pytest.raises(PresetError) as caught:
        parse_settings(path)
    assert words in str(caught.value)


def test_headings_of_every_level_become_markdown() -> None:
    kinds = [(BlockKind.TITLE, 0), *((BlockKind.HEADING, level) for level in (1, 2, 5, 6, 7))]
    blocks = tuple(Block("题", kind, level=level) for kind, level in kinds)
    text = to_markdown(Document((*blocks, Block("- 甲"), Block("-甲"))))
    signs = [line.removesuffix("题").strip() for line in text.split("\n\n")[:6]]
    assert signs == ["#", "##", "##", "#####", "######", "######"]
    assert text.endswith("\n\n\\- 甲\n\n-甲\n")


def test_values_as_toml_writes_them() -> None:
    values: dict[str, Scalar] = {"a-b": True, "c d": False, "甲": '行"\x7f', "e": 1.5, "f": [3, 7]}
    assert format_table(values) == (
        'a-b = true\n"c d" = false\n"甲" = "行\\"\\u007f"\ne = 1.5\nf = [3, 7]\n'
    )


def test_a_voice_of_the_project_is_not_the_users_word(tmp_path: Path) -> None:
    project = replace(PROJECT, settings=Settings(voice="tone", rate=5, pauses=2.0))
    request = to_request(project, tmp_path)
    assert request.consent.choosers == {"": Chooser.FOLDER}
    assert (request.voice.rate, request.voice.pauses.sentence) == (5, 1.0)
    assert request.audio.loudness is None
    named = to_request(project, tmp_path, preferences=Preferences(voice="tone"))
    assert named.consent.choosers.get("", Chooser.USER) is Chooser.USER
    other = to_request(project, tmp_path, output=tmp_path / "elsewhere")
    assert other.output == tmp_path / "elsewhere"
    usual = to_request(replace(project, settings=Settings(voice="tone")), tmp_path)
    assert usual.voice.pauses.sentence == 0.5


def test_the_users_lexicon_is_changed_by_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "a" / "b"))
    path = tmp_path / "a" / "b" / "speechcast" / "lexicon.toml"
    user_lexicon.set_user_reading("甲", "jia3")
    user_lexicon.set_user_reading("丙", "bing3")
    path.write_text("# 甲 = 1\n" + path.read_text("utf-8"), "utf-8")
    user_lexicon.set_user_reading("甲", None)
    assert path.read_text("utf-8") == '# 甲 = 1\n"丙" = "bing3"\n'
    path.write_text('"丁" = """\nding1"""\n', "utf-8")
    with pytest.raises(SpeechcastError):
        user_lexicon.set_user_reading("丁", "ding4")
    path.unlink()
    path.mkdir()
    with pytest.raises(SpeechcastError, match="lexicon.toml cannot be written"):
        user_lexicon.set_user_reading("甲", "jia3")

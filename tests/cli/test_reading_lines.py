"""`speechcast script --pinyin`: the reading of each word, over the word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from speechcast.cli.app import app
from speechcast.cli.columns import measure
from speechcast.cli.reading_lines import lay_out
from speechcast.frontend.mandarin.g2p_zh import Doubt
from speechcast.preview import TokenPreview

SPEECH = "领导说：“你好！”我们有20人，花儿在西安。\n\n（掌声）iPhone增长5.2%。\n"


def script(folder: Path, text: str, voice: str, columns: int) -> list[str]:
    """Return the sentences' lines of the page."""
    path = folder / "speech.txt"
    path.write_text(text, encoding="utf-8")
    arguments = ["script", str(path), "--voice", voice, "--pinyin"]
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": str(columns)})
    assert done.exit_code == 0, done.output
    lines = str(done.output).splitlines()
    legend = next(i for i, line in enumerate(lines) if line.startswith("readings"))
    return lines[lines.index("", legend) + 1 :]


def rows(tokens: Sequence[TokenPreview], width: int) -> list[str]:
    return [line for row in lay_out(tokens, width) for line in (row.readings(str), row.text)]


def word(text: str, pinyin: str = "", spoken: str | None = None) -> TokenPreview:
    return TokenPreview(
        shown=text, spoken=text if spoken is None else spoken, pinyin=tuple(pinyin.split())
    )


def test_words_fill_a_row_to_its_last_column() -> None:
    tokens = [word("甲"), word("乙"), word("丙"), word("丁")]
    assert [row.text for row in lay_out(tokens, 5)] == ["甲 乙", "丙 丁"]
    assert [row.text for row in lay_out(tokens, 4)] == ["甲", "乙", "丙", "丁"]


def test_chinese_on_a_wide_terminal(tmp_path: Path) -> None:
    assert script(tmp_path, SPEECH, "narrator", 80) == [
        "      língdǎo shuō  níhǎo",
        "   1  领导    说： “你好！”",
        "      wǒmen yǒu    èr shí rén  huār zài xī'ān",
        "   2  我们  有  20→二 十  人， 花儿 在  西安。",
        "",
        "      (not spoken) ài fēng zēngzhǎng      bǎi fēn zhī wú diǎn èr",
        "   3  （掌声）     iPhone  增长      5.2%→百  分  之  五 点   二。",
    ]


def test_chinese_on_a_narrow_terminal(tmp_path: Path) -> None:
    lines = script(tmp_path, SPEECH, "narrator", 40)
    assert lines[2:7] == [
        "      wǒmen yǒu    èr shí rén  huār zài",
        "   2  我们  有  20→二 十  人， 花儿 在",
        "      xī'ān",
        "      西安。",
        "",
    ]
    assert max(map(measure, lines)) <= 40


def test_english(tmp_path: Path) -> None:
    pytest.importorskip("phonemizer")
    text = 'Mr. Hale said, "We have 5 dogs — and a cat!"\n'
    assert script(tmp_path, text, "heart", 60) == [
        "         mˈɪstəɹ hˈAl sˈɛd   wi hæv    fˈIv dˈɑɡz   ænd ə",
        '   1  Mr→Mister. Hale said, "We have 5→five dogs  — and a',
        "      kˈæt",
        '      cat!"',
    ]


def test_a_voice_that_reads_the_text_itself(tmp_path: Path) -> None:
    """Of Mandarin the page has our own pinyin, of English nothing, and says so."""
    path = tmp_path / "speech.txt"
    for text, voice, note, line in (
        ("他很好。", "xiaoxiao", "pinyin as we would read it;", "tā hén hǎo"),
        ("He is fine.", "aria", "none are known: this voice reads the text itself", "   1> He is"),
        ("他很好。", "hiumaan", "none are known: this voice reads the text itself", "   1> 他 很"),
    ):
        path.write_text(text, encoding="utf-8")
        arguments = ["script", str(path), "--voice", voice, "--pinyin"]
        page = CliRunner().invoke(app, arguments).output
        assert note in page
        assert line in page


def test_a_doubtful_reading_is_marked() -> None:
    doubt = Doubt(
        token_index=0,
        char_index=0,
        char="朝",
        chosen="zhao1",
        others=("chao2",),
        probability=0.8,
    )
    token = TokenPreview(shown="朝阳", spoken="朝阳", pinyin=("zhao1", "yang2"), doubts=(doubt,))
    (row,) = lay_out([token, word("村", "cun1")], 40)
    assert row.readings(str) == "zhāo?yáng cūn"
    assert row.readings("<{}>".format) == "<zhāo?yáng> cūn"


def test_no_colour_where_the_output_is_no_terminal(tmp_path: Path) -> None:
    lines = script(tmp_path, "去看朝阳。", "narrator", 80)
    assert any("zhāo?" in line for line in lines)
    assert "\x1b" not in "".join(lines)


def test_marks_stay_with_their_words() -> None:
    tokens = [word('"'), word("好", "hao3"), word('"'), word("！"), word("（"), word("是", "shi4")]
    assert rows([*tokens, word("）")], 40) == [" hǎo     shì", '"好"！ （是）']


def test_what_is_wider_than_the_terminal_is_divided() -> None:
    assert rows([word("abcdefghij")], 4) == ["", "abcd", "", "efgh", "", "ij"]
    assert rows([], 4) == []
    assert rows([word("——")], 4) == ["", "——"]


words = st.builds(
    word,
    st.text('好人a1。“”" ', min_size=1, max_size=6),
    st.sampled_from(["", "hao3", "hao3 ren2"]),
    st.sampled_from([None, "", "一二三"]),
)


@given(st.lists(words, max_size=12), st.integers(4, 40))
def test_the_rows_fit_and_lose_nothing(tokens: list[TokenPreview], width: int) -> None:
    lines = rows(tokens, width)
    assert all(measure(line) <= width for line in lines)
    shown = "".join("".join(lines[1::2]).split())
    for token in tokens:
        assert "".join(token.shown.split()) in shown or measure(token.shown) > width


@pytest.mark.parametrize("options", [[], ["--pinyin"]])
def test_a_text_moves_no_cursor(tmp_path: Path, options: list[str]) -> None:
    """A control character of a terminal that takes one byte, which text files may hold."""
    path = tmp_path / "speech.txt"
    path.write_text("大家\u009b2J好。再见。\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["script", str(path), "--voice", "tone", *options])
    assert done.exit_code == 0, done.output
    assert "\u009b" not in done.output
    assert "\N{REPLACEMENT CHARACTER}" in done.output
    assert "再见。" in done.output

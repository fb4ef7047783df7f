"""Readings in their sentence, and which of them are doubtful."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer
from speechcast.frontend.mandarin import g2p_zh

FAINT = tokenizer.tokenize("今天地上很脏，他晕了过去。", "zh-CN")


def test_doubts_name_the_character_in_its_token() -> None:
    doubts = g2p_zh.find_doubtful_readings(FAINT)
    assert [(d.token_index, d.char_index, d.char, d.chosen, d.others) for d in doubts] == [
        (2, 1, "脏", "zang1", ("zang4",)),
        (5, 0, "晕", "yun1", ("yun4",)),
    ]
    assert [d.probability for d in doubts] == pytest.approx([0.85, 0.55], abs=0.01)


def test_what_the_writer_gave_is_not_doubted() -> None:
    """The character 5 of the text is 脏, the 8th is 晕."""
    doubts = g2p_zh.find_doubtful_readings(FAINT, {5: "zang1"})
    assert [(d.token_index, d.char_index) for d in doubts] == [(5, 0)]
    annotated = g2p_zh.annotate(FAINT, {5: "zang4", 8: "yun4"})
    assert [annotated[i].pinyin for i in (2, 5)] == [("hen3", "zang4"), ("yun4",)]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("银行的行长和行人都来。", "yin2 hang2 de5 hang2 zhang3 he2 xing2 ren2 dou1 lai2"),
        ("朝阳区的人朝着太阳。", "chao2 yang2 qu1 de5 ren2 chao2 zhe5 tai4 yang2"),
        ("我们都得去得到它。", "wo3 men5 dou1 dei3 qu4 de2 dao4 ta1"),
        ("他得过奖，又得到了。", "ta1 de2 guo4 jiang3 you4 de2 dao4 le5"),
        ("种下的种子都发了。", "zhong4 xia4 de5 zhong3 zi5 dou1 fa1 le5"),
        ("他们得学会。", "ta1 men5 dei3 xue2 hui4"),
        ("看得见，说得对。", "kan4 de5 jian4 shuo1 de5 dui4"),
        ("二〇〇一年", "er4 ling2 ling2 yi1 nian2"),
        ("天下为公，大道为公。", "tian1 xia4 wei2 gong1 da4 dao4 wei2 gong1"),
        ("一心为公。", "yi1 xin1 wei4 gong1"),
        ("关爱单亲家庭。", "guan1 ai4 dan1 qin1 jia1 ting2"),
        ("到亲家家里。", "dao4 qing4 jia5 jia1 li3"),
    ],
)
def test_readings(text: str, reading: str) -> None:
    annotated = g2p_zh.annotate(tokenizer.tokenize(text, "zh-CN"))
    assert " ".join(s for token in annotated for s in token.pinyin) == reading


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("准许延期还本。", "zhun3 xu3 yan2 qi1 huan2 ben3"),
        ("防止一刀切。", "fang2 zhi3 yi1 dao1 qie1"),
        ("公民应以身分证明。", "gong1 min2 ying1 yi3 shen1 fen4 zheng4 ming2"),
        ("学校响应以鼓励。", "xue2 xiao4 xiang3 ying4 yi3 gu3 li4"),
        ("我们底子薄。", "wo3 men5 di3 zi5 bao2"),
        ("这是单子叶植物。", "zhe4 shi4 dan1 zi3 ye4 zhi2 wu4"),
        ("山重水复疑无路。", "shan1 chong2 shui3 fu4 yi2 wu2 lu4"),  # an idiom
        ("应对重污染天气。", "ying4 dui4 zhong4 wu1 ran3 tian1 qi4"),
    ],
)
def test_a_sure_reading_is_not_doubted(text: str, reading: str) -> None:
    tokens = tokenizer.tokenize(text, "zh-CN")
    assert " ".join(s for token in g2p_zh.annotate(tokens) for s in token.pinyin) == reading
    assert g2p_zh.find_doubtful_readings(tokens) == ()


def test_only_a_plausible_other_reading_is_named() -> None:
    """A reading from a probability of 0.9 on is certain; another one counts from 0.02 on."""
    for chosen, other, named in ((0.89, 0.11, True), (0.9, 0.1, False), (0.5, 0.019, False)):
        guess = (("zhang3", chosen), ("chang2", other))
        assert g2p_zh._find_alternatives("zhang3", guess) == (("chang2",) if named else ())
    assert g2p_zh._find_alternatives("chang2", (("zhang3", 0.98), ("chang2", 0.02))) == ("zhang3",)
    assert g2p_zh._find_alternatives("zhang3", (("chang2", 0.02),)) == ("chang2",)


@pytest.mark.parametrize(
    ("by_dictionary", "by_model", "disputed"),
    [
        ("zhong4", (("chong2", 0.9),), True),
        ("zhong4", (("chong2", 0.89), ("zhong4", 0.11)), False),  # the model is not sure
        ("zhong4", (("zhong4", 0.95), ("chong2", 0.05)), False),
        ("de5", (("di4", 0.95),), False),  # a neutral tone is no matter of the reading
        ("di4", (("de5", 0.95),), False),
        ("zhong4", (), False),
    ],
)
def test_where_the_dictionary_and_the_model_differ(
    by_dictionary: str, by_model: tuple[tuple[str, float], ...], disputed: bool
) -> None:
    dispute = g2p_zh._find_dispute(by_dictionary, by_model)
    assert [syllable for syllable, _ in dispute] == (["zhong4", "chong2"] if disputed else [])
    assert [share for _, share in dispute] == pytest.approx([0.85, 0.15] if disputed else [])

"""Characters of speeches that a careful reader found read wrong, in sentences of the same kinds."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer
from speechcast.frontend.mandarin import g2p_zh


def read(text: str, char: str) -> str:
    """Return the readings of a character wherever it stands in a text."""
    tokens = g2p_zh.annotate(tokenizer.tokenize(text, "zh-CN"))
    pairs = [(c, s) for t in tokens if t.pinyin for c, s in zip(t.spoken, t.pinyin, strict=True)]
    return " ".join(s for c, s in pairs if c == char)


@pytest.mark.parametrize(
    ("text", "char", "reading"),
    [
        # 为: for a purpose, for all who are listed; the head of what is listed
        ("人人都要為維護和平出力。", "為", "wei4"),
        ("大家为避免事故作了准备。", "为", "wei4"),
        ("为农民、工人、学生送上祝福。", "为", "wei4"),
        ("中心为青年搭建平台。", "为", "wei4"),
        ("形成以国企、民企和外资为主体的格局。", "为", "wei2"),
        ("天下为公，立党为公。", "为", "wei2 wei4"),
        ("有为青年，人人有为国出力的义务。", "为", "wei2 wei4"),
        # 应: should, also glued to what follows; at somebody's bidding
        ("我們應以誠待人。", "應", "ying1"),
        ("公民應受法律保護。", "應", "ying1"),
        ("应国家主席邀请，总统抵达北京。", "应", "ying4"),
        ("学校应邀请家长参加。", "应", "ying1"),
        # 地 behind "more", and in a noun
        ("政府更多地投入教育，较少地干预市场。", "地", "de5 de5"),
        ("成为人才新高地。", "地", "di4"),
        # 都 behind a flower, and a city of flowers
        ("梅花都开了，花都谢了。", "都", "dou1 dou1"),
        # 还: not yet, and what cannot be paid back
        ("设施还不完备。", "还", "hai2"),
        ("这笔债还不完。", "还", "huan2"),
        # 场 of what is gone through
        ("她大哭一场，又病了一场。", "场", "chang2 chang2"),
        ("开展一场自上而下的革命。", "场", "chang2"),
        # 看 over a child, and to watch it
        ("请你帮我看孩子。", "看", "kan1"),
        ("大家看孩子们跳舞。", "看", "kan4"),
        # 曾 once, and the surname
        ("我们曾同窗四年。", "曾", "ceng2"),
        ("曾老师来了。", "曾", "zeng1"),
        # words that settle a reading
        ("狠刹公款吃喝风。", "刹", "sha1"),
        ("罚没财物上缴国库。", "没", "mo4"),
        ("住房难、上学难、看病难的问题。", "难", "nan2 nan2 nan2"),
        ("扎紧篱笆。", "扎", "za1"),
        ("为民解忧，解民困。", "解", "jie3 jie3"),
        ("人才各得其所。", "得", "de2"),
        ("不许卡要。", "卡", "qia3"),
        ("从重形式向重实效转变。", "重", "zhong4 zhong4"),
        ("说得多行动少。", "少", "shao3"),
        ("此长彼消，此消彼长。", "长", "zhang3 zhang3"),
    ],
)
def test_the_reading(text: str, char: str, reading: str) -> None:
    assert read(text, char) == reading


@pytest.mark.parametrize(
    "text",
    [
        "贷款到期还本。",
        "不搞一刀切。",
        "重污染天气减少。",
        "不分身分高低。",
        "稳字当头，干字当头。",
        "形势好于预期。",
        "企业降成本。",
        "磅礴的力量。",
        "别占着位子。",
    ],
)
def test_what_is_sure_is_not_doubted(text: str) -> None:
    assert not g2p_zh.find_doubtful_readings(tokenizer.tokenize(text, "zh-CN"))


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("增长6%－7%", "增长百分之六到百分之七"),
        ("拨打010－65529988", "拨打零幺零六五五二九九八八"),
        ("3－5月", "三到五月"),
        ("零下，即－7%", "零下，即负百分之七"),
        ("《健康中国2030》", "《健康中国二零三零》"),
        ("“质量强国2035”", "“质量强国二零三五”"),
    ],
)
def test_figures_of_plans(text: str, spoken: str) -> None:
    assert "".join(t.spoken for t in tokenizer.tokenize(text, "zh-CN")) == spoken

"""Golden tables of sentences, Chinese and English."""

from __future__ import annotations

import pytest

from speechcast.text.sentences import split_sentences

CHINESE = [
    ("今天天气很好。我们出发吧！好吗？", ["今天天气很好。", "我们出发吧！", "好吗？"]),
    ("他说：“我来了。”然后坐下。", ["他说：“我来了。”", "然后坐下。"]),
    ("“真的？”他问。", ["“真的？”他问。"]),
    ("“真的？”，他问。", ["“真的？”，他问。"]),
    ("他写下“实事求是”。大家鼓掌。", ["他写下“实事求是”。", "大家鼓掌。"]),
    ("群众需要什么？政协能做什么？！", ["群众需要什么？", "政协能做什么？！"]),
    ("「好！」她说。", ["「好！」她说。"]),
    ("增长5.2%，比上年高0.3个百分点。很好。", ["增长5.2%，比上年高0.3个百分点。", "很好。"]),
    ("他想了想……还是走了。", ["他想了想……还是走了。"]),
    ("一、总结过去。（一）成绩。1.工业增长。", ["一、总结过去。", "（一）成绩。", "1.工业增长。"]),
    ("这次会议（是去年定的。会期三天。）很重要。", ["这次会议（是去年定的。会期三天。）很重要。"]),
    ("（会期三天。）会议很重要。", ["（会期三天。）", "会议很重要。"]),
    ("*是我们共同的“家”。", ["*是我们共同的“家”。"]),
    ("快跑！！！——他喊道。", ["快跑！！！——他喊道。"]),
    ("没有句号的一行", ["没有句号的一行"]),
    ("今天开会。——", ["今天开会。——"]),
    ("——今天开会。", ["——今天开会。"]),
    ("你好.我", ["你好.", "我"]),
    ("你好.-再见。", ["你好.", "-再见。"]),
    ("文件名是甲.a版。", ["文件名是甲.a版。"]),
    ("你好.我们开始.", ["你好.", "我们开始."]),
    (
        "他说：“我问他：‘去吗？’他答：‘去！’”然后走了。",
        ["他说：“我问他：‘去吗？’", "他答：‘去！’”", "然后走了。"],
    ),
    ("他说：“来。”。然后走了。", ["他说：“来。”。", "然后走了。"]),
    ("“好！”“好！”大家齐声喊。", ["“好！”", "“好！”大家齐声喊。"]),
    ("他喊道：“前进！”战士们冲了上去。", ["他喊道：“前进！”", "战士们冲了上去。"]),
    ("《红楼梦》。《你好吗？》这本书很好。", ["《红楼梦》。", "《你好吗？》这本书很好。"]),
    ("我们——你们和我们——都来了。好！", ["我们——你们和我们——都来了。", "好！"]),
    ("什么？！真的！！！是吗……", ["什么？！", "真的！！！", "是吗……"]),
    ("1、第一点。2、第二点。", ["1、第一点。", "2、第二点。"]),
    ("① 第一。② 第二。", ["① 第一。", "② 第二。"]),
    ("Ⅰ. 引言。Ⅱ. 方法。", ["Ⅰ. 引言。", "Ⅱ. 方法。"]),
    ("第一，抓教育。第二，抓卫生。", ["第一，抓教育。", "第二，抓卫生。"]),
    ("一是抓教育；二是抓卫生；三是抓交通。", ["一是抓教育；二是抓卫生；三是抓交通。"]),
    ("版本3.11.2发布了。今天是2023.3.5。", ["版本3.11.2发布了。", "今天是2023.3.5。"]),
    ("会议9:30开始。12:00结束。", ["会议9:30开始。", "12:00结束。"]),
    (
        "请看https://example.com/a?b=1.html。谢谢。",
        ["请看https://example.com/a?b=1.html。", "谢谢。"],
    ),
    ("写信到a.b@example.com.cn。谢谢。", ["写信到a.b@example.com.cn。", "谢谢。"]),
    ("我们说Hello. 然后走了。", ["我们说Hello. ", "然后走了。"]),
    ("他说（他一向如此。（真的。））走了。好。", ["他说（他一向如此。（真的。））走了。", "好。"]),
    ("“（好！）”他说。", ["“（好！）”他说。"]),
    ("（1）第一项。（2）第二项。", ["（1）第一项。", "（2）第二项。"]),
    ("1）第一。2）第二。", ["1）第一。", "2）第二。"]),
    ("⑴第一。㈡第二。", ["⑴第一。", "㈡第二。"]),
    ("a. 甲。b. 乙。", ["a. 甲。", "b. 乙。"]),
    ("一.总则。二.细则。", ["一.总则。", "二.细则。"]),
    ("i. 甲；ii. 乙。", ["i. 甲；ii. 乙。"]),
    ("3:30p.m.开会。到齐。", ["3:30p.m.开会。", "到齐。"]),
    ("A.B.C.公司来了。v1.2.3版也来了。", ["A.B.C.公司来了。", "v1.2.3版也来了。"]),
    ("请访问www.example.com/a。谢谢！", ["请访问www.example.com/a。", "谢谢！"]),
    ("第一条 为了发展。第二条 本法适用。", ["第一条 为了发展。", "第二条 本法适用。"]),
    ("用的是Windows 11。U.S. Navy也用。", ["用的是Windows 11。", "U.S. Navy也用。"]),
]
ENGLISH = [
    ("It rains. We stay in.", ["It rains. ", "We stay in."]),
    ("Mr. Hale lit it. Dr. Wu saw it.", ["Mr. Hale lit it. ", "Dr. Wu saw it."]),
    ("It shone 3.5 miles. Really!", ["It shone 3.5 miles. ", "Really!"]),
    ("The U.S. Senate met. It voted.", ["The U.S. Senate met. ", "It voted."]),
    ("He lives in the U.S. They do not.", ["He lives in the U.S. ", "They do not."]),
    ("We meet at 5 p.m. Bring tea.", ["We meet at 5 p.m. ", "Bring tea."]),
    ("We meet at 5 p.m. in the hall.", ["We meet at 5 p.m. in the hall."]),
    ("Zoë met her fiancée. Then she left.", ["Zoë met her fiancée. ", "Then she left."]),
    ("J. F. Kennedy spoke. People wept.", ["J. F. Kennedy spoke. ", "People wept."]),
    ("Pens, paper, etc. are here.", ["Pens, paper, etc. are here."]),
    ('"Go." She went.', ['"Go." ', "She went."]),
    ("Well... maybe. No.", ["Well... maybe. ", "No."]),
    ("1. Open it. 2. Read it.", ["1. Open it. ", "2. Read it."]),
    ("See example.com for more. Bye.", ["See example.com for more. ", "Bye."]),
    ('"Are you coming?" she asked. "Yes."', ['"Are you coming?" she asked. ', '"Yes."']),
    ('He said, "Stop!" Then he left.', ['He said, "Stop!" ', "Then he left."]),
    ("Is it true?? Yes!!! Good.", ["Is it true?? ", "Yes!!! ", "Good."]),
    (
        "It costs No. 5 dollars, e.g. five, i.e. $5.00. OK?",
        ["It costs No. 5 dollars, e.g. five, i.e. $5.00. ", "OK?"],
    ),
    (
        "Mr. Li came to Washington D.C. on Jan. 5. He met Dr. Brown.",
        ["Mr. Li came to Washington D.C. on Jan. 5. ", "He met Dr. Brown."],
    ),
    ("(a) First item. (b) Second item.", ["(a) First item. ", "(b) Second item."]),
    ("I. Introduction. II. Methods.", ["I. Introduction. ", "II. Methods."]),
    (
        "Write to a.b@example.com. Use version 2.0.1. Thanks.",
        ["Write to a.b@example.com. ", "Use version 2.0.1. ", "Thanks."],
    ),
    ("So did I. They left.", ["So did I. ", "They left."]),
    ("Is it No. 5? No. It is not.", ["Is it No. 5? ", "No. ", "It is not."]),
    ("It is (really. Yes.) no. Then he left.", ["It is (really. Yes.) no. ", "Then he left."]),
    ("See Vol. 3, pp. 4-5. Then go.", ["See Vol. 3, pp. 4-5. ", "Then go."]),
    ("i. One. ii. Two.", ["i. One. ", "ii. Two."]),
    ("First; second; third. Done.", ["First; second; third. ", "Done."]),
    ("Ph.D. students came. They sat.", ["Ph.D. students came. ", "They sat."]),
    ("J.R.R. Tolkien wrote. He died.", ["J.R.R. Tolkien wrote. ", "He died."]),
    ("What?! “It ended… badly.” She left.", ["What?! ", "“It ended… badly.” ", "She left."]),
]


@pytest.mark.parametrize(("text", "sentences"), CHINESE + ENGLISH)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences
    assert "".join(sentences) == text


def test_a_raised_figure_after_the_mark_is_a_note_unless_a_fraction_begins() -> None:
    assert split_sentences("上升。¹后来。²³") == ["上升。¹", "后来。²³"]
    assert split_sentences("上升。¹/₂的人。³⁄₄的人。") == ["上升。", "¹/₂的人。", "³⁄₄的人。"]

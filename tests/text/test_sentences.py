"""Golden tables of sentences, Chinese and English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


# Marks inside titles and quotations, and sentences that go on after them.
QUOTED = [
    ("诗集《归来吧！燕子》获奖了。祝贺！", ["诗集《归来吧！燕子》获奖了。", "祝贺！"]),
    ("他写了《去哪儿？》。我读过。", ["他写了《去哪儿？》。", "我读过。"]),
    ("要想清楚“为谁干？怎么干？”这一问题。", ["要想清楚“为谁干？怎么干？”这一问题。"]),
    ('要想清楚"为谁干？怎么干？"的道理。', ['要想清楚"为谁干？怎么干？"的道理。']),
    ("要想清楚「為誰幹？怎麼幹？」的道理。", ["要想清楚「為誰幹？怎麼幹？」的道理。"]),
    ("“谁来干？”“怎么干？”成为焦点。", ["“谁来干？”“怎么干？”成为焦点。"]),
    ("有的说“好！”，有的说“妙！”，都很高兴。", ["有的说“好！”，有的说“妙！”，都很高兴。"]),
    ("门上写着“请进！”三个孩子进去了。", ["门上写着“请进！”三个孩子进去了。"]),
    ("门上写着“请进！”我们进去了。", ["门上写着“请进！”", "我们进去了。"]),
    ("“谁？”“何时？”这两个问题不难。", ["“谁？”“何时？”这两个问题不难。"]),
    ("有人问：“谁？”这个问题不难。", ["有人问：“谁？”", "这个问题不难。"]),
    ("“是吗？”是的。“好！”等我一下。", ["“是吗？”", "是的。", "“好！”", "等我一下。"]),
    ("“必胜！”是誓言。“必胜！”的确。", ["“必胜！”是誓言。", "“必胜！”", "的确。"]),
    ("“坐吧！”老人笑。“您请！”小张说。", ["“坐吧！”老人笑。", "“您请！”小张说。"]),
    ("“你好！今天忙吗？”他问。", ["“你好！", "今天忙吗？”他问。"]),
    ("“办得好！”一位来自农村的代表表示。", ["“办得好！”一位来自农村的代表表示。"]),
    ("他答：“我去！你呢？”我也去。", ["他答：“我去！", "你呢？”", "我也去。"]),
    ("他说“到了。”我们下车。", ["他说“到了。”", "我们下车。"]),
    ("他三问：“谁？何时？何地？”引人深思。", ["他三问：“谁？何时？何地？”引人深思。"]),
    ("题目是“谁？何时？”（见第三页）。", ["题目是“谁？何时？”（见第三页）。"]),
    ("“Run! Run!” was all we heard. Now?", ["“Run! Run!” was all we heard. ", "Now?"]),
    ("“Run! Run!” a child cried. Now?", ["“Run! ", "Run!” a child cried. ", "Now?"]),
    ("He asked “Who? When?” and left. Why?", ["He asked “Who? When?” and left. ", "Why?"]),
    ("It reads “Stop! Now!” They stop.", ["It reads “Stop! Now!” ", "They stop."]),
    ("The ‘90s ended. He didn’t. We’d go.", ["The ‘90s ended. ", "He didn’t. ", "We’d go."]),
    ("“甲‘乙”丙’丁。戊。", ["“甲‘乙”丙’丁。", "戊。"]),
    ("他说“好！”的”字。戊。", ["他说“好！”的”字。", "戊。"]),
    ("没有合上的“引号。后面还有《书名。完。", ["没有合上的“引号。", "后面还有《书名。", "完。"]),
]
# Numbers of lists without a mark between the items, days, ellipses.
NUMBERED = [
    ("1.增长 2.5倍 2.开放", ["1.增长 2.5倍 ", "2.开放"]),
    ("要求如下：（一）早 （二）快", ["要求如下：（一）早 ", "（二）快"]),
    ("九、团结 十、奋斗", ["九、团结 十、奋斗"]),
    ("一、团结 二、奋斗", ["一、团结 ", "二、奋斗"]),
    ("①听 ②说 ③读", ["①听 ", "②说 ", "③读"]),
    ("A.对 B.错", ["A.对 ", "B.错"]),
    ("A. Smith met B. Jones.", ["A. Smith met B. Jones."]),
    ("1) tea 2) milk", ["1) tea ", "2) milk"]),
    ("1. Add 2.5 cups 2. Stir", ["1. Add 2.5 cups ", "2. Stir"]),
    ("1．抓落实。2．增长3．5%。", ["1．抓落实。", "2．增长3．5%。"]),
    ("“九.三”和“一二.一”都是纪念日。", ["“九.三”和“一二.一”都是纪念日。"]),
    ("第一.要实。第二.要快。", ["第一.要实。", "第二.要快。"]),
    ("目标一.二是发展。", ["目标一.", "二是发展。"]),
    ("I left.... Then I slept.", ["I left.... ", "Then I slept."]),
    ("I left... Then I slept.", ["I left... Then I slept."]),
    ("He was . . . not here. He left.", ["He was . . . not here. ", "He left."]),
]
# One text of our own for each kind of pySBD's golden rules for English, and their opposites.
GOLDEN_KINDS = [
    ("Good morning. I am Lin.", ["Good morning. ", "I am Lin."]),
    ("Who are you? I am Lin.", ["Who are you? ", "I am Lin."]),
    ("Here we are! It is late.", ["Here we are! ", "It is late."]),
    ("The author is Ann B. Cole.", ["The author is Ann B. Cole."]),
    ("Open it at p. 12. Read on.", ["Open it at p. 12. ", "Read on."]),
    ("Did Ann and co. come?", ["Did Ann and co. come?"]),
    ("We met Reed & Co. at noon.", ["We met Reed & Co. at noon."]),
    ("Ask Ann and co. We wait.", ["Ask Ann and co. ", "We wait."]),
    ("He left Reed & Co. Chairman Reed stayed.", ["He left Reed & Co. Chairman Reed stayed."]),
    ("They saw Mt. Etna.", ["They saw Mt. Etna."]),
    ("St. Mary's is on 9th St. near us.", ["St. Mary's is on 9th St. near us."]),
    ("He lives on 9th St. The house is old.", ["He lives on 9th St. ", "The house is old."]),
    ("It is Bob Hill Jr.'s car.", ["It is Bob Hill Jr.'s car."]),
    ("We left the U.S.A. last week.", ["We left the U.S.A. last week."]),
    ("She lives in the U.K. Where are you?", ["She lives in the U.K. ", "Where are you?"]),
    ("The U.S. Navy came.", ["The U.S. Navy came."]),
    (
        "At 8 a.m. Dr. Li came. She left at 9 P.M. Dr. Li is kind.",
        ["At 8 a.m. Dr. Li came. ", "She left at 9 P.M. ", "Dr. Li is kind."],
    ),
    ("The 6 p.m. News is on.", ["The 6 p.m. News is on."]),
    ("Come at 8 p.m. Friday. Eat first.", ["Come at 8 p.m. Friday. ", "Eat first."]),
    ("We end at 8 p.m. Friday is free.", ["We end at 8 p.m. ", "Friday is free."]),
    ("Come at 8 p.m. Beijing time.", ["Come at 8 p.m. Beijing time."]),
    ("Come at 8 p.m. Sept. 3. Bye.", ["Come at 8 p.m. Sept. 3. ", "Bye."]),
    ("It is $4.50. Pay here.", ["It is $4.50. ", "Pay here."]),
    ("He sang (She had asked.) in the hall.", ["He sang (She had asked.) in the hall."]),
    ("Ask Ann.Lee@example.com. She knows.", ["Ask Ann.Lee@example.com. ", "She knows."]),
    ("Read https://example.org/a.b. It helps.", ["Read https://example.org/a.b. ", "It helps."]),
    ("He turned, 'Go home.' he said.", ["He turned, 'Go home.' he said."]),
    ('He turned, "Go home." He sat.', ['He turned, "Go home." ', "He sat."]),
    ("Oh!! Good. What?? Who!? Me?!", ["Oh!! ", "Good. ", "What?? ", "Who!? ", "Me?!"]),
    ("1.) One thing 2.) Two things", ["1.) One thing ", "2.) Two things"]),
    ("1.) One thing. 2.) Two things.", ["1.) One thing. ", "2.) Two things."]),
    ("1) One thing. 2) Two things.", ["1) One thing. ", "2) Two things."]),
    ("1. One thing 2. Two things", ["1. One thing ", "2. Two things"]),
    ("• 3. One thing • 4. Two things", ["• 3. One thing ", "• 4. Two things"]),
    ("⁃3. One thing ⁃4. Two things", ["⁃3. One thing ", "⁃4. Two things"]),
    ("a. One thing b. Two things", ["a. One thing ", "b. Two things"]),
    ("It is N°. 12.34. Go on.", ["It is N°. 12.34. ", "Go on."]),
    ("He joined Yahoo! in May. stop! no!", ["He joined Yahoo! in May. stop! ", "no!"]),
    ("It was he and I. Did Ann I. Cole go?", ["It was he and I. ", "Did Ann I. Cole go?"]),
    ("That was World War I. Millions died.", ["That was World War I. ", "Millions died."]),
    ("He wrote “it is less . . . .” and left.", ["He wrote “it is less . . . .” and left."]),
    ('"Li [...] came [...]" (Wu 7).', ['"Li [...] came [...]" (Wu 7).']),
    ("It ends so . . . . Now rest.", ["It ends so . . . . ", "Now rest."]),
    (
        "Roe et al. [7] differ. Roe et al. It is.",
        ["Roe et al. [7] differ. ", "Roe et al. ", "It is."],
    ),
    ("He led Ajax Corp. Director Wu left.", ["He led Ajax Corp. Director Wu left."]),
    ("It is approx. 5 ft. wide. Go.", ["It is approx. 5 ft. wide. ", "Go."]),
    ("It is 30 °C. People swim in 3D. Good.", ["It is 30 °C. ", "People swim in 3D. ", "Good."]),
    ("She sat. Boys ran on Sat. Jan. 5.", ["She sat. ", "Boys ran on Sat. Jan. 5."]),
    ("See sec. 2, v. 3. Wait a sec. I go.", ["See sec. 2, v. 3. ", "Wait a sec. ", "I go."]),
    ("Is it so? – asked Li.", ["Is it so? – asked Li."]),
    ("See README.md. Bring it.", ["See README.md. ", "Bring it."]),
    ("A. A. Milne. A. B. C. D.", ["A. A. Milne. ", "A. B. C. D."]),
    ("No. I see Vol. II and Fig. A here.", ["No. ", "I see Vol. II and Fig. A here."]),
    ("In 44 B.C. Caesar died. Etc. Bring it.", ["In 44 B.C. Caesar died. ", "Etc. ", "Bring it."]),
]


@pytest.mark.parametrize(
    ("text", "sentences"), CHINESE + ENGLISH + QUOTED + NUMBERED + GOLDEN_KINDS
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences
    assert "".join(sentences) == text


def test_a_raised_figure_after_the_mark_is_a_note_unless_a_fraction_begins() -> None:
    assert split_sentences("上升。¹后来。²³") == ["上升。¹", "后来。²³"]
    assert split_sentences("上升。¹/₂的人。³⁄₄的人。") == ["上升。", "¹/₂的人。", "³⁄₄的人。"]


def test_an_isotope_after_the_mark_begins_the_next_sentence() -> None:
    assert split_sentences("结果好。¹⁴C测年。⁹⁹ᵐTc好。") == ["结果好。", "¹⁴C测年。", "⁹⁹ᵐTc好。"]


def test_a_long_quotation_is_divided_but_not_from_what_goes_on() -> None:
    long = "我们为谁学习？我们怎样学习？" * 4
    text = f"大家讨论了“{long}”这些问题。"
    sentences = split_sentences(text)
    assert len(sentences) == 8
    assert sentences[-1] == "我们怎样学习？”这些问题。"
    assert "".join(sentences) == text


@given(st.text(alphabet='好a。！？.“”‘’《》"1 、（）：的'))
def test_the_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(split_sentences(text)) == text


def test_items_are_counted_beyond_ten() -> None:
    numbers = (
        "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一"
    )
    items = [f"{number}、天 " for number in numbers.split()]
    assert split_sentences("".join(items)) == items
    letters = [f"{letter}. Day " for letter in "abcdefg"]
    assert split_sentences("".join(letters)) == letters

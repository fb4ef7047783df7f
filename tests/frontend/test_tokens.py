"""What is shown and what is spoken, token by token."""

from __future__ import annotations

from itertools import dropwhile, pairwise
from pathlib import Path

import cn2an
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from speechcast.frontend import tokenizer
from speechcast.frontend.chinese_figures import numbers_zh
from speechcast.frontend.mandarin import g2p_zh, polyphone_model, polyphone_rules
from speechcast.model import Pause, Pauses
from speechcast.voices import presets
from tests.support.speeches import lines_of, speech_of

NARRATOR = presets.load("narrator")
ARIA = presets.load("aria")
POLYPHONES = Path(__file__).parents[3] / "shared" / "data" / "polyphones"

TOKENS = [
    ("我们要坚决服从大局。", "我们 要 坚决 服从 大局 。"),
    ("中共*市委领导下", "中共 * 市委 领导 下"),
    ("增长5.2%，", "增长 5.2% ，"),
    ("等了……好久——", "等 了 …… 好久 ——"),
    ("“点”的基础", "“ 点 ” 的 基础"),
    ("1,234.5元", "1,234.5 元"),
    ("2023年3月5日", "2023 年 3 月 5 日"),
    ("發展各國間友好關係，", "發展 各國 間 友好關係 ，"),
]


@pytest.mark.parametrize(("text", "tokens"), TOKENS)
def test_tokens(text: str, tokens: str) -> None:
    assert [t.shown for t in tokenizer.tokenize(text, "zh-CN")] == tokens.split()


def test_english_words_stay_whole() -> None:
    tokens = [t.shown for t in tokenizer.tokenize("Don't re-read it, Mr. Hale.", "en-US")]
    assert tokens == ["Don't", " ", "re-read", " ", "it", ",", " ", "Mr", ".", " ", "Hale", "."]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("中共*市委", "中共某市委"),
        ("把产业做在*、", "把产业做在某、"),
        ("互联网+", "互联网加"),
        ("我们的GDP", "我们的GDP"),
        ("2023年增长5.2%", "二零二三年增长百分之五点二"),
        ("1998—2003年", "一九九八到二零零三年"),
        ("2023-03-05", "二零二三年三月五日"),
        ("2023年3月5日", "二零二三年三月五日"),
        ("39218元", "三万九千二百一十八元"),
        ("1,234,567", "一百二十三万四千五百六十七"),
        ("126.06万亿元", "一百二十六点零六万亿元"),
        ("上午9:30", "上午九点三十分"),
        ("12:00—14:30", "十二点到十四点三十分"),
        ("8:05", "八点零五分"),
        ("1/3", "三分之一"),
        ("第3/4季度", "第三四季度"),
        ("½", "二分之一"),
        ("2400多万", "两千四百多万"),
        ("12000", "一万二千"),
        ("100%", "百分之百"),
        ("增长-5%", "增长负百分之五"),
        ("第2名", "第二名"),
        ("下午2点", "下午两点"),
        ("2:30", "两点三十分"),
        ("3月5日-8日", "三月五日到八日"),
        ("7×24小时", "七乘二十四小时"),
        ("长5*3米，宽2＊4米", "长五乘三米，宽二乘四米"),
        ("20℃~25℃", "二十到二十五摄氏度"),
        ("ISO9001", "ISO九零零一"),
        ("3.15晚会", "三一五晚会"),
        ("2-3个", "两到三个"),
        ("3:2获胜", "三比二获胜"),
        ("-3℃", "零下三摄氏度"),
        ("零下3℃", "零下三摄氏度"),
        ("3~5天", "三到五天"),
        ("3-5天", "三到五天"),
        ("3%—5%", "百分之三到百分之五"),
        ("0798-8224567", "零七九八八二二四五六七"),
        ("13800138000", "幺三八零零幺三八零零零"),
        ("12345热线", "幺二三四五热线"),
        ("拨打110", "拨打幺幺零"),
        ("100年、100倍", "一百年、一百倍"),
        ("2个、2人、2万、200、2%", "两个、两人、两万、二百、百分之二"),
        ("2月2日", "二月二日"),
        ("$5.3亿", "五点三亿美元"),
        ("￥1.25", "一点二五元"),
        ("120㎡", "一百二十平方米"),
        ("60km/h", "六十千米每小时"),
        ("9·18", "九一八"),
        ("Ⅲ级", "三级"),
        ("①、②", "一、二"),
        ("No.1", "第一"),
        ("5G", "五G"),
        ("COVID-19", "COVID十九"),
        ("A-12", "A十二"),
        ("GB/T 1234-2019", "GBT 一二三四杠二零一九"),
        ("2024/2025学年", "二零二四到二零二五学年"),
        ("版本1.2.3", "版本一点二点三"),
        ("0798", "零七九八"),
        ("２０１５年增长５％", "二零一五年增长百分之五"),
        ("买ＡＰＰ", "买APP"),
        ("2008-08", "二零零八年八月"),
        ("90后", "九零后"),
        ("尾号1702", "尾号幺七零二"),
        ("≥100万", "大于等于一百万"),
        ("3‰", "千分之三"),
        ("一是5，二是-5。", "一是五，二是负五。"),
        ("增长19·5％", "增长百分之十九点五"),
        ("4·9亿吨", "四点九亿吨"),
        ("㈠总则", "一总则"),
        ("⑵细则，⒊附则，❹", "二细则，三附则，四"),
        ("中国－东盟", "中国东盟"),
        ("中国队2-1战胜日本队", "中国队二比一战胜日本队"),
        ("2023-2024赛季", "二零二三到二零二四赛季"),
        ("0-6岁", "零到六岁"),
    ],
)
def test_spoken(text: str, spoken: str) -> None:
    tokens = tokenizer.tokenize(text, "zh-CN")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == text


@given(st.text(alphabet="0123456789０９٣.,:：/-—~%$￥℃年月日天个第No·kmh ① Ⅲ2", max_size=20))
@settings(deadline=None)
def test_no_figure_is_ever_lost(text: str) -> None:
    for token in tokenizer.tokenize(text, "zh-CN"):
        if any(c.isalnum() for c in token.shown):
            assert token.voiced, token


def test_a_figure_too_long_to_count_is_read_out() -> None:
    assert numbers_zh.read_number("12345678901234567") == "一二三四五六七八九零一二三四五六七"


@given(st.integers(0, 10**16 - 1) | st.integers(0, 10**6))
def test_numerals_are_those_of_cn2an(number: int) -> None:
    groups = [number // 10_000**n % 10_000 for n in (3, 2, 1, 0)]
    counted = dropwhile(lambda group: not group, groups)
    # There cn2an leaves out the 零, so that 100001000 would be heard as 110000000.
    assume(not any(not group and following >= 1000 for group, following in pairwise(counted)))
    assert numbers_zh.write_numeral(number) == cn2an.an2cn(str(number), "low")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (100001000, "一亿零一千"),
        (110000000, "一亿一千万"),
        (100010000, "一亿零一万"),
        (30100008924, "三百零一亿零八千九百二十四"),
        (1000010000000, "一万亿零一千万"),
        (9999999999999999, "九千九百九十九万九千九百九十九亿九千九百九十九万九千九百九十九"),
    ],
)
def test_zeros_that_were_skipped_are_heard(number: int, words: str) -> None:
    assert numbers_zh.write_numeral(number) == words


def test_pinyin_is_a_syllable_a_character() -> None:
    (line,) = lines_of("行长在银行里。", NARRATOR, 45)
    assert [t.pinyin for t in line.tokens if t.voiced] == [
        ("hang2", "zhang3"),
        ("zai4",),
        ("yin2", "hang2"),
        ("li3",),
    ]


def read(text: str) -> str:
    """Return the dictionary's pinyin of a text, before tone sandhi."""
    tokens = g2p_zh.annotate(tokenizer.tokenize(text, "zh-CN"))
    return " ".join(s for t in tokens for s in t.pinyin)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("给予支持", "ji3 yu3 zhi1 chi2"),
        ("扮演角色", "ban4 yan3 jue2 se4"),
        ("薄弱环节", "bo2 ruo4 huan2 jie2"),
        ("载体", "zai4 ti3"),
        ("一年半载", "yi1 nian2 ban4 zai3"),
        ("勉强供给", "mian3 qiang3 gong1 ji3"),
        ("万象更新", "wan4 xiang4 geng1 xin1"),
        ("更新更高的目标", "geng4 xin1 geng4 gao1 de5 mu4 biao1"),
        ("率领", "shuai4 ling3"),
        ("他说得对", "ta1 shuo1 de5 dui4"),
        ("必须得去", "bi4 xu1 dei3 qu4"),
        ("必须得", "bi4 xu1 dei3"),
        ("我们得努力", "wo3 men5 dei3 nu3 li4"),
        ("我们得了第一", "wo3 men5 de2 le5 di4 yi1"),
        ("慢慢地走", "man4 man4 de5 zou3"),
        ("这块地方", "zhe4 kuai4 di4 fang1"),
        ("长治久安", "chang2 zhi4 jiu3 an1"),
        ("局长和行长", "ju2 zhang3 he2 hang2 zhang3"),
        ("一行人", "yi1 xing2 ren2"),
        ("一行20人", "yi1 xing2 er4 shi2 ren2"),
        ("一行字", "yi1 hang2 zi4"),
        ("干一行爱一行", "gan4 yi1 hang2 ai4 yi1 hang2"),
        ("与人民同声同行", "yu3 ren2 min2 tong2 sheng1 tong2 xing2"),
        ("参差不齐", "cen1 ci1 bu4 qi2"),
        ("朝着目标", "chao2 zhe5 mu4 biao1"),
        ("重庆重视中标", "chong2 qing4 zhong4 shi4 zhong4 biao1"),
        ("办事处", "ban4 shi4 chu4"),
        ("勠力同心着力处理", "lu4 li4 tong2 xin1 zhuo2 li4 chu3 li3"),
        ("绿色战略", "lv4 se4 zhan4 lve4"),
        ("二〇二三年", "er4 ling2 er4 san1 nian2"),
        ("国际瓷都", "guo2 ji4 ci2 du1"),
        ("卡脖子", "qia3 bo2 zi5"),
        ("为中国人民谋幸福", "wei4 zhong1 guo2 ren2 min2 mou2 xing4 fu2"),
        ("以人民为中心", "yi3 ren2 min2 wei2 zhong1 xin1"),
        ("干在一起", "gan4 zai4 yi1 qi3"),
        ("退耕还林", "tui4 geng1 huan2 lin2"),
        ("南水北调", "nan2 shui3 bei3 diao4"),
        (
            "税率从17%降至13%",
            "shui4 lv4 cong2 bai3 fen1 zhi1 shi2 qi1 jiang4 zhi4 bai3 fen1 zhi1 shi2 san1",
        ),
        ("投资率偏高", "tou2 zi1 lv4 pian1 gao1"),
        ("我们都会努力", "wo3 men5 dou1 hui4 nu3 li4"),
        ("要求真务实", "yao4 qiu2 zhen1 wu4 shi2"),
        ("更多地依靠", "geng4 duo1 de5 yi1 kao4"),
        ("遏制重特大事故", "e4 zhi4 zhong4 te4 da4 shi4 gu4"),
        ("城镇化率", "cheng2 zhen4 hua4 lv4"),
        ("河湖长制", "he2 hu2 zhang3 zhi4"),
        ("各展其长", "ge4 zhan3 qi2 chang2"),
        ("重放轻管", "zhong4 fang4 qing1 guan3"),
        ("，为把我国", "wei4 ba3 wo3 guo2"),
        ("，着力保民生", "zhuo2 li4 bao3 min2 sheng1"),
    ],
)
def test_readings_of_characters(text: str, reading: str) -> None:
    assert read(text) == reading


def test_a_word_across_two_others_settles_nothing() -> None:
    """取得 and 分红 are the words here; 得分 is not one."""
    assert polyphone_rules.find_readings("取得分红", {0, 2, 4}) == {1: "de2"}
    assert polyphone_rules.find_readings("得分", {0, 2})[0] == "de2"


def test_the_likeliest_reading_comes_first() -> None:
    assert [
        g[0][0] for g in polyphone_model.guess_readings("我们的银行")
    ] == "wo3 men5 de5 yin2 hang2".split()
    assert polyphone_model.guess_readings("A，龘")[:2] == [(), ()]
    shares = [share for _, share in polyphone_model.guess_readings("他还没有还我")[1]]
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def doubtful(text: str) -> list[tuple[str, str]]:
    doubts = g2p_zh.find_doubtful_readings(tokenizer.tokenize(text, "zh-CN"))
    return [(d.char, d.chosen) for d in doubts]


def test_what_a_word_settles_is_not_doubted() -> None:
    assert doubtful("银行行长必须得去处理，更好地为人民服务。") == []


def test_what_could_be_either_is_doubted() -> None:
    (doubt,) = g2p_zh.find_doubtful_readings(tokenizer.tokenize("他晕了过去。", "zh-CN"))
    assert (doubt.char, {doubt.chosen, *doubt.others}) == ("晕", {"yun1", "yun4"})
    assert 0 < doubt.probability < 0.9
    assert (
        g2p_zh.find_doubtful_readings(tokenizer.tokenize("他晕了过去。", "zh-CN"), {1: "yun1"})
        == ()
    )


def read_at(text: str, index: int) -> str:
    """Return the reading of the character at `index`."""
    for token in g2p_zh.annotate(tokenizer.tokenize(text, "zh-CN")):
        if index < len(token.shown):
            return token.pinyin[index] if len(token.pinyin) == len(token.shown) else ""
        index -= len(token.shown)
    return ""


@pytest.mark.slow
@pytest.mark.skipif(not POLYPHONES.is_dir(), reason="needs the CPP data set of polyphones")
def test_ninety_eight_of_a_hundred_polyphones_are_read_right() -> None:
    labels = (POLYPHONES / "dev.lb").read_text("utf-8").split()[::8]
    sentences = (POLYPHONES / "dev.sent").read_text("utf-8").splitlines()[::8]
    right = 0
    for marked, label in zip(sentences, labels, strict=True):
        before, char, after = marked.replace(" ", "").split("▁")
        right += read_at(before + char + after, len(before)) == label.replace("u:", "v")
    assert right / len(labels) >= 0.975  # of every eighth sentence; of all of them 98 %


def test_latin_letters_have_names() -> None:
    (line,) = lines_of("达到PM2.5。", NARRATOR, 45)
    assert [t.pinyin for t in line.tokens[1:3]] == [
        ("pi1", "ai2", "mu5"),
        ("er4", "dian2", "wu3"),
    ]


def test_traditional_characters_are_read_as_the_words_they_are() -> None:
    (line,) = lines_of("銀行行長來了。", NARRATOR, 45)
    assert " ".join(p for t in line.tokens for p in t.pinyin) == (
        "yin2 hang2 hang2 zhang3 lai2 le5"
    )


def test_a_long_sentence_is_divided_where_one_breathes() -> None:
    text = "特别是他在大会上的讲话，站位全局，立意高远，振奋人心，鼓舞斗志，引起了强烈的共鸣。"
    parts = lines_of(text, NARRATOR, 24)
    assert [(part.shown, part.pause) for part in parts] == [
        ("特别是他在大会上的讲话，站位全局，立意高远，", Pause.CLAUSE),
        ("振奋人心，鼓舞斗志，引起了强烈的共鸣。", Pause.PARAGRAPH),
    ]
    assert {part.sentence for part in parts} == {1}


def test_a_clause_too_long_is_divided_between_words() -> None:
    parts = lines_of("坚持中国特色社会主义现代化国际瓷都建设。", NARRATOR, 12)
    assert [part.pause for part in parts] == [Pause.JOIN, Pause.PARAGRAPH]
    assert all(len(part.spoken) <= 12 for part in parts)


def test_every_pause() -> None:
    parts = lines_of("标题\n一句。两句，又很长。\n三句。", NARRATOR, 5)
    assert [part.pause for part in parts] == [
        Pause.TITLE,
        Pause.SENTENCE,
        Pause.CLAUSE,
        Pause.PARAGRAPH,
        Pause.PARAGRAPH,
    ]
    assert [Pauses().seconds(p) for p in Pause] == [0.06, 0.25, 0.5, 0.9, 1.0, 1.2]


@given(
    st.text(alphabet="我们在银行里长大了 AbC.3,5%!?。！…，、；“”（）*—\n", max_size=120),
    st.integers(min_value=5, max_value=60),
    st.sampled_from([NARRATOR, ARIA]),
)
@settings(deadline=None)
def test_lines_hold_every_sentence_to_the_character(
    text: str, max_characters: int, voice: object
) -> None:
    assert isinstance(voice, type(NARRATOR))
    speech = speech_of(text)
    lines = lines_of(text, voice, max_characters)
    sentences = [s.text for p in speech.paragraphs for s in p.sentences]
    assert "".join(line.shown for line in lines) == "".join(sentences)
    assert all(any(t.voiced for t in line.tokens) for line in lines)

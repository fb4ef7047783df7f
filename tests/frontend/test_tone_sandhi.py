"""Toned pinyin as a newsreader speaks it."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer
from speechcast.frontend.lexicon import Lexicon
from speechcast.frontend.mandarin import g2p_zh, tone_sandhi
from speechcast.frontend.utterances import Reader, to_utterances
from speechcast.model import Token
from speechcast.voices import presets
from tests.support.speeches import speech_of


def pronounce(text: str) -> str:
    tokens = tone_sandhi.apply_tone_sandhi(g2p_zh.annotate(tokenizer.tokenize(text, "zh-CN")), ())
    return " ".join(s for t in tokens for s in t.pinyin)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        # 一 before a fourth tone, before any other, at a word's end, in a number, inside
        ("一个", "yi2 ge4"),
        ("一切", "yi2 qie4"),
        ("一带一路", "yi2 dai4 yi2 lu4"),
        ("进一步", "jin4 yi2 bu4"),
        ("每一个", "mei3 yi2 ge4"),
        ("一天", "yi4 tian1"),
        ("一年", "yi4 nian2"),
        ("一起", "yi4 qi3"),
        ("一心一意", "yi4 xin1 yi2 yi4"),
        ("之一", "zhi1 yi1"),
        ("统一部署", "tong3 yi1 bu4 shu3"),
        ("统一战线", "tong3 yi1 zhan4 xian4"),
        ("第一", "di4 yi1"),
        ("第一次", "di4 yi1 ci4"),
        ("十一届", "shi2 yi1 jie4"),
        ("2021年", "er4 ling2 er4 yi1 nian2"),
        ("1949年", "yi1 jiu3 si4 jiu3 nian2"),
        ("1月1日", "yi1 yue4 yi1 ri4"),
        ("一号文件", "yi1 hao4 wen2 jian4"),
        ("一是教育", "yi1 shi4 jiao4 yu4"),
        ("1个", "yi2 ge4"),
        ("100个", "yi4 bai3 ge4"),
        ("看一看", "kan4 yi5 kan4"),
        # 不
        ("不是", "bu2 shi4"),
        ("不断", "bu2 duan4"),
        ("毫不动摇", "hao2 bu2 dong4 yao2"),
        ("不能", "bu4 neng2"),
        ("对不起", "dui4 bu5 qi3"),
        ("差不多", "cha4 bu5 duo1"),
        # third tones: in a word, in a figure, between words that are spoken together
        ("领导", "ling2 dao3"),
        ("所以", "suo2 yi3"),
        ("展览馆", "zhan2 lan2 guan3"),
        ("小老虎", "xiao3 lao2 hu3"),
        ("很好", "hen2 hao3"),
        ("很理想", "hen3 li2 xiang3"),
        ("领导讲话", "ling2 dao3 jiang3 hua4"),
        ("你，好", "ni3 hao3"),
        ("95", "jiu3 shi2 wu3"),
        ("5点", "wu2 dian3"),
        ("“很”好", "hen2 hao3"),
        # the neutral tone
        ("朋友", "peng2 you5"),
        ("部分", "bu4 fen5"),
        ("热豆腐", "re4 dou4 fu5"),  # behind another syllable
        ("老街坊", "lao3 jie1 fang5"),
        ("大学生", "da4 xue2 sheng1"),
        ("工作坊", "gong1 zuo4 fang1"),
        ("这个地方", "zhe4 ge5 di4 fang5"),
        ("地方政府", "di4 fang1 zheng4 fu3"),
        ("看看", "kan4 kan5"),
        ("姐姐", "jie3 jie5"),
        # it stays inside a longer word, unless that is something else or divided otherwise
        ("粮食产量", "liang2 shi5 chan3 liang4"),
        ("两国关系", "liang3 guo2 guan1 xi5"),
        ("老朋友", "lao3 peng2 you5"),
        ("没关系", "mei2 guan1 xi5"),
        ("大部分", "da4 bu4 fen5"),
        ("贫困学生", "pin2 kun4 xue2 sheng5"),
        ("东西南北", "dong1 xi1 nan2 bei3"),
        ("买卖双方", "mai3 mai4 shuang1 fang1"),
        ("说说笑笑", "shuo1 shuo1 xiao4 xiao4"),
        ("登记号", "deng1 ji4 hao4"),
        # 子 as a suffix, and as a part
        ("一下子", "yi2 xia4 zi5"),
        ("他是个小伙子", "ta1 shi4 ge4 xiao2 huo3 zi5"),
        ("一揽子方案", "yi4 lan3 zi5 fang1 an4"),
        ("一分子", "yi2 fen4 zi3"),
        ("氢原子", "qing1 yuan2 zi3"),
        # 儿
        ("一会儿", "yi2 hui4 r5"),
        ("一点儿", "yi4 dian3 r5"),
        ("女儿", "nv3 er2"),
        ("中华儿女", "zhong1 hua2 er2 nv3"),
        # traditional characters are the same words
        ("不斷", "bu2 duan4"),
        ("領導", "ling2 dao3"),
    ],
)
def test_spoken(text: str, spoken: str) -> None:
    assert pronounce(text) == spoken


def test_readings_of_the_writer_do_not_change() -> None:
    reader = Reader(
        presets.load("narrator"),
        45,
        phonetic=True,
        lexicon=Lexicon({"一起": Token("一起", "一起", ("yi1", "qi3"))}),
    )
    (line,) = to_utterances(speech_of("一起领{ling3}导，不{bu4}是朋友。"), {"": reader})
    assert " ".join(s for t in line.tokens for s in t.pinyin) == (
        "yi1 qi3 ling3 dao3 bu4 shi4 peng2 you5"
    )


def test_a_latin_word_keeps_the_tones_of_its_letters() -> None:
    assert pronounce("很Q好") == "hen3 kiu1 hao3"


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("地方的", "di4 fang1 de5"),
        ("地方好", "di4 fang1 hao3"),
        ("发展地方经济", "fa1 zhan3 di4 fang1 jing1 ji4"),
        ("有些地方", "you3 xie1 di4 fang5"),
        ("什么地方", "shen2 me5 di4 fang5"),
        ("这块地方", "zhe4 kuai4 di4 fang1"),
        ("好地方", "hao3 di4 fang5"),
        ("十一", "shi2 yi1"),
        ("一十", "yi1 shi2"),
        ("一百一十", "yi4 bai3 yi1 shi2"),
        ("百一", "bai3 yi1"),
        ("千一", "qian1 yi1"),
        ("一千一百", "yi4 qian1 yi4 bai3"),
        ("初一", "chu1 yi1"),
        ("周一", "zhou1 yi1"),
        ("拜一", "bai4 yi1"),
        ("星期一", "xing1 qi1 yi1"),
        ("一点", "yi4 dian3"),
        ("一点五", "yi1 dian2 wu3"),
        ("零一", "ling2 yi1"),
        ("幺一", "yao1 yi1"),
        ("五一", "wu3 yi1"),
        ("一五", "yi1 wu3"),
        ("一日", "yi2 ri4"),
        ("三月一号", "san1 yue4 yi1 hao4"),
        ("唯一", "wei2 yi1"),
        ("统一", "tong3 yi1"),
        ("统一的", "tong3 yi1 de5"),
        ("单一", "dan1 yi1"),
        ("专一", "zhuan1 yi1"),
        ("进退如一", "jin4 tui4 ru2 yi1"),
        ("万一", "wan4 yi1"),
        ("一月饼", "yi2 yue4 bing5"),
        ("一月", "yi1 yue4"),
        ("一季度", "yi1 ji4 du4"),
        ("一年级", "yi1 nian2 ji2"),
        ("一等奖", "yi1 deng2 jiang3"),
        ("一中全会", "yi1 zhong1 quan2 hui4"),
        ("一产业", "yi1 chan3 ye4"),
        ("一楼", "yi1 lou2"),
        ("一是", "yi1 shi4"),
        ("他一是", "ta1 yi2 shi4"),
        ("这一是", "zhe4 yi2 shi4"),
        ("每一次", "mei3 yi2 ci4"),
        ("同一个", "tong2 yi2 ge4"),
        ("另一方面", "ling4 yi4 fang1 mian4"),
        ("想一想", "xiang3 yi5 xiang3"),
        ("说一说", "shuo1 yi5 shuo1"),
        ("这儿", "zhe4 r5"),
        ("那儿", "na4 r5"),
        ("哪儿", "na3 r5"),
        ("儿子", "er2 zi5"),
        ("事儿", "shi4 r5"),
        ("一边儿", "yi4 bian1 r5"),
        ("不去", "bu2 qu4"),
        ("不要", "bu2 yao4"),
        ("不好", "bu4 hao3"),
        ("要不", "yao4 bu4"),
        ("要不要", "yao4 bu5 yao4"),
        ("来不来", "lai2 bu5 lai2"),
        ("好不好", "hao3 bu5 hao3"),
        ("是不是", "shi4 bu5 shi4"),
        ("不一定", "bu4 yi2 ding4"),
        ("一不小心", "yi2 bu4 xiao3 xin1"),
        ("你好", "ni2 hao3"),
        ("你很好", "ni3 hen2 hao3"),
        ("我很好", "wo3 hen2 hao3"),
        ("总理想", "zong2 li2 xiang3"),
        ("打好打赢", "da2 hao3 da3 ying2"),
        ("打好基础", "da2 hao3 ji1 chu3"),
        ("洗好", "xi2 hao3"),
        ("两点", "liang2 dian3"),
        ("五百", "wu2 bai3"),
        ("九点九", "jiu2 dian2 jiu3"),
        ("手写体", "shou2 xie2 ti3"),
        ("老古董", "lao3 gu2 dong3"),
        ("纸老虎", "zhi3 lao2 hu3"),
        ("选举法", "xuan2 ju2 fa3"),
        ("管理者", "guan2 li2 zhe3"),
        ("总统府", "zong2 tong2 fu3"),
        ("领导小组", "ling2 dao3 xiao2 zu3"),
        ("很勇敢", "hen3 yong2 gan3"),
        ("我很勇敢", "wo2 hen3 yong2 gan3"),
        ("请你给我买", "qing3 ni2 gei3 wo2 mai3"),
        ("我想你", "wo3 xiang2 ni3"),
        ("五九", "wu2 jiu3"),
        ("九九九", "jiu2 jiu2 jiu3"),
        ("9999", "jiu3 qian1 jiu2 bai2 jiu3 shi2 jiu3"),
        ("99", "jiu3 shi2 jiu3"),
        ("好领导", "hao3 ling2 dao3"),
        ("老领导讲话", "lao3 ling2 dao3 jiang3 hua4"),
        ("把手举起", "ba2 shou3 ju2 qi3"),
        ("也许可以", "ye2 xu3 ke2 yi3"),
        ("所有", "suo2 you3"),
        ("有所", "you2 suo3"),
        ("你也想", "ni3 ye2 xiang3"),
        ("老李也好", "lao2 li3 ye2 hao3"),
    ],
)
def test_the_rules_at_their_edges(text: str, spoken: str) -> None:
    assert pronounce(text) == spoken


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        # figures: decimals, times, ratios, ranges, dates
        ("一点零八", "yi1 dian3 ling2 ba1"),
        ("一点一滴", "yi4 dian3 yi4 di1"),
        ("1点半", "yi1 dian3 ban4"),
        ("一点钟", "yi1 dian3 zhong1"),
        ("一点希望", "yi4 dian3 xi1 wang4"),
        ("1比3", "yi1 bi2 san1|yi1 bi3 san1"),
        ("一比就知道", "yi4 bi3 jiu4 zhi1 dao4"),
        ("一到四班", "yi1 dao4 si4 ban1"),
        ("一到冬天", "yi2 dao4 dong1 tian1"),
        ("1日上午", "yi1 ri4 shang4 wu3"),
        # ranks, and counts that look like them
        ("一审", "yi1 shen3"),
        ("生产一线", "sheng1 chan3 yi1 xian4"),
        ("走上一线", "zou3 shang4 yi1 xian4"),
        ("一线生机", "yi2 xian4 sheng1 ji1"),
        ("一线索", "yi2 xian4 suo3"),
        ("一级警报", "yi1 ji2 jing3 bao4"),
        ("上一级", "shang4 yi4 ji2"),
        ("一级一级", "yi4 ji2 yi4 ji2"),
        ("二期和一期工程", "er4 qi1 he2 yi1 qi1 gong1 cheng2"),
        ("一期节目", "yi4 qi1 jie2 mu4"),
        ("这一期工程", "zhe4 yi4 qi1 gong1 cheng2"),
        ("一等功", "yi1 deng3 gong1"),
        ("一等再等", "yi4 deng3 zai4 deng3"),
        ("一号人物", "yi1 hao4 ren2 wu4"),
        ("大一新生", "da4 yi1 xin1 sheng1"),
        ("县一中", "xian4 yi1 zhong1"),
        ("一把手术刀", "yi4 ba3 shou3 shu4 dao1"),
        # the first of several points
        ("一查账目，二查现场", "yi1 cha2 zhang4 mu4 er4 cha2 xian4 chang3"),
        ("一查到底", "yi4 cha2 dao4 di3"),
        ("一次不行，两次", "yi2 ci4 bu4 xing2 liang3 ci4"),
        # 不 between a verb and itself
        ("去不去", "qu4 bu5 qu4"),
        ("愿不愿意", "yuan4 bu5 yuan4 yi4"),
        ("从不去", "cong2 bu2 qu4"),
        ("亦不得", "yi4 bu4 de2"),
        ("绝不会", "jue2 bu2 hui4"),
        ("来不及", "lai2 bu5 ji2"),
    ],
)
def test_a_rank_keeps_the_tone_of_yi_and_a_count_does_not(text: str, spoken: str) -> None:
    assert pronounce(text) in spoken.split("|")


def token(char: str, *pinyin: str) -> Token:
    return Token(char, char, pinyin)


def test_readings_are_settled_by_their_position_in_the_sentence() -> None:
    tokens = [token("你", "ni3"), token("好", "hao3"), token("领导", "ling3", "dao3")]
    assert [t.pinyin for t in tone_sandhi.apply_tone_sandhi(tokens, {2})] == [
        ("ni2",),
        ("hao3",),
        ("ling3", "dao3"),
    ]
    assert [t.pinyin for t in tone_sandhi.apply_tone_sandhi(tokens, {0, 1})] == [
        ("ni3",),
        ("hao3",),
        ("ling2", "dao3"),
    ]


def test_a_token_without_a_syllable_for_each_character_ends_a_run() -> None:
    broken = Token("龘龘", "龘龘", ("ta4",))
    tokens = [token("很", "hen3"), broken, token("好", "hao3")]
    assert [t.pinyin for t in tone_sandhi.apply_tone_sandhi(tokens, ())] == [
        ("hen3",),
        ("ta4",),
        ("hao3",),
    ]


def test_marks_without_a_pause_do_not_end_a_run() -> None:
    for mark in ("“", "》", " ", "’"):
        tokens = [token("很", "hen3"), Token(mark, mark), token("好", "hao3")]
        assert tone_sandhi.apply_tone_sandhi(tokens, ())[0].pinyin == ("hen2",), mark
    for mark in ("，", "、", "……"):
        tokens = [token("很", "hen3"), Token(mark, mark), token("好", "hao3")]
        assert tone_sandhi.apply_tone_sandhi(tokens, ())[0].pinyin == ("hen3",), mark

"""Readings that the grammar around a character settles."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.frontend import tokenizer
from speechcast.frontend.mandarin import context_rules, g2p_zh
from speechcast.frontend.mandarin.context_rules import find_context_readings


def read(text: str, char: str) -> str:
    """Return the readings of a character wherever it stands in a text."""
    tokens = g2p_zh.annotate(tokenizer.tokenize(text, "zh-CN"))
    spoken = "".join(token.spoken if token.pinyin else "" for token in tokens)
    syllables = [s for token in tokens for s in token.pinyin]
    return " ".join(s for c, s in zip(spoken, syllables, strict=True) if c == char)


@pytest.mark.parametrize(
    ("text", "char", "reading"),
    [
        # 得 behind a verb or an adjective, whatever jieba takes for a word
        ("大家吃得香，睡得好。", "得", "de5 de5"),
        ("房子盖得结实，路修得平。", "得", "de5 de5"),
        ("课上得生动有趣。", "得", "de5"),
        ("他高兴得跳了起来。", "得", "de5"),
        ("干部作风转变得怎么样？", "得", "de5"),
        ("看得见，说得对，记得住。", "得", "de5 de5 de5"),
        ("成本低得多。", "得", "de5"),
        # what must be done
        ("咱们得加把劲。", "得", "dei3"),
        ("路上得注意安全。", "得", "dei3"),
        ("有病得治。", "得", "dei3"),
        ("学习得下功夫。", "得", "dei3"),
        ("得先修路，还得种树。", "得", "dei3 dei3"),
        # to get
        ("他得了一等奖，又得了第一。", "得", "de2 de2"),
        ("两队各得三分。", "得", "de2"),
        ("取得成绩不容易，心得体会很多。", "得", "de2 de2"),
        ("这样的人得不到信任，群众得实惠。", "得", "de2 de2"),
        ("买票得排队，出门得戴口罩。", "得", "dei3 dei3"),
        # 地
        ("悄悄地，春天来了。", "地", "de5"),
        ("他兴奋地、大声地喊着。", "地", "de5 de5"),
        ("一个接一个地走上台，创造性地回答问题。", "地", "de5 de5"),
        ("雨哗哗地下着。", "地", "de5"),
        ("这块地很肥沃，这里是他的出生地。", "地", "di4 di4"),
        ("举办地选在当地。", "地", "di4 di4"),
        # 着 and 了
        ("小明够得着书架，睡不着觉。", "着", "zhao2 zhao2"),
        ("火一点就着，他着了凉。", "着", "zhao2 zhao2"),
        ("他吓着了，大火着了一夜。", "着", "zhao2 zhao2"),
        ("他身着军装，不着痕迹。", "着", "zhuo2 zhuo2"),
        ("他空着手来，点着头走。", "着", "zhe5 zhe5"),
        ("这么重，我拿不了，也干不了。", "了", "liao3 liao3"),
        ("你做得了吗？我做好了。", "了", "liao3 le5"),
        # 还
        ("我把书还他，钱也还了。", "还", "huan2 huan2"),
        ("还百姓碧水蓝天，还景于民。", "还", "huan2 huan2"),
        ("他还给我带来礼物，还在等我。", "还", "hai2 hai2"),
        # 为
        ("政府为企业减税降费，为梦想而奋斗。", "为", "wei4 wei4"),
        ("社团为新来的同学办了晚会。", "为", "wei4"),
        ("他纷纷为她点赞。", "为", "wei4"),
        ("为规范管理，制定本办法。", "为", "wei4"),
        ("他当选为市长，会期为三天。", "为", "wei2 wei2"),
        ("变被动为主动，以史为鉴。", "为", "wei2 wei2"),
        ("小麦（学名）为禾本科的植物。", "为", "wei2"),
        ("不为困难所吓倒。", "为", "wei2"),
        # 应
        ("车辆应减速慢行，企业应落实责任。", "应", "ying1 ying1"),
        ("应群众要求，没人应。", "应", "ying4 ying4"),
        ("应收尽收，应对困难学生给予帮助。", "应", "ying1 ying1"),
        ("应对挑战，供不应求。", "应", "ying4 ying4"),
        # 尽 and 没
        ("尽快办，应当尽量多办。", "尽", "jin3 jin3"),
        ("尽一份力，拼尽全力，应保尽保。", "尽", "jin4 jin4 jin4"),
        ("水没过头顶，没过几天又没了。", "没", "mo4 mei2 mei2"),
        ("天没亮，没法子，没入党。", "没", "mei2 mei2 mei2"),
        # 都 and 教
        ("他们全都到齐了，都很好。", "都", "dou1 dou1"),
        ("这里是瓷都，是文化之都。", "都", "du1 du1"),
        ("妈妈教弟弟认字，教会了我游泳。", "教", "jiao1 jiao1"),
        ("教练教得好，尊师重教。", "教", "jiao4 jiao1 jiao4"),
        # 重 and 长
        ("重上讲台，把字重写一遍。", "重", "chong2 chong2"),
        ("翻过几重山，这担子重。", "重", "chong2 zhong4"),
        ("他重重地摔倒了。", "重", "zhong4 zhong4"),
        ("困难重重。", "重", "chong2 chong2"),
        ("树长高了，头发长得快。", "长", "zhang3 zhang3"),
        ("绳子不够长，桌子长两米。", "长", "chang2 chang2"),
        # 调, 数, 系 and 行
        ("把灯调亮，调到二十度。", "调", "tiao2 tiao2"),
        ("他被调到北京，把我调走。", "调", "diao4 diao4"),
        ("数星星，数了数，数不过来。", "数", "shu3 shu3 shu3 shu3"),
        ("数百名学生参加，人数很多。", "数", "shu4 shu4"),
        ("系上扣子，系着围裙。", "系", "ji4 ji4"),
        ("他心系百姓。", "系", "xi4"),
        ("排成五行，写了三行字。", "行", "hang2 hang2"),
        ("站成一行，你干哪行？", "行", "hang2 hang2"),
        ("一行人来了，代表团一行，共十人。", "行", "xing2 xing2"),
        # 结, 曝, 中, 背, 藏 and 场
        ("树上结满了果，水面结了冰。", "结", "jie1 jie2"),
        ("媒体曝出内幕，在阳光下曝晒。", "曝", "bao4 pu4"),
        ("被石头砸中了，他中了大奖。", "中", "zhong4 zhong4"),
        ("他考中了状元，三枪都中了。", "中", "zhong4 zhong4"),
        ("会议中他发了言，力量集中了。", "中", "zhong1 zhong1"),
        ("背着孩子，背不动。", "背", "bei1 bei1"),
        ("背古诗，背着手，背过身去。", "背", "bei4 bei4 bei4"),
        ("把它藏在心里，川藏公路。", "藏", "cang2 zang4"),
        ("下了一场雨，大哭一场。", "场", "chang2 chang2"),
        ("看一场电影，打一场比赛。", "场", "chang3 chang3"),
        # and others
        ("他和着面，米和面都有。", "和", "huo2 he2"),
        ("把他当亲人，当了老师。", "当", "dang4 dang1"),
        ("墙倒了，难不倒我。", "倒", "dao3 dao3"),
        ("倒一杯水，他倒先来了。", "倒", "dao4 dao4"),
        ("转了一圈，转过身。", "转", "zhuan4 zhuan3"),
        ("种了一片树，一种精神。", "种", "zhong4 zhong3"),
        ("放了三天假，他作假。", "假", "jia4 jia3"),
        ("河干了，加油干。", "干", "gan1 gan4"),
        ("一个都不能落下，树叶落下。", "落", "la4 luo4"),
        ("他落了两节课，落了一地叶子。", "落", "la4 luo4"),
        # one syllable that acts on a thing, and the thing
        ("姐姐扇着炉火，一把扇子。", "扇", "shan1 shan4"),
        ("盛碗粥来，把饺子盛到盘里。", "盛", "cheng2 cheng2"),
        ("把麻袋口扎紧，一针扎进去。", "扎", "za1 zha1"),
        ("削着萝卜皮，削减开支。", "削", "xiao1 xue1"),
        ("锤子钉木箱，图钉。", "钉", "ding4 ding1"),
        ("把围裙系一下，没系数。", "系", "ji4 xi4"),
        ("还完车再还书，还车水马龙。", "还", "huan2 huan2 hai2"),
        ("这袋米重十公斤，重走老路。", "重", "zhong4 chong2"),
        ("扁担折了，骨折了。", "折", "she2 zhe2"),
        # what is left empty, and what comes out of the sky
        ("每空三分，段首空两格。", "空", "kong4 kong4"),
        ("空出一间房，天空出现彩虹。", "空", "kong4 kong1"),
        # people in need, offerings, light
        ("邻里有难，题有难度。", "难", "nan4 nan2"),
        ("庙里供着妈祖，家里供着学生。", "供", "gong4 gong1"),
        ("车灯晃得人睁不开眼，船晃得厉害。", "晃", "huang3 huang4"),
        ("你别蒙我，蒙着头。", "蒙", "meng1 meng2"),
        ("屋里闷得慌，心里烦闷。", "闷", "men1 men4"),
        ("孩子吐奶，蜘蛛吐丝。", "吐", "tu4 tu3"),
        ("排弹手，弹吉他。", "弹", "dan4 tan2"),
        ("他走了一着妙棋，一着急就忘了。", "着", "zhao1 zhao2"),
        ("大哭一场，球队输了一场后又赢了。", "场", "chang2 chang3"),
        ("他们处得很融洽，办事处。", "处", "chu3 chu4"),
        ("话说得太冲，冲上山。", "冲", "chong4 chong1"),
        ("我要求证一个猜想，要求证明。", "要", "yao4 yao1"),
    ],
)
def test_readings_in_context(text: str, char: str, reading: str) -> None:
    assert read(text, char) == reading


def test_words_of_the_table_precede_the_rules() -> None:
    assert find_context_readings(["取", "得", "成绩"]) == {1: "de2"}
    assert read("他为人正直。", "为") == "wei2"


def test_a_mark_ends_what_a_rule_looks_at() -> None:
    """Quotation marks and brackets do not."""
    assert find_context_readings(["这", "事", "，", "得", "了"]) == {3: "de2"}
    assert find_context_readings(["这", "“", "事", "”", "得", "办"])[4] == "dei3"


@given(st.lists(st.text("得地着了还为应尽没都教重我他一不很好（“，。a1", max_size=5), max_size=20))
def test_every_reading_belongs_to_its_character(words: list[str]) -> None:
    text = "".join(words)
    rules = {char: context_rules._load_rules(char) for char in context_rules._load_rows()}
    for position, syllable in find_context_readings(words).items():
        assert syllable in {rule.syllable for rule in rules[text[position]]}


def test_every_row_of_the_table_is_complete() -> None:
    for char, rules in ((c, context_rules._load_rules(c)) for c in context_rules._load_rows()):
        assert len(char) == 1
        for rule in rules:
            assert rule.scope in {"", "~", "/n"}
            assert re.fullmatch("[a-z]+[1-5]|", rule.syllable)


def test_a_long_sentence_is_read_from_what_is_near() -> None:
    """No rule looks further than some words, so that a sentence without marks takes no longer."""
    near = ["我们", "为", "大家", "购买", "粮食"]
    far = ["好"] * 500
    assert find_context_readings([*far, *near, *far])[502] == "wei4"

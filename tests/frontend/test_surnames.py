"""Which characters are surnames, and how they are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.frontend.mandarin.g2p_zh import annotate, find_doubtful_readings
from speechcast.frontend.mandarin.surnames import find_surnames
from speechcast.frontend.tokenizer import tokenize

# Before a title, an office or a form of address.
TITLED = [
    ("请曾部长致辞。", "曾=zeng1"),
    ("会前，任副省长看望了代表。", "任=ren2"),
    ("由单总工介绍图纸。", "单=shan4"),
    ("解医生值夜班。", "解=xie4"),
    ("我和查老师是同乡。", "查=zha1"),
    ("区会长从澳门赶来。", "区=ou1"),
    ("仇站长检查了设备。", "仇=qiu2"),
    ("应院长说，门诊延长一小时。", "应=ying1"),
    ("华处长、曲科长陪同。", "华=hua4 曲=qu1"),
    ("乐阿姨在门口等着。", "乐=yue4"),
    ("翟工程师画了草图。", "翟=zhai2"),
    ("尉迟校长和令狐老师都来了。", "尉=yu4 迟=chi2 令=ling2 狐=hu2"),
    ("长孙教授讲唐代制度。", "长=zhang3 孙=sun1"),
    ("种师傅修好了水泵。", "种=chong2"),
    ("曾经理说，货已经发出。", "曾=zeng1"),
    ("任老师已经下班了。", "任=ren2"),
    ("任家湾的路修好了。", "任=ren2"),
    ("县里任命任国庆为队长。", "任=ren2"),
]
# Before a given name, or with nothing but what marks a surname.
NAMED = [
    ("曾志刚同学跑得最快。", "曾=zeng1"),
    ("主任医师任丽华坐诊。", "任=ren2"),
    ("出席的有李明、解晓东、王芳。", "解=xie4"),
    ("导演单永健谈新片。", "单=shan4"),
    ("他姓查，是浙江人。", "查=zha1"),
    ("嫌疑人仇某被抓获。", "仇=qiu2"),
    ("老单说不用客气。", "单=shan4"),
    ("查奕宸和单梓晗跑得快。", "查=zha1 单=shan4"),
    ("曾、解两位校长握手。", "曾=zeng1 解=xie4"),
]
# The same characters where they are no surname.
OTHERS = [
    "他曾主持过两届会议。",
    "曾代表学校参加比赛。",
    "三十五岁任县长。",
    "他任校长期间建了新楼。",
    "王建国任主任，李红任副主任。",
    "他任校长已经三年。",
    "任何人都可以报名。",
    "请单独准备一份。",
    "解放军战士在站岗。",
    "谁来解老师布置的这道题？",
    "请查找原因。",
    "城关区书记走访社区。",
    "新区主任介绍规划。",
    "应主席邀请，客人来了。",
    "我们应立即行动。",
    "音乐老师弹琴。",
    "驻华大使致辞。",
    "两种老师都需要。",
    "党员老师带头。",
    "经过书记同意。",
    "托马斯·查尔斯",
]


@pytest.mark.parametrize(("text", "expected"), [*TITLED, *NAMED])
def test_surnames(text: str, expected: str) -> None:
    likely = {i: name.syllable for i, name in find_surnames(text).items() if name.probability > 0.5}
    assert " ".join(f"{text[i]}={s}" for i, s in sorted(likely.items())) == expected


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_surname(text: str) -> None:
    assert all(name.probability < 0.5 for name in find_surnames(text).values())


def test_a_surname_is_read_whatever_the_words_were_cut_into() -> None:
    tokens = annotate(tokenize("请曾书记和任建新讲话。", "zh-CN"))
    syllables = [s for token in tokens for s in token.pinyin]
    assert (syllables[1], syllables[5]) == ("zeng1", "ren2")


@pytest.mark.parametrize(
    ("text", "doubted"), [("那老师教语文。", "那"), ("任老师教语文。", ""), ("任务重。", "")]
)
def test_only_what_may_be_either_is_doubted(text: str, doubted: str) -> None:
    doubts = find_doubtful_readings(tokenize(text, "zh-CN"))
    assert "".join(d.char for d in doubts if d.char in "那任") == doubted


def test_a_doubt_names_both_readings() -> None:
    doubt, *_ = find_doubtful_readings(tokenize("那老师教语文。", "zh-CN"))
    assert {doubt.chosen, *doubt.others} == {"na4", "na1"}


@given(st.text("曾任单解查应区尉迟老师书记国强、，。·\n姓某何aA1 ", max_size=14))
def test_what_is_returned_lies_in_the_text(text: str) -> None:
    for position, name in find_surnames(text).items():
        assert text[position] in "曾任单解查应区尉迟国强"
        assert name.syllable[-1] in "12345"
        assert 0.09 < name.probability <= 1


@given(
    st.sampled_from("曾 仇 葛 翟 缪 朴 冼 令狐".split()),
    st.sampled_from("市长 委员 老师 女士 律师 队长 总经理 副主席 院士".split()),
    st.sampled_from(["{}讲话。", "请{}入座。", "与{}交谈", "一、{}", "“{}说"]),
)
def test_any_surname_before_any_title(surname: str, title: str, frame: str) -> None:
    text = frame.format(surname + title)
    assert find_surnames(text)[text.index(surname)].probability > 0.5

"""Find offices, professions and forms of address in Chinese text.

An office is found by how it ends (校长, 议员, 工程师) and by what stands before it (副, 代, 总), so
that no list has to hold all of them. The parts below were listed by hand for this project.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .parts_of_speech import part_of_speech

# Before an office; what may stand there is part of the title.
_RANKS = (
    "常务|执行|名誉|荣誉|首席|高级|前|党委|党组|支部|党支部|纪委|团委|工会|董事会|办公室|课题组"
)
_DEPUTY = "副|代(?!表)"
_PREFIX = f"(?:{_RANKS}|(?!{_RANKS}))(?:{_DEPUTY}|(?!{_DEPUTY}))"
# Heads of something: 校长, 部长, 护士长.
_HEADS = (
    "(?:[校局处科院厅部市县区镇乡村州省班组队连排营团师军旅会社馆站所店厂司家船机舰台园董庭室股课"
    "学议外防财首警酋酒团财族堂]|秘书|董事|理事|审判|检察|参谋|护士|列车|事务|大队|中队|支队|总)长"
)
_OFFICES = (
    "书记|村?支书|主任|主席|总理|总统|总裁|总监|总管|总工|总编|总经理|经理|董事|理事|监事|委员|代表|"
    "教授|博导|讲师|院士|博士后|记者|编辑|主编|导演|教练|裁判|大使|公使|领事|参赞|专员|秘书|干事|"
    "助理|顾问|司令|司令员|政委|参谋|指挥|指导|将军|元帅|[上中少]将|[大上中少]校|[大上中少]尉|"
    "大夫|医生|检察官|主管|主持|会计|出纳|掌柜|老板|老总|丞相|首相|宰相|尚书|太守|刺史|大臣|皇后|"
    "皇帝|太后|贵妃|公主|王妃|驸马|村官|牧师|神父|法师|道长|大师|师父|队友|选手"
)
# Forms of address.
_ADDRESSES = (
    "先生|女士|小姐|太太|夫人|同志|同学|老师|师傅|老师傅|师母|师兄|师姐|师弟|师妹|学[长姐弟妹]|"
    "阿[姨公婆爹妈]|大[爷妈娘叔婶哥姐嫂伯姨]|[叔伯婶奶爷姐哥妈爸姑舅]{2}|"
    "老[爷伯汉太人弟兄哥]|老太太|老人家|老先生|姑娘|公子|小哥|校友|工友|战友|烈士|女侠|大侠|氏"
)
_TITLE = re.compile(f"{_PREFIX}(?:{_HEADS}|{_OFFICES}|{_ADDRESSES})")
_ADDRESS = re.compile(f"{_ADDRESSES}|[总工董导老公哥姐叔婶嫂爷伯姨妈]")
# What a title is shortened to: 曾工, 任局.
_SHORT = re.compile("[总工局处队导董老公哥姐叔婶嫂爷伯姨妈]")
# Words that end like the name of a profession and are none.
_NO_TITLES = frozenset(
    "动员 人员 成员 全员 复员 满员 超员 定员 随员 职员 教职员 官员 减员 裁员 出师 会师 班师 誓师 "
    "京师 水师 雄师 五官 器官 感官 做官 当官 学士 巴士 的士 威士 芝士 爵士 人士 名士 下士 勇士 "
    "成长 增长 特长 生长 擅长 延长 助长 漫长 身长 周长 全长 冗长 边长 波长 专长 见长 细长 "
    "家长".split()
)
_ACTIVITIES = frozenset("代表 指挥 主持 编辑 导演 指导 裁判 主编 总编 主管 助理 参谋 教练".split())
# After the name of a person, not before another one.
_HONORIFICS = frozenset("先生 女士 小姐 太太 夫人 同志 阿姨 大爷 大妈 大娘 奶奶 爷爷".split())
_PERSONS = "师员士官者手"  # what a profession ends in
# Nouns right before a name: 作家查良镛, 嘉宾任晓东.
_APPOSED = "家人者手星民友工生领客宾员长师官士侠兵妻夫父母兄弟姐妹儿女将匠徒迷"
_NOT_APPOSED = frozenset(
    "大家 国家 人家 别人 他人 有人 没人 人人 人民 全家 回家 本人 民工 员工 职工 施工 竣工 开工 "
    "发生 产生 学生 先生 医生 卫生 出生 诞生 人生 公民".split()
) - {"学生", "先生", "医生", "民工", "员工", "职工", "公民"}


@lru_cache(maxsize=10_000)
def measure_title(text: str) -> int:
    """Return the length of the longest title that the text begins with; 0 if with none.

    >>> measure_title("副校长说"), measure_title("工程师来了"), measure_title("成长中")
    (3, 3, 0)
    """
    match = _TITLE.match(text)
    longest = match.end() if match else 0
    most = min(4, len(text))
    lengths = (n for n in range(most, max(1, longest), -1) if _is_profession(text[:n]))
    return next(lengths, longest)


def is_short_title(text: str) -> bool:
    """Return whether the text begins with a title of one character.

    >>> is_short_title("工负责"), is_short_title("书记")
    (True, False)
    """
    return bool(_SHORT.match(text))


def is_address(title: str) -> bool:
    """Return whether a title is a form of address rather than an office.

    >>> is_address("老师"), is_address("局长")
    (True, False)
    """
    return bool(_ADDRESS.fullmatch(title))


def is_activity(title: str) -> bool:
    """Return whether a title is a verb as well.

    >>> is_activity("代表"), is_activity("书记")
    (True, False)
    """
    return title in _ACTIVITIES


def is_apposed(word: str) -> bool:
    """Return whether a noun may stand right before the name of a person: 作家, 书记.

    >>> is_apposed("作家"), is_apposed("国家")
    (True, False)
    """
    if word in _NOT_APPOSED | _HONORIFICS or len(word) < 2:
        return False
    ends_like_person = word[-1] in _APPOSED and part_of_speech(word)[:1] in {"n", ""}
    return ends_like_person or any(
        measure_title(word[start:]) == len(word) - start for start in range(len(word) - 1)
    )


def _is_profession(word: str) -> bool:
    return (
        len(word) > 1
        and word[-1] in _PERSONS
        and word not in _NO_TITLES
        and part_of_speech(word) == "n"
    )

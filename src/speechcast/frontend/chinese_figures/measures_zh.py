"""Tell whether Chinese text after a figure counts something: 2套, 2000名, but 2024世界.

The lists were written by hand for this project, after the measure words of GB 3100 to 3102 and of
the dictionary 现代汉语词典.
"""

from __future__ import annotations

import re

from ...text.han import HAN, simplified
from ..mandarin.jieba_dictionary import load_jieba_for

_AHEAD = 8  # characters after a figure that decide
# Measure words of one character before which 2 is 两 ...
_WITH_TWO = frozenset(
    "个人位名项件次天周年条只隻家种类倍岁千万亿座所台辆支门户吨米公小分秒套处起场片份张部册篇首幅把块栋"
    "幢间批对双轮架艘艇节封枚颗粒根枝棵株束朵头匹口盏盒箱包袋瓶杯碗桶罐滴股笔宗桩例样句段行页尾趟回遍顿步"
    "圈声亩克升斤里尺丈元角刻国省县市校夜晚站孔卷盘副具团挺顶床扇堵道集串堆筐捆剂针帖贴本大发味房款枪板"
)
# ... and others, before which it is 二: 二级, 二月.
_OTHERS = frozenset("月日号级楼层期版届班代排度时点毛组队线等单元季区字题桌席章词码平迈格帧波员")
_MEASURES = _WITH_TWO | _OTHERS
_PREFIXED = frozenset(
    "大小公"
)  # 2大任务; but 5.12大地震: what they begin counts only if it is listed
# Longer ones; whatever begins so is counted.
_LONG = re.compile(
    r"平方|立方|公[里斤顷尺分亩升克]|[千百分厘毫微纳][米克升瓦伏帕焦安秒]|毫米汞柱|兆[瓦赫帕]|千瓦时|英[里尺寸亩]|海里|光年|"
    r"分贝|摄氏度|华氏度|马力|小时|分钟|秒钟|刻钟|点钟|星期|礼拜|季度|周[年岁]|世纪|年[级代]|人[次份]|[架车批艘]次|课时|学[时分]|"
    r"[美日欧港澳加韩]元|人民币|英镑|卢布|盎司|加仑|百分点|个(?!人(?:所得|养老|信用|账户|述职))|[余几多]|来[个名人位岁年天家万种次]|[万亿]|[百千十](?!米|克)|兆|"
    r"以[上下内外]|左右|上下|开外|有余|名(?![城校牌著录词字])|元(?![旦宵素首])|岁|倍|吨|套"
)
# What begins with such a character without counting: 二人转, 二手房, 二大队, 二本院校, 二次元.
_NOT_TWO = re.compile(
    r"人转|世纪|站台|本(?:院校|线|批)|次(?:元|函数|方|曲|革命)|大队|[个]?月份|年级|度|对(?:[战决阵抗比应于外内话手])|栋\d|幢\d|座\d|环(?:路|内|外|线)?|"
    r"[部节](?:门|制)|小(?!时|组|块|段|包|袋|瓶|盒|杯)|公(?![里斤顷尺分亩升克])|段(?:线|式|锁)|"
    r"国集团|分(?:之|法|类)|把手|板(?:块|市场|斧)"
)


def begins_measure(text: str, position: int, *, of_two: bool = False) -> bool:
    """Return whether what stands at a position of a text counts something.

    >>> begins_measure("2000名", 4), begins_measure("2024天津", 4), begins_measure("2级", 1)
    (True, False, True)

    Args:
        text: The text.
        position: Where the figure has ended.
        of_two: Whether only the measure words count before which 2 is read 两.
    """
    ahead = simplified(text[position : position + _AHEAD]).lstrip()
    run = re.match(f"{HAN.pattern}+", ahead)
    if of_two and (not run or _NOT_TWO.match(ahead)):
        return False
    if of_two:
        return ahead[0] in _WITH_TWO or _LONG.match(ahead) is not None
    return run is not None and (_LONG.match(ahead) is not None or _begins_with_word(run[0]))


def _begins_with_word(run: str) -> bool:
    """Return whether the first word of some Chinese characters is a measure word."""
    is_place = run.startswith(("米处", "里处"))  # 120米处 is one word to jieba
    first = load_jieba_for(run).lcut(run, HMM=False)[0]
    return run[0] in _MEASURES - _PREFIXED and (is_place or len(first) == 1)

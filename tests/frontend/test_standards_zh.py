"""The numbers of standards in Chinese text, with their year and without; and what is none."""

from __future__ import annotations

import re

import pytest

from speechcast.frontend import tokenizer

STANDARDS = """
JTG D50-2017             JTG D五零杠二零一七
（JTG B01-2014）           （JTG B零一杠二零一四）
JTG/T D60-01-2004        JTGT D六零杠零一杠二零零四
JTG F80/1-2017           JTG F八零杠一杠二零一七
TSG D7005-2018           TSG D七零零五杠二零一八
ASTM C150-21             ASTM C一五零杠二一
GB 3100-93               GB 三一零零杠九三
CJJ/T 73-2019            CJJT 七三杠二零一九
替代CJJ/T 73               替代CJJT 七三
DB11/T 1200-2015         DB十一T 一二零零杠二零一五
执行DB44/T 2158标准         执行DB四十四T 二一五八标准
T/CECS 123-2020          TCECS 一二三杠二零二零
按T/CECS 702执行           按TCECS 七零二执行
EN 1992-1-1              EN 一九九二杠一杠一
参照DIN 4102-1            参照DIN 四一零二杠一
"""
OTHERS = """
D级50-60分                D级五十到六十分
EN 1992-1993年           EN 一九九二到一九九三年
GB 50-60人               GB 五十到六十人
T/CECS 30家单位           TCECS 三十家单位
ISO 100                  ISO 一百
"""


@pytest.mark.parametrize("row", [*STANDARDS.strip().splitlines(), *OTHERS.strip().splitlines()])
def test_the_number_of_a_standard(row: str) -> None:
    written, spoken = re.split("  +", row)
    tokens = tokenizer.tokenize(written, "zh-CN")
    assert "".join(t.shown for t in tokens) == written
    assert "".join(t.spoken for t in tokens) == spoken

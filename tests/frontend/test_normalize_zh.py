"""Figures in Chinese text: shown as written, spoken as a person reads them."""

from __future__ import annotations

import re

import pytest

from speechcast.frontend import tokenizer

# What is written, and the ways in which it may be spoken.
TABLE = """
2023年3月5日      二零二三年三月五日
1998—2003年       一九九八到二零零三年|一九九八至二零零三年
5.2%              百分之五点二
126.06万亿元      一百二十六点零六万亿元
3.14159265358979323846  三点一四一五九二六五三五八九七九三二三八四六
0.00000000000000000015  零点零零零零零零零零零零零零零零零零零零一五
2.71828182845904523536%  百分之二点七一八二八一八二八四五九零四五二三五三六
-1.41421356237309504880  负一点四一四二一三五六二三七三零九五零四八八零
98765432109876543210    九八七六五四三二一零九八七六五四三二一零
1.5e-10           一点五乘以十的负十次方
1E5个             一乘以十的五次方个
39218元           三万九千二百一十八元
1,234,567         一百二十三万四千五百六十七
上午9:30          上午九点三十分|上午九点半
12:00—14:30       十二点到十四点三十分|十二点至十四点三十分|十二点到十四点半
1/3               三分之一
3:2获胜           三比二获胜
-3℃               零下三摄氏度|负三摄氏度
3~5天             三到五天|三至五天
3-5天             三到五天|三至五天
0798-8224567      零七九八八二二四五六七
13800138000       幺三八零零幺三八零零零
12345热线         幺二三四五热线
拨打110           拨打幺幺零
100年、100倍      一百年、一百倍
2个               两个
2人               两人|二人
2万               两万|二万
200               二百|两百
2%                百分之二
$5.3亿            五点三亿美元
￥1.25            一点二五元
120㎡             一百二十平方米
60km/h            六十千米每小时|六十公里每小时|每小时六十公里|每小时六十千米
9·18              九一八
Ⅲ级               三级
①、②              一、二
No.1              第一|number one
5G                五G
COVID-19          COVID十九
A-12              A十二|A杠十二
GB/T 1234-2019    GBT一二三四二零一九|GBT一二三四杠二零一九
2024/2025学年     二零二四到二零二五学年|二零二四二零二五学年
"""
ROWS = [re.split("  +", row) for row in TABLE.strip().splitlines()]


@pytest.mark.parametrize(("written", "acceptable"), ROWS)
def test_every_figure_is_read(written: str, acceptable: str) -> None:
    tokens = tokenizer.tokenize(written, "zh-CN")
    spoken = "".join(t.spoken for t in tokens).replace(" ", "")  # a blank is not heard
    assert spoken in acceptable.replace(" ", "").split("|")
    assert "".join(t.shown for t in tokens) == written


@pytest.mark.parametrize(("written", "acceptable"), ROWS)
def test_a_figure_is_read_so_inside_of_a_sentence(written: str, acceptable: str) -> None:
    tokens = tokenizer.tokenize(f"会上说，{written}，很好。", "zh-CN")
    spoken = "".join(t.spoken for t in tokens).replace(" ", "")
    assert spoken.removeprefix("会上说，").removesuffix("，很好。") in acceptable.replace(
        " ", ""
    ).split("|")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("误差<5%", "误差小于百分之五"), ("3 > 2", "三大于二"), ("我们<A>开会", "我们A开会")],
)
def test_a_bracket_around_a_word_compares_nothing(written: str, expected: str) -> None:
    spoken = "".join(token.spoken for token in tokenizer.tokenize(written, "zh-CN"))
    assert "".join(spoken.split()) == expected

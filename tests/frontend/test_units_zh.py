"""Symbols of units in Chinese text: with prefixes, as products and quotients, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechcast.frontend import tokenizer
from speechcast.frontend.chinese_figures.unit_names_zh import read_unit


def spoken(text: str) -> str:
    tokens = tokenizer.tokenize(text, "zh-CN")
    assert "".join(t.shown for t in tokens) == text
    return "".join(t.spoken for t in tokens)


SYMBOLS = """
hPa 百帕, MPa 兆帕, Hz 赫兹, GHz 吉赫, mV 毫伏, kVA 千伏安, μA 微安, TW 太瓦, GWh 吉瓦时, MJ 兆焦
J 焦耳, cd 坎德拉, klx 千勒克斯, MBq 兆贝可, mGy 毫戈瑞, μSv 微希沃特, MΩ 兆欧, \u2126 欧姆, pF 皮法
hm² 公顷, dm³ 立方分米, \u00b5L 微升, ng 纳克, μs 微秒, mmHg 毫米汞柱, Gbps 吉比特每秒, dB 分贝
r/min 转每分钟, mmol/L 毫摩尔每升, lm/W 流明每瓦, N·m 牛米, A·h 安时, Pa·s 帕秒, km2 平方千米
J/(kg·K) 焦每千克开, m·s⁻² 米每二次方秒, m^3 立方米, Nm³/h 标准立方米每小时, kwh 千瓦时, KPa 千帕
mg/kg/d 毫克每千克每天, mg/100mL 毫克每一百毫升, kcal 千卡, MeV 兆电子伏, rad/s 弧度每秒, ha 公顷
"""


@pytest.mark.parametrize("pair", SYMBOLS.strip().replace("\n", ", ").split(", "))
def test_a_symbol_is_a_prefix_and_a_unit(pair: str) -> None:
    symbol, words = pair.split()
    assert read_unit(symbol) == words


@pytest.mark.parametrize("word", ["am", "PM", "iOS", "m/B2", "kk", "", "km/", "5"])
def test_a_word_is_no_unit(word: str) -> None:
    assert read_unit(word) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("发电8000万kW", "发电八千万千瓦"),
        ("库容12亿m³", "库容十二亿立方米"),
        ("年产30万t/a", "年产三十万吨每年"),
        ("含量3×10⁻³mol/L", "含量三乘十的负三次方摩尔每升"),
        ("单位：μg/m³", "单位：微克每立方米"),
        ("㎡与㎏，以㏄计", "平方米与千克，以毫升计"),
        ("每kWh电价", "每千瓦时电价"),
        ("售价80元/kg", "售价八十元每千克"),
        ("密度5人/km²", "密度五人每平方千米"),
        ("-10℃至-5℃", "零下十到零下五摄氏度"),
        ("-2~6℃", "零下二摄氏度到六摄氏度"),
        ("500m到2km", "五百米到两千米|五百米到二千米"),
        ("20mm～30mm", "二十到三十毫米"),
        ("额定电流16A", "额定电流十六安"),
        ("功率60W", "功率六十瓦"),
        ("40W灯泡", "四十瓦灯泡"),
        ("有5W粉丝", "有五万粉丝"),
        ("色温5000K", "色温五千开"),
    ],
)
def test_a_unit_after_a_figure(text: str, words: str) -> None:
    assert spoken(text) in words.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "5A景区",
        "4K电视",
        "5G网络",
        "5g手机",
        "3D打印",
        "4S店",
        "2B铅笔",
        "5V5比赛",
        "12J座",
        "10M宽带",
    ],
)
def test_a_letter_of_a_name_is_no_unit(text: str) -> None:
    assert text[1:].lstrip("0123456789")[0] in spoken(text)


@pytest.mark.parametrize("text", ["t检验", "A区", "GB/T", "N/A", "I/O", "in和at", "方差s²", "pH值"])
def test_letters_without_a_figure_are_no_unit(text: str) -> None:
    assert not set("吨安秒英每特") & set(spoken(text))


@given(st.text(alphabet="kmgtsWhPaLl·/²⁻¹5. ()^2μΩKVAd", max_size=14))
@settings(deadline=None)
def test_whatever_stands_there_is_shown_and_a_unit_has_chinese_words(text: str) -> None:
    spoken(text)
    words = read_unit(text)
    assert words is None or words


TOLERANCES = """
220±5%kV              二百二十正负百分之五千伏
(220±5)kV             (二百二十正负五)千伏
0.6（±5%）MPa           零点六（正负百分之五）兆帕
10(20)kV              十(二十)千伏
Φ50(+0.02/-0.01)mm    Φ五十(正零点零二/负零点零一)毫米
(1.5～2.0)m            (一点五到二点零)米
-40~+85℃              零下四十到零上八十五摄氏度
-10~+10V              负十到正十伏
-5%~+10%              负百分之五到正百分之十
-40~85                负四十到八十五
由-5降至-10              由负五降至负十
35kV/110kV            三十五千伏一百一十千伏
3.7V/2000mAh          三点七伏两千毫安时
3g/100mL              三克每一百毫升
60滴/min               六十滴每分钟
10^-5/℃               十的负五次方每摄氏度
120米处有车站             一百二十米处有车站
占5%A股                 占百分之五A股
(1-5)g网络              (一到五)g网络
第(3.1)A节              第(三点一)A节
"""


@pytest.mark.parametrize("row", TOLERANCES.strip().splitlines())
def test_a_unit_after_a_tolerance_a_bracket_or_a_stroke(row: str) -> None:
    written, expected = row.split()
    assert spoken(written) == expected

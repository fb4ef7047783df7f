"""Years, days and times in Chinese text, and the counts that look like them."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer

DATES = """
2023杭州马拉松            二零二三杭州马拉松
2022“中华经典诵读”大赛      二零二二“中华经典诵读”大赛
2024天津论坛             二零二四天津论坛
2025CBA总决赛           二零二五CBA总决赛
巴黎2024。               巴黎二零二四。
2019级、2018届、2023款、2021版  二零一九级、二零一八届、二零二三款、二零二一版
2024财年                二零二四财年
2020—2021学年           二零二零到二零二一学年
2021-22赛季             二零二一到二二赛季
沪府发〔2024〕3号          沪府发〔二零二四〕三号
苏政办发(2020)17号        苏政办发(二零二零)十七号
电影《大鱼》（2003）        电影《大鱼》（二零零三）
2024个座位              两千零二十四个座位
2000名观众              两千名观众
2018套住房              两千零一十八套住房
1999元                 一千九百九十九元
约2020千米              约两千零二十千米
02月09日               二月九日
08时30分               八时三十分
07月                  七月
78年入伍                七八年入伍
他在97年参加工作            他在九七年参加工作
08年北京奥运会             零八年北京奥运会
1986、87年              一千九百八十六、八七年|一九八六、八七年
50年前                 五十年前
75年来                 七十五年来
60年风雨历程              六十年风雨历程
用了15年                用了十五年
05后、10后              零五后、一零后
60、70后               六零、七零后
6.1儿童节               六一儿童节
“7.1”讲话               “七一”讲话
在7.20特大暴雨中           在七二零特大暴雨中
12/9运动               一二九运动
“九.一八”事变             “九一八”事变
五·四运动                五四运动
3.5节                 三点五节
6.1级地震               六点一级地震
5.1声道                五点一声道
7.1万人参加公祭            七点一万人参加公祭
5.1事故调查              五点一事故调查
8am                  上午八点
3 PM                 下午三点
国乒4:1胜出              国乒四比一胜出
以21:15获胜             以二十一比十五获胜
21:15开播              二十一点十五分开播
"""


@pytest.mark.parametrize("row", DATES.strip().splitlines())
def test_a_date_is_read_as_a_date_and_a_count_as_a_count(row: str) -> None:
    written, _, acceptable = row.partition("  ")
    tokens = tokenizer.tokenize(written, "zh-CN")
    assert "".join(t.shown for t in tokens) == written
    assert "".join(t.spoken for t in tokens).strip() in acceptable.strip().split("|")

"""Figures that name: telephones, models, rooms, plates; and figures that count instead."""

from __future__ import annotations

import pytest

from speechcast.frontend import tokenizer

CODES = """
着火请打119                 着火请打幺幺九
遇险可报122                 遇险可报幺二二
“114”查号台                “幺幺四”查号台
12348法律援助                幺二三四八法律援助
12369环保举报                幺二三六九环保举报
客服95533                  客服九五五三三
电话：86123456              电话：八六幺二三四五六
82345678转602             八二三四五六七八转六零二
0351-6222 3141转8019      零三五幺六二二二三幺四幺转八零幺九
6222 3141（转19）           六二二二三幺四幺（转幺九）
（0351）6222 3141          （零三五幺）六二二二三幺四幺
分机号：205                  分机号：二零五
139****5678              幺三九星星星星五六七八
110米跨栏                   一百一十米跨栏
12345                     一万二千三百四十五
合计36 000               合计三万六千
编号036 000              编号零三六零零零
增至12345                   增至一万二千三百四十五
通过12345、12315反映          通过幺二三四五、幺二三幺五反映
增至120家                   增至一百二十家
110千伏、120kg、119页         一百一十千伏、一百二十千克、一百一十九页
12345册、12315件            一万二千三百四十五册、一万二千三百一十五件
打10000个电话               打一万个电话
是211大学                   是二一一大学
入选985、211工程              入选九八五、二一一工程
985名学生                   九百八十五名学生
863个项目                   八百六十三个项目
618购物节                   六一八购物节
波音787客机                  波音七八七客机
京沪107国道                  京沪幺零七国道
直-10、苏-35                直十、苏三十五
巨浪-3导弹                   巨浪三导弹
气温降到-8度                  气温降到负八度
计算-3的平方                  计算负三的平方
净利润-500万元               净利润负五百万元
1203室、5-602房间            幺二零三室、五杠六零二房间
2单元301                  二单元三零幺
解放路15-2号                 解放路十五杠二号
解放路15-22号                解放路十五到二十二号
K528次                    K五二八次
京B88H32                  京B八八H三二
身份证号为320102199001012345   身份证号为三二零幺零二幺九九零零幺零幺二三四五
邮编：210018                 邮编：二幺零零幺八
GB/T 7714—2015           GBT 七七一四二零一五
li.ming@126.com          li点ming at 一二六点com
www.edu.cn/a_b           www点edu点cn斜杠a下划线b
血压118/76                 血压一百一十八比七十六
135/90mmHg               一百三十五比九十毫米汞柱
3200元/吨                  三千二百元每吨
8微克/立方米                  八微克每立方米
75次/分钟                   七十五次每分钟
（元/平方米）                  （元每平方米）
2亿元～3亿元                 两亿元到三亿元
100元—200元               一百元到二百元
3rd、21st                第三、第二十一
5-3=2                    五减三等于二
159 8765 4321            幺五九八七六五四三二幺
159-8765-4321            幺五九八七六五四三二幺
（0591）87654321          （零五九幺）八七六五四三二幺
（0591）8人                （零五九一）八人
86-21-62345678           八六二幺六二三四五六七八
302路公交、3路进攻             三零二路公交、三路进攻
500路视频                   五百路视频
720P、720人                七二零P、七百二十人
打75折、打10折               打七五折、打十折
见图5-2、表4-11              见图五杠二、表四杠十一
发表5-6篇                   发表五到六篇
user_2048                user下划线二零四八
书号978-7-02-000220-7        书号九七八七零二零零零二二零七
ISBN 978-7-02-000220-7   ISBN 九七八七零二零零零二二零七
端口号3306                  端口号三三零六
短信到10086                短信到幺零零八六
+44-20-7946-0018         四四二零七九四六零零幺八
（+86）13612345678         （八六）幺三六幺二三四五六七八
0755-8888-1234           零七五五八八八八幺二三四
8866-5544、1000-2000米    八八六六五五四四、一千到两千米
sin120°、lg1000          sin一百二十度、lg一千
第100001号               第十万零一号
编号100001号              编号幺零零零零幺号
X.509、H.265             X.五零九、H.二六五
Llama3.1-70B            Llama三点一七十B
10.2.0.0/16             一零点二点零点零斜杠十六
1号楼9-2号               一号楼九杠二号
"""


@pytest.mark.parametrize("row", CODES.strip().splitlines())
def test_a_name_is_read_by_its_figures_and_a_count_as_a_number(row: str) -> None:
    written, _, right = row.partition("  ")
    tokens = tokenizer.tokenize(written, "zh-CN")
    assert "".join(t.shown for t in tokens) == written
    assert "".join(t.spoken for t in tokens) == right.strip()


@pytest.mark.parametrize("measure", list("套处所起次倍千场片份部册篇栋间批轮枚颗棵盏亩圈封"))
def test_two_of_anything_is_liang(measure: str) -> None:
    (first, *_) = tokenizer.tokenize(f"2{measure}", "zh-CN")
    assert first.spoken == "两"
    assert tokenizer.tokenize(f"12{measure}", "zh-CN")[0].spoken == "十二"
    assert tokenizer.tokenize(f"第2{measure}", "zh-CN")[1].spoken == "二"


@pytest.mark.parametrize(
    "noun", ["月", "号", "级", "楼", "班", "两", "年级", "期工程", "手车", "本院校", "人转", "次元"]
)
def test_the_second_of_its_kind_is_er(noun: str) -> None:
    assert tokenizer.tokenize(f"2{noun}", "zh-CN")[0].spoken == "二"

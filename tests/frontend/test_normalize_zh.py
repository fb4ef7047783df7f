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


# One way to speak each: what every rule reads, and where it ends.
EXACT = """
2019—2023年                二零一九到二零二三年
2021-2022赛季               二零二一到二零二二赛季
2018至2020，                二零一八到二零二零，
2024/2025年度               二零二四到二零二五年度
2023/11/05                二零二三年十一月五日
2023.3.15                 二零二三年三月十五日
2023-11                   二零二三年十一月
2023.08                   二零二三年八月
3/15/2023                 二零二三年三月十五日
5-11-2023                 二零二三年五月十一日
11/2023                   二零二三年十一月
3.2019                    二零一九年三月
03-05                     三月五日
12/08                     十二月八日
11-06                     十一月六日
10后                       一零后
90后来                      九十后来
2050年后                    二零五零年后
2000年间                    两千年间
14:05-16:30               十四点零五分到十六点三十分
23:59:59                  二十三点五十九分五十九秒
00:00                     零点
24:00                     二十四点
2:00                      两点
9:05a.m.                  上午九点零五分
10:30 pm                  下午十点三十分
8:00:05                   八点零分五秒
12:10                     十二点十分
21:09                     二十一点零九分
86 13912345678            八六幺三九幺二三四五六七八
+86-15012345678           八六幺五零幺二三四五六七八
010-12345678              零幺零幺二三四五六七八
0755 1234567              零七五五幺二三四五六七
400-123-4567              四零零幺二三四五六七
800 820 8820              八零零八二零八八二零
95588热线                   九五五八八热线
110电话                     幺幺零电话
12306 热线                  幺二三零六 热线
拨打119                     拨打幺幺九
撥打12345                   撥打幺二三四五
致电95588                   致电九五五八八
热线12320                   热线幺二三二零
尾号8821                    尾号八八二幺
尾号是102                    尾号是幺零二
尾号为7031                   尾号为七零三幺
GB 18030-2022             GB 一八零三零二零二二
ISO 9001.2-2015           ISO 九零零一点二二零一五
19·5％                     百分之十九点五
1·2%                      百分之一点二
4·9亿                      四点九亿
12·4                      一二四
3·15                      三一五
1.2.3.4                   一点二点三点四
3.15晚会                    三一五晚会
5.12大地震                   五一二大地震
第1/2版                     第一二版
第3/4                      第三四
No. 12                    第十二
№ 3                       第三
№7                        第七
3%-5%                     百分之三到百分之五
3-5‰                      千分之三到千分之五
5％～8％                     百分之五到百分之八
-3.5%                     负百分之三点五
－2％                       负百分之二
−1‰                       负千分之一
100%                      百分之百
5%                        百分之五
1,234.5%                  百分之一千二百三十四点五
12/25                     二十五分之十二
3 / 4                     四分之三
1/100                     一百分之一
1:2.5                     一比二点五
3：4                       三比四
10:1                      十比一
US$5万                     五万美元
HK$100                    一百港元
$ 3.5亿                    三点五亿美元
NT$30万亿                   三十万亿新台币
€20                       二十欧元
£7.5万                     七点五万英镑
A$9                       九澳元
CNY 50                    五十元
RMB100                    一百元
20USD                     二十美元
15 EUR                    十五欧元
30JPY                     三十日元
5w人                       五万人
1.5W元                     一点五万元
B2B                       BtoB
O2O                       OtoO
P2P                       PtoP
20-25℃                    二十到二十五摄氏度
20℃-25℃                   二十到二十五摄氏度
3°C~8°C                   三到八摄氏度
−3℃                       零下三摄氏度
5 ℃                       五摄氏度
98.6℉                     九十八点六华氏度
－10°C                     零下十摄氏度
3-5km                     三到五千米
10~20kg                   十到二十千克
2至3m                      二到三米
5 m/s                     五米每秒
2.5h                      二点五小时
30min                     三十分钟
5ms                       五毫秒
3t                        三吨
120㎡                      一百二十平方米
50㎥                       五十立方米
2:1战胜                     二比一战胜
3-0击败                     三比零击败
88–79 获胜                  八十八比七十九 获胜
2：2战平                     二比二战平
2-3个                      两到三个
2~3天                      两到三天
第2-3名                     第二到三名
2-3名                      两到三名
12-15人                    十二到十五人
3-4月                      三到四月
5-6                       五到六
3月5日-8日                   三月五日到八日
上午9点-11点                  上午九点到十一点
第3章—5章                    第三章到五章
-5                        负五
－12                       负十二
负3                        负三
A-5                       A五
2个                        两个
2月                        二月
第2个                       第二个
2个月份                      二个月份
2个月                       两个月
2位                        两位
12个                       十二个
2点                        两点
下午2点30分                   下午两点三十分
2点5                       二点五
1.2点                      一点二点
第2点                       第二点
A123                      A一二三
A12                       A十二
ISO14001.5                ISO一万四千零一点五
Ⅰ                         一
Ⅻ                         十二
Ⅴ级                        五级
II                        二
IV级                       四级
VIII                      八
IX                        九
½                         二分之一
¾                         四分之三
①⑳                        一二十
⑴⒇                        一二十
⒈⒛                        一二十
❶❿                        一十
㈠㈩                        一十
㊀㊉                        一十
0                         零
10                        十
11                        十一
2000                      两千
20000                     两万
2亿                        两亿
22000                     两万二千
1,002,003                 一百万二千零三
0.05                      零点零五
0012                      零零一二
1234567890123456          一千二百三十四万五千六百七十八亿九千零一十二万三千四百五十六
第1、2章                     第一、二章
第2和2节                     第二和二节
2、3个                      两、三个
1/4~1/2                   四分之一到二分之一
2 1/4                     二又四分之一
7 000 000人                七百万人
30 128人                   三万零一百二十八人
100￥                      一百元
7-(-2)=9                  七减(负二)等于九
x²-5x=0                   x的平方减五x等于零
1〜3个                      一到三个
2.5L排量                    二点五升排量
5'20"                     五分二十秒
12345678901234567         一二三四五六七八九零一二三四五六七
2                         二
200万                      二百万
"""


@pytest.mark.parametrize(
    ("written", "spoken"), [re.split("  +", row) for row in EXACT.strip().splitlines()]
)
def test_each_rule_in_its_own_words(written: str, spoken: str) -> None:
    tokens = tokenizer.tokenize(written, "zh-CN")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == written


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("误差<5%", "误差小于百分之五"),
        ("3 > 2", "三大于二"),
        ("我们<A>开会", "我们A开会"),
        ("误差 < 5%", "误差小于百分之五"),
        ("5 < 某", "五小于某"),
        ("1我<A好2", "一我A好二"),
        ("A3B<C", "A三BC"),
    ],
)
def test_a_bracket_around_a_word_compares_nothing(written: str, expected: str) -> None:
    spoken = "".join(token.spoken for token in tokenizer.tokenize(written, "zh-CN"))
    assert "".join(spoken.split()) == expected

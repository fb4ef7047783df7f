"""Two figures with a colon: times, ratios, scores, durations, verses and labels in Chinese text."""

from __future__ import annotations

import re

import pytest

from speechcast.frontend import tokenizer

RATIOS = """
按1:15配备              按一比十五配备
医患比达1:30               医患比达一比三十
按1:20缩尺制作                按一比二十缩尺制作
课时比1:20                  课时比一比二十
从1:20提高到1:15             从一比二十提高到一比十五
由1:8提高到1:12              由一比八提高到一比十二
稳定在1:16到1:18之间          稳定在一比十六到一比十八之间
男女比2:35的说法              男女比二比三十五的说法
人机比由过去的1:15优化为1:40      人机比由过去的一比十五优化为一比四十
票数由3:12改善为5:20          票数由三比十二改善为五比二十
学员比2:36，偏低              学员比二比三十六，偏低
按7:15折算                  按七比十五折算
以1:50兑水                  以一比五十兑水
在1:50的图纸上                在一比五十的图纸上
在7:50的图纸上                在七点五十分的图纸上
比例协调，如3:17和1:20          比例协调，如三比十七和一比二十
师生比超过2:35后              师生比超过二比三十五后
安全员与工人1:30              安全员与工人一比三十
師生比為1:18                師生比為一比十八
按3:30:40拨付               按三比三十比四十拨付
配比15:15:15               配比十五比十五比十五
护士控制在1:15-1:20           护士控制在一比十五到一比二十
按1:15—1:20配备             按一比十五到一比二十配备
低于1:20                   低于一比二十
控制在1:20                  控制在一比二十
比例尺1:50,000              比例尺一比五万
比例尺1:25、1:50            比例尺一比二十五、一比五十
16:15的屏幕                 十六比十五的屏幕
"""
SCORES = """
以21:15先胜一局               以二十一比十五先胜一局
第二局18:25负于主队             第二局十八比二十五负于主队
打成20:20，                 打成二十比二十，
以15:12的票数                以十五比十二的票数
表决结果为18:13               表决结果为十八比十三
以1:12惨败                  以一比十二惨败
21:18、21:16连胜两局          二十一比十八、二十一比十六连胜两局
"""
TIMES = """
我比9:30早到                 我比九点三十分早到
比8:00更晚                  比八点更晚
比原来的10:25快了              比原来的十点二十五分快了
比1:30早一刻钟               比一点三十分早一刻钟
比9:30的航班慢                比九点三十分的航班慢
他比9:30的人多                他比九点三十分的人多
下午1:20召开                 下午一点二十分召开
周三1:20见                  周三一点二十分见
在1:15前入场                 在一点十五分前入场
师生1:20到校                 师生一点二十分到校
1:30开始                   一点三十分开始
一直到1:40                  一直到一点四十分
12:10-1:40               十二点十分到一点四十分
1:15 茶歇                  一点十五分 茶歇
1:15：茶歇                  一点十五分：茶歇
9:00—9:20：致辞             九点到九点二十分：致辞
以7:50为界                  以七点五十分为界
以7:05为起点                 以七点零五分为起点
由8:15调整到8:45             由八点十五分调整到八点四十五分
7:48和8:12                七点四十八分和八点十二分
生师关系讲座9:24见              生师关系讲座九点二十四分见
早餐7:45，比例自选             早餐七点四十五分，比例自选
6:10起床，1:40睡            六点十分起床，一点四十分睡
08:30                    八点三十分
与同期相比9:30已回落            与同期相比九点三十分已回落
宝宝1:35出生                宝宝一点三十五分出生
我们1:30见                  我们一点三十分见
从1:10等到1:50              从一点十分等到一点五十分
安排1:15-1:40讨论            安排一点十五分到一点四十分讨论
他1:40才睡                  他一点四十分才睡
比分表08:30更新               比分表八点三十分更新
19:20分前                   十九点二十分前
19:20分钟                   十九点二十分分钟
9:00点                    九点
2:28，地震                  两点二十八分，地震
00:00:02,200             零点零分二秒,二百
"""
DURATIONS = """
跑出2:03的成绩                跑出两分零三秒的成绩
用时1:25                   用时一分二十五秒
以2:05:30夺冠               以两小时五分三十秒夺冠
以3:05夺冠                  以三分零五秒夺冠
以3:15夺冠                  以三比十五夺冠
缩短到1:30                  缩短到一分三十秒
用时75:20                  用时七十五分二十秒
跑进3:15:00大关              跑进三小时十五分大关
游出3:49.63                游出三分四十九秒六三
成绩0:45                   成绩四十五秒
成绩0:00                   成绩零秒
成绩是3:1                   成绩是三比一
4:00的配速                  四分的配速
时长00:04:35               时长四分三十五秒
9:30的成绩单                 九点三十分的成绩单
"""
EVENTS = """
列车1:25从本站开出             列车一点二十五分从本站开出
G7次1:25发出               G七次一点二十五分发出
渡轮1:50离港                渡轮一点五十分离港
产妇1:26顺利分娩              产妇一点二十六分顺利分娩
他1:45还没回来               他一点四十五分还没回来
夜班车1:20、1:50各一班          夜班车一点二十分、一点五十分各一班
资金1:10配套到县              资金一比十配套到县
甲与乙1:20调匀               甲与乙一比二十调匀
火车模型1:32                火车模型一比三十二
保安1:15巡楼                保安一点十五分巡楼
系统1:30自动备份              系统一点三十分自动备份
护士1:15配备                护士一比十五配备
师傅与学徒1:15              师傅与学徒一比十五
药渣1:15加水煎煮              药渣一比十五加水煎煮
一份投入1:20回报              一份投入一比二十回报
基金1:20撬动民间投资            基金一比二十撬动民间投资
比赛第1:35                 比赛第一分三十五秒
他用1:20通过障碍              他用一分二十秒通过障碍
用1:50稀释                 用一比五十稀释
采用1:30完成                采用一点三十分完成
以15:12的票数通过             以十五比十二的票数通过
每1:45有一名婴儿出生            每一分四十五秒有一名婴儿出生
间隔2:10                  间隔两分十秒
还剩1:25时暂停               还剩一分二十五秒时暂停
还有2:45结束                还有两分四十五秒结束
还有2:45的车票               还有两点四十五分的车票
用了2:05:36               用了两小时五分三十六秒
选手以1:58.3获得金牌           选手以一分五十八秒三获得金牌
砂浆1:12.5                砂浆一比十二点五
3:15处转调                 三分十五秒处转调
"""
OTHERS = """
约翰福音3:16                 约翰福音三章十六节
《古兰经》2:256              《古兰经》二章二百五十六节
马太福音5:3-12              马太福音五章三到十二节
诗篇23:4                   诗篇二十三篇四节
小组1：15人，小组2：18人         小组一：十五人，小组二：十八人
附件1：20份                 附件一：二十份
教室9：20左右               教室九点二十分左右
"""
TABLES = (RATIOS, SCORES, TIMES, DURATIONS, EVENTS, OTHERS)


@pytest.mark.parametrize("row", [row for table in TABLES for row in table.strip().splitlines()])
def test_two_figures_with_a_colon(row: str) -> None:
    written, spoken = re.split("  +", row)
    tokens = tokenizer.tokenize(written, "zh-CN")
    assert "".join(t.spoken for t in tokens) == spoken
    assert "".join(t.shown for t in tokens) == written


ENGLISH = [
    ("a ratio of 1:20", "a ratio of one to twenty"),
    ("the Ratio is now at 1:30", "the Ratio is now at one to thirty"),
    ("from 1:20 to 1:15 ratios", "from one to twenty to one to fifteen ratios"),
    ("it went from 1:8 to 1:12", "it went from one to eight to one to twelve"),
    ("1:12 and 1:8", "one to twelve and one to eight"),
    ("dilute it 1:50", "dilute it one to fifty"),
    ("a 1:15 staff-to-student ratio", "a one to fifteen staff-to-student ratio"),
    ("a 1:24-scale car", "a one to twenty-four-scale car"),
    ("the ratio group meets at 1:30", "the ratio group meets at one thirty"),
    ("the ratio is 1:30 pm", "the ratio is one thirty p.m."),
    ("at 1:30 with the model", "at one thirty with the model"),
    ("from 12:10 to 1:15", "from twelve ten to one fifteen"),
    ("a scale of 1:50,000", "a scale of one to fifty thousand"),
]


@pytest.mark.parametrize(("text", "spoken"), ENGLISH)
def test_a_ratio_in_english(text: str, spoken: str) -> None:
    tokens = tokenizer.tokenize(text, "en-US")
    assert "".join(token.spoken for token in tokens) == spoken
    assert "".join(token.shown for token in tokens) == text

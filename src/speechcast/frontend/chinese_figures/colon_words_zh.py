"""List the words around two figures with a colon that tell times, ratios and durations apart.

Patterns whose names end in BEFORE match at the end of the text before the figures, those in AFTER
at the beginning of the text behind, those in NEAR anywhere in it; the text is simplified Chinese
without the neighbouring sentences. The lists were written by hand for this project; how they are
weighed is in `colons_zh`.
"""

from __future__ import annotations

import re

from ...text.han import HAN_CLASS

SCORE_WORDS = (
    "战胜|戰勝|击败|擊敗|获胜|獲勝|大胜|险胜|取胜|完胜|先胜|连胜|力克|轻取|领先|负于|不敌|战平|"
    "惜败|惨败|横扫|逼平|淘汰|逆转|赢|输给|告负|落败|落后|失利|平(?![均方米安台])|绝杀|拿下|先下|"
    "再下|扳回|扳平|锁定胜|的比分"
)
"""Words after a score, as part of a regular expression."""
AFTER_SCORE_WORDS = (
    r"(?:比分|总分|局分|战绩|票数|[打战踢追扳][成至平]|[表投][决票]结果|[男女混][单双]|[男女][排篮足]|国[羽乒足]|"
    r"(?:第[一二三四五]|[首末决])[局盘]|半场)[为是达到定格在：:]{0,4}"
)
"""What stands right before a score."""
SCORE_BEFORE = re.compile(f"{AFTER_SCORE_WORDS}$")
SCORE_AFTER = re.compile(rf"\s*(?:{SCORE_WORDS})")

RISES = "提高|提升|上升|升|降低|下降|降|扩大|缩小|优化|改善"
"""What a ratio does, as part of a regular expression; times are put off instead."""
RATIO_BEFORE = re.compile(
    "(?:(?<![相对同环])比(?:例尺?|值|率|重)?|[赔汇倍速]率|杠杆率?|浓度|坡度)"
    "(?:[约为是达到由从至按以在超近将仅有成其已仍：:（(“ ]|控制|保持|稳定|维持|目标|标准|要求|"
    "最[高低大小]|平均|目前|现在|过去的?|原来的?|接近|调整|不?[低高大小优少]于|等于|不?超过|"
    rf"{RISES}){{0,8}}$"
)
COMPARED_BEFORE = re.compile("比(?![例值率重])[^约为是达到由从至：:（(]{0,6}$")
LATER_THAN_AFTER = re.compile(  # 比9:30早
    "[^，。；！？、]{0,10}?(?:早(?!已|就|年)|晚|迟|提前|提早|推迟|延[后迟]|先|快|慢)"
)
_NAMES = (
    "比[例值率]|(?:[配之水胶速]|师生|生师|师幼|医患|医护|床护|护患|男女|性别|课时|供需|人机|"
    "投入产出)比"
)
RATIO_NEAR = re.compile(_NAMES)
NAME_BEFORE = re.compile(rf"(?:{_NAMES})[^，、]{{0,6}}$")
RATIO_AFTER = re.compile(
    rf"\s?的?(?:{HAN_CLASS}{{0,4}}?(?:比[例值率]|配比|{HAN_CLASS}{{2}}比(?=[，。；、）]|$))|"
    "赔率|浓度|稀释|勾兑|兑水|混合比|配制|放大|缩小|缩尺|屏幕|画面|画幅)"
)
BY_BEFORE = re.compile(r"(?:[按以依用]|[按依]照|采[用取])\s?$")
THREE_BY_BEFORE = re.compile(r"[按依]照?\s?$")
DONE_BY_RATIO_AFTER = re.compile(
    r"\s?(?:配(?![合送])|折[算合股]|缩[尺放]|兑|混|拆[分股]|核[定编]|拌|计[算提]|分[成配]|建[造设]|制作)"
)
HELD_BEFORE = re.compile(
    r"(?:(?:控制|保持|稳定|维持|锁定|设定|落实)[在为到]|不?[低高优大小少]于|等于|达到|不?超过)\s?$"
)
SCALED_AFTER = re.compile(r"\s?的?(?:图|地图|地形|平面|模型|沙盘|仿真|缩[比微尺])")

DURATION_BEFORE = re.compile(
    "(?:用时|耗时|历时|时长|片长|成绩|配速|纪录|[跑游][出进到了]|[划骑滑走][出了]|创[下造]|最[好佳]|[缩减]短)"
    "(?:[了约为是达到至仅在：:的（( ]|提[高升]|缩短|刷新){0,5}$"
)
DURATION_AFTER = re.compile(r"\s?的?(?:成绩(?!单)|佳绩|纪录(?!片)|用时|时长|配速|完赛|大关)")
WINS_AFTER = re.compile(r"\s?(?:夺|获|摘|完赛|跑完|游完|冲线|撞线|打破|刷新|率先)")

DAY_BEFORE = re.compile(
    "(?:[上下中]午|早[上晨]?|晚[上间]?|清晨|凌晨|傍晚|黄昏|[午深半]夜|午后|夜[里间]|今天|明[天日]|"
    "昨[天日]|次日|当[日天]|时间|时刻|[日号天]|(?:周|星期|礼拜)[一二三四五六日天末])"
    "(?:[约为是在于到至从自由改整的：:（( ]|大[概约]|左右){0,4}$"
)
TIME_BEFORE = re.compile(
    "(?:(?<![低高大小优少多等介])于|截[至止]|(?:推迟|提前|提早|延[迟后长续]|一直|持续|工作|加班|"
    "[忙开睡等谈聊守拖])[到至]|改[到在]|准时|"
    r"(?<!控制)(?<!保持)(?<!稳定)(?<!维持)(?<!锁定)(?<!定格)(?<!设定)在)\s?$"
)
TIME_AFTER = re.compile(
    r"\s?(?:整|许|[之以]?[前后](?![者端景])|起(?!步|伏|码)|到(?:[达场校岗站会家]|[一二三四五六七八九]楼)|"
    "准时|结束|截止|开(?:[始幕播讲餐赛门考班馆工演盘学会标庭机拍抢售]|到)|集[合中]|出发|抵|起[飞床]|"
    "降落|发车|就寝|熄灯|[上下][课班]|上[岗场台映演]|签到|报到|[入离进出][场座校站园]|散会|闭[幕馆]|"
    "[午早晚][餐饭休操读]|茶歇|见(?![效于])|碰[头面]|吧|才|就(?![是业医读诊])|[会能]到|睡|醒|出生|诞生|发生|[去逝离]世|"
    "召开|举行|进行|播出|放映|驶|为[准限界止起]|"
    "[的那]?(?:趟|班|次)?(?:航班|列车|班车|火车|高铁|动车|飞机|会[议，。]|课))"
)
TIME_JOINTS = re.compile("(?:[等开忙睡聊谈写学干守拖上坐]|持续|一直|工作)到|[~～—–-]")
TIME_NEAR = re.compile(
    r"(?<![\d:：])(?:[2-9]|1\d|2[0-4])[:：][0-5]\d(?!\d)|\d[:：]0\d|[上下中]午|[凌早]晨|傍晚|"
    "点[钟半整]"
)

BOOKS = (
    "创世[记纪]|出埃及记|利未记|民数记|申命记|约书亚记|士师记|路得记|撒母耳记[上下]|列王纪[上下]|"
    "历代志[上下]|以斯拉记|尼希米记|以斯帖记|约伯记|箴言|传道书|雅歌|以赛亚书|耶利米书|耶利米哀歌|"
    "以西结书|但以理书|何西阿书|约珥书|阿摩司书|俄巴底亚书|约拿书|弥迦书|那鸿书|哈巴谷书|西番雅书|"
    "哈该书|撒迦利亚书|玛拉基书|(?:马太|马可|路加|约翰)福音|使徒行传|罗马书|[哥歌]林多[前后]书|"
    "加拉太书|以弗所书|腓立比书|歌罗西书|帖撒罗尼迦[前后]书|提摩太[前后]书|提多书|腓利门书|"
    "希伯来书|雅各书|彼得[前后]书|约翰[一二三壹贰叁]书|犹大书|启示录|古兰经|诗篇"
)
"""Books that are cited by chapter and verse: the Bible as Chinese churches name it, the Quran."""
LABEL_BEFORE = re.compile(
    "(?:组|队|附[件表图录]|方案|问题|选项|任务|步骤|阶段|项目|车间|教室|类别|标段|路线|会场|第)$"
)

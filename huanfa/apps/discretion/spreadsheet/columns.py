"""The sheets of the form and their columns: what each is called, which key of the rule file it fills, how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

MOST_CONDITIONS, MOST_AMOUNTS = 6, 4
EXAMPLE = "示例"    # what begins with it is not read


class Col(NamedTuple):
    """One column. `kind` is how a cell is written (cells.py); `choices` maps the word in the sheet to that of the rule file."""

    key: str
    title: str
    kind: str = "text"
    width: int = 16
    help: str = ""
    needed: bool = False
    choices: Mapping[str, str] = {}


class Sheet(NamedTuple):
    """One sheet: a row a thing, the first column says whose it is."""

    title: str
    cols: tuple[Col, ...]


METHODS = {"权重累加": "weight_sum", "按条件定幅度": "condition_rows_to_range", "按档次定幅度": "grade_to_range"}
PARTIES = {"单位": "unit", "个人": "person"}
POSITIONS = {"一般": "ordinary", "从轻": "lenient", "从重": "severe"}
ROUNDINGS = {"向上取整": "ceil", "四舍五入": "half_up"}
KINDS = {
    "取数位置": "position", "从重": "severe", "从轻": "lenient", "减轻": "mitigated", "公开道歉承诺": "apology",
    "系数": "coefficient", "中限加系数": "midpoint_coefficient", "升档": "grade_shift",
}
AMOUNT = "20000-40000、50000、-10000、10000-、1-3倍、10-30%、警告、/"
DIM, TARGET, OVER = "条件", "罚款对象", "特殊情形的条件"
ROW, OVERRIDE = "普通", "特殊情形"

HEAD_SHEET = "首页"
HEAD = (
    Col("id", "代号", needed=True, help="机关/版本，如 hubei/2021；小写字母、数字、连字符"),
    Col("title", "名称", needed=True, help="印发的全称"),
    Col("number", "文号", help="没有的留空"),
    Col("issuer", "制定机关", needed=True),
    Col("version", "版本", needed=True, help="如 2021年修订版"),
    Col("from", "施行日期", "day", help="2022-01-01；没有文本的留空，留空的不用于计算"),
    Col("until", "有效期至", "day", help="最后一天；没有规定的留空"),
    Col("extends", "以哪个基准的表为基础", help="市里用省里的表的，写省里的代号，如 guangdong/2022；否则留空"),
    Col("source", "文本出处", needed=True, help="网址或者印发的文件"),
    Col("status", "文本情况", "pick", needed=True, choices={"完整": "complete", "不全": "partial", "没有文本": "empty"},
        help="不全的，缺什么写在“缺口”页"),
    Col("read_by", "填表人", needed=True, help="对照文本填写并负责的人"),
    Col("reviewed_on", "核对日期", "day", needed=True),
    Col("gist", "大意", "long", help="用自己的话写，不抄条文"),
    Col("assumption", "我们自己的理解", "lines", help="条文没有写、由填表人推断的，一行一条"),
    Col("interval", "以上、以下", "pick", choices={"以上含、以下不含": "in_out", "都含本数": "in_in"}, help="没有写的留空"),
    Col("interval_article", "（依据）", help="第几条"),
    Col("unknown_factor", "查不清的要素", "pick", choices={"按最低档": "lowest", "不能计算": "refuse"}, help="没有写的留空，按不能计算"),
    Col("unknown_factor_article", "（依据）"),
    Col("cap_article", "总和超过上限怎样办（依据）"),
    Col("rounding", "取整", "pick", choices={"四舍五入到元": "half_up_yuan"}, help="没有规定的留空"),
    Col("rounding_article", "（依据）"),
    Col("lookback.months", "往前算几个月", "whole", help="近一年写12，近二年写24；没有规定的留空"),
    Col("lookback.from", "从哪天往前算", "pick", choices={"违法行为日": "act", "发现日": "discovery"}),
    Col("lookback.day_included", "那天算在内", "yes"),
    Col("lookback.article", "（依据）"),
)
GAPS = Sheet("缺口", (
    Col("id", "代号", needed=True, help="英文，如 tables"),
    Col("what", "缺什么", "long", 40, needed=True),
    Col("why", "为什么缺", "long", 40, needed=True),
    Col("ask", "请单位做什么", "long", 40, "以“请”开头", needed=True),
))
ADJUSTMENTS = Sheet("调整", (
    Col("id", "代号", needed=True, help="英文，不重复；按适用的先后排列"),
    Col("kind", "种类", "pick", needed=True, choices=KINDS),
    Col("article", "依据", needed=True, help="第几条"),
    Col("gist", "大意", "long", 40, "用自己的话"),
    Col("at_most", "至多", "share", help="从重、从轻、减轻：至多多少，如 20% 或者 1/5"),
    Col("of", "取什么的比例", "pick", choices={"法定最高额": "max", "法定最低额": "min"}, help="从重、从轻、减轻必填"),
    Col("low", "最低比例", "share", help="公开道歉承诺必填"),
    Col("high", "最高比例", "share", help="固定的，与最低比例相同"),
    Col("rates", "按情形定的比例", "pairs", 30, "一行一种：有电镀工序的企业 | 30%"),
    Col("cut_at_most", "至多减少（元）", "money"),
    Col("step", "每个系数", "share", help="系数、中限加系数必填，如 5%"),
    Col("only_max", "只有最高额的", "sides", 20, "取数位置用，一行一种：从轻 | 1/5"),
    Col("only_min", "只有最低额的", "sides", 20, "取数位置用，一行一种：从重 | 5"),
    Col("default", "没有写明情节的", "pick", choices=POSITIONS),
    Col("ordinary", "一般情节", "pick", choices={"由承办人选定": "open"}),
    Col("severe", "从重情节", "pick", choices={"取最高额": "top"}),
    Col("severe_article", "从重的依据"),
    Col("severe_grounds", "从重的情形", "lines", 40, "一行一种"),
    Col("lenient_article", "从轻的依据"),
    Col("lenient_grounds", "从轻的情形", "lines", 40, "一行一种"),
    Col("grounds", "情形", "lines", 40, "一行一种"),
    Col("conditions", "条件", "lines", 40, "公开道歉承诺：都要具备的，一行一种"),
    Col("excluded", "不得适用的", "lines", 40, "一行一种"),
    Col("to_max_after_discussion", "经讨论可取最高额的", "long", 30),
    Col("unclear", "没有写清楚的", "long", 30),
))
CHAPTERS = Sheet("章", (
    Col("file", "文件名", needed=True, help="英文，如 2-water"),
    Col("title", "标题", width=30, needed=True, help="如 湖北省裁量表：水"),
    Col("issuer", "制定机关", width=20, help="与首页相同的留空"),
    Col("version", "版本", help="与首页相同的留空"),
    Col("read_by", "填表人", help="与首页相同的留空"),
    Col("reviewed_on", "核对日期", "day", help="与首页相同的留空"),
    Col("gist", "大意", "long", 40),
    Col("assumption", "我们自己的理解", "lines", 40),
))
TABLE = Col("table", "表号", needed=True, help="“裁量表”页的表号")
TABLES = Sheet("裁量表", (
    Col("id", "表号", needed=True, help="不重复，如 HB-2.7"),
    Col("chapter", "章", help="“章”页的文件名；不分章的留空"),
    Col("method", "算法", "pick", needed=True, choices=METHODS),
    Col("offence", "违法行为", "text", 50, "印发的名称", needed=True),
    Col("section", "原表编号", help="如 2.7"),
    Col("page", "原文页码", "whole", 8),
    Col("basis", "依据（照印）", "lines", 40, "一行一条"),
    Col("articles", "依据（代号）", "articles", 30, "一行一条：water_law 83 第一款 第（二）项；代号见“法律代号”页"),
    Col("statutory", "法定幅度", "amounts", 18, f"印了几个写几行：{AMOUNT}"),
    Col("cap", "总和至多", "share", help="权重累加：如 100%"),
    Col("floor", "总和至少", "share", help="权重累加：如 20%"),
    Col("of", "倍数、比例的基数", help="如 违法所得"),
    Col("person_of", "对个人的基数"),
    Col("at_most", "罚款至多（元）", "money", help="档次表印了最高额的"),
    Col("within", "档内每个系数", "share", help="表上写明从中限起按系数增减的，如 10%"),
    Col("note", "说明", "long", 40, "承办人须知道的，用自己的话"),
    Col("complete", "表是否完整", "yes", help="不完整的写“否”，不能用于计算"),
    Col("missing", "缺什么", "long", 30),
    Col("gaps_in_source", "原表的空档", "long", 30, "原表没有写到的情形"),
))
COLUMNS = Sheet("权重栏", (
    TABLE,
    Col("name", "栏", needed=True, help="只有一栏的写 默认"),
    Col("start", "起点", "share", help="如 7%；没有的留空"),
    Col("max", "法定最高额（元）", "money", help="最高额、比例、倍数三选一"),
    Col("rate", "比例", "share"),
    Col("times", "倍数", "number"),
    Col("of", "基数", help="比例、倍数取什么的，如 建设项目总投资额"),
    Col("of_floor", "基数至少（元）", "money"),
    Col("party", "对谁", "pick", choices=PARTIES),
    Col("branch", "期限", "pick", choices={"按期": "in_time", "逾期": "late"}, help="分按期、逾期两栏的"),
    Col("statutory", "第几个法定幅度", "place", help="“裁量表”页法定幅度的第几行，从1起"),
))
FACTORS = Sheet("权重", (
    TABLE,
    Col("factor", "要素", width=30, needed=True),
    Col("level", "档次", width=50, help="照印的文字；档次没有文本的留空"),
    Col("weight", "权重", "share", help="5% 或者 1/3"),
    Col("bounds", "数值范围", "bounds", help="可以按数值找档的：-3个月、3-6个月、12-个月、＝1次；否则留空"),
))
ROW_HEADS = Sheet("条件表头", (
    TABLE,
    Col("what", "是什么", "pick", needed=True, choices={DIM: "dim", TARGET: "target", OVER: "over"}),
    Col("name", "名称", width=30, needed=True, help="次序与“条件表”页的条件、数额一致"),
    Col("party", "对谁", "pick", choices=PARTIES),
    Col("of", "倍数、比例的基数"),
    Col("per", "按每什么计罚", help="如 车次"),
    Col("confiscate", "并没收", "yes"),
))
ROWS = Sheet("条件表", (
    TABLE,
    Col("what", "哪一种", "pick", choices={ROW: "row", OVERRIDE: "over"}, help="留空就是普通；特殊情形先于普通各行"),
    *(Col(f"c{n}", f"条件{n}", width=30, help="任何情况都适用的留空" if n == 1 else "") for n in range(1, MOST_CONDITIONS + 1)),
    *(Col(f"a{n}", f"数额{n}", "amount", help=AMOUNT if n == 1 else "") for n in range(1, MOST_AMOUNTS + 1)),
    *(Col(f"p{n}", f"原文印作{n}", width=24, help="原文明显印错的，照抄在这里" if n == 1 else "") for n in range(1, MOST_AMOUNTS + 1)),
))
GRADES = Sheet("档次表", (
    TABLE,
    Col("grade", "档次", "whole", 8, "从轻到重 1、2、3……", needed=True),
    Col("any_of", "情形", "lines", 50, "有其中一种即为本档，一行一种", needed=True),
    Col("fine", "罚款", "amount", help=AMOUNT, needed=True),
    Col("person", "对个人罚款", "amount"),
    Col("gist", "说明", "long", 30),
    Col("steps", "阶梯", help="本档另有按因子、倍数递加办法的，写一个名称，与“阶梯”页一致"),
    Col("base", "阶梯起点（元）", "money"),
    Col("low", "阶梯至少（元）", "money"),
    Col("high", "阶梯至多（元）", "money"),
    Col("unclear", "没有写清楚的", "long", 30),
))
INCREMENTS = Sheet("阶梯", (
    TABLE,
    Col("steps", "阶梯", needed=True, help="“档次表”页写的名称"),
    Col("class", "污染物类别", width=30, needed=True),
    Col("extra", "每多一个因子加（元）", "money"),
    Col("of", "按什么递加", needed=True, help="如 超标倍数"),
    Col("size", "每多少", "number", needed=True, help="1、1/2、0.5"),
    Col("add", "加（元）", "money"),
    Col("rounding", "不足一份的", "pick", needed=True, choices=ROUNDINGS),
    Col("alt_of", "另一种：按什么"),
    Col("alt_size", "每多少", "number"),
    Col("alt_add", "加（元）", "money"),
    Col("alt_rounding", "不足一份的", "pick", choices=ROUNDINGS),
))
SHEETS = (GAPS, ADJUSTMENTS, CHAPTERS, TABLES, COLUMNS, FACTORS, ROW_HEADS, ROWS, GRADES, INCREMENTS)
LAWS_SHEET, GUIDE_SHEET = "法律代号", "说明"

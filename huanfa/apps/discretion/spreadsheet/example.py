"""The instructions of the form and its worked example. Everything in the example is invented; the import does not read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

GUIDE = (
    "裁量基准填报表：怎样填",
    "一、对照印发的文本填写。文本没有写的留空，不要照别省填写；缺的内容写在“缺口”页：缺什么、为什么缺、请单位做什么。",
    "二、每页第一行是栏目，带＊的必填；第二行是写法；从第三行起填写。不要增减、调换栏目和页，不要合并单元格，不要写公式。",
    "三、以“示例”开头的表号、代号、文件名是虚构的例子，导入时不读；可以删去。示例中的违法行为、数字、条文都不是真的。",
    "四、次序：“首页”填日期和算数的规则；“章”把表分组（不分章的不填）；“裁量表”一行一张表；再按算法填各表的内容：",
    "　　权重累加：“权重栏”写起点和最高额（或者比例、倍数），“权重”写每个要素的每一档。",
    "　　按条件定幅度：“条件表头”写有哪些条件、罚哪些对象，“条件表”一行一种情况。特殊情形先于普通各行。",
    "　　按档次定幅度：“档次表”一行一档；档内另按因子、倍数递加的，名称写在“阶梯”一栏，办法写在“阶梯”页。",
    "五、数额以元为单位：20000-40000 幅度；50000 固定数；-10000 只有最高额；10000- 只有最低额；1-3倍、3倍、10-30% 倍数和比例；"
    "警告 只警告；警告；20000-40000 警告并罚款；警告；可-2500 警告、可以并处；/ 不罚。",
    "六、权重写 5% 或者 1/3，不写 0.05。数值范围写 -3个月（不到三个月）、3-6个月（满三个月不到六个月）、12-个月（十二个月以上）、＝1次。",
    "七、“调整”页写取数、从重、从轻、减轻、公开道歉承诺、系数、升档，按适用的先后排列。没有的留空。",
    "八、“裁量表”页的“依据（代号）”用来和案由对应，一行一条，代号见“法律代号”页；不在那一页的法律不写代号，只写“依据（照印）”。",
    "九、填好以后：huanfa benchmark import 本文件 --into 规则文件夹 --check 只检查，一次报出全部错误和所在单元格；去掉 --check 即写入。",
    "十、写入的文件由另一人对照文本复核，复核人签名后使用。",
)

HEAD: Mapping[str, str] = {
    "id": "hubei/2021", "title": "某省生态环境行政处罚裁量基准", "number": "某环发〔0000〕0号", "issuer": "某省生态环境厅",
    "version": "2021", "from": "2022-01-01", "status": "不全", "read_by": "某某", "reviewed_on": "2026-01-01",
    "source": "印发的文件", "interval": "以上含、以下不含", "interval_article": "第某条", "unknown_factor": "按最低档",
    "lookback.months": "24", "lookback.from": "违法行为日", "lookback.day_included": "是",
}

_WEIGHTS, _CONDITIONS, _GRADES = "示例-权重", "示例-条件", "示例-档次"
ROWS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "缺口": ({"id": "示例-gap", "what": "规定的施行日期", "why": "文本上没有写。", "ask": "请提供印发通知。"},),
    "调整": (
        {
            "id": "示例-position", "kind": "position", "article": "第某条", "gist": "一般取中间值，从轻低于中间值，从重不低于中间值。",
            "only_max": {"lenient": "1/5", "ordinary": "1/2"}, "only_min": {"ordinary": "2", "severe": "5"}, "default": "ordinary",
        },
        {
            "id": "示例-severe", "kind": "severe", "article": "第某条", "at_most": "20%", "of": "max",
            "grounds": ["阻挠调查", "重污染天气预警期间违法"], "gist": "增加的数额至多法定最高额的20%。",
        },
    ),
    "章": ({"file": "示例-1", "title": "某省裁量表：示例", "reviewed_on": date(2026, 1, 1)},),
    "裁量表": (
        {
            "id": _WEIGHTS, "method": "weight_sum", "offence": "示例：某种违法行为", "section": "1.1", "page": 1,
            "basis": ["《某某法》第某条"], "articles": [{"law": "water_law", "article": "83", "item": "第（二）项"}],
            "statutory": ["1000-20000"], "cap": "100%",
        },
        {
            "id": _CONDITIONS, "method": "condition_rows_to_range", "offence": "示例：另一种违法行为", "section": "1.2",
            "basis": ["《某某法》第某条"], "statutory": ["1000-20000"],
        },
        {
            "id": _GRADES, "method": "grade_to_range", "offence": "示例：第三种违法行为", "section": "1.3",
            "basis": ["《某某法》第某条"], "statutory": ["1000-20000"],
        },
    ),
    "权重栏": ({"table": _WEIGHTS, "name": "默认", "start": "5%", "max": 20000, "statutory": 0},),
    "权重": (
        {"table": _WEIGHTS, "factor": "持续时间", "level": "不到三个月", "weight": "0%", "bounds": "-3个月"},
        {"table": _WEIGHTS, "factor": "持续时间", "level": "三个月以上", "weight": "45%", "bounds": "3-个月"},
        {"table": _WEIGHTS, "factor": "所在区域", "level": "一般区域", "weight": "0%"},
        {"table": _WEIGHTS, "factor": "所在区域", "level": "保护区", "weight": "1/2"},
    ),
    "条件表头": (
        {"table": _CONDITIONS, "what": "dim", "name": "违法程度"},
        {"table": _CONDITIONS, "what": "dim", "name": "近一年同类违法行为情况"},
        {"table": _CONDITIONS, "what": "target", "name": "罚款"},
    ),
    "条件表": (
        {"table": _CONDITIONS, "c1": "较轻", "c2": "无同类违法行为", "a1": "1000-5000"},
        {"table": _CONDITIONS, "c1": "较轻", "c2": "有同类违法行为", "a1": "5000-10000"},
        {"table": _CONDITIONS, "c1": "较重", "a1": "10000-20000", "p1": "1万元以上20万元以下"},
        {"table": _CONDITIONS, "what": "over", "c1": "造成重大影响的", "a1": "20000"},
    ),
    "档次表": (
        {"table": _GRADES, "grade": 1, "any_of": ["影响较小"], "fine": "1000-5000"},
        {
            "table": _GRADES, "grade": 2, "any_of": ["影响较大", "第二次违法"], "fine": "5000-20000", "steps": "甲",
            "base": 5000, "low": 5000, "high": 20000,
        },
    ),
    "阶梯": (
        {
            "table": _GRADES, "steps": "甲", "class": "一般污染物", "extra": 1000, "of": "超标倍数", "size": "1", "add": 1000,
            "rounding": "half_up",
        },
    ),
}

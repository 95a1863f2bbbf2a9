"""The cases of 2024: fifteen penalty decisions of 25,900 yuan together, and six matters that ended otherwise."""

from __future__ import annotations

from datetime import date

from huanfa.demo.course import Plan, Turn, course

NORTH, SOUTH, THIRD, FOURTH = (
    ("chenliben", "liwenlan"), ("liuyizhou", "zhaoqingyuan"), ("wangyifan", "zhangxiaohe"), ("sunruochuan", "huangzhixing")
)
WARNING = ("warning",)

PENALTIES = (
    Plan("form_not_filed", "汽车维修", date(2024, 1, 9), fine=1_000, pair=NORTH),
    Plan("spray", "汽车维修", date(2024, 1, 25), fine=2_000, defence="silent", pair=SOUTH, leader="liangshouzheng"),
    Plan("dry_clean", "服装干洗", date(2024, 2, 28), fine=2_400, defence="argued", source="complaint", pair=THIRD),
    Plan("waste_store", "口腔诊所", date(2024, 3, 12), kinds=WARNING, pair=FOURTH, reviewer="hemingfa"),
    Plan("waste_register", "口腔诊所", date(2024, 3, 26), kinds=WARNING, defence="silent", pair=NORTH),
    Plan("not_registered", "印刷", date(2024, 4, 11), fine=1_500, returned="examiner", source="remote", pair=SOUTH),
    Plan(
        "digger", "建筑工地", date(2024, 4, 24), fine=5_000, defence="argued", pair=("liuyizhou", "wusiyuan"),
        leader="liangshouzheng", preserved=True,
    ),
    Plan("form_not_filed", "商场", date(2024, 5, 15), fine=800, defence="silent", pair=THIRD, reviewer="hemingfa"),
    Plan(
        "spray", "汽车维修", date(2024, 5, 20), fine=4_000, defence="argued", pair=FOURTH, panel=True, extended=True, slow=44,
        source="complaint",
    ),
    Plan("spray", "汽车维修", date(2024, 5, 30), fine=3_000, defence="argued", returned="legal", pair=NORTH),
    Plan("waste_sort", "口腔诊所", date(2024, 6, 18), kinds=("warning", "fine"), fine=1_000, defence="argued", electronic=True, pair=SOUTH),
    Plan("not_registered", "加油站", date(2024, 7, 4), fine=700, source="remote", pair=("liwenlan", "zhangxiaohe")),
    Plan("dry_clean", "服装干洗", date(2024, 7, 23), fine=2_500, defence="silent", suspended=True, pair=FOURTH, leader="liangshouzheng"),
    Plan("form_not_filed", "机动车检测", date(2024, 8, 20), fine=2_000, pair=("zhaoqingyuan", "sunruochuan"), source="superior"),
    Plan(
        "waste_rules", "口腔诊所", date(2024, 9, 19), kinds=WARNING, defence="silent", pair=("chenliben", "wangyifan"),
        reviewer="hemingfa",
    ),
)

LET_OFF = (
    Plan("not_registered", "机械加工", date(2024, 3, 5), proposal="no_penalty", pair=THIRD, source="remote"),
    Plan("form_not_filed", "餐饮", date(2024, 10, 15), proposal="no_penalty", defence="silent", pair=SOUTH, leader="liangshouzheng"),
)

# Matters that never reached a report: the plan, and what became of it.
ENDED_EARLY = (
    (
        Plan("smell", "机械加工", date(2024, 7, 30), source="complaint", pair=THIRD),
        (
            Turn("decline", 7, {
                "missing_condition": "evidence",
                "reason": "三次夜间现场核查（其中一次与来电人同往）均未闻到异味，该单位当月停产检修，"
                "没有初步证据证明违法行为，建议不予立案并答复来电人。",
            }),
        ),
    ),
    (
        Plan("form_not_filed", "汽车维修", date(2024, 11, 6), pair=NORTH),
        (
            Turn("decline", 6, {
                "missing_condition": "punishable",
                "reason": "核对项目名录，该项目只更换同型号举升机，没有新增工序和产污环节，"
                "不属于需要填报登记表的建设项目，依法不应处罚，建议不予立案。",
            }),
        ),
    ),
    (
        Plan("kitchen", "餐饮", date(2024, 5, 8), source="complaint", pair=SOUTH),
        (Turn("transfer", 5, {"receiving_body": "武汉市江汉区人民政府确定的油烟监督管理部门（示例）"}),),
    ),
    (
        Plan("not_registered", "餐饮", date(2024, 8, 6), pair=FOURTH, source="remote"),
        (
            Turn("file", 3), Turn("inspect_site", 4), Turn("interview", 5),
            Turn("withdraw_filing", 9, {
                "missing_condition": "punishable",
                "new_facts": "当事人提供登记回执并经平台核实：立案前已用更名前的名称填报排污登记表，"
                "平台没有随更名同步，违法事实不存在，依法不应处罚。",
            }),
        ),
    ),
)


def cases() -> list[tuple[Plan, list[Turn]]]:
    """Every matter of the year with its course."""
    rows = [(plan, course(plan)) for plan in (*PENALTIES, *LET_OFF)]
    for plan, turns in ENDED_EARLY:
        lead, last = Turn("register_lead", 0 if plan.source == "site" else 1), turns[-1].day
        rows.append((plan, [lead, *turns, Turn("close", last + 3), Turn("archive", last + 8)]))
    return rows

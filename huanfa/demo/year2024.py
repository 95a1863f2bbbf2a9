"""The cases of 2024: fifteen penalty decisions of 25,900 yuan together, and six matters that ended otherwise."""

from __future__ import annotations

from datetime import date

from huanfa.demo.course import Plan, Turn, course

NORTH, SOUTH, THIRD, FOURTH = (
    ("chenliben", "liwenlan"), ("liuyizhou", "zhaoqingyuan"), ("wangyifan", "zhangxiaohe"), ("sunruochuan", "huangzhixing")
)
WARNING = ("warning",)

FINED_TOO = ("warning", "fine")

# The borrowed table for repair shops begins where a regulation of Guangdong does, which is no law here.
NOT_LOCAL = (
    "裁量表3.32把10,000元作为最低一档，是因为它同时依据广东省的地方条例；该条例在湖北没有效力。按大气污染防治法第一百二十条，"
    "法定幅度为2,000元至20,000元，本案情节较轻，取表内数额明显过重。"
)
APPROVED = "同意。地方条例在本地不适用，借用的裁量表在这一点上没有依据，按法律的幅度并比照情节确定。"

PENALTIES = (
    Plan("form_again", "汽车维修", date(2024, 1, 9), fine=2_000, pair=NORTH, rechecked=True),
    Plan(
        "spray", "汽车维修", date(2024, 1, 25), fine=2_000, defence="silent", pair=SOUTH, leader="liangshouzheng",
        scale={"departure_reason": NOT_LOCAL}, approved=APPROVED,
    ),
    Plan(
        "waste_store_fined", "口腔诊所", date(2024, 2, 28), kinds=FINED_TOO, fine=500, defence="argued", source="complaint", pair=THIRD,
    ),
    Plan("waste_store", "口腔诊所", date(2024, 3, 12), kinds=WARNING, pair=FOURTH, reviewer="hemingfa"),
    Plan("waste_register", "口腔诊所", date(2024, 3, 26), kinds=WARNING, defence="silent", pair=NORTH),
    Plan(
        "not_registered", "印刷", date(2024, 4, 11), fine=4_000, returned="examiner", source="remote", pair=SOUTH, rechecked=True,
    ),
    Plan(
        "digger", "建筑工地", date(2024, 4, 24), fine=5_000, defence="argued", pair=("liuyizhou", "wusiyuan"),
        leader="liangshouzheng", preserved=True,
    ),
    Plan("waste_sort", "口腔诊所", date(2024, 5, 15), kinds=FINED_TOO, fine=500, defence="silent", pair=THIRD, reviewer="hemingfa"),
    Plan(
        "form_noise", "商场", date(2024, 5, 20), fine=1_000, defence="argued", pair=FOURTH, panel=True, extended=True, slow=35,
        source="complaint", since=date(2024, 4, 8), apology="50%", given={"register_lead": {"harm": True}},
    ),
    Plan(
        "not_registered", "汽车维修", date(2024, 5, 30), fine=2_400, defence="argued", returned="legal", pair=NORTH, apology="40%",
    ),
    Plan("waste_sort", "口腔诊所", date(2024, 6, 18), kinds=FINED_TOO, fine=500, defence="argued", electronic=True, pair=SOUTH),
    Plan(
        "not_registered", "加油站", date(2024, 7, 4), fine=2_000, source="remote", pair=("liwenlan", "zhangxiaohe"), apology="50%",
    ),
    Plan(
        "not_registered", "印刷", date(2024, 7, 23), fine=4_000, defence="silent", suspended=True, pair=FOURTH,
        leader="liangshouzheng", rechecked=True,
    ),
    Plan(
        "form_again", "机动车检测", date(2024, 8, 20), fine=2_000, pair=("zhaoqingyuan", "sunruochuan"), source="superior",
        rechecked=True,
    ),
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

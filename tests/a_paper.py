"""Complete example values, so that a test can fill any paper. Names and figures are invented."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from huanfa.core.papers.paper import Paper, Template, fill, parse
from huanfa.core.papers.values import Value
from huanfa.core.rulefile import RuleFile, read

RULES = Path(__file__).parent.parent / "huanfa" / "rules"

VALUES: dict[str, object] = {
    "on": date(2026, 10, 28),
    "example": True,
    "body_name": "江城市生态环境局汉阳湾分局",
    "seal_name": "江城市生态环境局汉阳湾分局",
    "party_name": "江城清源电镀有限公司",
    "party_kind": "legal_person",
    "party_code": "91420100MA4KXXXX0X",
    "party_legal_rep": "周明远",
    "party_legal_rep_post": "执行董事",
    "party_address": "江城市汉阳湾区工业三路18号",
    "party_operator": "周明远",
    "case_name": "江城清源电镀有限公司涉嫌超标排放水污染物案",
    "case_cause": "涉嫌超标排放水污染物案",
    "filing_number": "江环立〔2026〕32号",
    "relief_government": ["江城市人民政府", "江城市汉阳湾区人民政府"],
    "relief_court": "江城市汉阳湾区人民法院",
    "contact_address": "江城市汉阳湾区滨江大道66号",
    "contact_person": "李安、王静",
    "contact_phone": "027-00000000",
    "contact_postcode": "430000",
    "handlers": [{"name": "李安", "card": "17010100001"}, {"name": "王静", "card": "17010100002"}],
    "officers": [{"name": "李安", "card": "17010100001"}, {"name": "王静", "card": "17010100002"}],
    "voters": [{"name": "陈立"}, {"name": "赵敏之"}, {"name": "孙浩"}],
    "observers": [{"name": "李安", "card": "17010100001"}],
    "facts": "2026年9月1日，本机关执法人员对你单位进行现场检查，你单位电镀生产线正在生产，废水处理设施正在运行，"
    "废水经总排口排入市政污水管网。执法人员委托江城市生态环境监测站在总排口采样。监测结果显示，"
    "化学需氧量浓度为168mg/L，超过排污许可证载明的许可排放浓度限值80mg/L，超标1.1倍。\n"
    "你单位的上述行为，属于超过许可排放浓度排放水污染物。",
    "evidence": [
        {
            "name": "现场检查（勘察）笔录",
            "taken_on": date(2026, 9, 1),
            "provider": "本机关",
            "proves": "检查时的生产和排放情况",
        },
        {"name": "调查询问笔录", "taken_on": "2026-09-08", "provider": "本机关", "proves": "当事人承认排放事实"},
        {
            "name": "监测报告（江环监字2026-0915）",
            "taken_on": date(2026, 9, 7),
            "provider": "江城市生态环境监测站",
            "proves": "总排口化学需氧量超标1.1倍",
        },
    ],
    "breaks_text": "《示例法》第十条第一款",
    "punished_by_text": "《示例法》第一百条第一项",
    "benchmark_text": "按照裁量基准，超标倍数、排放去向、配合调查等因素合计裁量百分值为23％，无从重、从轻情节。",
    "discretion_lines": [
        {"label": "裁量起点", "told": "", "sum": "10%", "source": "裁量表2.8"},
        {"label": "行为表现形式", "told": "偷排", "sum": "＋20%", "source": "裁量表2.8"},
    ],
    "proof_lines": [{"label": "行为表现形式", "told": "证据1 现场照片；证据3 监控录像"}],
    "departure_text": "上述调整适用裁量基准，已于2026年10月20日经本机关主要负责人批准。",
    "no_fine_text": "上述行为符合《示例清单》第1项所列的全部条件。",
    "factor_lines": [{"label": "当事人的主观过错程度", "told": "明知设施停运仍排放"}],
    "computed": 30_000_000,
    "proposed": 25_900_000,
    "penalty_text": "罚款",
    "fine": 259_000_00,
    "confiscated": 1_250_50,
    "payee_bank": "江城银行滨江支行（汉阳湾区滨江大道88号）",
    "payee_name": "江城市财政局非税收入专户",
    "payee_account": "6200 0000 0000 0000",
    "pay_days": 15,
    "defence_days": 5,
    "signatures": [
        {"slot": "handler", "name": "李安", "opinion": "建议按所报意见办理。", "on": date(2026, 10, 26)},
        {"slot": "unit_head", "name": "陈立", "opinion": "同意，请领导审批。", "on": date(2026, 10, 27)},
        {"slot": "leader", "name": "赵敏之", "opinion": "同意。", "on": date(2026, 10, 28)},
    ],
    "filed_on": date(2026, 9, 3),
    "closed_on": date(2026, 12, 20),
    "notice_number": "江环罚告〔2026〕29号",
    "notice_served_on": date(2026, 10, 12),
    "hearing_right": True,
    "defence_outcome": "right_argued",
    "correction_number": "江环责改〔2026〕12号",
    "preservation_number": "江环登存〔2026〕3号",
    "decision_title": "行政处罚决定书",
    "decision_number": "江环罚〔2026〕15号",
    "decision_on": date(2026, 10, 28),
    "decision_served_on": date(2026, 10, 30),
    "demand_number": "江环催〔2026〕4号",
    "demand_served_on": date(2027, 5, 10),
    "document_title": "行政处罚决定书",
    "document_number": "江环罚〔2026〕15号",
    "papers_in_volume": [
        {"name": "行政处罚决定书", "number": "江环罚〔2026〕15号", "on": date(2026, 10, 28), "pages": "1-4"},
        {"name": "送达回证", "number": "", "on": date(2026, 10, 30), "pages": "5", "note": ""},
        {"name": "立案审批表", "number": "", "on": date(2026, 9, 3), "pages": "6-7", "note": ""},
    ],
    "begun_at": "2026-09-01T09:30",
    "ended_at": "2026-09-01T11:05",
    "place": "江城市汉阳湾区工业三路18号厂区",
    "questions": [
        {"q": "请说明你的身份和职务。", "a": "我叫周明远，是江城清源电镀有限公司的执行董事，负责全面工作。"},
        {
            "q": "9月1日你公司的废水处理设施运行情况如何？",
            "a": "在运行，但加药泵发生故障，我们没有及时发现，也没有停产。",
        },
        {"q": "你公司是否知道许可排放浓度限值？", "a": "知道，排污许可证上写明是80mg/L。这次是管理上的疏忽。"},
        {"q": "对监测结果有无异议？", "a": "没有异议。"},
        {"q": "文书送达地址是什么？", "a": "江城市汉阳湾区工业三路18号，由我本人签收。"},
    ],
    "person": "周明远",
    "person_detail": "男，48岁，身份证件号码420100XXXXXXXX0000，江城清源电镀有限公司执行董事，"
    "电话130XXXX0000，系当事人的法定代表人",
    "person_on_site": "周明远，执行董事，系法定代表人，电话130XXXX0000",
    "party_opinion": "以上笔录已阅无误，情况属实。",
    "points": [
        {"point": "系初次违法，请求从轻", "accepted": "采纳", "reason": "经核查属实，裁量时已按初次违法取值"},
        {"point": "加药泵故障属意外，请求免予处罚", "accepted": False, "reason": "未停产检修，不能证明没有主观过错"},
    ],
    "views": [
        {"name": "陈立", "view": "事实清楚、证据充分，同意处罚。"},
        {"name": "赵敏之", "view": "同意。"},
        {"name": "孙浩", "view": "同意。"},
    ],
    "items": [{"name": "生产台账", "quantity": "2册", "model": "2026年1月至8月", "note": ""}],
    "plan": [
        {"due_on": date(2026, 11, 30), "amount": "129500"},
        {"due_on": date(2026, 12, 31), "amount": 129_500_00},
    ],
    "materials": "营业执照复印件\n排污许可证复印件\n2026年1月至8月生产台账",
    "attachments": "现场检查笔录1份\n现场照片6张",
    "receiving_body": "江城市汉阳湾区水务局",
    "police": "江城市公安局汉阳湾分局",
    "chair": "孙浩",
    "clerk": "钱一舟",
    "officer": "李安",
    "hearing_place": "2026年10月28日9时30分，本机关三楼会议室",
    "days": 30,
    "pages": 86,
    "entry_seq": 12,
    "requested_on": date(2026, 9, 2),
    "step": "",
}


@cache
def templates() -> dict[str, Template]:
    """Every paper of the national pack; a fault in any of them fails the test that asks."""
    found = {}
    for path in sorted((RULES / "cn" / "papers").glob("*.toml")):
        rulefile = read(path, RULES)
        assert isinstance(rulefile, RuleFile), rulefile
        template, faults = parse(rulefile)
        assert template is not None, "\n".join(map(str, faults))
        found[template.id] = template
    return found


def values_for(template: Template, **changed: object) -> dict[str, object]:
    """Complete values for a paper: the invented case, and something fitting for all else it asks."""
    values = dict(VALUES)
    for value in template.values.values():
        if not values.get(value.id):
            values[value.id] = _something(value)
    return {**values, **changed}


def a_paper(id_: str, **changed: object) -> Paper:
    """A finished paper."""
    template = templates()[id_]
    number = f"江{template.code}〔2026〕15号" if template.code else ""
    return fill(template, values_for(template, **changed), number=number)


def _something(value: Value) -> object:
    if value.type == "choice":
        return value.choices[0][0]
    if value.type == "checks":
        return [choice for choice, _ in value.choices[:-1]]
    if value.type == "bool":
        return True
    if value.type in ("date", "datetime"):
        return date(2026, 10, 9)
    return f"{value.label}：示例内容，供核对版式使用。"

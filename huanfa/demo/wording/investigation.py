"""What is filled in from the lead to the end of the investigation: full sentences from the case's story."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from huanfa.demo.wording.base import Values, provider, taken_on, words_for

if TYPE_CHECKING:
    from huanfa.demo.story import Script

READ = "以上笔录已阅无误，情况属实。"
SOURCES = {
    "site": "执法人员日常检查时当场发现，有现场照片。",
    "complaint": "市民通过服务热线反映，转办单当日转到本机关（示例）。",
    "remote": "非现场检查时比对平台数据发现。",
    "transferred": "区有关部门移送线索及材料一份（示例）。",
    "superior": "市局交办，附核查清单（示例）。",
}


@words_for("register_lead")
def _lead(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    plan, (begun, ended) = script.plan, script.conduct
    return {
        "source": plan.source, "source_detail": SOURCES[plan.source], "found_on": str(plan.found),
        "offence": script.matter.offence, "conduct_from": str(begun), "conduct_until": str(ended), "harm": False,
        "place": script.party.address, "summary": script.matter.summary,
    }


@words_for("file")
def _file(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {
        "conditions": ["evidence", "punishable", "competence", "in_time"], "handlers": script.two,
        "suspected_breach": script.book.cite(script.regime(on).breaks),
        "reason": f"{script.matter.summary}四项立案条件均已具备，建议立案调查。",
    }


@words_for("decline")
def _decline(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"missing_condition": "evidence", "reason": "经核查没有发现涉嫌违法的初步证据，建议不予立案。"}


@words_for("transfer")
def _transfer(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    body = script.book.offences[script.matter.offence].other_body
    return {
        "reason": f"该行为依法由{body}处罚，不属于本机关管辖，移送处理。",
        "attachments": "投诉登记单、现场核查照片4张、联系人信息（均为示例）。",
    }


@words_for("withdraw_filing")
def _withdraw(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"missing_condition": "punishable", "new_facts": "立案后查明的新情况表明不应给予行政处罚，申请撤销立案。"}


@words_for("inspect_site")
def _site(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    told = script.matter
    return {
        "place": script.party.address,
        "person_on_site": f"{script.staff}，{told.post}，受{script.party.name}委派陪同检查，联系电话{script.party.phone}",
        "cards_shown": True, "production": told.production, "permits": told.permits, "facilities": told.facilities,
        "violation": told.violation, "sampling_and_others": told.other, "party_opinion": READ,
    }


@words_for("interview")
def _interview(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    told, firm = script.matter, script.party.name
    opening = [
        {"q": "我们是执法人员，这是证件，请过目。你有权陈述、申辩和申请回避，是否申请？", "a": "看清楚了，不申请回避。"},
        {"q": "请说明你的身份和职责。", "a": f"我是{firm}的{told.post}{script.staff}，负责现场管理，受委托接受询问。"},
    ]
    closing = [{"q": "还有什么需要补充的？", "a": "没有了，我们认识到问题，会按要求改正。"}]
    return {
        "place": "本机关询问室（示例）", "person": script.staff,
        "person_detail": f"成年，身份证件已核验（号码略，示例），{firm}{told.post}，与本案关系：当事人的工作人员。",
        "cards_shown": True, "questions": [*opening, *({"q": q, "a": a} for q, a in told.asks), *closing], "party_opinion": READ,
    }


@words_for("collect_evidence")
def _proof(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    kind = given["kind"]
    return {"taken_on": str(taken_on(script, kind, on)), "provider": provider(script, kind, str(given["name"])), "changes_facts": False}


@words_for("confirm_address")
def _address(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    values = {"service_address": script.party.address, "receiver": f"{script.who}，{script.party.phone}"}
    return {**values, "electronic_address": "office@example.com"} if given.get("electronic") else values


@words_for("order_correction")
def _order(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    proofs = "、".join(name for _, name, _ in script.matter.proofs)
    return {
        "order_content": script.matter.order, "order_facts": f"{script.matter.facts}以上事实有现场检查笔录、调查询问笔录、{proofs}为证。",
        "correct_by": str(script.diary.workday(on, 9)),
    }


@words_for("entrust_test")
def _entrust(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {
        "object": "总排口废水", "place": f"{script.party.name}总排口",
        "method": "按监测规范在总排口采集瞬时样2份，现场加固定剂、贴封签，双方签字后低温保存送检。",
        "laboratory": "示例检测技术有限公司", "matter": "监测化学需氧量、氨氮、粪大肠菌群数，出具监测报告。",
        "due_on": str(script.diary.workday(on, 8)),
    }


@words_for("tell_test_result")
def _result(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {
        "report_number": f"示例检字{on.year}第{script.plan.found:%m%d}号", "report_on": str(script.diary.workday(on, -1)),
        "result": "粪大肠菌群数超过该单位执行的排放标准，其余两项未超标。对结果有异议的，可以在陈述申辩时提出并申请复核。",
    }


@words_for("preserve_evidence")
def _preserve(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {
        "preserved_on": str(on), "grounds": "原始记录仅存一份，由当事人自行保管，有被更换、遗失的可能，以后难以取得。",
        "items": [
            {"name": "纸质运行记录本", "quantity": "2本", "model": "手写", "note": "逐页编号并骑缝签名"},
            {"name": "设备控制电脑硬盘", "quantity": "1块", "model": "示例型号", "note": "加贴封签"},
        ],
        "kept_at": "就地封存于当事人档案柜，加贴封条，由当事人保管，不得动用、销毁或者转移。",
    }


@words_for("dispose_preserved")
def _dispose(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    note = "记录本已逐页复制，硬盘数据已导出并由当事人确认，封条当场拆除，原物发还。"
    return {"disposal": "recorded", "disposed_on": str(on), "note": note}


@words_for("suspend")
def _suspend(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    why = "当事人提出其情形不在该条适用范围之内，涉及条文的适用，已书面请示市局，答复前无法认定，申请中止调查。"
    return {"ground": "interpretation", "reason": why}


@words_for("resume")
def _resume(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"reason": "市局书面答复已收到，认定该情形适用该条，中止的原因已经消除，申请恢复调查。"}


@words_for("extend_decision")
def _extend(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"reason": "案涉资料分散在多家单位，核对仍需时间，九十日内不能作出决定，申请延长三十日。"}

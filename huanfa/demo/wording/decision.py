"""What is filled in from the examination of the report to the archive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from huanfa.core.money import figures
from huanfa.demo.wording.base import Values, penalty_in_words, post_of, words_for

if TYPE_CHECKING:
    from huanfa.demo.story import Script

SIX = ["competence", "facts", "evidence", "procedure", "law", "in_time"]
EIGHT = ["subject", "competence", "staff", "procedure", "facts", "law", "papers", "crime_considered"]
PANEL = ("xuguoping", "gaoyuanshan", "liangshouzheng", "xiewenda", "dengshaowen")


@words_for("examine")
def _examine(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    if given.get("result") == "return":
        return {
            "checked": [one for one in SIX if one != "evidence"],
            "opinion": "证据清单没有写明照片的拍摄时间，采购单据缺提供人签名，退回补充后再报。",
        }
    return {"checked": SIX, "result": "pass", "opinion": f"六项内容均符合要求，同意“{penalty_in_words(script)}”的处理建议。"}


@words_for("approve_notice")
def _approve(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"matter": f"案件已审查完毕，拟{penalty_in_words(script)}，申请向当事人送达告知书，听取陈述、申辩。"}


@words_for("serve_notice")
@words_for("serve_decision")
def _serve(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {}


@words_for("waive_defence")
def _waive(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    hearing = "和要求听证" if given.get("hearing_too") else ""
    return {
        "received_on": str(on), "place": "本机关接待室（示例）", "hearing_too": False,
        "opinion": (
            f"我单位对告知书所列事实、理由、依据和拟作出的处理没有异议，明确放弃陈述、申辩{hearing}的权利。"
            f"（{script.who}签名，示例）"
        ),
    }


@words_for("record_defence")
def _defend(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"received_on": str(on), "place": "本机关接待室（示例）", "opinion": script.matter.plea, "new_evidence": False}


@words_for("review_defence")
def _answer(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"points": [{"point": script.matter.plea, "accepted": "不采纳", "reason": script.matter.answer}], "result": "keep"}


@words_for("request_hearing")
def _ask_hearing(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"received_on": str(on), "request": f"我单位对拟罚款数额有异议，要求举行听证。主要理由：{script.matter.plea}"}


@words_for("notify_hearing")
def _tell_hearing(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {
        "hearing_on": str(script.diary.workday(on, 9)), "hearing_place": "上午九时三十分，本机关二楼听证室（示例）", "open_hearing": True,
        "chair": script.crew["songtingtao"].pk, "clerk": script.crew["tangxiaoyu"].pk,
    }


@words_for("hold_hearing")
def _hear(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    names = "、".join(script.crew[name].name for name in script.plan.pair)
    return {
        "attendance": "held",
        "present": f"主持人宋听涛，记录员唐小雨；调查人员{names}；当事人{script.party.name}，{script.who}及委托代理人1人（示例）。",
        "proceedings": (
            f"主持人核对身份、宣布纪律、告知权利，当事人不申请回避。调查人员陈述违法事实：{script.matter.facts}逐项出示证据并提出"
            f"“{penalty_in_words(script)}”的建议。当事人对事实和证据无异议，申辩称：{script.matter.plea}调查人员答辩：{script.matter.answer}"
            "双方作最后陈述。笔录经各方核对签字。"
        ),
        "new_evidence": False,
    }


@words_for("report_hearing")
def _heard(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {
        "found": f"当事人对违法事实没有异议。{script.matter.facts}",
        "advice": f"证据之间相互印证，程序合法。{script.matter.answer}建议维持拟作出的处罚。", "result": "keep",
    }


@words_for("legal_review")
def _review(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    if given.get("opinion_kind") == "improve":
        return {
            "checked": [one for one in EIGHT if one != "papers"], "major": False,
            "opinion": "事实清楚、证据充分。裁量说明没有写明从轻的具体情节，调查报告的证据名称与清单不一致，退回承办机构完善。",
        }
    compared = "行为时与决定时的法律不同，承办机构对从旧兼从轻的比较成立，确认适用的法律。" if script.plan.milder else ""
    values = {
        "checked": EIGHT, "major": script.plan.panel, "opinion_kind": "agree",
        "opinion": f"主体适格，程序合法，事实清楚，证据充分，适用法律正确，裁量适当，未发现涉嫌犯罪需要移送的情形。{compared}同意。",
    }
    return {**values, "milder_choice": script.plan.regime} if script.plan.milder else values


@words_for("discuss")
def _discuss(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    views = {
        "xuguoping": "同意处理意见，决定书要把改正要求写具体。", "gaoyuanshan": "事实清楚，同意。",
        "liangshouzheng": "同意，注意送达时做好法律宣讲。", "xiewenda": "技术认定没有问题，同意。", "dengshaowen": "同意。",
    }
    return {
        "voters": [script.crew[name].pk for name in PANEL], "observers": [*script.two, script.crew["hemingfa"].pk],
        "views": [{"name": f"{script.crew[name].name}（{post_of(name)}）", "view": views[name]} for name in PANEL],
        "conclusion_kind": "agree", "conclusion": f"五人参加表决，一致同意{penalty_in_words(script)}，调查人员列席汇报，没有参与表决。",
    }


@words_for("decide")
def _decide(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    values: Values = {"kinds": list(script.plan.kinds), "defence_adopted": _adopted(script)}
    return {**values, "fine": script.plan.fine * 100} if script.plan.fine else values


@words_for("decide_no_penalty")
def _let_off(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {
        "correction_state": f"当事人已在期限内改正：{script.matter.recheck}", "defence_adopted": _adopted(script),
        "education": "当面讲解了有关规定和不改正的后果，发放普法手册一份，当事人表示今后按规定办理。",
    }


@words_for("publish")
def _publish(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"published_on": str(on), "channel": "武汉市生态环境局网站行政处罚结果公示栏（示例）", "main_facts": script.matter.public}


@words_for("record_payment")
def _pay(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"paid_on": str(on), "amount": script.plan.fine * 100, "receipt_number": f"示例票{on:%Y%m%d}{script.party.pk:04}"}


@words_for("urge")
def _urge(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"duty_left": f"缴纳罚款{figures(script.plan.fine * 100)}元。"}


@words_for("recheck_correction")
def _recheck(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {"checked_on": str(on), "corrected": True, "findings": script.matter.recheck}


@words_for("close")
def _close(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    ended = {"decline": "terminated", "transfer": "referred", "withdraw_filing": "terminated"}
    early = next((ground for step, ground in ended.items() if step in script.days), "")
    if early:
        return {"ground": early, "execution_state": "没有需要执行的处罚内容，没有扣押、保存的财物。"}
    if script.plan.proposal == "no_penalty":
        return {"ground": "no_penalty", "execution_state": "不予行政处罚决定书已送达并公示，当事人已改正，没有财物需要处理。"}
    paid = f"罚款{figures(script.plan.fine * 100)}元已按期缴清；" if script.plan.fine else "警告已随决定书送达执行；"
    return {"ground": "performed", "execution_state": f"{paid}责令改正的内容经复查已改正；没有需要处理的财物。"}


@words_for("archive")
def _archive(script: Script, on: date, given: Mapping[str, Any]) -> Values:
    return {
        "retention": "30", "pages": 46 + script.party.pk % 37 + 8 * script.plan.panel,
        "shelf": f"示例档案室{on.year}年行政处罚第{on.month:02}盒", "note": "正卷、副卷齐全，现场录像光盘1张随卷保存，无缺损。",
    }


def _adopted(script: Script) -> str:
    firm = script.party.name
    if script.plan.defence == "argued":
        return f"{firm}申辩称：{script.matter.plea}经复核：{script.matter.answer}"
    if script.plan.defence == "heard":
        return f"听证中{firm}申辩称：{script.matter.plea}经审查听证笔录和听证报告：{script.matter.answer}"
    if script.plan.defence == "waived":
        return f"{firm}书面放弃陈述、申辩，没有需要采纳的意见。"
    return f"{firm}在法定期限内没有提出陈述、申辩意见。"

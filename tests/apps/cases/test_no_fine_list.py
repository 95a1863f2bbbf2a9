"""The no-fine list is held against the facts before filing and again before the report; what it says is not passed over."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from huanfa.apps.cases import queries, records
from huanfa.apps.ledger.queries import entries_of, verify
from huanfa.core.discretion.no_fine import Answers
from huanfa.core.errors import NotAllowed
from tests.apps.builders import BEGINS, NOON, a_bureau, a_case, a_client, a_party, take
from tests.apps.cases.a_water_case import FOUND_ON, REPORTED, a_water_case, length, report, take_plainly, weigh_by_table

pytestmark = pytest.mark.django_db

FILED = FOUND_ON + timedelta(3)
SIX = ("guangdong/2022", 6)
# Item 6: first within a year; one of three ways of a slight exceedance; corrected in time.
SLIGHT = Answers({"0": True, "1.0.0": True, "2": True}, {"1.0.1": Fraction("0.08")})
CONDITIONS = ["evidence", "punishable", "competence", "in_time"]


def check(case, bureau, on=FILED, *, answers=None, concluded="not", reason="超标0.8倍，不属于轻微超标。", by="handler"):
    found = {SIX: answers} if answers else {}
    records.check_no_fine(case.pk, found, concluded, reason, by=bureau[by], on=on, now=NOON)


def file(case, bureau, on=FILED):
    return take_plainly(case, "file", bureau, on, conditions=CONDITIONS)


def test_a_case_on_the_list_is_not_filed_before_the_list_was_held_against_it():
    bureau = a_bureau()
    case = a_water_case(bureau, at="lead")

    with pytest.raises(NotAllowed, match=r"本案案由列入不予处罚清单（第6项），立案前先核对.*第三十三条"):
        file(case, bureau)

    check(case, bureau)
    assert file(case, bureau).final


def test_the_list_is_held_against_the_facts_again_before_the_report():
    bureau = a_bureau()
    case = a_water_case(bureau)
    weigh_by_table(case, bureau)

    with pytest.raises(NotAllowed, match="作出决定前再核对一次"):
        report(case, bureau)

    check(case, bureau, REPORTED)
    assert report(case, bureau).final
    assert entries_of(case.pk)[-4].values["phase"] == "decision"


def test_that_the_list_does_not_apply_needs_a_reason_the_more_so_where_every_condition_is_met():
    bureau = a_bureau()
    case = a_water_case(bureau, at="lead")

    with pytest.raises(NotAllowed, match="不适用清单的，须写明理由"):
        check(case, bureau, reason="  ")
    with pytest.raises(NotAllowed, match="清单第6项的条件已全部具备，仍拟处罚的须写明理由"):
        check(case, bureau, answers=SLIGHT, reason="")
    with pytest.raises(NotAllowed, match="请选择清单是否适用"):
        check(case, bureau, concluded="perhaps")

    assert length(case) == 1


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        (Answers(), "近一年内属于首次违法；轻微超标的三种情形之一；在责令改正期限内改正"),
        (Answers({"0": True, "1.0.0": True, "2": False}, {"1.0.1": Fraction("0.08")}), "在责令改正期限内改正"),
        (Answers({"0": True, "1.0.0": True, "2": True}, {"1.0.1": Fraction("0.1")}), "轻微超标的三种情形之一"),
    ],
)
def test_the_list_applies_only_where_every_condition_is_met(answers, missing):
    bureau = a_bureau()
    case = a_water_case(bureau, at="lead")

    with pytest.raises(NotAllowed, match=f"清单的条件没有全部具备：{missing}"):
        check(case, bureau, answers=answers, concluded="applies")

    check(case, bureau, answers=SLIGHT, concluded="applies", reason="")
    assert queries.fold(case, FILED)[0].registered["check_no_fine"].values["result"] == "must"


def test_who_was_punished_within_the_year_does_not_breach_the_law_for_the_first_time():
    bureau = a_bureau()
    firm = a_party(bureau.org)
    earlier = a_case(bureau, at="decide", begins=date(2026, 3, 2), party=firm)
    case = a_water_case(bureau, at="lead", party=firm)

    with pytest.raises(NotAllowed, match="条件没有全部具备：近一年内属于首次违法"):
        check(case, bureau, answers=SLIGHT, concluded="applies")

    check(case, bureau)
    kept = queries.fold(case, FILED)[0].registered["check_no_fine"].values
    assert [one["name"] for one in kept["earlier"]] == [earlier.name]
    assert kept["items"][0]["unmet"][0] == "近一年内属于首次违法"


def test_a_breach_of_more_than_a_year_ago_and_a_decision_that_was_revoked_do_not_count():
    bureau = a_bureau()
    old, revoked = a_party(bureau.org, "旧案示例公司"), a_party(bureau.org, "撤销示例公司")
    a_case(bureau, at="decide", begins=date(2025, 7, 1), party=old)
    fallen = a_case(bureau, at="publish", begins=date(2026, 3, 2), party=revoked)
    take(fallen, "annul", date(2026, 4, 20), bureau=bureau, result="revoked", annulled_on="2026-04-17")

    for firm in (old, revoked):
        case = a_water_case(bureau, at="lead", party=firm)
        check(case, bureau, answers=SLIGHT, concluded="applies", reason="")
        assert queries.fold(case, FILED)[0].registered["check_no_fine"].values["concluded"] == "applies"


def test_that_no_fine_must_be_imposed_stands_in_the_way_of_a_penalty():
    bureau = a_bureau()
    case = a_water_case(bureau)
    weigh_by_table(case, bureau)
    check(case, bureau, REPORTED, answers=SLIGHT, concluded="applies", reason="")

    with pytest.raises(NotAllowed, match="清单核对的结论是不予处罚，与处罚建议不一致"):
        report(case, bureau)

    plain = {"proposal": "no_penalty", "kinds": None, "fine": None, "no_penalty_ground": "minor"}
    assert report(case, bureau, **plain).final


def test_a_conclusion_after_the_report_stands_in_the_way_of_the_decision():
    bureau = a_bureau()
    case = a_water_case(bureau, at="legal_review")
    later = REPORTED + timedelta(8)
    check(case, bureau, later, answers=SLIGHT, concluded="applies", reason="")

    with pytest.raises(NotAllowed, match="清单核对的结论是不予处罚"):
        take_plainly(case, "decide", bureau, later, kinds=["fine"], fine=17_000_000)


def test_an_offence_that_is_on_no_list_is_not_asked():
    bureau = a_bureau()
    case = a_case(bureau)

    assert queries.no_fine_items(case, BEGINS) == []
    with pytest.raises(NotAllowed, match="本案案由没有列入不予处罚清单"):
        records.check_no_fine(case.pk, {}, "not", "示例", by=bureau["handler"], on=BEGINS, now=NOON)
    assert take_plainly(case, "file", bureau, BEGINS + timedelta(3), conditions=CONDITIONS).final
    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/discretion/no-fine/").content.decode()
    assert "没有列入所用的清单" in page and "data-huanfa-main" not in page


@pytest.mark.parametrize("slot", ["leader", "legal_reviewer", "admin", "supervisor"])
def test_the_list_is_checked_by_a_handler_and_nobody_else(slot):
    bureau = a_bureau()
    case = a_water_case(bureau, at="lead")

    with pytest.raises(NotAllowed, match="执法人员"):
        check(case, bureau, by=slot)

    assert length(case) == 1


def test_nothing_is_checked_any_more_once_the_case_is_decided():
    bureau = a_bureau()
    case = a_water_case(bureau, at="decide")

    with pytest.raises(NotAllowed, match="已经作出决定"):
        check(case, bureau, REPORTED + timedelta(10))


# ── through the page ────────────────────────────────────────────────────────────────────────────────────────────────


def typed(case, **changed):
    answers = {"i0_0": "yes", "i0_1_0_0": "yes", "i0_1_0_1": "0.08", "i0_2": "yes"}
    return {"on": str(FILED), "expected": length(case), "concluded": "applies", "reason": "", **answers, **changed}


def test_the_check_is_made_on_a_page_and_kept_in_the_chain():
    bureau = a_bureau()
    case, client = a_water_case(bureau, at="lead"), a_client(bureau["handler"])
    address = f"/cases/{case.pk}/discretion/no-fine/"

    shown = client.get(address).content.decode()
    response = client.post(address, typed(case))

    assert "超过水污染物排放标准排放水污染物" in shown and "台账中这段时间没有" in shown and "第 3 组" in shown
    assert response.status_code == 303 and length(case) == 2
    entry = entries_of(case.pk)[-1]
    assert entry.values["items"][0]["answers"] == {"0": True, "1.0.0": True, "2": True, "1.0.1": "2/25"}
    case.dossier.refresh_from_db()
    assert verify(case.dossier) == case.dossier.head
    assert "适用清单" in client.get(f"/cases/{case.pk}/discretion/").content.decode()


def test_the_page_says_what_stands_against_a_first_time():
    bureau = a_bureau()
    firm = a_party(bureau.org)
    earlier = a_case(bureau, at="decide", begins=date(2026, 3, 2), party=firm)
    case = a_water_case(bureau, at="lead", party=firm)
    client, address = a_client(bureau["handler"]), f"/cases/{case.pk}/discretion/no-fine/"

    page = client.get(address).content.decode()
    response = client.post(address, typed(case))

    assert "台账中有：" in page and earlier.name in page and "不是首次" in page
    assert response.status_code == 400 and "近一年内属于首次违法" in response.content.decode()


def test_a_check_from_a_page_that_is_out_of_date_is_not_kept():
    bureau = a_bureau()
    case, client = a_water_case(bureau, at="lead"), a_client(bureau["handler"])
    old = typed(case, concluded="not", reason="先写好的理由")
    check(case, bureau)
    after = length(case)

    response = client.post(f"/cases/{case.pk}/discretion/no-fine/", old)

    assert response.status_code == 409 and length(case) == after
    assert "先写好的理由" in response.content.decode() and "核对不予处罚清单（2026-08-15）" in response.content.decode()


def test_an_offence_with_several_items_is_held_against_all_of_them():
    bureau = a_bureau()
    case = a_case(bureau, begins=date(2026, 6, 1), register_lead={"offence": "build_without_form"})
    page = a_client(bureau["handler"]).get(f"/cases/{case.pk}/discretion/no-fine/").content.decode()

    assert [f"第 {number} 项" in page for number in (2, 3, 4, 5)] == [True, True, True, False]
    assert queries.facts(case, on=date(2026, 6, 1), today=NOON.date()).no_fine_items == ("第2项", "第3项", "第4项")

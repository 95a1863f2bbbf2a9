"""Like cases (同案同罚): decided cases of the same offence are compared with, each with the reason why; never those of others."""

from datetime import date, timedelta

import pytest

from huanfa.apps.cases.weighing import pool_of
from huanfa.apps.discretion.models import Worksheet
from huanfa.core.discretion import Findings
from huanfa.core.errors import NotAllowed
from tests.apps.builders import BEGINS, a_bureau, a_case, a_client, a_party, an_officer, an_org, take, weigh
from tests.apps.cases.a_water_case import (
    LEVELS,
    REPORTED,
    REVIEW,
    a_water_case,
    not_for_free,
    report,
    take_plainly,
    weigh_by_table,
)

pytestmark = pytest.mark.django_db


def decided(bureau, fine=500_000, *, begins=date(2026, 3, 2), name="先例示例汽修厂", at="decide"):
    """A repair shop fined earlier."""
    party = a_party(bureau.org, name)
    return a_case(bureau, at=at, begins=begins, party=party, report_investigation={"fine": fine}, decide={"fine": fine})


def decided_by_table(bureau, name, levels):
    """A discharge over the standard fined by the table."""
    case = a_water_case(bureau, party=a_party(bureau.org, name))
    not_for_free(case, bureau)
    row = weigh_by_table(case, bureau, findings=Findings(levels={**LEVELS, **levels}))
    days = [REPORTED + timedelta(number) for number in range(9)]
    report(case, bureau, fine=row.amount)
    take(case, "examine", days[1], bureau=bureau, result="pass")
    take(case, "approve_notice", days[2], bureau=bureau)
    take(case, "serve_notice", days[3], bureau=bureau, service_mode="direct")
    take(case, "waive_defence", days[6], bureau=bureau, hearing_too=False)
    take(case, "legal_review", days[7], bureau=bureau, opinion_kind="agree", **REVIEW)
    take_plainly(case, "decide", bureau, days[8], kinds=["fine"], fine=row.amount)
    return case


def page_of(case, officer, name=""):
    return a_client(officer).get(f"/cases/{case.pk}/discretion/{name}").content.decode()


def test_decided_cases_of_the_same_offence_are_shown_each_with_the_reason_why():
    bureau = a_bureau()
    near = decided_by_table(bureau, "近邻示例水务公司", {"排放口所在区域": "限批区或人居环境敏感区", "超标因子数目": "1个"})
    unlike = {"超标因子数目": "1个", "废水日排放量": "50吨以下", "超标情况": "仅pH值超标（pH≤2或pH≥11）"}
    far = decided_by_table(bureau, "远邻示例水务公司", unlike)
    decided(bureau)
    case = a_water_case(bureau)
    weigh_by_table(case, bureau)

    page = page_of(case, bureau["handler"])

    assert page.index(near.name) < page.index(far.name)
    assert "同一案由、同一裁量表，4项认定相同；不同：" in page and "超标因子数目（该案“1个”）" in page
    assert "3项认定相同" in page and "超标情况（该案“仅pH值超标（pH≤2或pH≥11）”）" in page
    assert "先例示例汽修厂" not in page


def test_a_case_that_is_not_decided_is_no_precedent():
    bureau = a_bureau()
    a_case(bureau, at="legal_review", party=a_party(bureau.org, "未决示例汽修厂"))
    case = a_case(bureau, at="order_correction")

    page = page_of(case, bureau["handler"])

    assert "没有已经决定的同案由案件" in page and "未决示例汽修厂" not in page


def test_fewer_than_three_give_no_spread_and_bind_nobody():
    bureau = a_bureau()
    for number in range(2):
        decided(bureau, 500_000, name=f"先例{number}示例汽修厂")
    case = a_case(bureau, at="order_correction")

    row = weigh(case, BEGINS + timedelta(14), bureau=bureau, amount=1_900_000)

    assert row.data["likeness"] == "可比的类案2件，不足三件，不作比较"
    assert "近似的案件不足三件，只供参考" in page_of(case, bureau["handler"])


def test_a_fine_outside_the_spread_of_three_needs_a_reason():
    bureau = a_bureau()
    for number, fine in enumerate((400_000, 500_000, 600_000)):
        decided(bureau, fine, name=f"先例{number}示例汽修厂")
    case, on = a_case(bureau, at="order_correction"), BEGINS + timedelta(14)

    with pytest.raises(NotAllowed, match="罚款19,000元在类案范围（3件，4,000元至6,000元，中位5,000元）之外"):
        weigh(case, on, bureau=bureau, amount=1_900_000)
    inside = weigh(case, on, bureau=bureau, amount=600_000)
    outside = weigh(case, on, bureau=bureau, amount=1_900_000, likeness_reason="喷漆量是其他案件的十倍。")

    assert inside.data["likeness_reason"] == "" and "十倍" in outside.data["likeness_reason"]
    assert "近似案件的罚款：3件，4,000元至6,000元，中位5,000元" in page_of(case, bureau["handler"])


def test_a_case_of_another_body_is_never_shown_neither_its_name_nor_its_fine():
    ours, others = a_bureau(), a_bureau("江岸区分局", "/42/4201/420102/")
    theirs = [decided(others, 1_234_500, name=f"外局{number}示例汽修厂", begins=date(2025, 3, 3)) for number in range(3)]
    case = a_case(ours, at="order_correction")

    overview, sheet = page_of(case, ours["handler"]), page_of(case, ours["handler"], "worksheet/")
    row = weigh(case, BEGINS + timedelta(14), bureau=ours, amount=500_000)

    assert pool_of(case, ours["handler"]) == []
    for page in (overview, sheet, str(row.data)):
        assert "外局" not in page and "12,345" not in page
    assert all(one.name not in overview for one in theirs)


def test_a_body_above_sees_the_cases_of_those_below_it():
    bureau = a_bureau()
    precedent = decided(bureau)
    city = an_officer(an_org("", "/42/4201/"), "市局示例", "officer", card=True)
    case = a_case(bureau, at="order_correction")

    assert precedent.name in page_of(case, city)


def test_a_revoked_decision_is_no_precedent_any_more():
    bureau = a_bureau()
    case, fallen = a_case(bureau, at="order_correction"), decided(bureau, at="publish")
    before = page_of(case, bureau["handler"])

    take(fallen, "annul", date(2026, 4, 20), bureau=bureau, result="revoked", annulled_on="2026-04-17")

    assert fallen.name in before and fallen.name not in page_of(case, bureau["handler"])
    assert not Worksheet.objects.exclude(decided_on=None).exists()


def test_the_party_s_own_earlier_cases_are_listed_beside():
    bureau = a_bureau()
    firm = a_party(bureau.org, "再犯示例汽修厂")
    earlier = a_case(bureau, at="decide", begins=date(2026, 3, 2), party=firm)
    case = a_case(bureau, at="order_correction", party=firm)

    page = page_of(case, bureau["handler"])

    assert earlier.decision_number in page and page.count(earlier.name) >= 2
    assert "台账中没有" in page_of(a_case(bureau, party=a_party(bureau.org, "初犯示例汽修厂")), bureau["handler"])

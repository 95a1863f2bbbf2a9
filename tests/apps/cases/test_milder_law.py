"""Old law or new (从旧兼从轻): the machine compares, a reviewer chooses and says why; without that nothing is decided."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from huanfa.apps.cases import queries
from huanfa.apps.cases.shown import opened as reading
from huanfa.apps.cases.shown import weighing as shown
from huanfa.apps.papers.models import Paper
from huanfa.core.errors import NotAllowed
from huanfa.core.procedure.guards import GUARDS
from tests.apps.builders import NOON, a_bureau, a_case, a_client, take
from tests.apps.cases.a_water_case import FINE, REASON, REPORTED, REVIEW, a_water_case, filled, report, take_plainly

pytestmark = pytest.mark.django_db

REVIEWED = REPORTED + timedelta(7)
DECIDED = REPORTED + timedelta(8)
ACROSS = {"conduct_from": "2026-08-01", "conduct_until": "2026-08-20"}


def served(bureau, **changed):
    """A case whose party has had its say, before the legal review."""
    return a_water_case(bureau, at="waive_defence", **changed)


def review(case, bureau, **given):
    return take(case, "legal_review", REVIEWED, bureau=bureau, **{"opinion_kind": "agree", **given})


def across(bureau, at="order_correction", **changed):
    """A discharge that began under the old law and ended under the Code."""
    told = {"register_lead": {"offence": "over_standard_water", **ACROSS}, "report_investigation": {"fine": FINE, "regime_reason": REASON}}
    return a_case(bureau, at, begins=date(2026, 8, 24), **{**told, **changed})


# ── no decision without the reviewer's choice and reason ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "同意前须记明适用哪一个"),
        ({"milder_reason": REASON}, "同意前须记明适用哪一个"),
        ({"milder_choice": "conduct"}, "须写明从旧兼从轻的比较和理由"),
        ({"milder_choice": "conduct", "milder_reason": ""}, "须写明从旧兼从轻的比较和理由"),
    ],
)
def test_where_two_texts_may_govern_the_reviewer_does_not_agree_without_choice_and_reason(given, sentence):
    bureau = a_bureau()
    case = served(bureau)

    with pytest.raises(NotAllowed, match=sentence):
        review(case, bureau, **given)

    assert "legal_review" not in queries.fold(case, REVIEWED)[0].done


def test_nothing_is_decided_before_the_reviewer_has_chosen():
    bureau = a_bureau()
    case = served(bureau)

    with pytest.raises(NotAllowed) as refused:
        take_plainly(case, "decide", bureau, DECIDED, kinds=["fine"], fine=FINE)

    assert "尚未通过法制审核" in str(refused.value) and "尚未经法制审核人员记明并说明理由" in str(refused.value)
    assert "生态环境法典第一千零五十七条" in str(refused.value)
    review(case, bureau, **REVIEW)
    assert take_plainly(case, "decide", bureau, DECIDED, kinds=["fine"], fine=FINE).final


@pytest.mark.parametrize(("reported", "chosen"), [("conduct", "decision"), ("decision", "conduct")])
def test_the_choice_agrees_with_the_report_or_the_report_is_written_anew(reported, chosen):
    bureau = a_bureau()
    case = served(bureau, report_investigation={"regime": reported})

    with pytest.raises(NotAllowed, match="与调查报告适用的法律不一致"):
        review(case, bureau, milder_choice=chosen, milder_reason=REASON)

    assert review(case, bureau, milder_choice=reported, milder_reason=REASON).final


def test_a_report_under_two_texts_says_why_it_applies_one():
    bureau = a_bureau()
    case = a_water_case(bureau)

    with pytest.raises(NotAllowed, match="须写明适用哪一个以及从旧兼从轻的比较"):
        report(case, bureau, regime_reason="")


def test_a_case_reported_before_the_code_and_decided_after_it_is_reported_anew():
    bureau = a_bureau()
    case = a_case(bureau, at="legal_review", begins=date(2026, 7, 20))   # reported on 3 August, reviewed on 10 August

    with pytest.raises(NotAllowed, match="调查报告之后法律有变化，须退回重新报告"):
        take_plainly(case, "decide", bureau, date(2026, 8, 17), kinds=["fine"], fine=500_000)

    assert take_plainly(case, "decide", bureau, date(2026, 8, 14), kinds=["fine"], fine=500_000).final


def test_where_one_text_governs_nothing_is_to_be_chosen():
    bureau = a_bureau()
    before, after = a_case(bureau, at="decide", begins=date(2026, 3, 2)), a_case(bureau, at="decide")

    assert (before.outcome, after.outcome) == ("penalty", "penalty")


def test_the_choice_and_its_reason_stand_in_the_review_s_paper():
    bureau = a_bureau()
    case = served(bureau)

    review(case, bureau, **REVIEW)

    assert REASON in a_client(bureau["handler"]).get(f"/cases/{case.pk}/").content.decode()
    assert REASON in Paper.objects.get(dossier=case.pk, template="legal_review").content


# ── a conduct that went on across the change ────────────────────────────────────────────────────────────────────────


def test_a_conduct_across_the_change_goes_to_review_even_where_only_major_cases_do():
    bureau = a_bureau()
    case, plain = across(bureau, at="report_investigation"), a_case(bureau, at="report_investigation")
    for one, needed in ((case, True), (plain, False)):
        standing, _ = queries.fold(one, REVIEWED)
        facts = queries.facts(one, on=REVIEWED, today=NOON.date())
        major_only = replace(facts, settings={**facts.settings, "legal_review": {"scope": "statutory"}})

        assert (GUARDS["review_required"](standing, major_only, {}, REVIEWED) == []) is needed
        assert bool(GUARDS["reviewed_where_required"](standing, major_only, {}, REVIEWED)) is needed


def test_a_conduct_across_the_change_is_not_decided_without_the_choice_either():
    bureau = a_bureau()
    case = across(bureau, at="waive_defence")
    on = date(2026, 9, 14)

    with pytest.raises(NotAllowed, match="同意前须记明适用哪一个"):
        take(case, "legal_review", on, bureau=bureau, opinion_kind="agree")

    take(case, "legal_review", on, bureau=bureau, opinion_kind="agree", milder_choice="conduct", milder_reason=REASON)
    assert take_plainly(case, "decide", bureau, on + timedelta(1), kinds=["fine"], fine=FINE).final


# ── what the page shows ─────────────────────────────────────────────────────────────────────────────────────────────


def page_of(case, bureau, name="", slot="legal_reviewer"):
    return a_client(bureau[slot]).get(f"/cases/{case.pk}/discretion/{name}").content.decode()


def test_the_page_shows_both_texts_and_compares_them_row_by_row():
    bureau = a_bureau()
    case = a_water_case(bureau)

    page = page_of(case, bureau)

    assert "水污染防治法》第八十三条" in page and "生态环境法典》第一千一百零七条" in page
    for label in ("法定最高罚款", "法定最低罚款", "处罚种类", "罚款是否以拒不改正为前提", "按日连续处罚"):
        assert label in page
    assert "各项合起来：相同" in page and "由法制审核人员判断" in page


def test_the_reviewer_has_both_texts_beside_the_form():
    bureau = a_bureau()
    two, across_the_change, one = served(bureau), across(bureau, at="waive_defence"), a_case(bureau, at="waive_defence")
    client = a_client(bureau["legal_reviewer"])

    pages = [client.get(f"/cases/{case.pk}/steps/legal_review/").content.decode() for case in (two, across_the_change, one)]

    assert ["逐项比较</th>" in page for page in pages] == [True, True, False]
    assert "行为开始时" in pages[1]


def test_where_a_table_rests_on_one_text_only_the_fines_are_not_compared_but_said():
    bureau = a_bureau()
    case = a_water_case(bureau)
    view = reading.opened(case, bureau["handler"], on=REPORTED, today=NOON.date())

    page = a_client(bureau["handler"]).post(f"/cases/{case.pk}/discretion/worksheet/", filled(case, do="compute")).content.decode()

    assert shown.law(shown.scales(view))["compared"]["heads"] == ["行为时", "决定时"]
    assert "按各自裁量基准计算的罚款" in page and "不能直接比较" in page


def test_of_a_conduct_across_the_change_the_page_shows_the_text_of_its_start_and_of_its_end():
    bureau = a_bureau()
    case = across(bureau)

    page = page_of(case, bureau)

    assert "违法行为跨越了新法施行日" in page and "没有这项记录不能作出决定" in page
    assert "行为开始时的规定" in page and "行为终了时的规定" in page
    assert '<th scope="col">行为开始时</th><th scope="col">行为终了时</th>' in page and "法定最高罚款" in page
    assert "适用哪一个法律" in page_of(case, bureau, "worksheet/", "handler")


def test_both_readings_of_the_limitation_are_shown_where_no_text_settles_which_applies():
    bureau = a_bureau()
    harmful = a_water_case(bureau, at="lead", register_lead={"harm": True})
    harmless = a_water_case(bureau, at="lead")
    new = a_case(bureau, register_lead={"harm": True})

    unsettled, plain, settled = (page_of(one, bureau) for one in (harmful, harmless, new))

    assert "按行政处罚法二年至2028-08-10，按法典五年至2031-08-10" in unsettled and "请法制审核人员写明" in unsettled
    assert "追责期限二年，至2028-08-10" in plain and "五年" not in plain
    assert "追责期限五年" in settled and "没有明文" not in settled


def test_one_text_is_shown_as_one():
    bureau = a_bureau()
    case = a_case(bureau)

    page = page_of(case, bureau)

    assert "行为后没有变化" in page and "逐项比较" not in page

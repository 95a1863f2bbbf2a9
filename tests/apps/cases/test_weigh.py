"""A fine rests on a worksheet: none without it, none besides it, and a departure only with the approval the law names."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from huanfa.__main__ import main
from huanfa.apps.cases import queries, records
from huanfa.apps.cases.weighing import Asked, Scales
from huanfa.apps.discretion.models import Worksheet
from huanfa.apps.ledger.queries import entries_of, verify
from huanfa.apps.officers.models import Card
from huanfa.apps.papers.models import Paper
from huanfa.core import rulebook
from huanfa.core.discretion import Findings, worksheet
from huanfa.core.discretion.worksheet import SEVEN
from huanfa.core.errors import NoRule, NotAllowed
from tests.apps.builders import (
    BEGINS,
    NOON,
    a_bureau,
    a_case,
    an_officer,
    take,
    weigh,
)
from tests.apps.cases.a_water_case import (
    BENCHMARK,
    FINE,
    LESS,
    LEVELS,
    REPORTED,
    REVIEW,
    WHY,
    a_water_case,
    asked,
    days,
    departed,
    length,
    not_for_free,
    report,
    take_plainly,
    weigh_by_table,
)

pytestmark = pytest.mark.django_db


def to_the_decision(case, bureau, **decided):
    """From a report that stands up to the decision."""
    take(case, "examine", days(1), bureau=bureau, result="pass")
    take(case, "approve_notice", days(2), bureau=bureau)
    take(case, "serve_notice", days(3), bureau=bureau, service_mode="direct")
    take(case, "waive_defence", days(6), bureau=bureau, hearing_too=False)
    take(case, "legal_review", days(7), bureau=bureau, opinion_kind="agree", **REVIEW)
    return take_plainly(case, "decide", bureau, days(8), **{"kinds": ["fine"], "fine": FINE, **decided})


# ── no fine without a worksheet, none besides it ────────────────────────────────────────────────────────────────────


def test_no_fine_is_reported_without_a_worksheet():
    bureau = a_bureau()
    case = a_water_case(bureau)
    not_for_free(case, bureau)

    with pytest.raises(NotAllowed, match=r"先填写裁量计算表.*第四十一条"):
        report(case, bureau)

    assert not Worksheet.objects.exists()


def test_a_warning_alone_needs_no_worksheet():
    bureau = a_bureau()
    case = a_case(bureau, at="order_correction", register_lead={"offence": "medical_waste_register"})

    report(case, bureau, BEGINS + timedelta(14), kinds=["warning"], fine=None, regime_reason="")

    assert queries.fold(case, BEGINS)[0].proposal == "penalty" and not Worksheet.objects.exists()


@pytest.mark.parametrize("fine", [FINE - 1, FINE + 100, 100_000_000])
def test_no_other_amount_is_reported_than_the_worksheet_s(fine):
    bureau = a_bureau()
    case = a_water_case(bureau)
    not_for_free(case, bureau)
    weigh_by_table(case, bureau)

    with pytest.raises(NotAllowed, match="与裁量计算表的170,000元不一致"):
        report(case, bureau, fine=fine)

    report(case, bureau)


def test_no_fine_is_reported_under_another_text_than_the_worksheet_s():
    bureau = a_bureau()
    case = a_water_case(bureau)
    not_for_free(case, bureau)
    weigh_by_table(case, bureau)

    with pytest.raises(NotAllowed, match="裁量计算表所用的法律与报告适用的法律不一致"):
        report(case, bureau, regime="decision")


def test_no_fine_is_reported_in_another_tier_than_the_worksheet_s():
    bureau = a_bureau()
    case, on = a_case(bureau, at="order_correction", register_lead={"offence": "build_without_report"}), BEGINS + timedelta(14)
    plain = {"fine": 100_000_000, "regime_reason": ""}
    weigh(case, on, bureau=bureau, amount=100_000_000)

    with pytest.raises(NotAllowed, match="罚款档次与报告不一致"):
        report(case, bureau, on, tier="grave", **plain)

    weigh(case, on, bureau=bureau, amount=100_000_000, tier="grave")
    assert report(case, bureau, on, tier="grave", **plain).final


def test_no_other_amount_is_decided_than_the_worksheet_s():
    bureau = a_bureau()
    case = a_water_case(bureau)
    not_for_free(case, bureau)
    weigh_by_table(case, bureau)
    report(case, bureau)

    with pytest.raises(NotAllowed, match="与裁量计算表的170,000元不一致"):
        to_the_decision(case, bureau, fine=FINE - 100)

    assert take_plainly(case, "decide", bureau, days(8), kinds=["fine"], fine=FINE).final


def test_a_case_weighed_anew_after_the_report_is_reported_anew_before_the_party_is_told():
    bureau = a_bureau()
    case = a_water_case(bureau)
    not_for_free(case, bureau)
    weigh_by_table(case, bureau)
    report(case, bureau)
    take(case, "examine", days(1), bureau=bureau, result="pass")
    weigh_by_table(case, bureau, days(1), amount=LESS, departure_reason=WHY)

    with pytest.raises(NotAllowed, match="报告之后重新填写了裁量计算表"):
        take(case, "approve_notice", days(2), bureau=bureau)

    weigh_by_table(case, bureau, days(2))
    assert take(case, "approve_notice", days(2), bureau=bureau).final


def test_a_bureau_that_has_chosen_no_benchmark_is_asked_for_no_worksheet():
    bureau = a_bureau()
    case = a_water_case(bureau)
    standing, _ = queries.fold(case, REPORTED)
    facts = queries.facts(case, on=REPORTED, today=NOON.date())
    without = replace(facts, settings={key: one for key, one in facts.settings.items() if key != "benchmark"})
    values = {"proposal": "penalty", "kinds": ["fine"], "fine": FINE, "regime": "conduct"}
    guard = queries.GUARDS["fine_matches_worksheet"]

    assert guard(standing, facts, values, REPORTED)
    assert guard(standing, without, values, REPORTED) == []


# ── a departure from the benchmark ──────────────────────────────────────────────────────────────────────────────────


def test_a_departure_without_a_reason_is_refused():
    bureau = a_bureau()
    case = a_water_case(bureau)
    before = length(case)

    with pytest.raises(NotAllowed, match=r"须写明调整适用的理由.*国办发〔2022〕27号"):
        weigh_by_table(case, bureau, amount=LESS)

    assert (Worksheet.objects.count(), Paper.objects.filter(template="discretion_sheet").count()) == (0, 0)
    assert length(case) == before


def test_no_departure_is_decided_before_the_principal_head_approved_it():
    bureau = a_bureau()
    case = departed(bureau)

    with pytest.raises(NotAllowed, match=r"须经主要负责人批准.*或者集体讨论"):
        to_the_decision(case, bureau, fine=LESS)

    records.approve_departure(case.pk, "同意调整。", by=bureau["head"], on=days(8), now=NOON)
    assert take_plainly(case, "decide", bureau, days(8), kinds=["fine"], fine=LESS).final


def test_a_departure_that_the_heads_discussed_may_be_decided():
    bureau = a_bureau()
    case = departed(bureau)
    with pytest.raises(NotAllowed):
        to_the_decision(case, bureau, fine=LESS)

    take(case, "discuss", days(8), bureau=bureau, conclusion_kind="agree", voters=[bureau["leader"].pk, bureau["head"].pk])

    assert take_plainly(case, "decide", bureau, days(8), kinds=["fine"], fine=LESS).final


def test_an_approval_is_of_one_worksheet_and_no_other():
    bureau = a_bureau()
    case = departed(bureau)
    records.approve_departure(case.pk, "同意调整。", by=bureau["head"], on=days(1), now=NOON)
    weigh_by_table(case, bureau, days(1), amount=LESS, departure_reason="另一个理由。")

    with pytest.raises(NotAllowed, match="须经主要负责人批准"):
        to_the_decision(case, bureau, fine=LESS)


@pytest.mark.parametrize("slot", ["leader", "handler", "unit_head", "legal_reviewer", "admin"])
def test_an_approval_by_anybody_but_the_principal_head_is_refused(slot):
    bureau = a_bureau()
    case = departed(bureau)
    before = length(case)

    with pytest.raises(NotAllowed, match="主要负责人"):
        records.approve_departure(case.pk, "同意。", by=bureau[slot], on=days(1), now=NOON)

    assert length(case) == before


def test_an_approval_says_what_is_thought_and_is_not_older_than_the_worksheet():
    bureau = a_bureau()
    case = departed(bureau)

    with pytest.raises(NotAllowed, match="请写明批准的意见"):
        records.approve_departure(case.pk, " ", by=bureau["head"], on=days(1), now=NOON)
    with pytest.raises(NotAllowed, match="早于填表日期"):
        records.approve_departure(case.pk, "同意。", by=bureau["head"], on=days(-1), now=NOON)


def test_what_follows_the_benchmark_needs_no_approval_and_what_is_approved_none_again():
    bureau = a_bureau()
    plain, case = a_water_case(bureau), departed(bureau)
    weigh_by_table(plain, bureau)
    records.approve_departure(case.pk, "同意。", by=bureau["head"], on=days(1), now=NOON)

    with pytest.raises(NotAllowed, match="不需要批准"):
        records.approve_departure(plain.pk, "同意。", by=bureau["head"], on=days(1), now=NOON)
    with pytest.raises(NotAllowed, match="已经批准"):
        records.approve_departure(case.pk, "同意。", by=bureau["head"], on=days(1), now=NOON)


def test_of_a_benchmark_from_above_the_issuer_s_approval_is_asked():
    bureau = a_bureau()
    case = a_water_case(bureau)
    standing, _ = queries.fold(case, REPORTED)
    facts = queries.facts(case, on=REPORTED, today=NOON.date())
    ours = replace(facts, settings={**facts.settings, "benchmark": {"use": [BENCHMARK]}})
    scales = Scales(case, rulebook.load("jiangmen"), ours, standing, REPORTED)   # cn → guangdong → jiangmen

    bare = scales.weigh(asked(amount=LESS, departure_reason=WHY), ()).sheet
    with pytest.raises(NotAllowed, match="须报制定机关批准"):
        worksheet.check(bare, None)

    worksheet.check(scales.weigh(asked(amount=LESS, departure_reason=WHY, issuer_approval="粤环函〔2026〕1号"), ()).sheet, None)
    assert bare.approval == worksheet.ISSUER and not bare.borrowed


def test_a_benchmark_of_a_body_that_is_not_above_us_is_only_used_where_the_setting_says_that_it_is_borrowed():
    bureau = a_bureau()
    case = a_water_case(bureau)
    standing, _ = queries.fold(case, REPORTED)
    facts = queries.facts(case, on=REPORTED, today=NOON.date())
    silent = replace(facts, settings={**facts.settings, "benchmark": {"use": [BENCHMARK]}})
    book = queries.rulebook(bureau.org)

    with pytest.raises(NoRule, match="不适用于本机关"):
        Scales(case, book, silent, standing, REPORTED).weigh(asked(), ())

    assert "借用广东省" in Scales(case, book, facts, standing, REPORTED).weigh(asked(), ()).sheet.borrowed


# ── where no table can be applied ───────────────────────────────────────────────────────────────────────────────────


def test_where_nothing_rests_on_the_code_each_of_the_seven_factors_is_written_and_each_missing_one_named():
    bureau = a_bureau()
    case = a_case(bureau, at="order_correction")
    said = dict(SEVEN[:2])
    on = BEGINS + timedelta(14)

    with pytest.raises(NotAllowed) as refused:
        records.file_worksheet(
            case.pk, Asked(amount=500_000, factors={key: "已查明" for key in said}), by=bureau["handler"], on=on, now=NOON,
        )

    sentence = str(refused.value)
    assert all(label in sentence for _, label in SEVEN[2:]) and not any(label in sentence for label in said.values())


def test_a_table_that_rests_on_another_article_is_not_for_this_case():
    bureau = a_bureau()
    case = a_water_case(bureau)

    with pytest.raises(NotAllowed, match=r"裁量表 GD-2.7a 不依据所适用的条文"):
        weigh_by_table(case, bureau, regime="decision")
    with pytest.raises(NotAllowed, match=r"裁量表 GD-9.99 不依据"):
        weigh_by_table(case, bureau, table="GD-9.99")
    with pytest.raises(NotAllowed, match="请选择适用的法律"):
        weigh_by_table(case, bureau, regime="tomorrow")
    assert not Worksheet.objects.exists()


def test_a_fine_below_the_legal_minimum_needs_a_mitigation_and_none_is_above_the_maximum():
    bureau = a_bureau()
    case = a_water_case(bureau)

    with pytest.raises(NotAllowed, match=r"低于法定下限100,000元.*第三十二条"):
        weigh_by_table(case, bureau, amount=9_000_000, departure_reason=WHY)
    with pytest.raises(NotAllowed, match="高于法定上限1,000,000元"):
        weigh_by_table(case, bureau, amount=100_000_100, departure_reason=WHY, mitigation="主动消除危害后果")
    with pytest.raises(NotAllowed, match="须大于零"):
        weigh_by_table(case, bureau, amount=0, departure_reason=WHY, mitigation="主动消除危害后果")

    assert weigh_by_table(case, bureau, amount=9_000_000, departure_reason=WHY, mitigation="主动消除危害后果").departs


# ── who, when, on what evidence ─────────────────────────────────────────────────────────────────────────────────────


def test_nobody_but_a_handler_with_a_valid_card_fills_it_in():
    bureau = a_bureau()
    case = a_water_case(bureau)
    stranger = an_officer(bureau.org, "刘旁人", "officer", card=True)
    Card.objects.filter(officer=bureau["second_handler"]).update(expires_on=days(-1))

    for by, sentence in (
        (bureau["leader"], "执法人员"), (bureau["head"], "执法人员"), (stranger, "承办人"), (bureau["second_handler"], "到期"),
    ):
        with pytest.raises(NotAllowed, match=sentence):
            records.file_worksheet(case.pk, asked(), by=by, on=REPORTED, now=NOON)
    assert not Worksheet.objects.exists()

    assert weigh_by_table(case, bureau).filled_by == "张承办"


def test_no_worksheet_before_filing_nor_after_the_decision_nor_dated_tomorrow():
    bureau = a_bureau()
    early, late, case = a_water_case(bureau, at="lead"), a_case(bureau, at="decide"), a_water_case(bureau)

    with pytest.raises(NotAllowed, match="立案之后才能填写"):
        weigh_by_table(early, bureau)
    with pytest.raises(NotAllowed, match="已经作出决定"):
        weigh(late, BEGINS + timedelta(23), bureau=bureau, amount=500_000)
    with pytest.raises(NotAllowed, match="在今天之后"):
        weigh_by_table(case, bureau, NOON.date() + timedelta(1))
    with pytest.raises(NotAllowed, match="早于2026-08-15"):
        weigh_by_table(case, bureau, date(2026, 8, 14))


def test_an_exhibit_that_is_not_registered_proves_nothing():
    bureau = a_bureau()
    case = a_water_case(bureau)

    with pytest.raises(NotAllowed, match="证据7没有登记在本案"):
        weigh_by_table(case, bureau, findings=Findings(levels=LEVELS, evidence={"超标情况": (7,)}))

    assert not Worksheet.objects.exists()


# ── what is kept ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_entry_in_the_ledger_is_the_row_and_the_chain_holds(capsys):
    bureau = a_bureau()
    case = a_water_case(bureau)

    row = weigh_by_table(case, bureau)

    entry = entries_of(case.pk)[-1]
    assert (entry.kind, entry.step, entry.seq, entry.on, entry.by.name) == ("register", "worksheet", row.seq, row.on, row.filled_by)
    assert json.loads(json.dumps(dict(entry.values))) == row.data
    assert (row.amount, row.computed, row.departs) == (FINE, FINE, False)
    assert any("guangdong/benchmarks/2022" in ref.file for ref in entry.rules)
    case.dossier.refresh_from_db()
    assert verify(case.dossier) == case.dossier.head and queries.drift(case) == []
    assert main(["verify"]) == 0 and "0" in capsys.readouterr().out


def test_a_row_that_was_changed_or_lost_is_told_from_its_entry(capsys):
    bureau = a_bureau()
    case = a_water_case(bureau)
    row = weigh_by_table(case, bureau)

    Worksheet.objects.update(amount=1)
    changed = queries.drift(case)
    Worksheet.objects.all().delete()

    assert changed == [f"裁量计算表（台账第{row.seq}条）：登记为1，按台账应为{FINE}"]
    assert queries.drift(case) == [f"裁量计算表（台账第{row.seq}条）：登记为无，按台账应为{FINE}"]
    assert main(["verify"]) == 1 and "裁量计算表" in capsys.readouterr().out


def test_the_annex_is_drawn_up_and_the_same_lines_stand_in_report_notice_and_decision():
    bureau = a_bureau()
    case = a_water_case(bureau)
    not_for_free(case, bureau)
    row = weigh_by_table(case, bureau)

    report(case, bureau)
    to_the_decision(case, bureau)

    lines = row.data["computation"]["lines"]
    wanted = [[line[key] or "/" for key in ("label", "told", "sum", "source")] for line in lines]
    for template in ("discretion_sheet", "investigation_report", "prior_notice", "penalty_decision"):
        content = json.loads(Paper.objects.get(dossier=case.pk, template=template).content)
        assert rows_with(content, wanted[0][0]) == wanted, template
    annex = Paper.objects.get(dossier=case.pk, template="discretion_sheet")
    assert entries_of(case.pk)[row.seq - 1].papers == ((annex.template, annex.number, annex.sha256),)
    assert "不代表湖北省、武汉市的规定" in annex.content


def rows_with(content, first):
    """The rows of the table in a paper that begins with `first`, without their numbers."""
    tables = [[row[1:] for row in block["rows"]] for block in content["blocks"] if block["kind"] == "table"]
    return next((rows for rows in tables if rows[0][0] == first), [])


def test_a_refused_worksheet_leaves_nothing_behind():
    bureau = a_bureau()
    case = a_water_case(bureau)
    before = (length(case), Paper.objects.count())

    with pytest.raises(NotAllowed):
        weigh_by_table(case, bureau, amount=9_000_000)

    assert (length(case), Paper.objects.count(), Worksheet.objects.count()) == (*before, 0)

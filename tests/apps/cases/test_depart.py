"""To depart from the benchmark: passing its table over is a departure too, it waits on the principal head's desk, and the paper
says who let it be."""

from datetime import date, timedelta

import pytest

from huanfa.apps.cases import records
from huanfa.apps.cases.shown.work import desk
from huanfa.apps.cases.weighing import Asked
from huanfa.apps.papers.models import Paper
from huanfa.core.discretion.worksheet import SEVEN
from huanfa.core.errors import NotAllowed
from tests.apps.builders import NOON, a_bureau, a_case, take
from tests.apps.cases.a_water_case import (
    REPORTED,
    REVIEW,
    a_water_case,
    not_for_free,
    report,
    take_plainly,
    weigh_by_table,
)

pytestmark = pytest.mark.django_db
LESS = 12_000_000
WHY = "当事人已投入大额治理资金，按基准处罚明显过重。"
FACTORS = {key: f"示例{label}" for key, label in SEVEN}


def waits(bureau) -> list[str]:
    """What waits for the principal head."""
    return [row["step"] for row in desk(bureau["head"], today=date(2026, 11, 24)).signing]


def test_passing_over_a_table_that_rests_on_the_provision_is_a_departure():
    bureau = a_bureau()
    case = a_water_case(bureau)
    plain = Asked(regime="conduct", amount=LESS, factors=FACTORS)

    with pytest.raises(NotAllowed, match=r"有依据所适用条文的裁量表（GD-2.7a）；不按它计算的，属于调整适用"):
        records.file_worksheet(case.pk, plain, by=bureau["handler"], on=REPORTED, now=NOON)

    told = Asked(regime="conduct", amount=LESS, factors=FACTORS, departure_reason=WHY)
    assert records.file_worksheet(case.pk, told, by=bureau["handler"], on=REPORTED, now=NOON).departs


def test_where_no_table_rests_on_the_provision_nothing_is_departed_from():
    bureau = a_bureau()
    case = a_case(bureau, at="order_correction")

    plain = Asked(amount=500_000, factors=FACTORS)
    sheet = records.file_worksheet(case.pk, plain, by=bureau["handler"], on=date(2026, 9, 11), now=NOON)

    assert not sheet.departs and waits(bureau) == []


def test_a_departure_waits_on_the_principal_head_s_desk_until_it_is_approved():
    bureau = a_bureau()
    case = a_water_case(bureau)
    weigh_by_table(case, bureau, amount=LESS, departure_reason=WHY)
    assert waits(bureau) == ["批准调整适用裁量基准"]

    records.approve_departure(case.pk, "同意调整。", by=bureau["head"], on=REPORTED, now=NOON)

    assert waits(bureau) == []


def test_a_departure_that_was_weighed_back_no_longer_waits():
    bureau = a_bureau()
    case = a_water_case(bureau)
    weigh_by_table(case, bureau, amount=LESS, departure_reason=WHY)

    weigh_by_table(case, bureau)

    assert waits(bureau) == []


def test_the_decision_says_who_let_the_fine_depart_from_the_benchmark():
    bureau = a_bureau()
    case = a_water_case(bureau)
    weigh_by_table(case, bureau, amount=LESS, departure_reason=WHY)
    not_for_free(case, bureau)
    report(case, bureau, fine=LESS)
    records.approve_departure(case.pk, "同意调整。", by=bureau["head"], on=REPORTED + timedelta(1), now=NOON)
    for step, days, given in (
        ("examine", 1, {"result": "pass"}), ("approve_notice", 2, {}), ("serve_notice", 3, {"service_mode": "direct"}),
        ("waive_defence", 6, {"hearing_too": False}), ("legal_review", 7, {"opinion_kind": "agree", **REVIEW}),
    ):
        take(case, step, REPORTED + timedelta(days), bureau=bureau, **given)

    take_plainly(case, "decide", bureau, REPORTED + timedelta(8), kinds=["fine"], fine=LESS)

    decision = Paper.objects.get(dossier=case.pk, template="penalty_decision")
    assert "上述调整适用裁量基准，已于2026年8月27日经本机关主要负责人批准。" in decision.content

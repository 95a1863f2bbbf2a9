"""The path of docs/tour.md, walked through the actions: what stands after each stage, and that nothing is half done."""

import json
from datetime import timedelta

import pytest

from huanfa.apps.cases import actions, queries
from huanfa.apps.cases.models import Case, Deadline, Pending
from huanfa.apps.ledger.models import Entry
from huanfa.apps.ledger.queries import verify
from huanfa.apps.papers.models import NumberSeries, Paper
from huanfa.core.errors import MissingValues, NotAllowed
from huanfa.core.papers import gaps
from tests.apps.builders import BEGINS, NOON, a_bureau, a_case, take

pytestmark = pytest.mark.django_db


def test_filing_takes_effect_with_the_last_signature_and_opens_the_ninety_days():
    bureau = a_bureau()
    case = a_case(bureau)

    take(case, "file", BEGINS + timedelta(3), bureau=bureau, signatures=2)
    case.refresh_from_db()
    assert case.filed_on is None
    assert Pending.objects.get(case=case).slot == "leader"
    assert not Paper.objects.filter(dossier=case.pk, template="filing_approval").exists()

    actions.take(case.pk, "file", {}, by=bureau["leader"], on=BEGINS + timedelta(4), now=NOON)

    case.refresh_from_db()
    assert case.filed_on == BEGINS + timedelta(4)
    assert Deadline.objects.get(case=case, term="decide_within", ended="").remind == BEGINS + timedelta(94)
    paper = Paper.objects.get(dossier=case.pk, template="filing_approval")
    boxes = [block for block in json.loads(paper.content)["blocks"] if block["kind"] == "opinion"]
    assert "周分管" in json.dumps(boxes, ensure_ascii=False)


def test_a_whole_case_leaves_a_whole_file():
    case = a_case(at="archive")

    standing, entries = queries.fold(case, BEGINS)
    assert standing.ended == "archived"
    assert verify(case.dossier) == entries[-1].hash
    drawn = {(paper.template, paper.number, paper.sha256) for paper in Paper.objects.filter(dossier=case.pk)}
    assert drawn == {paper for entry in entries for paper in entry.papers}
    assert {"penalty_decision", "prior_notice", "legal_review", "closing_approval", "volume_contents"} <= {one for one, _, _ in drawn}
    assert Deadline.objects.filter(case=case, ended="", holder="body").exclude(term__startswith="limitation").count() == 0


def test_decision_names_the_body_and_the_relief_of_its_day():
    bureau = a_bureau()
    later = a_case(bureau, at="decide")
    earlier = a_case(bureau, at="decide", begins=BEGINS.replace(month=3))
    text = {case.pk: Paper.objects.get(dossier=case.pk, template="penalty_decision").content for case in (later, earlier)}

    assert "武汉市生态环境局江汉区分局" in text[later.pk] and "武汉市江汉区人民政府" in text[later.pk]
    assert "江汉区人民政府" not in text[earlier.pk]
    assert "《中华人民共和国大气污染防治法》第一百二十条" in text[earlier.pk]
    assert "《中华人民共和国生态环境法典》第一千一百三十三条" in text[later.pk]


def test_a_refused_step_leaves_nothing_behind():
    bureau = a_bureau()
    case = a_case(bureau, at="serve_notice")
    before = (Entry.objects.count(), Paper.objects.count(), list(NumberSeries.objects.values_list("code", "last")))

    with pytest.raises(NotAllowed):
        take(case, "decide", BEGINS + timedelta(18), bureau=bureau, kinds=["fine"], fine=500_000)

    assert (Entry.objects.count(), Paper.objects.count(), list(NumberSeries.objects.values_list("code", "last"))) == before


def test_a_paper_that_would_be_half_filled_holds_the_step_back_and_gives_its_number_back():
    bureau = a_bureau()
    case = a_case(bureau, at="file")
    case.party.legal_rep = ""
    case.party.save()
    before = Entry.objects.count()

    with pytest.raises(MissingValues, match="法定代表人"):
        take(case, "order_correction", BEGINS + timedelta(9), bureau=bureau, service_mode="direct", correct_by="2026-09-30")

    assert Entry.objects.count() == before + 2  # two signatures of three stand, the last one did not
    assert not NumberSeries.objects.filter(code="环责改", last__gt=0).exists()


def test_numbers_of_a_year_run_without_gaps():
    bureau = a_bureau()
    for _ in range(3):
        a_case(bureau, at="decide")

    numbers = list(Paper.objects.exclude(number="").values_list("number", flat=True))

    assert len(numbers) == len(set(numbers)) >= 9
    assert gaps(numbers) == ()


def test_the_stored_stage_is_what_the_entries_fold_to():
    case = a_case(at="legal_review")
    assert queries.drift(case) == []

    Case.objects.filter(pk=case.pk).update(stage="archive", fine=999)
    case.refresh_from_db()

    assert [line.split("：")[0] for line in queries.drift(case)] == ["阶段", "罚款（分）"]

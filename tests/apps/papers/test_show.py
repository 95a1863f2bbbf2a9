"""Finished papers on screen and as files; a paper tampered with is not handed out; other bureaux' papers are not there."""

import io

import pytest
from django.db import connection
from pypdf import PdfReader

from huanfa.apps.ledger.guard import statements
from huanfa.apps.papers.models import NumberSeries, Paper
from tests.apps.builders import a_bureau, a_case, a_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return a_bureau()


@pytest.fixture
def decision(bureau):
    case = a_case(bureau, at="decide")
    return Paper.objects.get(dossier=case.pk, template="penalty_decision")


def test_a_decision_is_shown_page_by_page_and_given_as_pdf_and_word(bureau, decision):
    client = a_client(bureau["handler"])

    page = client.get(f"/papers/{decision.pk}/")
    pdf = client.get(f"/papers/{decision.pk}/pdf/")
    docx = client.get(f"/papers/{decision.pk}/docx/")

    assert decision.number in page.content.decode()
    assert client.get(f"/papers/{decision.pk}/pages/1.png")["Content-Type"] == "image/png"
    assert client.get(f"/papers/{decision.pk}/pages/99.png").status_code == 404
    text = "".join(part.extract_text() for part in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "行政处罚决定书" in text and "贰拾" not in text and "伍仟元整" in text
    assert docx.content[:2] == b"PK"


def test_the_register_finds_a_paper_by_number_and_kind(bureau, decision):
    client = a_client(bureau["handler"])

    found = client.get("/papers/", {"q": decision.number, "template": "penalty_decision", "year": decision.on.year}).content.decode()

    assert f"/papers/{decision.pk}/" in found
    assert "没有符合的文书" in client.get("/papers/", {"q": "不存在的文号"}).content.decode()
    assert decision.number in client.get("/papers/file/").content.decode("utf-8-sig")


def test_the_papers_of_another_bureau_are_not_there(decision):
    stranger = a_client(a_bureau("硚口区分局", "/42/4201/420104/")["handler"])

    for part in ("", "pdf/", "docx/", "pages/1.png"):
        assert stranger.get(f"/papers/{decision.pk}/{part}").status_code == 404
    assert decision.number not in stranger.get("/papers/").content.decode()


def test_a_paper_changed_past_the_guard_is_not_handed_out(bureau, decision):
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor, "papers_paper", create=False):
            cursor.execute(statement)
        cursor.execute("UPDATE papers_paper SET content = replace(content, '伍仟', '伍佰') WHERE id = %s", [decision.pk])
    client = a_client(bureau["handler"])

    for part in ("", "pdf/", "docx/"):
        answer = client.get(f"/papers/{decision.pk}/{part}")
        assert answer.status_code == 409
        assert "与登记时的摘要不符" in answer.content.decode()


def test_a_number_that_no_paper_bears_is_shown_as_missing(bureau, decision):
    client = a_client(bureau["handler"])
    assert "没有空号" in client.get("/papers/numbers/").content.decode()

    with connection.cursor() as cursor:
        for statement in statements(connection.vendor, "papers_paper", create=False):
            cursor.execute(statement)
    Paper.objects.filter(pk=decision.pk).update(number=decision.number.replace("〕1号", "〕3号"))
    NumberSeries.objects.filter(code="环罚").update(last=3)

    assert decision.number in client.get("/papers/numbers/").content.decode()


def test_a_name_with_a_character_that_no_font_has_holds_the_paper_back(bureau):
    from huanfa.core.errors import NotAllowed
    from tests.apps.builders import a_party

    with pytest.raises(NotAllowed, match="都没有的字"):
        a_case(bureau, at="file", party=a_party(bureau.org, "示例\ue123汽修"))


def test_a_paper_that_its_entry_does_not_cite_is_told(bureau, decision):
    client = a_client(bureau["handler"])
    assert "台账完整" in client.get(f"/papers/{decision.pk}/").content.decode()

    with connection.cursor() as cursor:
        for statement in statements(connection.vendor, "papers_paper", create=False):
            cursor.execute(statement)
    Paper.objects.filter(pk=decision.pk).update(seq=decision.seq - 1)

    assert "没有记载这一摘要" in client.get(f"/papers/{decision.pk}/").content.decode()


def test_a_last_number_without_its_paper_is_shown_as_missing_too(bureau, decision):
    NumberSeries.objects.filter(code="环罚").update(last=2)

    assert decision.number.replace("〕1号", "〕2号") in a_client(bureau["handler"]).get("/papers/numbers/").content.decode()

"""The ledger's pages: a chain that holds is said to hold, the first bad entry is named, a day is sealed once."""

import hashlib
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from huanfa.apps.ledger.actions import seal_day
from huanfa.apps.ledger.guard import statements
from huanfa.apps.ledger.models import Checkpoint, Entry
from huanfa.core.ledger.checkpoint import Head, leads_to
from huanfa.core.ledger.entry import canonical
from tests.apps.builders import NOON, Bureau, a_bureau, a_case, a_client, an_officer, an_org

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def bureau() -> Bureau:
    return a_bureau()


def tamper(sql: str, *values: object) -> None:
    """What somebody with the database's keys could do: lift the guard, change rows, put it back."""
    with connection.cursor() as cursor:
        for table in ("ledger_entry", "ledger_checkpoint"):
            for statement in statements(connection.vendor, table, create=False):
                cursor.execute(statement)
        cursor.execute(sql, values)
        for table in ("ledger_entry", "ledger_checkpoint"):
            for statement in statements(connection.vendor, table, create=True):
                cursor.execute(statement)


def page_of(bureau: Bureau, dossier: int, **query: object) -> str:
    """The dossier's page."""
    return a_client(bureau["supervisor"]).get(reverse("ledger_dossier", args=[dossier]), query).content.decode()


def test_a_whole_chain_is_said_to_be_whole(bureau: Bureau):
    case = a_case(bureau, at="file")

    page = page_of(bureau, case.pk)

    assert "台账完整" in page
    assert case.dossier.head in page
    assert "立案" in page and "周分管" in page


def test_the_first_entry_that_was_changed_is_named(bureau: Bureau):
    case = a_case(bureau, at="file")
    sql = "UPDATE ledger_entry SET data = replace(data, '张承办', '别的人') WHERE dossier_id = %s AND seq = 2"
    tamper(sql, case.pk)

    page = page_of(bureau, case.pk)

    assert "台账不符" in page
    assert "第 2 条：内容与登记时的摘要不符" in page
    assert "此条不符" in page


def test_an_entry_that_can_no_longer_be_read_does_not_break_the_page(bureau: Bureau):
    case = a_case(bureau, at="file")
    tamper("UPDATE ledger_entry SET data = '{' WHERE dossier_id = %s AND seq = 1", case.pk)

    assert "第 1 条：内容已无法读取" in page_of(bureau, case.pk)


def test_a_tail_cut_off_together_with_the_dossiers_row_is_found_by_the_checkpoint(bureau: Bureau):
    case = a_case(bureau, at="file")
    seal_day(TODAY)
    last = Entry.objects.filter(dossier=case.pk).order_by("-seq").first()
    before = Entry.objects.get(dossier=case.pk, seq=last.seq - 1)
    tamper("DELETE FROM ledger_entry WHERE dossier_id = %s AND seq = %s", case.pk, last.seq)
    tamper("UPDATE ledger_dossier SET length = %s, head = %s WHERE id = %s", before.seq, before.hash, case.pk)

    page = page_of(bureau, case.pk)

    assert "检查点封存的末条不符" in page
    assert a_client(bureau["supervisor"]).get(reverse("ledger_export", args=[case.pk])).status_code == 409


def test_an_exported_dossier_can_be_checked_without_the_system(bureau: Bureau):
    case = a_case(bureau, at="inspect_site")
    a_case(bureau, at="file")
    seal_day(TODAY)

    data = json.loads(a_client(bureau["handler"]).get(reverse("ledger_export", args=[case.pk])).content)

    prev = "0" * 64
    for one in data["entries"]:
        assert one["entry"]["prev"] == prev
        prev = hashlib.sha256(canonical(one["entry"])).hexdigest()
        assert prev == one["hash"]
    point = data["checkpoint"]
    head = Head(data["dossier"]["key"], point["sealed"]["length"], point["sealed"]["hash"])
    assert head.hash == prev
    assert leads_to(head, [tuple(step) for step in point["way"]], json.loads(point["message"])["root"])


def test_a_day_is_sealed_once(bureau: Bureau):
    a_case(bureau)
    first, second = StringIO(), StringIO()

    call_command("seal_day", stdout=first)
    call_command("seal_day", stdout=second)

    point = Checkpoint.objects.get()
    assert point.day == TODAY
    assert f"已封存2026-11-24：1 份案卷，总摘要 {point.root}" in first.getvalue()
    assert point.public_key in first.getvalue()
    assert "没有重复封存" in second.getvalue()


def test_a_day_to_come_cannot_be_sealed():
    with pytest.raises(CommandError, match="今天之后"):
        call_command("seal_day", day=TODAY + timedelta(1))


def test_a_checkpoint_shows_whether_it_holds(bureau: Bureau):
    a_case(bureau)
    seal_day(TODAY - timedelta(1))
    seal_day(TODAY)
    client = a_client(bureau["supervisor"])
    address = reverse("checkpoint", args=[TODAY])

    assert "签名有效" in client.get(address).content.decode()
    assert Checkpoint.objects.first().root in client.get(reverse("checkpoints")).content.decode()

    tamper("UPDATE ledger_checkpoint SET root = %s WHERE day = %s", "0" * 64, str(TODAY - timedelta(1)))

    assert "台账不符" in client.get(address).content.decode()


def test_what_is_published_of_a_day_names_no_dossier(bureau: Bureau):
    a_case(bureau)
    seal_day(TODAY)

    data = json.loads(a_client(bureau["supervisor"]).get(reverse("checkpoint_export", args=[TODAY])).content)

    assert set(data) == {"message", "signature", "public_key"}
    assert "case-" not in data["message"]


def test_a_long_chain_is_shown_in_parts(bureau: Bureau):
    case = a_case(bureau, at="archive")
    length = case.dossier.length

    assert f"共 {length} 条" in page_of(bureau, case.pk)
    assert f'id="entry-{length}"' in page_of(bureau, case.pk, entry=length)
    assert "entry-1" in page_of(bureau, case.pk, entry="nonsense")


def test_the_list_is_searched_by_title_and_kind(bureau: Bureau):
    case = a_case(bureau)
    client = a_client(bureau["supervisor"])

    assert case.name in client.get(reverse("ledger"), {"q": "晨光", "kind": "case"}).content.decode()
    assert case.name not in client.get(reverse("ledger"), {"kind": "visits"}).content.decode()


def test_a_dossier_of_another_bureau_does_not_exist_here(bureau: Bureau):
    case = a_case(bureau)
    stranger = a_client(an_officer(an_org("硚口区分局", "/42/4201/420104/"), "外人", "supervisor"))

    for name in ("ledger_dossier", "ledger_export"):
        assert stranger.get(reverse(name, args=[case.pk])).status_code == 404
    assert case.name not in stranger.get(reverse("ledger")).content.decode()

"""People: cards that serve or do not, roles between dates, class hours against the year's threshold."""

from datetime import date

import pytest
from django.urls import reverse

from huanfa.apps.ledger.models import Dossier
from huanfa.apps.ledger.queries import entries_of, verify
from huanfa.apps.officers import actions, queries
from huanfa.apps.officers.models import Officer, RoleGrant, Training
from tests.apps.builders import NOON, Bureau, a_bureau, a_client, an_officer, an_org

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def bureau() -> Bureau:
    return a_bureau()


def state(officer: Officer, on: date = TODAY) -> str:
    """How the officer's card stands."""
    return queries.card_state(queries.person(Officer.objects.get(pk=officer.pk)), on).id


def register(bureau: Bureau, year: int = 2026) -> list[str]:
    """What the people's register of a year records."""
    dossier = Dossier.objects.get(kind="people", key=f"people-{bureau.org.pk}-{year}")
    verify(dossier)
    return [entry.step for entry in entries_of(dossier.pk)]


def test_a_card_serves_until_its_last_day_and_warns_ninety_days_before(bureau: Bureau):
    officer = an_officer(bureau.org, "甲", "officer", card=True, expires=date(2026, 12, 31))

    days = [date(2026, 10, 1), date(2026, 10, 2), date(2026, 12, 31), date(2027, 1, 1)]
    assert [state(officer, day) for day in days] == ["ok", "soon", "soon", "expired"]


def test_a_suspended_card_does_not_serve(bureau: Bureau):
    officer = bureau["handler"]
    actions.suspend_card(
        officer.cards.get(), date(2026, 11, 1), date(2026, 11, 30), "待核查", by=bureau["admin"], now=NOON
    )

    assert [state(officer, day) for day in (date(2026, 10, 31), TODAY, date(2026, 12, 1))] == ["ok", "suspended", "ok"]
    assert register(bureau) == ["suspend_card"]


def test_the_list_finds_expired_cards(bureau: Bureau):
    an_officer(bureau.org, "证到期", "officer", card=True, expires=date(2026, 11, 23))

    page = a_client(bureau["supervisor"]).get(reverse("officers"), {"card": "expired"}).content.decode()

    assert "证到期" in page
    assert "张承办" not in page


def test_an_admin_registers_a_person_with_card_and_role(bureau: Bureau):
    admin = a_client(bureau["admin"])

    answer = admin.post(reverse("officer_new"), {
        "name": "新人", "username": "xinren", "password": "yi-ge-chang-kouling", "post": "科员", "phone": "",
    })
    person = Officer.objects.get(name="新人")
    card = admin.post(reverse("card_issue", args=[person.pk]), {
        "number": "示例9001", "issued_on": "2026-01-01", "expires_on": "2030-12-31",
    })
    role = admin.post(reverse("role_grant", args=[person.pk]), {"role": "officer", "begins": "2026-11-24", "until": ""})

    assert [one.status_code for one in (answer, card, role)] == [303, 303, 303]
    assert state(person) == "ok"
    assert "执法人员" in admin.get(reverse("officer", args=[person.pk])).content.decode()
    assert register(bureau) == ["add_officer", "issue_card", "grant_role"]
    assert "yi-ge-chang-kouling" not in str([one.values for one in entries_of(Dossier.objects.get().pk)])


def test_a_weak_password_and_a_taken_account_are_refused(bureau: Bureau):
    admin, name = a_client(bureau["admin"]), bureau["handler"].user.username
    values = {"name": "新人", "username": name, "password": "yi-ge-chang-kouling"}

    weak = admin.post(reverse("officer_new"), {**values, "username": "xinren", "password": "12345678901"})
    taken = admin.post(reverse("officer_new"), values)

    assert weak.status_code == taken.status_code == 400
    assert "已有人使用" in taken.content.decode()


def test_a_refused_card_keeps_what_was_typed_and_writes_nothing(bureau: Bureau):
    person = bureau["finance"]
    values = {"number": "示例9002", "issued_on": "2026-01-02", "expires_on": "2026-01-01"}

    answer = a_client(bureau["admin"]).post(reverse("card_issue", args=[person.pk]), values)

    assert answer.status_code == 400
    assert "有效期应晚于发证日期" in answer.content.decode()
    assert "示例9002" in answer.content.decode()
    assert not Dossier.objects.filter(kind="people").exists()


def test_nobody_gives_or_takes_a_role_of_their_own(bureau: Bureau):
    head = a_client(bureau["unit_head"])
    own = RoleGrant.objects.get(officer=bureau["unit_head"])

    give = head.post(reverse("role_grant", args=[bureau["unit_head"].pk]), {"role": "head", "begins": "2026-11-24"})
    take = head.post(reverse("role_end", args=[bureau["unit_head"].pk, own.pk]), {"until": "2026-11-24"})

    assert (give.status_code, take.status_code) == (403, 403)


def test_only_an_admin_makes_an_admin(bureau: Bureau):
    values = {"role": "admin", "begins": "2026-11-24"}
    address = reverse("role_grant", args=[bureau["handler"].pk])

    assert a_client(bureau["unit_head"]).post(address, values).status_code == 400
    assert a_client(bureau["admin"]).post(address, values).status_code == 303


def test_a_role_ended_is_still_held_on_its_last_day(bureau: Bureau):
    grant = RoleGrant.objects.get(officer=bureau["publicist"])

    a_client(bureau["admin"]).post(reverse("role_end", args=[grant.officer_id, grant.pk]), {"until": "2026-11-24"})

    person = queries.person(Officer.objects.get(pk=grant.officer_id))
    assert person.has_role("publicist", TODAY)
    assert not person.has_role("publicist", date(2026, 11, 25))


def test_one_course_of_several_officers_is_one_entry_and_a_row_each(bureau: Bureau):
    answer = a_client(bureau["unit_head"]).post(reverse("training_record"), {
        "on": "2026-03-05", "hours": "16", "course": "一月一法", "kind": "新法律法规", "officers": bureau.two,
    })

    assert answer.status_code == 303
    assert register(bureau) == ["record_training"]
    assert sorted(Training.objects.values_list("officer_id", "hours")) == [(pk, 16) for pk in bureau.two]


def test_training_in_the_future_is_refused(bureau: Bureau):
    answer = a_client(bureau["admin"]).post(reverse("training_record"), {
        "on": "2026-11-25", "hours": "16", "course": "一月一法", "kind": "新法律法规", "officers": bureau.two,
    })

    assert answer.status_code == 400
    assert "培训日期在今天之后" in answer.content.decode()


def test_an_officers_page_sets_the_hours_of_each_year_beside_what_that_year_wanted(bureau: Bureau):
    for year in (2025, 2026):
        actions.record_training(
            [bureau["handler"]], date(year, 3, 1), "专题", "专门法律知识", 45, by=bureau["admin"], now=NOON
        )

    page = a_client(bureau["handler"]).get(reverse("officer", args=[bureau["handler"].pk])).content.decode()

    assert page.count("40 学时，每名执法人员每年培训学时（本机关）") == 2
    assert page.count("60 学时，每名执法人员每年培训学时（国家纲要）") == 1
    assert "差 15" in page


def test_the_national_outline_is_not_carried_past_its_own_years(bureau: Bureau):
    assert set(queries.hours_wanted(bureau.org, 2025)) == {"training_hours", "training_hours_national"}
    assert set(queries.hours_wanted(bureau.org, 2026)) == {"training_hours"}


@pytest.mark.parametrize("name", ["card_issue", "card_suspend", "role_grant"])
def test_an_officer_and_a_supervisor_manage_nobody(bureau: Bureau, name: str):
    for slot in ("handler", "supervisor", "leader"):
        assert a_client(bureau[slot]).post(reverse(name, args=[bureau["second_handler"].pk]), {}).status_code == 403


def test_a_person_of_another_bureau_does_not_exist_here(bureau: Bureau):
    stranger = an_officer(an_org("硚口区分局", "/42/4201/420104/"), "外人", "officer", card=True)

    assert a_client(bureau["admin"]).get(reverse("officer", args=[stranger.pk])).status_code == 404
    assert a_client(bureau["admin"]).post(reverse("card_issue", args=[stranger.pk]), {}).status_code == 404
    assert "外人" not in a_client(bureau["admin"]).get(reverse("officers_file")).content.decode()

"""One file a party: codes that hold together, changes with a reason, identity numbers shown only where needed."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from huanfa.apps.parties import actions, codes
from huanfa.apps.parties.models import Party
from huanfa.core.errors import NotAllowed
from tests.apps.builders import NOON, Bureau, a_bureau, a_case, a_client, an_officer, an_org

pytestmark = pytest.mark.django_db

FIRM = {
    "kind": "legal_person", "name": "江城示例汽车维修有限公司", "code": "91420103MA4E100003", "legal_rep": "何示例",
    "legal_rep_post": "经理", "operator": "", "address": "武汉市江汉区示例路1号", "phone": "027-00000000",
    "trade": "汽车修理",
}
CITIZEN = {"kind": "citizen", "name": "示例人", "code": "420103199001010010", "address": "武汉市江汉区示例路2号"}


@pytest.fixture
def bureau() -> Bureau:
    return a_bureau()


@pytest.fixture
def client(bureau: Bureau) -> Client:
    return a_client(bureau["handler"])


def a_code(code: str) -> str:
    """The code with the check digit it should have."""
    return code[:-1] + (codes.uscc.calc_check_digit(code))


def make(bureau: Bureau, **values: str) -> Party:
    """A file opened by the handler."""
    said = {**FIRM, **values}
    said["code"] = said["code"] if said["kind"] == "citizen" else a_code(said["code"])
    return actions.create(said, by=bureau["handler"], on=NOON.date())


@pytest.mark.parametrize(
    ("kind", "code", "sentence"),
    [
        ("legal_person", "9142010", "应为18位，现为7位"),
        ("legal_person", "91110000600037342L", "校验码不符"),
        ("legal_person", "9111000060003734IL", "不该出现的字符"),
        ("legal_person", "420103199001010010", "这是公民身份号码，请核对类型"),
        ("citizen", "420103199001010011", "校验码不符"),
        ("citizen", "420103199013010018", "出生日期"),
        ("citizen", "42010319900101O010", "不该出现的字符"),
        ("citizen", "91110000600037341L", "这是统一社会信用代码，请核对类型"),
    ],
)
def test_a_code_that_does_not_hold_together_is_refused_with_the_reason(kind: str, code: str, sentence: str):
    assert sentence in codes.fault(kind, code)


def test_blanks_dashes_and_small_letters_are_put_right():
    assert codes.clean(" 9111 0000-600037341l ") == "91110000600037341L"
    assert codes.fault("legal_person", codes.clean(" 9111 0000-600037341l ")) == ""


def test_one_party_has_one_file(bureau: Bureau):
    first = make(bureau)

    with pytest.raises(NotAllowed, match="一户一档") as refusal:
        make(bureau, name="另一名称")

    assert refusal.value.reasons[0].field == "code"
    assert list(Party.objects.all()) == [first]


def test_another_bureau_may_have_a_file_of_the_same_party(bureau: Bureau):
    make(bureau)
    other = a_bureau("硚口区分局", "/42/4201/420104/")

    assert make(other).org == other.org


def test_an_individual_business_needs_its_operator(bureau: Bureau):
    with pytest.raises(NotAllowed, match="经营者姓名"):
        make(bureau, kind="individual_business")


def test_particulars_that_a_kind_does_not_have_are_not_kept(bureau: Bureau):
    person = make(bureau, **{**CITIZEN, "legal_rep": "不应有"})

    assert person.legal_rep == ""


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(client: Client):
    answer = client.post(reverse("party_new"), {**FIRM, "code": "91420103MA4E10000X"})

    assert answer.status_code == 400
    page = answer.content.decode()
    assert "校验码不符" in page
    assert "江城示例汽车维修有限公司" in page
    assert not Party.objects.exists()


def test_a_new_file_goes_back_with_its_id_to_the_page_that_wanted_it(client: Client):
    address = f"{reverse('party_new')}?next=/cases/new/%3Foffence%3Dx"

    answer = client.post(address, {**FIRM, "code": a_code(FIRM["code"])})

    assert answer.status_code == 303
    assert answer["Location"] == f"/cases/new/?offence=x&party={Party.objects.get().pk}"


def test_no_page_elsewhere_is_gone_back_to(client: Client):
    answer = client.post(
        f"{reverse('party_new')}?next=https://elsewhere.example/", {**FIRM, "code": a_code(FIRM["code"])}
    )

    assert answer["Location"] == reverse("party", args=[Party.objects.get().pk])


def test_a_change_needs_a_reason_and_keeps_what_was_before(bureau: Bureau, client: Client):
    party = make(bureau)
    values = {**FIRM, "code": party.code, "legal_rep": "新代表", "seen": "1"}

    refused = client.post(reverse("party_edit", args=[party.pk]), values)
    changed = client.post(reverse("party_edit", args=[party.pk]), {**values, "reason": "见新营业执照"})

    assert (refused.status_code, changed.status_code) == (400, 303)
    party.refresh_from_db()
    kept = party.changes.first()
    assert party.legal_rep == "新代表"
    assert "新代表" in party.search
    assert (kept.reason, kept.before["legal_rep"], kept.after["legal_rep"]) == ("见新营业执照", "何示例", "新代表")
    assert "何示例 → 新代表" in client.get(reverse("party", args=[party.pk])).content.decode()


def test_a_change_from_a_page_that_others_have_overtaken_is_refused(bureau: Bureau):
    party = make(bureau)
    actions.change(party.pk, {"phone": "027-11111111"}, "更正", by=bureau["handler"], on=NOON.date(), seen=1)

    with pytest.raises(NotAllowed, match="已被他人修改"):
        actions.change(party.pk, {"phone": "027-22222222"}, "更正", by=bureau["handler"], on=NOON.date(), seen=1)

    party.refresh_from_db()
    assert party.phone == "027-11111111"


def test_nothing_changed_is_no_change(bureau: Bureau):
    party = make(bureau)

    with pytest.raises(NotAllowed, match="没有任何改动"):
        actions.change(party.pk, {"name": party.name}, "无", by=bureau["handler"], on=NOON.date(), seen=1)


def test_a_citizens_number_is_shown_whole_only_to_those_who_handle_the_case(bureau: Bureau):
    person = make(bureau, **CITIZEN)
    a_case(bureau, party=person)
    handler, other = a_client(bureau["handler"]), a_client(bureau["finance"])

    for name in ("parties", "parties_file"):
        assert CITIZEN["code"] in handler.get(reverse(name)).content.decode()
        assert CITIZEN["code"] not in other.get(reverse(name)).content.decode()
    page = other.get(reverse("party", args=[person.pk])).content.decode()
    assert "420***********0010" in page
    assert CITIZEN["code"] not in page


def test_the_form_does_not_hand_out_a_number_that_may_not_be_read(bureau: Bureau):
    person = make(bureau, **CITIZEN)
    admin = a_client(bureau["admin"])

    page = admin.get(reverse("party_edit", args=[person.pk])).content.decode()
    changed = admin.post(
        reverse("party_edit", args=[person.pk]),
        {"kind": "citizen", "name": "示例人", "address": "新地址", "reason": "更正住址", "seen": "1"},
    )

    assert CITIZEN["code"] not in page
    assert changed.status_code == 303
    person.refresh_from_db()
    assert (person.code, person.address) == (CITIZEN["code"], "新地址")


def test_a_citizen_is_found_by_the_whole_number_and_not_by_a_part_of_it(bureau: Bureau, client: Client):
    make(bureau, **CITIZEN)

    whole = client.get(reverse("parties"), {"q": CITIZEN["code"]}).content.decode()
    part = client.get(reverse("parties"), {"q": CITIZEN["code"][:10]}).content.decode()

    assert "示例人" in whole
    assert "没有符合条件的当事人" in part


def test_the_file_of_a_firm_tells_all_its_years(bureau: Bureau, client: Client):
    firm = make(bureau)
    a_case(bureau, at="archive", party=firm)

    page = client.get(reverse("party", args=[firm.pk])).content.decode()

    assert "予以处罚" in page
    assert "作出决定：涉嫌" in page
    assert "5,000" in page
    assert "建立档案" in page


def test_the_list_goes_on_past_the_first_page_and_back(bureau: Bureau, client: Client):
    for number in range(65):
        make(bureau, code=f"91420103MA4E{number:05}0", name=f"示例{number:02}厂")

    first = client.get(reverse("parties")).content.decode()
    older = re.search(r'rel="next" href="(.+?)"', first)
    assert older
    second = client.get(reverse("parties") + older[1]).content.decode()
    newer = re.search(r'rel="prev" href="(.+?)"', second)
    assert newer

    assert "示例64厂" in first and "示例34厂" not in first
    assert "示例34厂" in second and "示例35厂" not in second
    assert "示例64厂" in client.get(reverse("parties") + newer[1]).content.decode()


def test_a_supervisor_reads_and_does_not_write(bureau: Bureau):
    party, supervisor = make(bureau), a_client(bureau["supervisor"])

    assert supervisor.get(reverse("party", args=[party.pk])).status_code == 200
    assert "新建档案" not in supervisor.get(reverse("parties")).content.decode()
    assert supervisor.get(reverse("party_new")).status_code == 403
    assert supervisor.post(reverse("party_edit", args=[party.pk]), {}).status_code == 403


def test_a_party_of_another_bureau_does_not_exist_here(bureau: Bureau):
    party = make(bureau)
    stranger = a_client(an_officer(an_org("硚口区分局", "/42/4201/420104/"), "外人", "officer"))

    assert stranger.get(reverse("party", args=[party.pk])).status_code == 404
    assert stranger.get(reverse("party_edit", args=[party.pk])).status_code == 404
    assert party.name not in stranger.get(reverse("parties")).content.decode()


def test_a_formula_in_a_name_is_no_formula_in_the_file(bureau: Bureau, client: Client):
    make(bureau, name="=HYPERLINK(1)")

    assert "'=HYPERLINK(1)" in client.get(reverse("parties_file")).content.decode()


def test_markup_in_a_name_is_shown_and_not_run(bureau: Bureau, client: Client):
    party = make(bureau, name="<script>alert(1)</script>")

    page = client.get(reverse("party", args=[party.pk])).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page

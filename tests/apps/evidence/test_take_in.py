"""Exhibits: files that are what they say, hashed when they come in, handed out only while they are the same."""

import hashlib
import io
import stat
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huanfa.apps.cases.models import Case
from huanfa.apps.cases.queries import fold
from huanfa.apps.evidence import actions, store
from huanfa.apps.evidence.models import Exhibit
from huanfa.apps.ledger.queries import entries_of, verify
from huanfa.core.errors import NotAllowed
from tests.apps.builders import NOON, Bureau, a_bureau, a_case, a_client, an_officer, an_org, take

pytestmark = pytest.mark.django_db
JPG = b"\xff\xd8\xff\xe0" + b"photo of a spray booth" * 50


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Path:
    """A folder for evidence of its own."""
    settings.HUANFA_EVIDENCE = tmp_path / "evidence"  # type: ignore[attr-defined]
    return tmp_path / "evidence"


@pytest.fixture
def bureau() -> Bureau:
    return a_bureau()


@pytest.fixture
def case(bureau: Bureau) -> Case:
    return a_case(bureau, at="file")


def office(*names: str) -> bytes:
    """A zip file with these names in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def add(bureau: Bureau, case: Case, data: bytes = JPG, name: str = "照片.jpg", **changed: object) -> Exhibit:
    """An exhibit taken in by the handler."""
    usual = {"name": "现场照片", "taken_on": date(2026, 9, 4), "provider": "张承办", "proves": "喷漆房未封闭"}
    values = {**usual, **changed}
    return actions.add_exhibit(case.pk, name, [data], by=bureau["handler"], now=NOON, **values)  # type: ignore[arg-type]


def form(data: bytes = JPG, file_name: str = "照片.jpg", **changed: str) -> dict[str, object]:
    """The form of the page, filled in."""
    return {
        "file": SimpleUploadedFile(file_name, data), "name": "现场照片", "taken_on": "2026-09-04", "provider": "张承办",
        "proves": "喷漆房未封闭", **changed,
    }


def test_a_file_is_kept_once_under_its_hash_for_its_owner_only(bureau: Bureau, case: Case, folder: Path):
    row = add(bureau, case)

    digest = hashlib.sha256(JPG).hexdigest()
    path = folder / digest[:2] / digest
    assert (row.sha256, row.size, row.media_type, row.number) == (digest, len(JPG), "image/jpeg", 1)
    assert path.read_bytes() == JPG
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in folder.rglob("*") if one.is_file()] == [digest]


def test_its_hash_goes_into_the_chain_of_the_case_and_the_case_stands_as_before(bureau: Bureau, case: Case):
    before, _ = fold(case, NOON.date())

    row = add(bureau, case)

    case.dossier.refresh_from_db()
    entry = entries_of(case.pk)[-1]
    after, _ = fold(case, NOON.date())
    assert verify(case.dossier) == case.dossier.head
    assert (entry.kind, entry.values["sha256"], entry.values["size"]) == ("register", row.sha256, row.size)
    assert (after.done, after.stage) == (before.done, before.stage)
    take(case, "inspect_site", date(2026, 9, 7), bureau=bureau)


def test_exhibits_are_numbered_in_their_order(bureau: Bureau, case: Case):
    assert [add(bureau, case, JPG + bytes([n])).number for n in range(3)] == [1, 2, 3]


def test_the_same_file_is_not_registered_twice_in_a_case(bureau: Bureau, case: Case):
    add(bureau, case)

    with pytest.raises(NotAllowed, match="已经登记为证据1"):
        add(bureau, case, name="另一名称.jpg")

    other = a_case(bureau, at="file")
    assert add(bureau, other).number == 1


def test_nothing_is_added_after_the_case_is_archived(bureau: Bureau):
    case = a_case(bureau, at="archive")

    with pytest.raises(NotAllowed, match="已经归档") as refusal:
        add(bureau, case)

    assert refusal.value.reasons[0].article == "生态环境行政处罚办法第八十条"
    page = a_client(bureau["handler"]).get(reverse("exhibits", args=[case.pk])).content.decode()
    assert "不得增加、抽取或者修改" in page
    assert 'type="file"' not in page


def test_evidence_cannot_have_been_taken_tomorrow(bureau: Bureau, case: Case):
    with pytest.raises(NotAllowed, match="今天之后"):
        add(bureau, case, taken_on=date(2026, 11, 25))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n0000"),
        ("a.JPEG", JPG),
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.docx", office("[Content_Types].xml", "word/document.xml")),
        ("a.xlsx", office("[Content_Types].xml", "xl/workbook.xml")),
        ("a.mp4", b"\0\0\0\x18ftypisom0000"),
        ("a.m4a", b"\0\0\0\x18ftypM4A 0000"),
        ("a.mp3", b"ID3\x040000"),
        ("a.txt", "监测数据\t1.0\r\n".encode("gb18030")),
    ],
)
def test_what_an_officer_brings_home_may_come_in(bureau: Bureau, case: Case, name: str, data: bytes):
    assert add(bureau, case, data, name).size == len(data)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.exe", b"MZ0000", "不能上传这种文件"),
        ("a", JPG, "不能上传这种文件"),
        ("a.svg", b"<svg onload='x'/>", "不能上传这种文件"),
        ("a.pdf", JPG, "内容却是JPEG 图片"),
        ("a.jpg", b"MZ\x00\x01", "不是可以上传的种类"),
        ("a.docx", office("evil.txt"), "不是可以上传的种类"),
        ("a.docx", office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "不是可以上传的种类"),
        ("a.docx", b"PK\x03\x04broken", "不是可以上传的种类"),
        ("a.txt", b"text\x00", "不是可以上传的种类"),
        ("a.jpg", b"", "文件是空的"),
    ],
)
def test_what_is_not_what_it_says_stays_out(
    bureau: Bureau, case: Case, folder: Path, name: str, data: bytes, sentence: str
):
    with pytest.raises(NotAllowed, match=sentence):
        add(bureau, case, data, name)

    assert not Exhibit.objects.exists()
    assert not [one for one in folder.rglob("*") if one.is_file()]


def test_a_file_that_is_too_big_stays_out_and_leaves_nothing(
    bureau: Bureau, case: Case, folder: Path, settings: object
):
    settings.HUANFA_EVIDENCE_LIMIT = 2**20  # type: ignore[attr-defined]

    with pytest.raises(NotAllowed, match="超过1MB"):
        add(bureau, case, JPG + bytes(2**20))

    assert not [one for one in folder.rglob("*") if one.is_file()]


def test_an_upload_that_announces_too_much_is_turned_away_before_it_is_written(
    bureau: Bureau, case: Case, settings: object
):
    settings.HUANFA_EVIDENCE_LIMIT = 2**20  # type: ignore[attr-defined]
    client = a_client(bureau["handler"])
    client.raise_request_exception = False

    answer = client.post(reverse("exhibits", args=[case.pk]), form(JPG + bytes(3 * 2**20)))

    assert answer.status_code == 413
    assert "超过1MB" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/照片.jpg", "照片.jpg"),
        ("C:\\文件\\照片.jpg", "照片.jpg"),
        ('现场"<1>\r\n照片.jpg', "现场1照片.jpg"),
        ("\u202egpj.照片.jpg", "gpj.照片.jpg"),
        ("长" * 300 + ".jpg", "长" * 120 + ".jpg"),
    ],
)
def test_a_file_name_keeps_nothing_that_could_lead_astray(given: str, kept: str):
    assert store.clean_name(given) == kept


def test_an_officer_takes_in_a_file_and_gets_it_back_as_a_download(bureau: Bureau, case: Case):
    client = a_client(bureau["handler"])

    answer = client.post(reverse("exhibits", args=[case.pk]), form())
    page = client.get(reverse("exhibits", args=[case.pk])).content.decode()
    file = client.get(reverse("exhibit_file", args=[case.pk, 1]))

    assert answer.status_code == 303
    assert "现场照片" in page and "喷漆房未封闭" in page
    assert b"".join(file) == JPG
    assert file["Content-Disposition"].startswith("attachment")
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")


def test_what_was_typed_is_kept_when_the_file_is_refused(bureau: Bureau, case: Case):
    answer = a_client(bureau["handler"]).post(
        reverse("exhibits", args=[case.pk]), form(b"MZ", "a.exe", proves="要保留的证明内容")
    )

    assert answer.status_code == 400
    assert "不能上传这种文件" in answer.content.decode()
    assert "要保留的证明内容" in answer.content.decode()


def test_a_file_changed_on_the_disk_is_not_handed_out(bureau: Bureau, case: Case):
    row = add(bureau, case)
    store.path_of(row.sha256).write_bytes(b"something else")

    answer = a_client(bureau["handler"]).get(reverse("exhibit_file", args=[case.pk, 1]))

    assert answer.status_code == 409
    assert "内容已被改动" in answer.content.decode()
    assert row.sha256 in answer.content.decode()


def test_a_file_gone_from_the_disk_is_said_to_be_gone(bureau: Bureau, case: Case):
    store.path_of(add(bureau, case).sha256).unlink()

    assert a_client(bureau["handler"]).get(reverse("exhibit_file", args=[case.pk, 1])).status_code == 409


@pytest.mark.parametrize("slot", ["supervisor", "unit_head", "admin"])
def test_only_officers_take_in_evidence(bureau: Bureau, case: Case, slot: str):
    client = a_client(bureau[slot])

    assert client.get(reverse("exhibits", args=[case.pk])).status_code == 200
    assert client.post(reverse("exhibits", args=[case.pk]), form()).status_code == 403
    assert not Exhibit.objects.exists()


def test_evidence_of_another_bureau_does_not_exist_here(bureau: Bureau, case: Case):
    add(bureau, case)
    stranger = a_client(an_officer(an_org("硚口区分局", "/42/4201/420104/"), "外人", "officer", card=True))

    assert stranger.get(reverse("exhibits", args=[case.pk])).status_code == 404
    assert stranger.get(reverse("exhibit_file", args=[case.pk, 1])).status_code == 404
    assert stranger.post(reverse("exhibits", args=[case.pk]), form()).status_code == 404

"""Taking in a piece of evidence: the file is kept, its hash goes into the case's chain, the exhibit gets its number."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from huanfa.apps.evidence import queries, store
from huanfa.apps.evidence.models import Exhibit
from huanfa.apps.ledger import actions as ledger
from huanfa.apps.ledger.models import Dossier
from huanfa.apps.officers.models import Officer
from huanfa.apps.officers.queries import person
from huanfa.core.errors import NotAllowed, Reason
from huanfa.core.ledger.entry import Entry, Signer

EARLIEST = date(1990, 1, 1)
ARCHIVED = "生态环境行政处罚办法第八十条"


def add_exhibit(
    dossier_id: int,
    file_name: str,
    chunks: Iterable[bytes],
    *,
    name: str,
    taken_on: date,
    provider: str,
    proves: str,
    by: Officer,
    now: datetime,
) -> Exhibit:
    """Keep a file as the next exhibit of a case. Raises NotAllowed; then the case is as it was.

    `now` is the clock's local time. The file is read in before the dossier is locked: a slow upload holds nobody up.
    """
    if not EARLIEST <= taken_on <= now.date():
        sentence = "提取日期在今天之后" if taken_on > now.date() else "提取日期过早，请核对"
        raise NotAllowed([Reason(sentence, "", "taken_on")])
    stored = store.keep(file_name, chunks)
    return _register(dossier_id, stored, name, taken_on, provider, proves, by, now)


@transaction.atomic
def _register(
    dossier_id: int, stored: store.Stored, name: str, taken_on: date, provider: str, proves: str, by: Officer,
    now: datetime,
) -> Exhibit:
    dossier = ledger.lock(dossier_id)
    if dossier.kind != Dossier.Kind.CASE or queries.is_archived(dossier):
        raise NotAllowed([Reason("案件已经归档，不得增加、抽取或者修改案卷材料", ARCHIVED)])
    same = queries.of(dossier).filter(sha256=stored.sha256).first()
    if same:
        raise NotAllowed([Reason(f"这个文件已经登记为证据{same.number}“{same.name}”，没有重复登记", "", "file")])
    last = queries.of(dossier).last()
    exhibit = Exhibit(
        dossier=dossier, number=last.number + 1 if last else 1, name=name, file_name=stored.name,
        media_type=stored.media_type, size=stored.size, sha256=stored.sha256, taken_on=taken_on, provider=provider,
        proves=proves, added_by=by.name, added_at=now,
    )
    values = {
        "number": exhibit.number, "name": name, "sha256": stored.sha256, "size": stored.size, "file_name": stored.name,
        "media_type": stored.media_type, "taken_on": taken_on.isoformat(), "provider": provider, "proves": proves,
    }
    who = Signer(by.pk, by.name, person(by).card)
    ledger.append(dossier, Entry(dossier.length + 1, "register", "add_exhibit", values, who, now.date()), now=now)
    exhibit.save(force_insert=True)
    return exhibit

"""The synthetic set: thirty bodies with their officers, and any number of cases cloned from moulds in order of time."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import models, transaction

from bench import moulds
from bench.moulds import Blank, Mould, Place, Row
from bench.stories import ROLE_OF, STORIES, Story
from huanfa.apps.cases.models import Case
from huanfa.apps.ledger.models import Dossier, Entry, Organisation
from huanfa.apps.officers.models import Card, Officer, RoleGrant
from huanfa.apps.papers.models import NumberSeries
from huanfa.apps.parties.models import Party
from huanfa.core.ledger.entry import GENESIS, digest

# One character of a body's own in its number prefix: all share one rule pack, and a number is given only once.
STEMS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁"
PROVINCE, CITY = "/42/", "/42/4201/"
PAIRS = 6
PASSWORD = "huanfa-bench"
BATCH = 500

Batch = dict[type[models.Model], list[Row]]


@dataclass
class Body:
    """A district bureau: its row, its officers by the number of their placeholder, and its running numbers."""

    org: Organisation
    pairs: list[tuple[Officer, Officer]]
    others: list[Officer]
    stem: str
    given: Counter[tuple[str, int]] = field(default_factory=Counter)
    cases: int = 0

    def names(self, pair: int) -> dict[str, Any]:
        """What fills the blanks for people: id, name and card of whoever takes each placeholder's part."""
        people = [*self.pairs[pair], *self.others]
        out: dict[str, Any] = {}
        for position, officer in enumerate(people):
            out |= {f"I{position:02}": officer.pk, f"O{position:02}": officer.name}
            out[f"C{position:02}"] = f"示例{officer.pk}"
        return out


@transaction.atomic
def bureau() -> tuple[list[Body], list[Officer]]:
    """Create the bodies and their officers. Returns the districts, and the officers of the province and the city."""
    password = make_password(PASSWORD)
    top = []
    for path, name in ((PROVINCE, "示例省生态环境厅"), (CITY, "示例市生态环境局")):
        org = Organisation.objects.create(path=path, name=name, short=name, pack="jianghan-demo")
        top.append(_officer(org, f"top{len(path)}", "supervisor", password))
    bodies = []
    for position, stem in enumerate(STEMS, start=2):
        name = f"示例市生态环境局{stem}区分局"
        path = f"{CITY}4201{position:02}/"
        org = Organisation.objects.create(path=path, name=name, short=f"{stem}区分局", pack="jianghan-demo")
        field_force = [_officer(org, f"d{position}f{one}", "officer", password) for one in range(2 * PAIRS)]
        others = [_officer(org, f"d{position}{role}", role, password) for role in list(ROLE_OF.values())[2:]]
        bodies.append(Body(org, list(zip(field_force[::2], field_force[1::2], strict=True)), others, stem))
    return bodies, top


def _officer(org: Organisation, username: str, role: str, password: str) -> Officer:
    user = User.objects.create(username=username, password=password)
    officer = Officer.objects.create(user=user, org=org, name=f"示例人员{user.pk}")
    RoleGrant.objects.create(officer=officer, role=role, begins=date(2020, 1, 1))
    if role == "officer":
        span = {"issued_on": date(2020, 1, 1), "expires_on": date(2030, 1, 1)}
        Card.objects.create(officer=officer, number=f"示例{officer.pk}", **span)
    return officer


def plan(cases: int, seed: int = 2024) -> list[tuple[Story, int]]:
    """Which stories in which weeks, in order of the day they begin: ids grow with time, as in a real register."""
    draw = random.Random(seed)
    drawn = draw.choices(STORIES, [one.share for one in STORIES], k=cases)
    told = [(story, draw.randrange(story.weeks)) for story in drawn]
    return sorted(told, key=lambda one: (one[0].begins.toordinal() + 7 * one[1], one[0].name))


def batches(wanted: Iterable[tuple[Story, int]], bodies: list[Body]) -> Iterator[Batch]:
    """All rows of all cases, some hundred cases at a time, in an order of tables that foreign keys allow."""
    wanted = list(wanted)
    made, codes = moulds.make(wanted)
    first = _next_key(Party), _next_key(Dossier)
    keys: dict[type[models.Model], Iterator[int]] = {}
    for start in range(0, len(wanted), BATCH):
        batch: Batch = {}
        for serial, (story, week) in enumerate(wanted[start : start + BATCH], start):
            body = bodies[serial % len(bodies)]
            ids = {"party": first[0] + serial, "case": first[1] + serial}
            clone(made[story.name, week], body, ids, batch, keys)
        yield batch
    yield {NumberSeries: list(_series(bodies, codes, _next_key(NumberSeries)))}


def clone(
    mould: Mould, body: Body, ids: dict[str, int], batch: Batch, keys: dict[type[models.Model], Iterator[int]]
) -> None:
    """One more case from a mould: fill its papers, then its chain link by link, then every row."""
    serial = body.cases = body.cases + 1
    names: dict[str, Any] = {
        **body.names(serial % PAIRS), **ids, "org": body.org.pk, "key": f"case-{body.org.pk}-{serial}",
        "name": f"{body.stem}区示例{serial:05}汽车维修有限公司", "code": f"91BENCH{ids['party']:011}",
        "rep": f"示例负责人{serial}", "address": f"{body.stem}区示例路{serial}号",
    }
    for name, series, year in mould.numbers:
        body.given[series, year] += 1
        names[name] = f"武环{body.stem}{series}〔{year}〕{body.given[series, year]}号"
    for position, content in enumerate(mould.contents):
        names[f"p{position}"] = content % names
        names[f"s{position}"] = digest(names[f"p{position}"].encode())
    names["hash"] = GENESIS
    links = []
    for link in mould.chain:
        names["prev"] = names["hash"]
        names["data"] = link % names
        names["hash"] = digest(names["data"].encode())
        links.append((names["data"], names["hash"]))
    for model, rows in mould.rows:
        fresh = keys.setdefault(model, count(_next_key(model)) if "next" in rows[0] else iter(()))
        put = batch.setdefault(model, [])
        for position, row in enumerate(rows):
            if model is Entry:
                names["data"], names["hash"] = links[position]
            put.append(tuple(_fill(value, names, fresh) for value in row))


def _fill(value: Any, names: dict[str, Any], fresh: Iterator[int]) -> Any:
    if type(value) is Place:
        return next(fresh) if value == "next" else names[value]
    return value % names if type(value) is Blank else value


def _next_key(model: type[models.Model]) -> int:
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return int(last or 0) + 1


def _series(bodies: list[Body], codes: dict[str, str], key: int) -> Iterator[Row]:
    """The rows that count each body's numbers on."""
    for body in bodies:
        for (series, year), last in body.given.items():
            yield key, body.org.pk, f"武环{body.stem}", codes[series], year, last
            key += 1


def open_cases(stage: str, body: Body, limit: int) -> list[int]:
    """The newest cases of a body at a stage."""
    rows = Case.objects.filter(org=body.org, stage=stage, ended="").order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:limit])

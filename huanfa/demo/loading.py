"""Loading the demonstration: one transaction, everything in the order of its days, the last days sealed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from huanfa.apps.cases.queries import rulebook
from huanfa.apps.ledger.actions import seal_day
from huanfa.apps.ledger.models import Dossier
from huanfa.apps.officers.actions import suspend_card
from huanfa.apps.parties.models import Party
from huanfa.core.errors import NotAllowed, Reason
from huanfa.core.rulebook import Rulebook
from huanfa.demo import firms, later_years, live, people, registers, year2024
from huanfa.demo.course import Plan, Turn
from huanfa.demo.diary import ZONE, Diary
from huanfa.demo.people import Crew
from huanfa.demo.rounds import note_training, note_visits
from huanfa.demo.story import Script

SEED = 2024
# Before this day the cases at hand would reach back over the coming into force of the Code.
EARLIEST = date(2026, 11, 18)
SEALED_DAYS = 5
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Loaded:
    """What was loaded, for the last line of the command."""

    today: date
    parties: int
    cases: int
    acts: int


@transaction.atomic
def load(seed: int, today: date, *, say: Tell) -> Loaded:
    """Make the demonstration. Raises NotAllowed if there is anything in the ledger already, or the day does not fit."""
    if Dossier.objects.exists() or Party.objects.exists():
        raise NotAllowed([Reason("数据库中已有案卷或者当事人，演示数据只装入空库。请换一个空的 HUANFA_VAR，或者先清空")])
    rng = Random(seed)
    say("登记机构和人员……")
    crew = people.assemble(today)
    book = rulebook(crew.org)
    diary = Diary(book.calendar, rng)
    parties = firms.open_files(rng, by=crew["hujianqun"])
    say(f"登记当事人 {sum(map(len, parties.values()))} 家，全部为示例。")
    scripts = _write(diary, crew, book, parties, today)
    _registers(diary, crew, parties, scripts, today)
    diary.note(
        diary.moment(diary.workday(today - people.SUSPENDED_FOR)), "暂停执法证",
        lambda now: suspend_card(*people.suspend(crew, today), by=crew[people.ADMIN[0]], now=now),
    )
    for back in range(SEALED_DAYS, 0, -1):
        day = today - timedelta(days=back)
        diary.note(datetime.combine(day, time(23, 50), ZONE), "封存当日台账", lambda now, day=day: seal_day(day))
    acts = diary.run(lambda done, total: say(f"  已办理 {done}/{total} 项") if done % 500 == 0 else None)
    return Loaded(today, sum(map(len, parties.values())), len(scripts), acts)


def day_for(today: date, book: Rulebook) -> date:
    """The day the demonstration plays on: today, or the last one for which the cases at hand find their holidays."""
    last = date(max(one.year for one in book.calendar.years), 12, 20)
    if today < EARLIEST:
        why = f"在办案件的日期从今天往回推，早于{EARLIEST}会推到生态环境法典施行以前"
        raise NotAllowed([Reason(f"{why}；请用 --today 指定不早于{EARLIEST}的日期", "", "today")])
    return min(today, last)


def _write(diary: Diary, crew: Crew, book: Rulebook, parties: dict[str, list[Party]], today: date) -> list[Script]:
    """Write every case of all years; each firm appears in one case only."""
    free = {trade: diary.rng.sample(rows, len(rows)) for trade, rows in parties.items()}
    scripts: list[Script] = []

    def write(plan: Plan, turns: list[Turn]) -> Script:
        script = Script(diary, crew, book, plan, free[plan.trade].pop())
        script.write(turns)
        scripts.append(script)
        return script

    for plan, turns in [*year2024.cases(), *later_years.cases()]:
        write(plan, turns)
    for plan, turns, at_hand in live.cases(diary, today):
        script = write(plan, turns)
        for step, fields in (at_hand.drafts if at_hand else {}).items():
            script.draft(step, dict(fields), diary.workday(today, -1))
    return scripts


def _registers(diary: Diary, crew: Crew, parties: dict[str, list[Party]], scripts: list[Script], today: date) -> None:
    for year in (registers.YEAR_2024, registers.YEAR_2025, registers.year_2026(today - timedelta(days=1))):
        note_visits(diary, crew, parties, year, scripts)
        note_training(diary, crew, year, registers.STUDENTS)

"""One demonstration case driven through the real actions: a plan's turns, noted in the diary with their signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from huanfa.apps.cases import actions, records
from huanfa.apps.cases.models import Case
from huanfa.apps.evidence.actions import add_exhibit
from huanfa.apps.officers.models import Officer
from huanfa.apps.parties.models import Party
from huanfa.core.offences import Regime
from huanfa.core.procedure.definition import Procedure, Step
from huanfa.core.rulebook import Rulebook
from huanfa.demo import firms, weighing
from huanfa.demo.course import Plan, Turn
from huanfa.demo.diary import Diary
from huanfa.demo.matters import Matter, matters
from huanfa.demo.people import Crew
from huanfa.demo.wording import said, weighed

# Steps whose record tells when it began and ended: they are written down after that, not at nine in the morning.
ON_THE_SPOT = ("inspect_site", "interview")
FIXED = {
    "unit_head": "hujianqun", "examiner": "zhengshuyan", "hearing_chair": "songtingtao", "panel_chair": "xuguoping",
    "head": "xuguoping", "publicist": "tangxiaoyu", "finance": "fengshuyi", "archivist": "dongzhiwei",
}


@dataclass
class Script:
    """A case as it is written: who acts for the bureau and the party, and the days of its steps so far."""

    diary: Diary
    crew: Crew
    book: Rulebook
    plan: Plan
    party: Party
    who: str = ""
    staff: str = ""
    matter: Matter = field(init=False)
    days: dict[str, date] = field(default_factory=dict)
    case: Case | None = None
    last: datetime | None = None

    def __post_init__(self) -> None:
        self.who = self.party.operator or self.party.legal_rep
        self.staff = firms.person(self.diary.rng)
        begun, ended = self.conduct
        words = {
            "firm": self.party.name, "place": self.party.address, "who": self.who,
            "found": in_chinese(self.plan.found), "since": in_chinese(begun), "until": in_chinese(ended),
        }
        self.matter = matters()[self.plan.matter].told(words)

    @property
    def conduct(self) -> tuple[date, date]:
        """First and last day of the conduct; without a plan it goes on until it is found."""
        return self.plan.conduct or (self.plan.since or self.plan.found - timedelta(days=6), self.plan.found)

    @property
    def two(self) -> list[int]:
        """The ids of the two handlers."""
        return [self.crew[name].pk for name in self.plan.pair]

    def officer(self, slot: str) -> Officer:
        """Who signs in a slot in this case."""
        first, second = self.plan.pair
        own = {"handler": first, "second_handler": second, "leader": self.plan.leader, "legal_reviewer": self.plan.reviewer}
        return self.crew[own.get(slot) or FIXED[slot]]

    def regime(self, on: date) -> Regime:
        """The text that the report applies."""
        offence = self.book.offences[self.matter.offence]
        return offence.regime_on(on if self.plan.regime == "decision" else self.conduct[1])

    def day(self, turn: Turn) -> date:
        """The date of a turn."""
        if turn.step == "register_lead" and turn.day == 0:
            return self.plan.found
        return self.diary.workday(self.plan.found, turn.day)

    def write(self, turns: Iterable[Turn]) -> None:
        """Note every turn in the diary."""
        for turn in turns:
            on = self.day(turn)
            if turn.step in self._records:
                self._records[turn.step](on)
                continue
            procedure = self.book.procedure("ordinary", on)
            step = procedure.step(turn.step)
            self.days["apology" if turn.given.get("apology") else turn.step] = on
            for values, given in self._filled(step, turn, on):
                self._sign(procedure, step, on, values, turn, given)
                if step.id == "collect_evidence":
                    self._keep(on, values)

    @property
    def _records(self) -> Mapping[str, Callable[[date], None]]:
        """What is put into the case besides the steps of its procedure."""
        return {"check_no_fine": self._check_no_fine, "weigh": self._weigh, "approve_departure": self._approve}

    def _check_no_fine(self, on: date) -> None:
        if check := weighing.checked(self, on):
            self._record(on, "handler", "核对不予处罚清单", lambda by, now: records.check_no_fine(
                self.pk, check.found, check.concluded, check.reason, by=by, on=on, now=now,
            ))

    def _weigh(self, on: date) -> None:
        asked = weighing.asked(self, on)
        self._record(on, "handler", "填写裁量计算表", lambda by, now: records.file_worksheet(self.pk, asked, by=by, on=on, now=now))

    def _approve(self, on: date) -> None:
        words = self.plan.approved
        self._record(on, "head", "批准调整适用", lambda by, now: records.approve_departure(self.pk, words, by=by, on=on, now=now))

    def _keep(self, on: date, values: Mapping[str, Any]) -> None:
        """The file of a proof just gathered; ours is a page that says what the real one would show."""
        about = {key: str(values[key]) for key in ("name", "provider", "proves")}
        taken = date.fromisoformat(values["taken_on"])
        page = f"示例，不是真实材料\n案件：{self.party.name}\n证据：{about['name']}\n证明内容：{about['proves']}\n"
        self._record(on, "handler", f"登记证据{about['name']}", lambda by, now: add_exhibit(
            self.pk, f"{about['name']}.txt", [page.encode()], taken_on=taken, by=by, now=now, **about,
        ))

    def _record(self, on: date, slot: str, what: str, deed: Callable[[Officer, datetime], object]) -> None:
        at, officer = self.diary.moment(on, after=self.last), self.officer(slot)
        self.diary.note(at, f"{self.party.name} {what}（{officer.name}）", lambda now: deed(officer, now))
        self.last = at

    def _filled(self, step: Step, turn: Turn, on: date) -> Iterable[tuple[dict[str, Any], str]]:
        """What is filled in for a turn; one after another for each proof of a step that gathers several."""
        if step.id == "collect_evidence":
            for kind, name, proves in (weighing.APOLOGY,) if turn.given.get("apology") else self.matter.proofs:
                yield said(self, step, on, {"kind": kind, "name": name, "proves": proves}), name
        else:
            yield said(self, step, on, {**turn.given, **self.plan.given.get(step.id, {})}), ""

    def _sign(self, procedure: Procedure, step: Step, on: date, values: dict[str, Any], turn: Turn, what: str) -> None:
        earliest = time(10, 40) if step.id in ON_THE_SPOT else time(9)
        at = self.last = self.diary.moment(on, earliest=earliest, after=self.last)
        if step.id in ON_THE_SPOT:
            values |= {"begun_at": _minute(at, 75), "ended_at": _minute(at, 10)}
        label = f"{self.party.name} {step.title}{what}"
        if step.id == procedure.first:
            self.diary.note(at, label, lambda now: self._register(values, on, now))
            return
        before, words = self.plan.refused.get(step.id, (None, ""))
        if before:
            for number, slot in enumerate(step.signs[: before + 1]):
                self._note(step, slot, values, on, label, agrees=number < before, opinion=words if number == before else "")
        for slot in step.signs[: turn.signatures]:
            self._note(step, slot, values, on, label)

    def _note(
        self, step: Step, slot: str, values: dict[str, Any], on: date, label: str, *, agrees: bool = True, opinion: str = ""
    ) -> None:
        at, officer = self.last, self.officer(slot)
        assert at is not None
        self.diary.note(
            at, f"{label}（{officer.name}）",
            lambda now: actions.take(
                self.pk, step.id, weighed(self, step.id, values), by=officer, on=on, now=now, agrees=agrees, opinion=opinion
            ),
        )
        self.last = self.diary.moment(on, after=at, gap=24)

    def _register(self, values: dict[str, Any], on: date, now: datetime) -> None:
        self.case = actions.register_lead(self.party, values, by=self.officer("handler"), on=on, now=now)

    @property
    def pk(self) -> int:
        """The case's id, once its lead is registered."""
        assert self.case is not None
        return self.case.pk

    def draft(self, step: str, fields: dict[str, Any], on: date) -> None:
        """Note a form that its officer has begun to fill in and left."""
        at = self.last = self.diary.moment(on, earliest=time(15), after=self.last)
        self.diary.note(
            at, f"{self.party.name} 草稿",
            lambda now: actions.save_draft(self.officer("handler"), Case.objects.get(pk=self.pk), step, fields, now=now),
        )


def in_chinese(day: date) -> str:
    """A date as papers say it."""
    return f"{day.year}年{day.month}月{day.day}日"


def _minute(at: datetime, before: int) -> str:
    """A moment of the same day, to five minutes."""
    moment = at - timedelta(minutes=before)
    return moment.replace(minute=moment.minute // 5 * 5).strftime("%Y-%m-%dT%H:%M")

"""What a case tells its papers: values shared by all of them, gathered from its standing, party, offence and body."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from huanfa.apps.cases.annex import sheet_lines
from huanfa.apps.cases.models import Case
from huanfa.apps.papers.models import Paper
from huanfa.core.errors import NoRule
from huanfa.core.money import figures, in_words
from huanfa.core.offences import Regime
from huanfa.core.offences.words import KINDS
from huanfa.core.papers import SHARED_VALUES, Template
from huanfa.core.procedure.definition import Ask, Step
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.guards import GUARDS
from huanfa.core.procedure.guards.discretion import APPROVAL, CHECK, WORKSHEET, approved, departs
from huanfa.core.procedure.standing import Signature, Standing
from huanfa.core.rulebook import Body, Rulebook

# What notice of an act is numbered by: the paper whose number later papers quote, and the value they quote it under.
QUOTED = {
    "prior_notice": "notice_number",
    "no_penalty_notice": "notice_number",
    "correction_order": "correction_number",
    "preservation_notice": "preservation_number",
    "penalty_decision": "decision_number",
    "no_penalty_decision": "decision_number",
    "demand_notice": "demand_number",
}
# In whose name a paper is issued, where that is not the penalty's own name.
BODY_OF = {
    "correction_order": "correction",
    "transfer_letter": "referral",
    "crime_referral": "referral",
    "court_application": "court_application",
}
SUPPLIED = (
    "contact_address", "contact_person", "contact_phone", "contact_postcode", "payee_bank", "payee_name", "payee_account",
)
SERVED = {"serve_notice": ("prior_notice", "no_penalty_notice"), "serve_decision": ("penalty_decision", "no_penalty_decision")}


class Story:
    """The values of one case at one step, from which any paper of that step is filled."""

    def __init__(
        self, case: Case, book: Rulebook, facts: Facts, standing: Standing, step: Step, values: Mapping[str, Any],
        signatures: Iterable[Signature], on: date, papers: Iterable[Paper],
    ):
        self.case, self.book, self.facts, self.standing, self.on = case, book, facts, standing, on
        self.step, self.given, self.signatures = step, dict(values), tuple(signatures)
        self.papers = list(papers)

    def values(self, template: Template) -> dict[str, object]:
        """Everything known that the template may want, in the shapes that papers print."""
        body = self.book.body(BODY_OF.get(template.id, "penalty"), self.on)
        out: dict[str, object] = {**self._told(template), **self._party(), **self._body(body), **self._law(), **self._course()}
        own = {ask.id: ask for ask in self.step.asks}
        for key, ask in own.items():
            out.pop(key, None)
            if key in self.given:
                out[key] = self._shown(ask, self.given[key], template)
        out["fine"] = self.given.get("fine", self._proposed("fine")) or None
        out.update(self._papers(template))
        out["on"] = self.on.isoformat()
        out["step"] = self.step.id
        out["signatures"] = [
            {"slot": one.slot, "name": one.name, "opinion": one.opinion or "同意", "on": one.on.isoformat()}
            for one in self.signatures
        ]
        out["example"] = self.case.example or self.book.example
        return {key: value for key, value in out.items() if value not in (None, "")}

    def _told(self, template: Template) -> dict[str, object]:
        """What earlier steps were told, later ones over earlier ones."""
        out: dict[str, object] = {}
        for done in sorted(self.standing.done.values(), key=lambda one: one.seq):
            step = self.book.procedure(self.case.procedure, self.on).step(done.step)
            for ask in step.asks:
                if ask.id in done.values:
                    out[ask.id] = self._shown(ask, done.values[ask.id], template)
        return out

    def _party(self) -> dict[str, object]:
        party = self.case.party
        return {
            "party_name": party.name,
            "party_kind": party.kind,
            "you": "你" if party.kind == "citizen" else "你单位",
            "party_code": party.code,
            "party_legal_rep": party.legal_rep,
            "party_legal_rep_post": party.legal_rep_post,
            "party_address": party.address,
            "party_operator": party.operator,
            "case_name": self.case.name,
            "case_cause": self.case.cause,
            "filing_number": self.case.number,
            "handlers": [{"name": one.name, "card": one.card} for one in self.facts.names(sorted(self.standing.handlers))],
        }

    def _body(self, body: Body) -> dict[str, object]:
        return {
            "body_name": body.acting_name,
            "seal_name": body.seal_name,
            "relief_government": list(body.data.get("relief_government", ())),
            "relief_court": body.data.get("relief_court"),
            **{key: self._supplied(key) for key in SUPPLIED},
            "pay_days": str(self.facts.terms["pay"].length),
            "defence_days": str(self.facts.terms["defence"].length),
        }

    def _supplied(self, name: str) -> object:
        """What only the bureau can supply; a paper that needs it then says what is missing."""
        try:
            return self.book.value(name)
        except NoRule:
            return None

    def _law(self) -> dict[str, object]:
        """The articles of the text that the report applies, and the penalty in words."""
        regime = self._regime()
        if regime is None:
            return {}
        kinds = self.given.get("kinds", self._proposed("kinds")) or ()
        fine = self.given.get("fine", self._proposed("fine"))
        proposal = self.given.get("proposal", self.standing.proposal)
        words = [f"罚款人民币{in_words(fine)}（{figures(fine)}元）" if one == "fine" and fine else KINDS[one] for one in kinds]
        return {
            "breaks_text": self.book.cite(regime.breaks),
            "punished_by_text": self.book.cite(regime.punished_by),
            "discretion_lines": self._discretion() if "fine" in kinds else None,
            "departure_text": self._departure() if "fine" in kinds else None,
            "no_fine_text": self._no_fine() if proposal == "no_penalty" else None,
            "penalty_text": "；".join(words) if proposal == "penalty" else "不予行政处罚" if proposal == "no_penalty" else None,
        }

    def _discretion(self) -> list[dict[str, str]] | None:
        """The lines of the worksheet in force: screen and paper say the same words."""
        sheet = self.standing.registered.get(WORKSHEET)
        return sheet_lines(sheet.values) or None if sheet else None

    def _departure(self) -> str | None:
        """Who let the fine depart from the benchmark, once somebody has."""
        standing = self.standing
        sheet, approval = standing.registered.get(WORKSHEET), standing.registered.get(APPROVAL)
        if sheet is None or not departs(sheet) or not approved(standing, sheet):
            return None
        if sheet.values.get("issuer_approval"):
            return f"上述调整适用裁量基准，已经制定机关批准（{sheet.values['issuer_approval']}）。"
        if approval is not None and approval.values.get("worksheet") == sheet.seq:
            return f"上述调整适用裁量基准，已于{_day(approval.on)}经本机关主要负责人批准。"
        discussed = standing.day("discuss")
        return f"上述调整适用裁量基准，已于{_day(discussed)}经本机关负责人集体讨论决定。" if discussed else None

    def _no_fine(self) -> str | None:
        """The items of the no-fine list that were found to apply."""
        check = self.standing.registered.get(CHECK)
        if check is None or check.values.get("concluded") != "applies":
            return None
        applying = [f"{one['title']}第{one['no']}项" for one in check.values["items"] if one["applies"]]
        return f"上述行为符合{'、'.join(applying)}所列的全部条件。" if applying else None

    def _regime(self) -> Regime | None:
        try:
            return self.facts.chosen_regime(self.standing, self.on, str(self.given.get("regime", "")))
        except NoRule:
            return None

    def _course(self) -> dict[str, object]:
        """The dates by which the case's course is told."""
        standing = self.standing
        return {
            "filed_on": _iso(standing.day("file")),
            "notice_served_on": _iso(standing.day("serve_notice", "served_on")),
            "decision_on": _iso(standing.day("decide") or standing.day("decide_no_penalty")),
            "decision_served_on": _iso(standing.day("serve_decision", "served_on")),
            "demand_served_on": _iso(standing.day("urge", "served_on")),
            "closed_on": _iso(standing.day("close")),
            "hearing_right": not GUARDS["hearing_right"](standing, self.facts, {}, self.on) if standing.proposal else None,
            "defence_outcome": self._defence_outcome(),
        }

    def _defence_outcome(self) -> str | None:
        done, standing = self.standing.done, self.standing
        if "serve_notice" not in done:
            return None
        right = not GUARDS["hearing_right"](standing, self.facts, {}, self.on)
        if right and "hold_hearing" in done:
            return "right_absent" if standing.value("hold_hearing", "attendance") == "absent" else "right_heard"
        prefix = "right" if right else "plain"
        if "waive_defence" in done:
            return f"{prefix}_waived"
        return f"{prefix}_argued" if "record_defence" in done else f"{prefix}_silent"

    def _papers(self, template: Template) -> dict[str, object]:
        """Numbers of earlier papers that this one quotes, the paper a receipt is for, and the volume's contents."""
        out: dict[str, object] = {}
        for paper in self.papers:
            if paper.template in QUOTED:
                out[QUOTED[paper.template]] = paper.number
            if paper.template in ("penalty_decision", "no_penalty_decision"):
                out["decision_title"] = paper.title
        if template.id == "service_receipt":
            wanted = SERVED.get(self.step.id) or self.step.papers
            served = [paper for paper in self.papers if paper.template in wanted and paper.direction == "out"]
            if served:
                out["document_title"], out["document_number"] = served[-1].title, served[-1].number
        if template.id == "volume_contents":
            out["papers_in_volume"] = [
                {"name": paper.title, "number": paper.number, "on": paper.on.isoformat(), "pages": "", "note": ""}
                for paper in self.papers
            ]
        return out

    def _proposed(self, key: str) -> Any:
        decided = self.standing.value("decide", key)
        return decided if decided is not None else self.standing.value("report_investigation", key)

    def _shown(self, ask: Ask, value: Any, template: Template) -> object:
        """A value as papers take it: officers by name and card, offences by name, kinds of penalty in words."""
        if ask.type in ("officers", "officer"):
            found = self.facts.names(value)
            wanted = template.values.get(ask.id) or SHARED_VALUES.get(ask.id)
            if wanted is None or wanted.type != "rows":
                return "、".join(one.name for one in found)
            return [{"name": one.name, "card": one.card} for one in found]
        if ask.type == "penalties":
            return "、".join(KINDS.get(one, one) for one in value)
        if ask.type == "offence":
            return self.book.offences[value].name if value in self.book.offences else value
        return value


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None



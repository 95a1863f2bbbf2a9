"""The scenes in which a procedure is explored: a small cast, an invented offence, and the fillings worth telling apart.

The main line is always walked; side tracks (testing, preserved evidence, suspension …) are walked with it in pairs, since
walking all at once multiplies states without adding any meeting of two tracks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from huanfa.core.calendar.terms import Term
from huanfa.core.calendar.workdays import Calendar
from huanfa.core.cite import Article
from huanfa.core.offences import Fine, Offence, Regime
from huanfa.core.procedure.definition import Procedure
from huanfa.core.procedure.explore import Rule, Scene
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.people import Officer
from huanfa.core.procedure.safety import ORDINARY, remembered

BEGINS = date(2024, 3, 4)
SINCE = date(2015, 1, 1)

CAST = {
    "handler": 1, "second_handler": 2, "unit_head": 3, "examiner": 4, "legal_reviewer": 5, "hearing_chair": 6,
    "leader": 7, "head": 8, "panel_chair": 8, "publicist": 9, "finance": 9, "archivist": 9,
}
PEOPLE = {"officers": [1, 2], "handlers": [1, 2], "voters": [7, 8, 9], "observers": [1], "chair": [6], "clerk": [9], "officer": [1]}
GATES = frozenset({"defence", "hearing_request", "pay", "demand", "suit", "preserved_evidence"})

MAJOR = 60_000_000  # 600,000 yuan: past both the hearing and the discussion threshold
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "register_lead": [{"harm": False}],
    "report_investigation": [
        {"proposal": "penalty", "kinds": ["warning"], "leader_wants_panel": False},
        {"proposal": "penalty", "kinds": ["fine"], "fine": MAJOR, "leader_wants_panel": False},
        {"proposal": "no_penalty", "leader_wants_panel": False},
        {"proposal": "unfounded", "leader_wants_panel": False},
        {"proposal": "crime", "leader_wants_panel": False},
    ],
    "examine": [{"checked": ["competence", "facts", "evidence", "procedure", "law", "in_time"]}],
    "legal_review": [
        {"checked": ["subject", "competence", "staff", "procedure", "facts", "law", "papers", "crime_considered"]}
    ],
    "notify_hearing": [{"hearing_on": "2024-12-31", "service_mode": "direct"}],
    "decide": [{"kinds": ["warning"]}, {"kinds": ["fine"], "fine": MAJOR}],
    "recuse": [{"upheld": False}],
    "record_payment": [{"amount": MAJOR}],
    "annul": [{"result": "revoked"}, {"result": "changed", "new_amount": MAJOR}],
    "grant_deferral": [{"last_on": "2025-06-30"}],
    "close": [
        {"ground": ground}
        for ground in ("performed", "court_accepted", "no_penalty", "terminated", "referred", "annulled")
    ],
    **{
        step: [{"service_mode": "direct"}]
        for step in ("order_correction", "tell_test_result", "serve_notice", "serve_decision", "urge")
    },
}

# Side tracks of the ordinary procedure: the steps that belong together.
TRACKS: dict[str, frozenset[str]] = {
    "testing": frozenset({"entrust_test", "tell_test_result"}),
    "preserving": frozenset({"preserve_evidence", "dispose_preserved"}),
    "correcting": frozenset({"order_correction", "recheck_correction"}),
    "suspending": frozenset({"suspend", "resume"}),
    "extending": frozenset({"extend_filing_review", "extend_decision", "extend_decision_again"}),
    "hearing": frozenset({"request_hearing", "notify_hearing", "hold_hearing", "report_hearing"}),
    "annulling": frozenset({"annul", "withdraw_publication", "grant_deferral"}),
    "changing hands": frozenset({"assign_handlers", "recuse", "confirm_address", "correct_entry"}),
}
# Tracks that no guard of another track looks at: walked with the main line alone.
APART = ("extending", "annulling", "changing hands")
# Settings that ask for records which are no step (worksheet, no-fine list): their guards are tested apart, not walked.
RECORDS = frozenset({"benchmark", "no_fine_list"})
# Three ways to gather evidence differ in their form only; one is walked.
ALIKE = frozenset({"inspect_site", "interview"})


def scenes(
    procedure: Procedure, terms: Mapping[str, Term], calendar: Calendar, settings: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, Scene, tuple[Rule, ...]]]:
    """Yield (name, scene, safety rules): side tracks in pairs, or alone where they touch no other, with the main line."""
    walked_by = {key: setting for key, setting in settings.items() if key not in RECORDS}
    facts = Facts(BEGINS, calendar, terms, walked_by, cast(), "organisation", offence(), {"law": "示例法"})
    everything = frozenset().union(*TRACKS.values())
    for names in [*((one,) for one in APART), *combinations([one for one in TRACKS if one not in APART], 2)]:
        walked = frozenset().union(*(TRACKS[one] for one in names))
        scene = Scene(facts, CAST, PEOPLE, BEGINS, VARIANTS, GATES, (everything - walked) | ALIKE, remembered)
        yield " + ".join(names), scene, ORDINARY


def cast() -> dict[int, Officer]:
    """Nine people: two investigators, then one for each other part."""
    span = (SINCE, None)
    parts = {
        1: "officer", 2: "officer", 3: "unit_head", 4: "examiner", 5: "legal_reviewer", 6: "hearing_chair", 7: "leader",
        8: "head", 9: "publicist finance archivist panel_member",
    }
    return {
        one: Officer(
            one,
            f"示例人员{one}",
            f"EX{one:03}" if "officer" in roles.split() else "",
            span if "officer" in roles.split() else None,
            (),
            tuple((role, span) for role in roles.split()),
        )
        for one, roles in parts.items()
    }


def offence() -> Offence:
    """An invented offence that allows a warning or a fine of any size: exploring is not about amounts."""
    article = (Article("law", "1"),)
    regime = Regime(SINCE, None, article, article, ("warning", "fine"), Fine("fixed", 0, 10**12), "示例", "V")
    return Offence("example", "示例行为", "general", ("organisation",), "ecology", "unclear", (regime,))

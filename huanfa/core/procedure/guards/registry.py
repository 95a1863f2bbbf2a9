"""The list of guards by name, filled by the @guard mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from huanfa.core.errors import Reason
from huanfa.core.procedure.facts import Facts
from huanfa.core.procedure.standing import Standing

Values = Mapping[str, Any]
Guard = Callable[[Standing, Facts, Values, date], list[Reason]]

GUARDS: dict[str, Guard] = {}


def guard(function: Guard) -> Guard:
    """Put a function on the list under its own name."""
    GUARDS[function.__name__] = function
    return function


def against(sentence: str, article: str = "", field: str = "") -> list[Reason]:
    """One reason, as the list that guards return."""
    return [Reason(sentence, article, field)]

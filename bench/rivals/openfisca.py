"""openfisca-core: an Enum for each factor, a weight for each, the sum and the fine; made from the loaded benchmark.

The weights are looked up in an array by the index of the level: parameters indexed by an Enum walk case by case and take longer.
"""

from typing import Any

import numpy
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DAY
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.findings import ON, Found
from huanfa.core.discretion.benchmark import Factor, WeightTable

CASE = Entity("case", "cases", "案件", "")
PERIOD = ON.isoformat()


def system(table: WeightTable) -> TaxBenefitSystem:
    """The variables: f0, f1 … low, high (fen) → w0, w1 … → points → amount (fen)."""
    column, places = table.columns[0], range(len(table.factors))
    cap = int(table.cap * table.denominator) if table.cap is not None else None

    def points(cases: Any, period: Any) -> Any:
        total = sum((cases(f"w{place}", period) for place in places), column.start_points)
        return total if cap is None else numpy.minimum(total, cap)

    def amount(cases: Any, period: Any) -> Any:
        exact = cases("points", period).astype(numpy.int64) * column.maximum // table.denominator
        return numpy.clip(exact, cases("low", period), cases("high", period))

    out = TaxBenefitSystem([CASE])
    for place, factor in enumerate(table.factors):
        out.add_variable(_level(place, factor))
        out.add_variable(_weight(place, factor))
    for name, formula in (("low", None), ("high", None), ("points", points), ("amount", amount)):
        out.add_variable(_whole(name, formula))
    return out


def situations(table: WeightTable, founds: list[Found]) -> list[dict[str, Any]]:
    """Each case by itself, as OpenFisca takes it from JSON."""
    names = _names(table)
    return [
        {"cases": {"one": {
            **{f"f{place}": {PERIOD: f"l{names[place][word]}"} for place, word in enumerate(one.levels)},
            "low": {PERIOD: one.low}, "high": {PERIOD: one.high},
        }}}
        for one in founds
    ]


def alone(rules: TaxBenefitSystem, situation: dict[str, Any], trace: bool) -> int:
    """The fine of one case, in fen, built from its JSON."""
    simulation = SimulationBuilder().build_from_entities(rules, situation)
    simulation.trace = trace
    return int(simulation.calculate("amount", PERIOD)[0])


def arrays(table: WeightTable, founds: list[Found]) -> dict[str, Any]:
    """All cases at once, a column for each variable."""
    names = _names(table)
    out: dict[str, Any] = {
        f"f{place}": numpy.array([names[place][one.levels[place]] for one in founds], dtype=numpy.int16)
        for place in range(len(names))
    }
    return out | {name: numpy.array([getattr(one, name) for one in founds], dtype=numpy.int32) for name in ("low", "high")}


def together(rules: TaxBenefitSystem, columns: dict[str, Any]) -> Any:
    """The fines of all cases at once, an array in fen. It cannot tell one case from another, so there is no trace of a case."""
    simulation = SimulationBuilder().build_default_simulation(rules, len(columns["low"]))
    for name, column in columns.items():
        simulation.set_input(name, PERIOD, column)
    return simulation.calculate("amount", PERIOD)


def _names(table: WeightTable) -> list[dict[str, int]]:
    return [{word: number for number, word in enumerate(factor.levels)} for factor in table.factors]


def _level(place: int, factor: Factor) -> type[Variable]:
    words = Enum(f"Level{place}", {f"l{number}": word for number, word in enumerate(factor.levels)})
    return type(f"f{place}", (Variable,), {
        "value_type": Enum, "possible_values": words, "default_value": words.l0, "entity": CASE, "definition_period": DAY,
        "label": factor.name,
    })


def _weight(place: int, factor: Factor) -> type[Variable]:
    points = numpy.array([level.points for level in factor.levels.values()])
    return _whole(f"w{place}", lambda cases, period: points[cases(f"f{place}", period)])


def _whole(name: str, formula: Any) -> type[Variable]:
    kept = {"formula": formula} if formula else {}
    return type(name, (Variable,), {"value_type": int, "entity": CASE, "definition_period": DAY, "label": name, **kept})

"""What a table has that its form must offer: factors with their levels, columns, quantities, circumstances, increments."""

from huanfa.core.discretion.amount import percent
from huanfa.core.discretion.benchmark import Adjustment, GradeTable, Increment, RowTable, Table, WeightTable, factors_of
from huanfa.core.discretion.parse_tables import base_text

PERSON = ("对单位罚款", "对个人罚款")
GIVEN = "circumstances"     # the key under which the exhibits of a grade table are kept


def factor_names(table: Table) -> list[str]:
    """The names of the factors or dimensions, in the order of the table."""
    return list(table.dims) if isinstance(table, RowTable) else [one.name for one in factors_of(table)]


def choices(table: Table) -> list[list[tuple[str, str]]]:
    """For each factor its levels: the official words, and what each counts ("" in a condition table)."""
    if isinstance(table, RowTable):
        return [[(word, "") for word in words] for words in table.choices]
    return [[(level.name, level.line.sum) for level in factor.levels.values()] for factor in factors_of(table)]


def columns(table: Table) -> list[tuple[str, str]]:
    """The columns or targets, each with what is said beside it."""
    if isinstance(table, WeightTable):
        return [(one.name, f"起点{percent(one.start)}，乘{base_text(one)}") for one in table.columns]
    if isinstance(table, RowTable):
        return [(one.name, "并没收" if one.confiscate else "") for one in table.targets]
    if isinstance(table, GradeTable) and any(one.person for one in table.grades):
        return [(one, "") for one in PERSON]
    return []


def quantities(table: Table) -> list[str]:
    """The names of what a multiple or a percentage is taken of."""
    names: list[str] = []
    if isinstance(table, WeightTable):
        names = [one.of for one in table.columns]
    elif isinstance(table, RowTable):
        names = [one.of for one in table.targets]
    elif isinstance(table, GradeTable):
        names = [table.of, table.person_of]
    return [one for one in dict.fromkeys(names) if one]


def circumstances(table: GradeTable) -> list[str]:
    """Every circumstance of a grade table once, in order."""
    return list(dict.fromkeys(word for grade in table.grades for word in grade.any_of))


def increments(table: Table) -> list[Increment]:
    """What adds in the stepped grades, each class once."""
    if not isinstance(table, GradeTable):
        return []
    return list({one.kind: one for grade in table.grades if grade.steps for one in grade.steps.increments}.values())


def may_be_any(table: Table, place: int) -> bool:
    """Whether some row of a condition table leaves this dimension open."""
    return isinstance(table, RowTable) and any(not row.when[place] for row in table.rows)


def wants_figure(rule: Adjustment, position: str) -> bool:
    """Whether the rule of position leaves the figure to the officer."""
    if position == "ordinary":
        return rule.data.get("ordinary") == "open"
    return position == "lenient" or rule.data.get("severe") != "top"


def wants_statute(table: Table) -> bool:
    """Whether the range printed with the table does not tell which one is meant."""
    if isinstance(table, WeightTable) and all(0 <= one.statutory < len(table.statutory) for one in table.columns):
        return False
    return len(table.statutory) != 1

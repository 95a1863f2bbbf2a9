"""Tables of conditions: the row that fits what was found gives a range or a sum."""

from __future__ import annotations

from huanfa.core.discretion.benchmark import Benchmark, Row, RowTable
from huanfa.core.discretion.drawn import Drawn, from_span
from huanfa.core.discretion.findings import Findings, Statute
from huanfa.core.discretion.result import Line
from huanfa.core.errors import Reason


def condition_rows(
    table: RowTable, findings: Findings, benchmark: Benchmark, statute: Statute | None, reasons: list[Reason]
) -> Drawn:
    """The row whose conditions hold gives a range or a sum; the benchmark's rule of position gives the figure in it."""
    place = _target(table, findings, reasons)
    target, drawn = table.targets[place], Drawn(column=table.targets[place].name)
    row = _override(table, findings, reasons) if findings.override else _matching(table, findings, benchmark, place, reasons, drawn)
    if row is None:
        return drawn
    told = "；".join(one for one in row.when if one)
    source = f"{table.source}{'特殊情形' if findings.override else f'第{row.number}行'}"
    return from_span(drawn, row.fines[place], told, source, target.of, target.per, findings, benchmark, reasons)


def _target(table: RowTable, findings: Findings, reasons: list[Reason]) -> int:
    names = [one.name for one in table.targets]
    if len(names) == 1 and not findings.column:
        return 0
    if findings.column in names:
        return names.index(findings.column)
    reasons.append(Reason(f"请选择处罚对象：{'、'.join(names)}", table.source, "column"))
    return 0


def _override(table: RowTable, findings: Findings, reasons: list[Reason]) -> Row | None:
    given = tuple(findings.levels.get(name, "") for name in table.override_dims)
    for row in table.overrides:
        if row.when[-1] == findings.override and row.when[:-1] == given:
            return row
    if findings.override in table.override_words:
        reasons.extend(Reason(f"请认定“{name}”", table.source, name) for name in table.override_dims)
    else:
        reasons.append(Reason(f"裁量表没有“{findings.override}”这一特殊情形", table.source, "override"))
    return None


def _matching(
    table: RowTable, findings: Findings, benchmark: Benchmark, place: int, reasons: list[Reason], drawn: Drawn
) -> Row | None:
    """The row for what was found. A dimension not established: the lowest row that the rest leaves open."""
    given = tuple(findings.levels.get(name, "") for name in table.dims)
    known = set(table.dims)
    for name in (*findings.levels, *findings.measures):
        if name not in known:
            reasons.append(Reason(f"裁量表没有“{name}”这一条件", table.source, name))
    for name in sorted(known & set(findings.measures)):
        reasons.append(Reason(f"“{name}”按表中所列的档次选定，不填数值", table.source, name))
    if row := table.by_when.get(given):
        return row
    for name, value, choices in zip(table.dims, given, table.choices, strict=True):
        if value and value not in choices:
            reasons.append(Reason(f"“{name}”没有“{value}”这一档，可选：{'；'.join(choices)}", table.source, name))
    valid = [value if value in choices else "" for value, choices in zip(given, table.choices, strict=True)]
    left = [row for row in table.rows if all(cell == value for cell, value in zip(row.when, valid, strict=True) if cell and value)]
    open_ = [name for at, name in enumerate(table.dims) if not given[at] and any(row.when[at] for row in left)]
    if open_ and benchmark.unknown_factor != "lowest":
        for name in open_:
            choices = table.choices[table.dims.index(name)]
            reasons.append(Reason(f"请认定“{name}”：{'；'.join(choices)}", table.source, name))
    if not left:
        if not reasons:
            reasons.append(Reason("裁量表没有与所认定的各项相符的一行，请核对各项的组合", table.source, table.dims[0]))
        return None
    if open_:
        drawn.unestablished += open_
        cited = f"《{benchmark.title}》{benchmark.unknown_article}"
        drawn.lines += [Line("factor", name, "未能认定，按最低档", "", cited) for name in open_]
        return min(left, key=lambda row: (row.fines[place].high, row.fines[place].low))
    return max(left, key=lambda row: sum(bool(cell) for cell in row.when))

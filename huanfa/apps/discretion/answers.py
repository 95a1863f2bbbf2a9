"""Between the fields of a form and the findings of core, both ways. `form` is a FindingsForm."""

import re
from collections.abc import Mapping
from typing import Any

from huanfa.apps.discretion import tables
from huanfa.apps.discretion.tables import GIVEN
from huanfa.core.discretion.benchmark import GradeTable, RowTable
from huanfa.core.discretion.findings import Findings
from huanfa.core.money import yuan


def as_data(form: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the JSON that core reads."""
    levels, measures, evidence, unknown = {}, {}, {}, {}
    for place, (name, choices) in enumerate(zip(form.names, form.levels, strict=True)):
        if picked := values.get(f"f{place}"):
            levels[name] = choices[int(picked)][0]
        if measured := values.get(f"m{place}"):
            measures[name] = _with_unit(form, place, measured)
        if exhibits := values.get(f"e{place}"):
            evidence[name] = [int(number) for number in exhibits]
        if why := values.get(f"w{place}"):
            unknown[name] = why
    if exhibits := values.get(f"e{GIVEN}"):
        evidence[GIVEN] = [int(number) for number in exhibits]
    established = {*levels, *measures}
    data: dict[str, Any] = {
        "levels": levels, "measures": measures, "evidence": evidence, "excess": _excess(form, values),
        "unestablished": {name: why for name, why in unknown.items() if name not in established},
        "adjustments": [*_adjusted(form, values)],
        "column": form.columns[int(values["column"])][0] if values.get("column") else "",
        **{key: values[key] for key in ("quantity", "units", "chosen", "sum", "position") if values.get(key) not in (None, "")},
    }
    if isinstance(form.table, RowTable) and values.get("override"):
        data["override"] = form.table.override_words[int(values["override"])]
    if isinstance(form.table, GradeTable):
        every = tables.circumstances(form.table)
        data["circumstances"] = [every[int(place)] for place in values.get("circumstances", ())]
    days = {key: values.get(f"daily_{key}") for key in ("ordered_on", "found_on")}
    if any(days.values()):
        data["daily"] = {key: day.isoformat() if day else "" for key, day in days.items()}
    return data


def _adjusted(form: Any, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [
        {"id": rule.id, "value": values.get(f"a{place}_value") or None, "reason": values.get(f"a{place}_reason", ""),
         "to_max": bool(values.get(f"a{place}_max"))}
        for place, rule in form.movers() if values.get(f"a{place}")
    ]
    if values.get("within"):
        found.append({"id": "within", "value": values["within"], "reason": "调整系数的总和"})
    return found


def _excess(form: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    classes = []
    for place, rule in enumerate(tables.increments(form.table)):
        extra, told = values.get(f"x{place}_extra") or 0, re.split(r"[、,，;；\s]+", values.get(f"x{place}_values") or "")
        unit = "倍" if rule.of == "超标倍数" else rule.of
        exceeded = [f"{one}{unit}" if re.fullmatch(r"[\d.]+", one) else one for one in told if one]
        if extra or exceeded:
            classes.append({"class": rule.kind, "extra": extra, "values": exceeded})
    return {"reading": values.get("x_reading", ""), "classes": classes} if classes else {}


def _with_unit(form: Any, place: int, text: str) -> str:
    units = form.units(place)
    return f"{text}{units[0]}" if len(units) == 1 and re.fullmatch(r"[\d.]+", text) else text


def filled(form: Any, found: Findings) -> dict[str, Any]:
    """The values of the fields that say what was found before."""
    data, out = found.as_data(), {}
    for place, (name, choices) in enumerate(zip(form.names, form.levels, strict=True)):
        wanted = {word: str(number) for number, (word, _) in enumerate(choices)}
        out |= {f"f{place}": wanted.get(found.levels.get(name, ""), ""), f"m{place}": data.get("measures", {}).get(name, "")}
        out |= {f"e{place}": found.evidence.get(name, ()), f"w{place}": found.unestablished.get(name, "")}
    out[f"e{GIVEN}"] = found.evidence.get(GIVEN, ())
    names = [name for name, _ in form.columns]
    out["column"] = str(names.index(found.column)) if found.column in names else ""
    if isinstance(form.table, RowTable) and found.override in form.table.override_words:
        out["override"] = str(form.table.override_words.index(found.override))
    if isinstance(form.table, GradeTable):
        out["circumstances"] = [str(n) for n, word in enumerate(tables.circumstances(form.table)) if word in found.circumstances]
    applied = {one["id"]: one for one in data.get("adjustments", ())}
    for place, rule in form.movers():
        if one := applied.get(rule.id):
            out |= {f"a{place}": True, f"a{place}_value": one["value"] or "", f"a{place}_reason": one["reason"]}
            out[f"a{place}_max"] = one["to_max"]
    out["within"] = applied.get("within", {}).get("value", "")
    given = {one.kind: one for one in found.excess}
    told = {one["class"]: one["values"] for one in data.get("excess", {}).get("classes", ())}
    for place, increment in enumerate(tables.increments(form.table)):
        if one := given.get(increment.kind):
            out |= {f"x{place}_extra": one.extra, f"x{place}_values": "、".join(told[one.kind])}
    out |= {key: yuan(value) for key in ("quantity", "chosen") if (value := data.get(key)) is not None}
    out |= {key: data[key] for key in ("units", "sum", "position") if key in data}
    if found.daily:
        out |= {"daily_ordered_on": found.daily[0], "daily_found_on": found.daily[1]}
    return out | {"x_reading": found.reading}

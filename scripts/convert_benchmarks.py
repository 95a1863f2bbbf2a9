"""Turns the extracted fine tables of Guangdong (2022) and Jiangmen (2020) into rule files. Run once, its output reviewed.

    python scripts/convert_benchmarks.py TABLES.json huanfa/rules

The JSON holds what was read from the printed annexes; benchmark_notes.toml beside this script holds what was mended by
hand and our own remarks. Only the table files are written: pack.toml and benchmark.toml are kept by hand. The same input
always gives the same files.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

Table = dict[str, Any]

GUANGDONG = {
    "1": ("1-construction.toml", "建设项目"),
    "2": ("2-water.toml", "水"),
    "3": ("3-air.toml", "大气"),
    "4": ("4-solid-waste.toml", "固体废物"),
    "5": ("5-noise.toml", "噪声"),
    "6": ("6-soil.toml", "土壤"),
    "7": ("7-radiation.toml", "放射性"),
    "8": ("8-other.toml", "其他"),
}
JIANGMEN = {
    "1": ("01-eia.toml", "环境影响评价"),
    "2": ("02-water.toml", "水"),
    "3": ("03-air.toml", "大气"),
    "4": ("04-solid-waste.toml", "固体废物"),
    "5": ("05-noise.toml", "噪声"),
    "6": ("06-soil.toml", "土壤"),
    "7": ("07-radiation.toml", "放射性"),
    "8": ("08-construction.toml", "建设项目"),
    "9": ("09-livestock.toml", "畜禽养殖"),
    "10": ("10-guangdong-environment.toml", "广东省环境保护条例"),
    "11": ("11-guangdong-air.toml", "广东省大气污染防治条例"),
    "12": ("12-tanjiang.toml", "潭江流域水质保护条例"),
}
SPECIAL = "特殊情形"
VARIANT = "情形"
BLANK = ("", "/", "—", "——")
NUMERAL = "[一二三四五六七八九十百零]+"
NOTES = tomllib.loads((Path(__file__).parent / "benchmark_notes.toml").read_text(encoding="utf-8"))


def main(source: Path, rules: Path) -> None:
    """Write every table file below `rules`."""
    tables = json.loads(source.read_text(encoding="utf-8"))["tables"]
    laws = read_laws(rules)
    for body, version, begins, chapters, title, issuer in (
        ("guangdong", "2022", date(2022, 1, 1), GUANGDONG, "广东省裁量表", "广东省生态环境厅"),
        ("jiangmen", "2020", date(2020, 3, 1), JIANGMEN, "江门市裁量表", "江门市生态环境局"),
    ):
        prefix = "GD-" if body == "guangdong" else "JM-"
        citable = {name: law for name, (law, from_) in laws.items() if from_ <= begins}
        folder = rules / body / "benchmarks" / version
        folder.mkdir(parents=True, exist_ok=True)
        for chapter, (name, subject) in chapters.items():
            mine = [t for t in tables if re.match(rf"{prefix}{chapter}[.-]", t["id"])]
            mine.sort(key=lambda t: order(t["id"]))
            head = head_of(name, f"{title}：{subject}", issuer, version, f"裁量表第{chapter}章，{len(mine)}张表。")
            written = "\n\n".join(write_table(t, citable) for t in mine)
            (folder / name).write_text(f"{head}\n\n{written}\n", encoding="utf-8")


def read_laws(rules: Path) -> dict[str, tuple[str, date]]:
    """Title of a law → (id, first day in force), from the table of laws."""
    data = tomllib.loads((rules / "cn" / "laws.toml").read_text(encoding="utf-8"))
    return {law["title"]: (law["id"], law["from"]) for law in data["law"]}


def order(id_: str) -> list[tuple[int, str]]:
    """Sort key: GD-2.7a before GD-2.7b before GD-2.10."""
    return [(int(number), letter) for number, letter in re.findall(r"(\d+)([a-z]?)", id_)]


def head_of(name: str, title: str, issuer: str, version: str, gist: str) -> str:
    """The first lines of a table file."""
    lines = [
        "# 由 scripts/convert_benchmarks.py 从逐表录入的数据写成，数字已逐一核对；要改数字，直接改这里，写明依据。",
        "",
        f"title       = {quote(title)}",
        f"issuer      = {quote(issuer)}",
        f"version     = {quote(version)}",
        'read_by     = "Huanfa maintainers"',
        "reviewed_on = 2026-11-24",
        f"gist        = {quote(gist)}",
    ]
    if name in NOTES["assumptions"]:
        lines.append(f"assumption  = {flat([NOTES['assumptions'][name]])}")
    return "\n".join(lines)


def write_table(table: Table, laws: dict[str, str]) -> str:
    """One [[table]] with everything its method needs."""
    basis = basis_of(table)
    lines = [
        "[[table]]",
        f"id        = {quote(table['id'])}",
        f"offence   = {quote(mend(table, table['offence']))}",
        f"section   = {quote(section_of(table))}",
    ]
    if "pdf_page" in table:
        lines.append(f"page      = {table['pdf_page']}")
    lines += [
        f"basis     = {flat(basis)}",
        f"articles  = {inline([article for text in basis for article in articles_of(text, laws)])}",
        f"statutory = {flat(statutory_of(table))}",
        f"method    = {quote(table['method'])}",
    ]
    lines += WRITERS[table["method"]](table)
    for key, kept in (("note", note_of(table)), ("gaps_in_source", NOTES["gaps"].get(table["id"], ""))):
        if kept:
            lines.append(f"{key} = {quote(kept)}")
    return "\n".join(lines)


def section_of(table: Table) -> str:
    """The number printed at the table; Jiangmen's are the sheet and the item."""
    printed = table.get("section", table["id"].removeprefix("JM-"))
    return printed.removeprefix("§").split(" ")[0]


def basis_of(table: Table) -> list[str]:
    """The clauses the table stands on. 《条例》 only repeats, inside a quotation, a clause that is named in full before."""
    printed = NOTES["basis"].get(table["id"], table["law_articles"])
    return [text.replace("防治法五》", "防治法》") for text in printed if not text.startswith("《条例》")]


def articles_of(text: str, laws: dict[str, str]) -> list[dict[str, str]]:
    """《…法》第八十五条第一款第一项、第二款 → two citations; none if the law is not in the table of laws at that time."""
    found = re.fullmatch(rf"《(.+)》第({NUMERAL})条(.*)", text)
    if not found:
        raise ValueError(f"依据的写法不认识：{text}")
    law = laws.get(found[1])
    if not law:
        return []
    articles = []
    for part in found[3].split("、"):
        article = {"law": law, "article": str(number(found[2]))}
        if paragraph := re.search(rf"第{NUMERAL}款", part):
            article["paragraph"] = paragraph[0]
        if item := re.search(rf"第（?({NUMERAL})）?项", part):
            article["item"] = f"第（{item[1]}）项"
        articles.append(article)
    return articles


def number(text: str) -> int:
    """A Chinese numeral up to 999."""
    total, digit = 0, 0
    for sign in text:
        if sign in "百十":
            total += (digit or 1) * (100 if sign == "百" else 10)
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    return total + digit


def statutory_of(table: Table) -> list[str]:
    """The ranges of the law as the table prints them."""
    return NOTES["statutory"].get(table["id"]) or [amount(fine) for fine in table["statutory_fines"]]


def note_of(table: Table) -> str:
    """What an officer needs beside the numbers, in our own words."""
    id_, printed = table["id"], table.get("note", "")
    notes = [NOTES["notes"].get(id_, "")]
    notes += [ours for words, ours in NOTES["repeated"].items() if words in printed]
    if remark := table.get("remark", "").rstrip("。"):
        notes.append(NOTES["remarks"][remark])
    return "".join(notes)


def weight_sum(table: Table) -> list[str]:
    """Start and base of each column, then the factors with their weights."""
    lines = ['cap       = "100%"'] if table.get("cap_sum_at") == 1 else []
    if "floor_sum_at" in table:
        lines.append(f"floor     = {quote(weight(table['floor_sum_at']))}")
    lines += block("columns", [inline(column(c, table)) for c in table["columns"]])
    factors = []
    for factor in table["factors"]:
        bounds = bounds_of([mend(table, level["desc"]) for level in factor["levels"]])
        levels = [
            flat([mend(table, level["desc"]), weight(level["value"]), *([bound] if bound else [])])
            for level, bound in zip(factor["levels"], bounds, strict=True)
        ]
        one_line = f"{{ name = {quote(factor['name'])}, levels = [{', '.join(levels)}] }}"
        many = f"{{ name = {quote(factor['name'])}, levels = {nested(levels)} }}"
        factors.append(one_line if len(one_line) <= 110 else many)
    return lines + block("factors", factors)


def column(printed: Table, table: Table) -> dict[str, Any]:
    """A column: whose fine, in which branch, from which start, of which base, under which printed range."""
    name, base = printed["name"], printed["base"]
    known: dict[str, Any] = {"name": name, "start": weight(printed["start"])}
    if base["kind"] == "fixed_max":
        known["max"] = base["amount"]
        top, unit = base["amount"], "元"
    elif base["kind"] == "rate_of_quantity":
        known |= {"rate": weight(base["rate"]), "of": base["quantity"]}
        top, unit = base["rate"] * 100, "%"
    else:
        known |= {"times": base["multiple"], "of": base["quantity"]}
        if "quantity_floor" in base:
            known["of_floor"] = base["quantity_floor"]
        top, unit = base["multiple"], "倍"
    if party := party_of(name):
        known["party"] = party
    for words, branch in (("限期内改正", "in_time"), ("逾期未改正", "late")):
        if words in name:
            known["branch"] = branch
    known["statutory"] = next(i for i, s in enumerate(table["statutory_fines"]) if (s["max"], s["unit"]) == (top, unit))
    return known


def party_of(name: str) -> str:
    """Whom a column is for, where its name says so."""
    if any(words in name for words in ("个人", "人员")):
        return "person"
    return "unit" if any(words in name for words in ("单位", "企业")) else ""


def bounds_of(levels: list[str]) -> list[str]:
    """3个月以下, 3个月以上6个月以下 … as bounds, if every level of the factor is a plain interval and they join without gaps."""
    none = [""] * len(levels)
    found, joint = [], 0
    in_months = any("个月" in level for level in levels)
    for level in levels:
        plain = level.replace("同类违法行为", "").replace("同类环境违法行为", "").replace("及以上", "以上")
        if plain == "无":
            plain = "0次"
        size = r"(\d+)([^\d以]+)"
        match = re.fullmatch(rf"(?:{size})|(?:(?:{size}以上)?(?:{size}(?:以下|以内))?)", plain)
        if not match:
            return none
        exact, exact_unit, low, low_unit, high, high_unit = match.groups()
        unit = exact_unit or high_unit or low_unit
        if in_months:
            low, high, unit = months(low, low_unit), months(high, high_unit), "个月"
        starts = int(exact or low or 0)
        if found and starts != joint:
            return none
        joint = starts + 1 if exact else int(high or 0)
        found.append(f"={exact}{unit}" if exact else f"{low or ''}-{high or ''}{unit}")
    return found


def months(figure: str | None, unit: str | None) -> str | None:
    """A figure of years as months."""
    return str(int(figure) * 12) if figure and unit == "年" else figure


def condition_rows(table: Table) -> list[str]:
    """The decision table: one line a row; special circumstances apart."""
    names = table["fine_columns"]
    dims = [*([VARIANT] if any("variant" in row for row in table["rows"]) else []), *table["dims"]]
    rows, overrides, typos, before = [], [], [], []
    for printed in table["rows"]:
        when = {VARIANT: printed.get("variant", ""), **printed["when"]}
        fines = [printed["fine"][name] for name in names]
        amounts = [amount(fine) for fine in fines]
        cells = ["" if when.get(dim, "") in BLANK else mend(table, when[dim]) for dim in dims]
        if SPECIAL in when or (table["id"] in NOTES["lists"]["override_rows"] and len(printed["when"]) == 1):
            before = [dim for dim, cell in zip(dims, cells, strict=True) if cell and SPECIAL in when]
            led_by = [cell for cell in cells if cell] if SPECIAL in when else []
            overrides.append(flat([*led_by, when.get(SPECIAL) or next(iter(printed["when"].values())), *amounts]))
            continue
        typos += [
            inline({"row": len(rows), "target": i, "printed": fine["text"]})
            for i, fine in enumerate(fines) if fine.get("source_typo")
        ]
        rows.append(flat([*cells, *amounts]))
    lines = [f"dims      = {flat([mend(table, dim) for dim in dims])}"]
    lines.append(f"targets   = {inline([target(name, table) for name in names])}")
    lines += block("rows", rows)
    if before:
        lines.append(f"override_dims = {flat(before)}")
    return lines + block("overrides", overrides) + block("typos", typos)


def target(name: str, table: Table) -> dict[str, Any]:
    """A column of fines: whose, of what, for each what."""
    fines = [row["fine"][name] for row in table["rows"]]
    known: dict[str, Any] = {"name": name.removesuffix("（万）")}
    if party := party_of(name):
        known["party"] = party
    for fine in fines:
        if fine["unit"] in ("倍", "%"):
            words = re.sub(r"没收违法所得，并|[\d.].*", "", fine["text"]).removeprefix("处").removesuffix("的")
            known["of"] = words
        if "per" in fine:
            known["per"] = fine["per"]
        if fine.get("confiscate_illegal_gains"):
            known["confiscate"] = True
    return known


def grades(table: Table) -> list[str]:
    """Grades from the lightest to the heaviest, each with its alternative circumstances."""
    id_ = table["id"]
    written, of = [], NOTES["of"].get(id_, "")
    for i, printed in enumerate(table["grades"]):
        of = of or printed["fine"].get("of", "")
        fine = NOTES["fines"].get(f"{id_}/{i}") or amount(printed["fine"] | {"text": printed["standard_text"]})
        known: dict[str, Any] = {"fine": fine}
        if person := person_amount(printed["standard_text"]):
            known["person"] = person
        if id_ in NOTES["lists"]["persons_only"]:
            known = {"fine": "/", "person": fine}
        if gist := NOTES["gist"].get(f"{id_}/{i}"):
            known["gist"] = gist
        tail = inline(known)[2:]
        if "within_range_rule" in printed:
            tail = f"{tail[:-2]}, steps = {steps(printed['within_range_rule'])} }}"
        circumstances = [mend(table, text.rstrip("；")) for text in printed["circumstances_any_of"]]
        one_line = f"{{ grade = {printed['grade']}, any_of = {flat(circumstances)}, {tail}"
        many = f"{{ grade = {printed['grade']}, any_of = {nested(map(quote, circumstances))}, {tail}"
        written.append(one_line if len(one_line) <= 110 else many)
    lines = [f"of        = {quote(of)}"] if of else []
    for key in ("person_of", "at_most"):
        if id_ in NOTES[key]:
            lines.append(f"{key:9} = {inline(NOTES[key][id_])}")
    return lines + block("grades", written)


def person_amount(text: str) -> str:
    """The fine for persons that a standard prints after the fine for the unit; empty if none."""
    found = re.search(r"[，；](?:并?对.*?人员?，?(?:可以)?|个人)处(?:以)?(.+)$", text)
    if not found:
        return ""
    optional = "可" if "对责任人员可以处" in text else ""
    if share := re.search(r"收入(\d+)[%％]?以上(\d+)[%％]|收入(\d+)[%％]以下", text):
        return optional + (f"-{share[3]}%" if share[3] else f"{share[1]}-{share[2]}%")
    ends = [str(money(words)) for words in re.findall(r"[一二三四五六七八九十百千万]+(?=元)", found[1])]
    return "-".join(ends)


def money(text: str) -> int:
    """A Chinese sum such as 一万五千 in yuan."""
    tens, _, rest = text.rpartition("万")
    thousands, _, units = rest.rpartition("千")
    return number(tens) * 10_000 + number(thousands) * 1_000 + number(units)


def steps(rule: Table) -> str:
    """The step rule inside a grade, one class of pollutants a line."""
    increments = []
    for printed in rule["increments"]:
        name = printed["class"].replace("/", "、").replace("VOCs", "挥发性有机物").translate(str.maketrans("()", "（）"))
        known: dict[str, Any] = {"class": name, "extra": printed["extra_factor_add"]}
        for prefix, step in (("", printed["step"]), ("alt_", printed.get("alt_step"))):
            if step:
                known |= {f"{prefix}of": step["of"], f"{prefix}size": str(Fraction(str(step["size"])))}
                known |= {f"{prefix}add": step["add"], f"{prefix}rounding": step["rounding"]}
        increments.append(inline(known))
    low, high = (int(end) for end in rule["clamp"])
    unclear = "来源没有写明增加的数从零起算，还是从进入这一档的门槛起算。"
    head = inline({"base": int(rule["base"]), "low": low, "high": high, "unclear": unclear})
    return f"{head[:-2]}, increments = {nested(increments)} }}"


WRITERS = {"weight_sum": weight_sum, "condition_rows_to_range": condition_rows, "grade_to_range": grades}


def amount(fine: Table) -> str:
    """A printed fine in the notation of rule files: 20000-40000, 50000, -10000, 1-1.5倍, 警告；可-2500, /."""
    text = fine["text"]
    if fine["max"] is None:
        return "警告" if fine.get("warning") or fine.get("warning_only") else "/"
    unit = "" if fine["unit"] == "元" else fine["unit"]
    low, high = plain(fine["min"]), plain(fine["max"])
    said = high if low == high else f"{'' if low == '0' else low}-{high}"
    optional = "可" if re.match(r"[^；]*?(可以并处|可以处|可处)", text) else ""
    return ("警告；" if fine.get("warning") else "") + optional + said + unit


def plain(value: float) -> str:
    """A number without a needless fraction."""
    return str(int(value)) if value == int(value) else str(value)


def weight(value: float | str) -> str:
    """A weight: 5% or, where the source has one, an exact fraction."""
    return value if isinstance(value, str) else f"{plain(float(Fraction(str(value)) * 100))}%"


def mend(table: Table, text: str) -> str:
    """An official wording without its printing or reading errors."""
    mended = NOTES["mended_in"].get(table["id"], {}).get(text, text)
    return NOTES["mended"].get(mended, mended)


def quote(text: str) -> str:
    """A TOML string."""
    return json.dumps(text, ensure_ascii=False)


def flat(texts: Iterable[str]) -> str:
    """A TOML array of strings on one line."""
    return "[" + ", ".join(quote(text) for text in texts) + "]"


def inline(value: Any) -> str:
    """A value on one line: inline tables for mappings."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {inline(kept)}" for key, kept in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(inline(kept) for kept in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else quote(value)


def nested(values: Iterable[str]) -> str:
    """An array inside an entry, one value a line."""
    return "[\n" + "".join(f"        {value},\n" for value in values) + "    ]"


def block(key: str, lines: list[str]) -> list[str]:
    """An array with one entry a line; nothing if there is none."""
    return [f"{key} = [", *(f"    {line}," for line in lines), "]"] if lines else []


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

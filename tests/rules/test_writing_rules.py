"""docs/writing-rules.md tells the truth: each example in it is read without a fault, each key it names exists."""

import re
import shutil
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from huanfa.core import rulebook
from huanfa.core.calendar.terms import Term
from huanfa.core.discretion import check, library
from huanfa.core.discretion.adjustments import KINDS
from huanfa.core.discretion.amount import span
from huanfa.core.discretion.benchmark import GradeTable, RowTable, WeightTable
from huanfa.core.discretion.parse import _HEAD
from huanfa.core.procedure.definition import Step, parse
from huanfa.core.procedure.guards import GUARDS
from huanfa.core.rulefile import RuleFile, read

DOC = (Path(__file__).parents[2] / "docs" / "writing-rules.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n# 示例：(\w+)\n(.*?)```", DOC, re.S)
PLACES = {"law": "laws.toml", "offence": "violations/water.toml", "term": "terms.toml", "setting": "thresholds.toml"}


def examples(kind: str) -> list[str]:
    return [text for one, text in EXAMPLES if one == kind]


def keys_of(section: str) -> set[str]:
    """The keys in the first column of the table of a section."""
    part = DOC.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return {key for row in re.findall(r"^\| ([^|]+) \|", part, re.M) for key in re.findall(r"`(\w+)`", row)}


def test_every_example_says_what_it_is_an_example_of():
    assert DOC.count("```toml") == len(EXAMPLES)
    assert {kind for kind, _ in EXAMPLES} == {*PLACES, "pack", "calendar", "step", "benchmark", "table", "no_fine"}


def test_the_bureaus_own_pack_of_the_guide_completes_the_chain(tmp_path):
    shutil.copytree(rulebook.ROOT, tmp_path / "rules")
    (pack,) = examples("pack")
    target = tmp_path / "rules" / tomllib.loads(pack)["id"]
    target.mkdir()
    (target / "pack.toml").write_text(pack, encoding="utf-8")
    (target / "thresholds.toml").write_text(examples("setting")[0], encoding="utf-8")

    book, faults = rulebook.examine(target.name, tmp_path / "rules")

    assert faults == []
    assert book.value("number_prefix") == "某环某"
    assert book.settings_on(book.bodies[-1].begins)["legal_review"]["scope"] == "every_case"
    assert not {"number_prefix", "contact"} & {gap.id for gap in book.gaps}


def test_laws_offences_terms_and_calendars_of_the_guide_are_read_without_a_fault(tmp_path):
    target = tmp_path / "doc"
    (target / "violations").mkdir(parents=True)
    (target / "calendar").mkdir()
    (target / "pack.toml").write_text('id = "doc"\ntitle = "说明"\nlevel = "nation"\n', encoding="utf-8")
    code = '[[law]]\nid = "code"\ntitle = "中华人民共和国生态环境法典"\nfrom = 2026-08-15\n'
    for kind, place in PLACES.items():
        text = "\n".join(examples(kind)) + (code if kind == "law" else "")
        head = 'title = "水"\nissuer = "某"\nversion = "1"\nread_by = "某"\nreviewed_on = 2026-01-01\n' if kind == "offence" else ""
        (target / place).write_text(head + text, encoding="utf-8")
    (target / "calendar" / "2025.toml").write_text(examples("calendar")[0], encoding="utf-8")

    book, faults = rulebook.examine("doc", tmp_path)

    assert faults == []
    assert [len(one) for one in (book.laws, book.offences, book.terms, book.settings)] == [2, 1, 1, 1]
    assert book.calendar.covers(2025)


def test_the_benchmark_of_the_guide_is_read_without_a_fault_and_its_tables_are_real(tmp_path):
    folder = tmp_path / "guangdong" / "benchmarks" / "2022"
    folder.mkdir(parents=True)
    (head,) = examples("benchmark")
    (folder / "benchmark.toml").write_text(head, encoding="utf-8")
    (folder / "tables.toml").write_text("\n".join(examples("table")), encoding="utf-8")
    real = [
        table for path in library.ROOT.glob("*/benchmarks/*/*.toml")
        for table in tomllib.loads(path.read_text(encoding="utf-8")).get("table", ())
    ]

    benchmark, faults = library.examine("guangdong/2022", tmp_path)

    assert faults == []
    assert check.faults_of(benchmark) == []
    assert [one.kind for one in benchmark.adjustments] == ["position", "apology"]
    assert {type(table) for table in benchmark.tables.values()} == {WeightTable, RowTable, GradeTable}
    assert all(tomllib.loads(text)["table"][0] in real for text in examples("table"))


def test_the_no_fine_item_of_the_guide_is_a_real_one():
    (text,) = examples("no_fine")
    file = tomllib.loads((library.ROOT / "guangdong/no_fine/2022.toml").read_text(encoding="utf-8"))

    assert tomllib.loads(text)["item"][0] in file["item"]


def test_every_amount_of_the_guide_is_one_the_tables_may_print():
    amounts = re.findall(r"`([^`]+)`", DOC.split("| 数额 | 意思 |")[1].split("\n\n")[0])

    assert len(amounts) == 13
    assert all(span(one).text for one in amounts if one != "of")


def test_every_kind_of_adjustment_is_explained_and_every_key_exists():
    section = DOC.split("\n### 调整\n")[1].split("\n### ")[0]
    rows = re.findall(r"^\| ((?:`\w+` ?)+) \|", section, re.M)

    assert {kind for row in rows for kind in re.findall(r"\w+", row)} == {"kind", *KINDS}
    head = DOC.split("\n## 裁量基准\n")[1].split("\n### ")[0]
    assert set(re.findall(r"^\| `(\w+)`", head, re.M)) <= _HEAD


@pytest.mark.parametrize("text", examples("step"), ids=lambda text: tomllib.loads(text)["step"][0]["id"])
def test_each_step_of_the_guide_fits_into_the_ordinary_procedure(text):
    file = read(rulebook.ROOT / "cn/procedures/ordinary.toml", rulebook.ROOT)
    (step,) = tomllib.loads(text)["step"]
    steps = [step if one["id"] == step["id"] else one for one in file.data["step"]]
    assert step in steps

    procedure, faults = parse(
        RuleFile(file.name, {**file.data, "step": steps}, file.sha256, file.lines), rulebook.load("cn").terms, GUARDS
    )

    assert faults == []
    assert procedure.step(step["id"]).title == step["title"]


def test_every_key_of_a_step_is_explained_and_no_other():
    known = {one.name for one in fields(Step)} - {"asks", "outcomes"} | {"ask", "outcome"}
    unexplained = {"id", "title", "gist", "gathers_evidence", "during", "unless_hold", "number"}

    named = keys_of("程序的步骤") - {"label", "type", "optional", "when", "when_is", "from", "decide", "decide_no_penalty", "stages"}
    assert named <= known
    assert known - named <= unexplained


def test_every_key_of_a_term_named_in_the_guide_exists():
    assert keys_of("期限") <= {one.name for one in fields(Term)}

"""docs/writing-rules.md tells the truth: each example in it is read without a fault, each key it names exists."""

import re
import shutil
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from huanfa.core import rulebook
from huanfa.core.calendar.terms import Term
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
    assert {kind for kind, _ in EXAMPLES} == {*PLACES, "pack", "calendar", "step"}


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

"""The command line as people and scripts use it: answers, JSON, exit codes, and sentences instead of stack traces."""

import json
import shutil

import pytest

from huanfa.__main__ import main
from huanfa.core import rulebook
from huanfa.core.procedure.scenes import TRACKS
from tests.apps.builders import a_bureau, a_case
from tests.apps.ledger.test_guard import past_the_guard


def told(capsys, *words: str) -> tuple[int, dict]:
    code = main([*words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_rules_hold_together_and_their_gaps_are_listed(capsys):
    code, answer = told(capsys, "rules", "check")

    assert code == 0
    assert answer["faults"] == []
    assert {gap["id"] for gap in answer["gaps"]} >= {"benchmark", "hearing_amount", "number_prefix"}
    assert all(gap["ask"].startswith("请") for gap in answer["gaps"])


def test_every_planted_fault_is_reported_at_once_with_file_and_line(tmp_path, monkeypatch, capsys):
    root = tmp_path / "rules"
    shutil.copytree(rulebook.ROOT, root)
    procedure = root / "cn/procedures/ordinary.toml"
    text = procedure.read_text(encoding="utf-8")
    text = text.replace('"four_conditions_met"', '"conditions_of_my_own"').replace('after = ["register_lead"]', 'after = ["nowhere"]', 1)
    procedure.write_text(text.replace('papers = ["site_record"]', 'papers = ["no_such_paper"]'), encoding="utf-8")
    terms = root / "cn/terms.toml"
    terms.write_text(terms.read_text(encoding="utf-8").replace('unit = "workdays"', 'unit = "fortnights"', 1), encoding="utf-8")
    (root / "cn/calendar/2024.toml").write_text("title = [", encoding="utf-8")
    real = rulebook.examine
    monkeypatch.setattr(rulebook, "examine", lambda leaf: real(leaf, root))

    code, answer = told(capsys, "rules", "check", "cn")

    found = {(fault["file"], fault["sentence"].split("：")[0][:14]) for fault in answer["faults"]}
    assert code == 1
    assert {file for file, _ in found} == {"cn/procedures/ordinary.toml", "cn/terms.toml", "cn/calendar/2024.toml"}
    assert all(fault["line"] > 1 or fault["file"].endswith("2024.toml") for fault in answer["faults"])
    sentences = " ".join(fault["sentence"] for fault in answer["faults"])
    for planted in ("conditions_of_my_own", "nowhere", "no_such_paper", "fortnights", "不是合法的 TOML"):
        assert planted in sentences


def test_a_period_is_proved_day_by_day(capsys):
    code, answer = told(capsys, "term", "defence", "--from", "2026-09-21")

    assert (code, answer["due"]) == (0, "2026-09-29")
    assert [line["number"] for line in answer["proof"] if line["number"]] == [1, 2, 3, 4, 5]


def test_a_period_with_excluded_time_and_one_in_hours(capsys):
    assert told(capsys, "term", "decide_within", "--from", "2026-03-02", "--pause", "2026-03-12:2026-03-20")[1]["remind"] == "2026-06-08"
    assert told(capsys, "term", "crime_referral", "--from", "2026-09-30T17:00")[1]["due_at"] == "2026-10-01T17:00:00"


@pytest.mark.parametrize("words", [
    ("term", "nothing", "--from", "2026-01-01"), ("term", "pay", "--from", "yesterday"), ("procedure", "none"),
    ("term", "defence", "--from", "2026-09-29", "--extend", "-9"), ("term", "defence", "--from", "9999-12-30"),
    ("term", "defence", "--from", "2026-09-29", "--pause", "2026-10-10:2026-10-01"),
    ("term", "defence", "--from", "2026-09-29", "--pause", "later"),
])
def test_wrong_usage_is_a_sentence_and_not_a_stack_trace(capsys, words):
    assert main(list(words)) == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err and said.err.strip()


def test_the_graph_of_a_procedure_names_guards_signers_papers_and_articles(capsys):
    code, answer = told(capsys, "procedure", "ordinary")
    decide = next(step for step in answer["steps"] if step["id"] == "decide")

    assert code == 0
    assert decide["signs"] == ["handler", "unit_head", "leader"]
    assert "penalty_decision" in decide["papers"]
    assert "defence_over_or_waived" in decide["needs"]
    assert decide["opens"] == ["serve_decision", "publish"]
    assert main(["procedure", "ordinary"]) == 0
    assert "作出行政处罚决定" in capsys.readouterr().out
    assert set().union(*TRACKS.values()) <= {step["id"] for step in answer["steps"]}


@pytest.mark.django_db
def test_the_whole_ledger_is_verified_and_the_first_bad_entry_named(capsys):
    bureau = a_bureau()
    whole, broken = a_case(bureau, at="file"), a_case(bureau, at="file")
    assert told(capsys, "verify") == (0, {"dossiers": 2, "broken": [], "drifted": []})

    past_the_guard(f"UPDATE ledger_entry SET data = replace(data, '喷漆', '喷涂') WHERE seq = 1 AND dossier_id = {broken.pk}")

    code, answer = told(capsys, "verify")
    assert code == 1
    assert [(one["dossier"], one["seq"]) for one in answer["broken"]] == [(broken.dossier.key, 1)]
    assert told(capsys, "verify", "--dossier", whole.dossier.key)[0] == 0
    assert told(capsys, "verify", "--dossier", broken.dossier.key)[0] == 1
    assert main(["verify", "--dossier", "case-0-0"]) == 2


@pytest.mark.django_db
def test_a_stored_stage_that_the_entries_do_not_carry_is_reported(capsys):
    case = a_case(at="file")
    type(case).objects.filter(pk=case.pk).update(stage="archive")

    code, answer = told(capsys, "verify")

    assert code == 1
    assert "阶段" in answer["drifted"][0]


@pytest.mark.django_db
def test_the_years_figures_are_counted_from_the_records(capsys):
    a_case(at="decide")

    code, answer = told(capsys, "figures", "--year", "2026")

    assert code == 0
    assert any(figure["records"] == 1 for figure in answer["figures"])

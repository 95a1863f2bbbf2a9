"""A paper is filled whole or not at all; what it says is fixed from then on."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from huanfa.core.errors import MissingValues, NotAllowed
from huanfa.core.papers.paper import SHARED_VALUES, Paper, fill, parse
from huanfa.core.papers.template import values_of
from huanfa.core.rulefile import RuleFile, read
from tests.a_paper import RULES, a_paper, templates, values_for

ALL = sorted(templates())


def a_rulefile(tmp_path: Path, text: str, name: str = "note.toml") -> RuleFile:
    (tmp_path / name).write_text(text, encoding="utf-8")
    rulefile = read(tmp_path / name, tmp_path)
    assert isinstance(rulefile, RuleFile)
    return rulefile


HEAD = """\
id = "note"
form = 0
title = "便函"
direction = "out"
layout = "letter"
seal = false
copies = 1
from = 2023-07-01
issuer = "本项目"
read_by = "无"
reviewed_on = 2026-11-23
gist = "测试用"
articles = [{ law = "行政处罚法", article = "44" }]
"""


@pytest.mark.parametrize("id_", ALL)
def test_every_paper_fills_with_complete_values(id_):
    paper = a_paper(id_)

    assert "{" not in paper.text() and "}" not in paper.text()
    assert paper.title in paper.text()
    assert "￥" not in paper.text() and "¥" not in paper.text()
    assert "。。" not in paper.text()


@pytest.mark.parametrize("id_", ALL)
def test_a_paper_without_values_names_every_one_that_is_missing(id_):
    template = templates()[id_]

    with pytest.raises(MissingValues) as refusal:
        fill(template, {})

    always = {v.label for v in template.values.values() if not v.optional and _stands_always(template, v.id)}
    assert always <= set(refusal.value.missing)
    assert "机关名称" in refusal.value.missing and "文书日期" in refusal.value.missing
    assert not any(label.isascii() for label in refusal.value.missing)


def _stands_always(template, id_):
    conditional = {n for b in template.blocks if b.when or b.when_is for n in _named(b)}
    return id_ not in conditional


def _named(block):
    return set(values_of(block)) | {block.when} | {n for n, _ in block.when_is}


def test_a_blank_value_is_as_good_as_none():
    template = templates()["correction_order"]

    with pytest.raises(MissingValues) as refusal:
        fill(template, values_for(template, order_content=" \u200b\n", facts=""), number="江环责改〔2026〕1号")

    assert refusal.value.missing == ("改正内容",)


def test_a_blank_cell_of_the_evidence_table_is_named_by_row_and_column():
    template = templates()["prior_notice"]
    evidence = [{"name": "现场检查笔录", "taken_on": date(2026, 9, 1), "provider": "本机关", "proves": ""}]

    with pytest.raises(MissingValues, match="证据清单第1行“证明内容”"):
        fill(template, values_for(template, evidence=evidence), number="江环罚告〔2026〕1号")


def test_a_paper_with_a_document_number_is_not_made_without_one():
    template = templates()["penalty_decision"]

    with pytest.raises(MissingValues, match="文号"):
        fill(template, values_for(template))


def test_an_amount_is_printed_in_words_and_in_figures():
    text = a_paper("internal_approval", step="decide", fine=2_590_000).text()

    assert "人民币贰万伍仟玖佰元整（25,900元）" in text


def test_an_amount_is_whole_fen_and_never_a_float():
    template = templates()["internal_approval"]

    for amount in (25_900.0, True, -100):
        with pytest.raises(NotAllowed, match="罚款数额"):
            fill(template, values_for(template, step="decide", fine=amount))


def test_a_decision_without_a_fine_says_nothing_about_paying_one():
    text = a_paper("penalty_decision", fine=None, confiscated=None, penalty_text="警告").text()

    assert "百分之三" not in text and "缴" not in text
    assert "处罚：警告" in text


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("right_silent", "也未要求听证"),
        ("right_argued", "提出了陈述、申辩意见，未要求听证"),
        ("right_heard", "依法举行了听证"),
        ("right_absent", "视为放弃听证权利"),
        ("right_waived", "明确表示放弃陈述、申辩和要求听证的权利"),
        ("plain_silent", "告知你单位拟作出的行政处罚的内容、事实、理由、依据和依法享有的陈述、申辩的权利。你单位逾期"),
        ("plain_argued", "提出了陈述、申辩意见"),
        ("plain_waived", "明确表示放弃陈述、申辩的权利"),
    ],
)
def test_the_decision_says_what_became_of_the_defence(outcome, said):
    text = a_paper("penalty_decision", defence_outcome=outcome).text()

    assert said in text
    assert text.count("送达《行政处罚事先（听证）告知书》") == 1


def test_the_hearing_paragraph_stands_only_where_there_is_a_right_to_one():
    with_right = a_paper("prior_notice", hearing_right=True).text()
    without = a_paper("prior_notice", hearing_right=False).text()

    assert "有权要求听证" in with_right and "五个工作日" in with_right
    assert "要求听证" not in without
    assert "5个工作日" in without


def test_relief_names_every_government_and_both_terms():
    text = a_paper("penalty_decision").text()

    assert "六十日内向江城市人民政府或者江城市汉阳湾区人民政府申请行政复议" in text
    assert "六个月内直接向江城市汉阳湾区人民法院提起行政诉讼" in text


def test_a_citizen_is_you_and_has_no_legal_representative():
    text = a_paper("prior_notice", party_kind="citizen", party_name="吴青", party_legal_rep=None).text()

    assert "公民身份号码" in text and "法定代表人" not in text
    assert "你有权陈述和申辩" in text and "你单位有权" not in text


def test_a_refused_recusal_says_so():
    assert "决定李安回避" in a_paper("recusal_reply", upheld=True).text()
    assert "决定李安不回避" in a_paper("recusal_reply", upheld=False).text()


def test_an_item_not_ticked_in_the_legal_review_is_a_no():
    paper = a_paper("legal_review", checked=["subject"], major=False)

    (block,) = (block for block in paper.blocks if block["kind"] == "checks")
    assert [row["yes"] for row in block["rows"]] == [True, *[False] * 8]


def test_an_approval_box_of_nobody_known_is_refused():
    stranger = [{"slot": "passer_by", "name": "某人", "opinion": "同意", "on": date(2026, 10, 1)}]
    template = templates()["closing_approval"]

    with pytest.raises(NotAllowed, match="passer_by"):
        fill(template, values_for(template, signatures=stranger))


def test_a_form_strikes_what_may_be_absent():
    paper = a_paper("service_receipt", document_number=None, service_note=None)

    cells = {row["label"]: row.get("text") for block in paper.blocks for row in block.get("rows", ()) if "label" in row}
    assert cells["送达文书文号"] == "/" and cells["备注"] == "/"


def test_a_receipt_gives_the_day_of_the_announcement_only_where_there_was_one():
    assert "公告日期" not in a_paper("service_receipt", service_mode="direct", announced_on=None).text()
    assert "公告日期" in a_paper("service_receipt", service_mode="announcement").text()


def test_a_filing_not_made_shows_the_condition_that_fails_and_no_handlers():
    text = a_paper("filing_approval", step="decline", filing_number=None, handlers=None, conditions=None).text()

    assert "不予立案理由" in text and "拟指定承办人" not in text


def test_hostile_text_stays_text():
    hostile = '#eval("1") $x$ *粗* {fine} {{you}} \\end <a> "]} \u202e反\x00\x07向'

    text = a_paper("penalty_decision", facts=hostile).text()

    assert '#eval("1") $x$ *粗* {fine} {{you}} \\end <a> "]} 反向' in text


def test_a_text_of_five_megabytes_is_refused_with_a_sentence():
    template = templates()["penalty_decision"]

    with pytest.raises(NotAllowed, match="“违法事实”超过20000字"):
        fill(template, values_for(template, facts="水" * 5_000_000), number="江环罚〔2026〕1号")


def test_the_same_values_give_the_same_paper_and_hash():
    one, other = a_paper("penalty_decision"), a_paper("penalty_decision")

    assert one == other and one.sha256 == other.sha256
    assert one.sha256 != a_paper("penalty_decision", penalty_text="警告").sha256
    assert Paper.from_data(json.loads(one.canonical())).sha256 == one.sha256


def test_dates_from_the_ledger_print_as_those_from_a_form():
    assert a_paper("prior_notice", filed_on="2026-09-03").sha256 == a_paper("prior_notice").sha256


def test_all_faults_of_a_template_come_together_with_their_lines(tmp_path):
    text = HEAD + '\n[[value]]\nid = "why"\nlabel = "理由"\ntype = "essay"\n\n[[block]]\nkind = "poem"\n'

    template, faults = parse(a_rulefile(tmp_path, text))

    assert template is None
    assert [fault.line for fault in faults] == [16, 21]
    assert "essay" in faults[0].sentence and "poem" in faults[1].sentence


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ('[[block]]\nkind = "paragraph"\ntext = "因{reason}"\n', "没有声明的值“reason”"),
        ('[[block]]\nkind = "paragraph"\ntext = "因{fine + 1}"\n', "花括号内只能写值的 id"),
        ('[[block]]\nkind = "paragraph"\ntext = "职务{party_legal_rep_post}"\n', "须写 when"),
        ('[[block]]\nkind = "title"\nwhen_is = { party_kind = "robot" }\n', "没有“robot”这一选项"),
        ('[[value]]\nid = "why"\nlabel = "理由"\n\n[[block]]\nkind = "title"\n', "“why”从未用到"),
    ],
)
def test_a_template_that_would_leave_a_hole_is_a_fault(tmp_path, blocks, sentence):
    template, faults = parse(a_rulefile(tmp_path, HEAD + "\n" + blocks))

    assert template is None
    assert sentence in str(faults[0])


# Drawn up with a record that is no step; its values come from the record (apps/cases/weighing.py, sheet_values).
OF_RECORDS = {"discretion_sheet"}


def test_every_value_of_a_paper_is_asked_by_a_step_or_shared():
    asked = {ask["id"] for step in _steps() for ask in step.get("ask", ())}

    for template in templates().values():
        if template.id in OF_RECORDS:
            continue
        assert template.asked <= asked, (template.id, template.asked - asked)
    assert not {"you"} & asked and "you" in SHARED_VALUES


def test_a_choice_on_paper_offers_what_the_step_that_draws_it_offers():
    for step in _steps():
        for id_ in step.get("papers", ()):
            for ask in step.get("ask", ()):
                value = templates()[id_].values.get(ask["id"]) if id_ in templates() else None
                if value is not None and value.choices and ask.get("choices"):
                    assert dict(value.choices) == dict(ask["choices"]), (step["id"], id_, value.id)


def test_a_paper_needs_of_a_step_only_what_its_part_of_the_wording_needs():
    filing = templates()["filing_approval"]

    assert "missing_condition" in filing.needs("decline") and "missing_condition" not in filing.needs("file")
    assert "suspected_breach" in filing.needs("file") and "suspected_breach" not in filing.needs("decline")
    assert "reason" in filing.needs("file") & filing.needs("decline")
    assert "limitation_note" not in filing.needs("file")


def test_every_law_a_paper_rests_on_is_in_the_table_of_laws():
    laws = {law["id"] for law in tomllib.loads((RULES / "cn" / "laws.toml").read_text(encoding="utf-8"))["law"]}

    assert {article.law for template in templates().values() for article in template.articles} <= laws


def test_every_paper_a_step_draws_is_there():
    drawn = {id_ for step in _steps() for id_ in step.get("papers", ())}

    assert drawn <= set(templates())


def _steps():
    return tomllib.loads((RULES / "cn" / "procedures" / "ordinary.toml").read_text(encoding="utf-8"))["step"]

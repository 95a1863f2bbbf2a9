"""Offences: the text that governs a day, the milder of two, how high a fine may be, and faults that point to a line."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

import huanfa
from huanfa.core import rulefile
from huanfa.core.errors import NoRule
from huanfa.core.offences import Offence, check_against_laws, check_fine, check_ids, parse
from huanfa.core.offences.words import KINDS

RULES = Path(huanfa.__file__).parent / "rules"
CODE_DAY = date(2026, 8, 15)
YUAN = 100
WAN = 10_000 * YUAN


def read_all() -> dict[str, Offence]:
    offences = []
    for path in sorted((RULES / "cn" / "violations").glob("*.toml")):
        found, faults = parse(rulefile.read(path, RULES))
        assert faults == []
        offences += found
    assert check_ids(offences) == []
    return {offence.id: offence for offence in offences}


OFFENCES = read_all()
LAWS = {
    law["id"]: (law["from"], law.get("until"))
    for law in tomllib.loads((RULES / "cn" / "laws.toml").read_text("utf-8"))["law"]
}


def a_file(tmp_path: Path, offence: str):
    head = 'title = "试"\nissuer = "试"\nversion = "1"\nread_by = "试"\nreviewed_on = 2026-11-23\n'
    (tmp_path / "try.toml").write_text(head + offence, encoding="utf-8")
    return rulefile.read(tmp_path / "try.toml", tmp_path)


ORDINARY = """[[offence]]
id = "noise"
name = "噪声超标"
field = "noise"
pinyin = "zscb"
parties = ["organisation"]
enforced_by = "ecology"
harm = "unclear"
[[offence.regime]]
from = 2022-06-05
until = 2026-08-14
breaks = [{ law = "noise_law", article = "22" }]
punished_by = [{ law = "noise_law", article = "75" }]
kinds = ["fine"]
fine = { basis = "fixed", min = 20000, max = 200000 }
correction = "责令改正"
gist = "旧"
mark = "V"
[[offence.regime]]
from = 2026-08-15
breaks = [{ law = "code", article = "151" }]
punished_by = [{ law = "code", article = "1107" }]
kinds = ["fine"]
fine = { basis = "fixed", min = 20000, max = 200000 }
correction = "责令改正"
gist = "新"
mark = "V"
"""


# ── which text governs ──


def test_the_code_governs_from_15_august_2026_and_the_repealed_act_until_the_day_before():
    label = OFFENCES["haz_label"]

    assert label.regime_on(CODE_DAY - timedelta(days=1)).punished_by[0].law == "solid_waste_law"
    assert label.regime_on(CODE_DAY).punished_by[0].law == "code"


def test_an_old_act_decided_now_shows_both_texts_and_leaves_the_choice_to_a_human():
    old, new = OFFENCES["haz_label"].candidates(date(2026, 7, 1), date(2026, 11, 2))

    assert (old.fine.low, old.fine.high) == (10 * WAN, 100 * WAN)
    assert (new.fine.low, new.fine.high) == (5 * WAN, 20 * WAN)
    assert new.lighter_than_before == "lighter"


def test_an_act_decided_under_the_same_text_shows_one():
    assert len(OFFENCES["haz_label"].candidates(date(2026, 9, 1), date(2026, 11, 2))) == 1


def test_conduct_before_the_first_text_is_refused_in_a_sentence():
    with pytest.raises(NoRule, match=r"自2026年8月15日起适用，2025年3月1日的行为没有对应的条文"):
        OFFENCES["diluted_discharge"].regime_on(date(2025, 3, 1))


def test_an_offence_the_code_no_longer_names_has_ended_and_says_what_becomes_of_old_acts():
    ledger = OFFENCES["coating_ledger"]

    assert len(ledger.candidates(date(2026, 8, 1), date(2026, 11, 2))) == 1
    with pytest.raises(NoRule, match="不认为违法"):
        ledger.regime_on(CODE_DAY)


def test_a_regulation_that_the_code_did_not_repeal_goes_on():
    regime = OFFENCES["medical_waste_manifest"].regime_on(date(2026, 11, 2))

    assert regime.punished_by[0].law == "medical_waste_regulation"
    assert "warning" in regime.kinds


def test_every_law_cited_was_in_force_for_all_the_days_it_is_cited_for():
    assert check_against_laws(OFFENCES.values(), LAWS) == []


def test_a_law_cited_before_it_was_in_force_or_after_its_repeal_is_a_fault():
    late = {**LAWS, "code": (date(2026, 8, 16), None)}
    gone = {**LAWS, "medical_waste_regulation": (date(2011, 1, 8), date(2026, 8, 14))}

    assert any("自 2026-08-16 起施行" in fault.sentence for fault in check_against_laws(OFFENCES.values(), late))
    assert any("至 2026-08-14 失效" in fault.sentence for fault in check_against_laws(OFFENCES.values(), gone))
    assert any("没有“code”" in fault.sentence for fault in check_against_laws([OFFENCES["haz_label"]], {}))


# ── figures ──


@pytest.mark.parametrize(
    ("offence", "day", "low", "high"),
    [
        ("build_without_report", CODE_DAY, 20, 100),
        ("build_without_form", CODE_DAY, 10, 50),
        ("facilities_not_built", CODE_DAY, 20, 100),
        ("air_not_monitored", CODE_DAY, 2, 20),
        ("no_permit_water", CODE_DAY, 20, 100),
        ("no_permit_water", date(2026, 8, 14), 10, 100),
        ("over_permit", CODE_DAY, 10, 100),
        ("over_permit", date(2026, 8, 14), 20, 100),
        ("over_standard_industrial_noise", CODE_DAY, 2, 20),
        ("evade_supervision_water", CODE_DAY, 10, 100),
        ("waste_dumped_into_water", date(2026, 8, 14), 2, 20),
        ("waste_dumped_into_water", CODE_DAY, 10, 100),
        ("voc_not_enclosed", CODE_DAY, 2, 20),
        ("haz_to_unlicensed", CODE_DAY, 20, 200),
        ("inspection_obstructed", date(2026, 8, 14), 2, 20),
        ("inspection_obstructed", CODE_DAY, 5, 20),
        ("incident_no_measures", CODE_DAY, 20, 200),
    ],
)
def test_the_range_of_a_fine_is_that_of_the_text(offence, day, low, high):
    fine = OFFENCES[offence].regime_on(day).fine

    assert fine.bounds() == (low * WAN, high * WAN)


def test_a_repair_shop_is_fined_two_thousand_to_twenty_thousand():
    regime = OFFENCES["repair_shop_exhaust"].regime_on(CODE_DAY)

    assert check_fine(regime, 2000 * YUAN) is None
    assert check_fine(regime, 20_000 * YUAN) is None
    assert check_fine(regime, 20_000 * YUAN + 1).sentence == "罚款20,000.01元高于法定上限20,000元。"


def test_below_the_range_needs_a_recorded_ground_for_mitigation():
    regime = OFFENCES["repair_shop_exhaust"].regime_on(CODE_DAY)
    titles = {"code": "中华人民共和国生态环境法典"}

    reason = check_fine(regime, 1500 * YUAN, titles=titles)
    assert "低于法定下限2,000元" in reason.sentence and "减轻" in reason.sentence
    assert reason.article == "《中华人民共和国生态环境法典》第一千一百三十三条"
    assert check_fine(regime, 1500 * YUAN, mitigated=True) is None


def test_mitigation_never_allows_more_than_the_range_or_nothing_at_all():
    regime = OFFENCES["repair_shop_exhaust"].regime_on(CODE_DAY)

    assert check_fine(regime, 30_000 * YUAN, mitigated=True) is not None
    assert check_fine(regime, 0, mitigated=True) is not None


def test_a_percentage_is_taken_of_the_whole_investment():
    old = OFFENCES["build_without_form"].regime_on(date(2026, 8, 1))

    assert check_fine(old, 3 * WAN).sentence == "按建设项目总投资额计罚，须先查明并填写建设项目总投资额。"
    assert check_fine(old, 3 * WAN, base=300 * WAN) is None
    assert check_fine(old, 16 * WAN, base=300 * WAN) is not None
    assert old.fine.bounds(base=101) == (2, 5)


def test_a_multiple_counts_a_small_base_as_the_floor_of_the_law():
    old = OFFENCES["hazardous_waste_dumped"].regime_on(date(2026, 8, 1))

    assert old.fine.bounds(base=1 * WAN) == (60 * WAN, 100 * WAN)
    assert old.fine.bounds(base=30 * WAN) == (90 * WAN, 150 * WAN)


def test_a_fine_per_machine_is_multiplied_by_the_number():
    regime = OFFENCES["machine_over_standard"].regime_on(CODE_DAY)

    assert check_fine(regime, 15_000 * YUAN, units=3) is None
    assert check_fine(regime, 15_000 * YUAN).field == "fine_units"
    assert check_fine(regime, 10_000 * YUAN, units=3) is not None


def test_a_grave_case_has_its_own_range():
    regime = OFFENCES["build_without_report"].regime_on(CODE_DAY)

    assert check_fine(regime, 300 * WAN) is not None
    assert check_fine(regime, 300 * WAN, tier="grave") is None
    assert check_fine(regime, 300 * WAN, tier="nowhere").field == "tier"


def test_those_responsible_are_fined_in_a_range_of_their_own():
    regime = OFFENCES["facilities_not_built"].regime_on(CODE_DAY)

    assert check_fine(regime, 5 * WAN, "responsible_person") is None
    assert check_fine(regime, 30 * WAN, "responsible_person") is not None
    assert check_fine(OFFENCES["odour"].regime_on(CODE_DAY), 5 * WAN, "responsible_person") is not None


def test_a_fine_after_refusal_is_told_apart_from_an_ordinary_one():
    ledger, label = OFFENCES["industrial_waste_ledger"], OFFENCES["haz_label"]

    assert ledger.regime_on(CODE_DAY).needs_refusal()
    assert not ledger.regime_on(date(2026, 8, 1)).needs_refusal()
    assert not label.regime_on(CODE_DAY).needs_refusal()
    assert label.regime_on(CODE_DAY).needs_refusal("refused")


def test_an_emergency_plan_is_fined_only_where_grave():
    assert OFFENCES["emergency_plan_missing"].regime_on(CODE_DAY).fine.only_if == "情节严重"


def test_a_tier_under_another_text_cites_that_text():
    regime = OFFENCES["no_permit_air"].regime_on(date(2026, 8, 1))

    assert [article.law for article in regime.basis()] == ["air_law"]
    assert [article.law for article in regime.basis("permit_regulation")] == ["permit_regulation"]


def test_measures_are_written_as_an_officer_reads_them():
    assert OFFENCES["registration_not_filed"].regime_on(CODE_DAY).fine.text == "50,000元以下"
    assert OFFENCES["machine_over_standard"].regime_on(CODE_DAY).fine.text == "每辆（艘）5,000元"
    assert OFFENCES["build_without_form"].regime_on(date(2026, 8, 1)).fine.text == "建设项目总投资额的1%至5%"
    assert "不足100,000元的按100,000元计算" in OFFENCES["solid_waste_dumped"].regime_on(date(2026, 8, 1)).fine.text


# ── finding and competence ──


@pytest.mark.parametrize(
    "query", ["汽修", "异味 干洗", "1133", "第1133条", "一千一百三十三", "fzgx", "FZGX", "大气 干洗"]
)
def test_an_offence_is_found_by_name_keyword_article_field_or_pinyin(query):
    assert OFFENCES["repair_shop_exhaust"].matches(query)


@pytest.mark.parametrize("query", ["噪声", "113", "汽修 噪声"])
def test_every_word_of_the_query_must_fit(query):
    assert not OFFENCES["repair_shop_exhaust"].matches(query)


def test_what_another_body_enforces_names_that_body():
    others = {offence.id: offence.other_body for offence in OFFENCES.values() if offence.enforced_by == "other"}

    assert set(others) == {
        *(
            "construction_dust",
            "cooking_fumes",
            "construction_noise",
            "night_construction",
            "social_noise",
            "loudspeaker",
        )
    }
    assert all(others.values())


def test_the_offences_most_used_in_a_district_are_there():
    assert len(OFFENCES) >= 36
    assert all(KINDS[kind] for offence in OFFENCES.values() for regime in offence.regimes for kind in regime.kinds)


# ── faults point to their line ──


def test_a_good_file_has_no_fault(tmp_path):
    offences, faults = parse(a_file(tmp_path, ORDINARY))

    assert faults == [] and [one.id for one in offences] == ["noise"]


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        ('harm = "unclear"', 'harm = "maybe"', "harm 不能是“maybe”"),
        ('kinds = ["fine"]', 'kinds = ["jail"]', "kinds 中不能有“jail”"),
        ("min = 20000, max = 200000", "min = 200000, max = 20000", "上限须大于零且不低于下限"),
        ('fine = { basis = "fixed"', 'fine = { basis = "guess"', "basis 不能是“guess”"),
        ('gist = "旧"', 'gist = ""', "缺少“gist”"),
        ('correction = "责令改正"', 'corection = "责令改正"', "不认识的键“corection”"),
        ("from = 2026-08-15", "from = 2026-08-01", "适用时间重叠"),
        ("from = 2026-08-15", "from = 2026-09-01", "确实如此的，用 gap 写明理由"),
        ("until = 2026-08-14", "until = 2020-08-14", "until 须为不早于 from 的日期"),
        ('article = "75"', 'article = "七十五"', "条号“七十五”须为阿拉伯数字"),
        ('article = "75"', 'article = "75", paragraph = "2"', "款、项照文书的写法"),
        ('breaks = [{ law = "code"', 'breaks = [{ act = "code"', "每一条须写 law、article"),
        ('enforced_by = "ecology"', 'enforced_by = "other"', "缺少“other_body”"),
        ("max = 200000", 'max = 200000, unit = "辆"', "unit 只用于"),
        ("max = 200000", "max = 200000, maxx = 3", "fine 中不认识的键“maxx”"),
        ("min = 20000,", "min = 2.5,", "须为不小于零的整数"),
        ('mark = "V"', 'mark = "V"\ntiers = [{ when = "情节严重", min = 1, max = 2 }]', "须写明 id 与 when"),
        ('mark = "V"', 'mark = "V"\npersonal = { min = 1, max = 2 }', "personal 须写明 who"),
        ('mark = "V"', 'mark = "V"\nrestrict = "often"', "restrict 不能是“often”"),
        ('harm = "unclear"', 'harm = "unclear"\nended = "已无"', "不应写 ended"),
    ],
)
def test_a_fault_names_what_is_wrong_and_where(tmp_path, written, instead, sentence):
    assert written in ORDINARY
    file = a_file(tmp_path, ORDINARY.replace(written, instead, 1))

    _, faults = parse(file)
    assert any(sentence in fault.sentence for fault in faults), faults
    assert all(fault.line > 5 for fault in faults)


def test_all_faults_are_reported_at_once(tmp_path):
    text = (
        ORDINARY.replace('harm = "unclear"', 'harm = "?"').replace('gist = "新"', "").replace('kinds = ["fine"]', "", 1)
    )

    _, faults = parse(a_file(tmp_path, text))
    assert len(faults) >= 3


def test_a_fault_in_the_second_text_points_into_the_second_text(tmp_path):
    _, faults = parse(a_file(tmp_path, ORDINARY.replace('gist = "新"', 'gist = " "')))

    lines = (tmp_path / "try.toml").read_text("utf-8").splitlines()
    assert [lines[fault.line - 1] for fault in faults] == ['gist = " "']


def test_an_id_that_stands_twice_is_a_fault(tmp_path):
    offences, _ = parse(a_file(tmp_path, ORDINARY + ORDINARY))

    assert [fault.sentence for fault in check_ids(offences)] == ["案由 noise 重复，try.toml 中已有"]

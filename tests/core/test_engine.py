"""The ordinary procedure step by step: what the law allows, what it forbids, and the reason an officer is given."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from huanfa.core.errors import NotAllowed
from huanfa.core.procedure.fold import stand
from huanfa.core.procedure.people import Officer
from huanfa.core.procedure.scenes import MAJOR, cast
from tests.core.a_case import ORDINARY, Story, a_case


def refused(story: Story, step: str, on: date | None = None, **values: object) -> str:
    with pytest.raises(NotAllowed) as caught:
        story.take(step, on, **values)
    return str(caught.value)


def test_a_decision_before_the_five_working_days_have_run_out_is_refused_with_the_day():
    story = a_case("legal_review")

    assert "五个工作日到2024-03-11届满" in refused(story, "decide", date(2024, 3, 11), kinds=["warning"])

    story.take("decide", date(2024, 3, 12), kinds=["warning"])
    assert story.standing.decided == "decide"


def test_an_express_waiver_lets_the_decision_be_made_at_once():
    story = a_case("legal_review")

    story.take("waive_defence")
    story.take("decide", kinds=["warning"])

    assert story.standing.decided == "decide"


def test_a_decision_without_legal_review_is_refused():
    story = a_case("serve_notice")
    story.take("waive_defence")

    assert "法制审核" in refused(story, "decide", kinds=["warning"])


def test_new_evidence_after_the_review_makes_it_due_again():
    story = a_case("legal_review")
    story.take("waive_defence")

    story.take("collect_evidence")

    assert "legal_review" not in story.standing.done
    assert "须重新审核" in refused(story, "decide", kinds=["warning"])
    story.take("legal_review")
    story.take("decide", kinds=["warning"])


def test_a_major_case_cannot_be_decided_before_discussion():
    story = a_case("legal_review", major=True)
    story.take("waive_defence")

    assert "集体讨论" in refused(story, "decide", kinds=["fine"], fine=MAJOR)
    story.take("discuss")
    story.take("decide", kinds=["fine"], fine=MAJOR)


def test_a_discussion_held_before_the_defence_is_held_again():
    story = a_case("discuss", major=True)

    story.take("record_defence", received_on="2024-03-05", on=story.later(1))

    assert "discuss" not in story.standing.done


def test_a_hearing_asked_for_is_held_and_reported_before_the_decision():
    story = a_case("legal_review", major=True)
    story.take("request_hearing", on=story.later(1))

    assert "听证尚未完成" in refused(story, "decide", date(2024, 4, 30), kinds=["fine"], fine=MAJOR)

    story.day = date(2024, 3, 6)
    story.take("notify_hearing", hearing_on="2024-03-19", service_mode="direct")
    story.take("hold_hearing", date(2024, 3, 19))
    story.take("report_hearing")
    assert "须重新审核" in refused(story, "decide", date(2024, 3, 20), kinds=["fine"], fine=MAJOR)


def test_a_hearing_is_not_notified_later_than_seven_working_days_before():
    story = a_case("serve_notice", major=True)
    story.take("request_hearing", on=story.later(1))

    assert "最迟须在2024-03-04送达" in refused(story, "notify_hearing", hearing_on="2024-03-14", service_mode="direct")


def test_hearing_time_does_not_count_towards_the_ninety_days():
    story = a_case("serve_notice", major=True)
    before = story.facts.due(story.standing, "decide_within").remind
    story.take("request_hearing", on=story.later(1))
    story.take("notify_hearing", hearing_on="2024-03-25", service_mode="direct")
    assert story.facts.due(story.standing, "decide_within").due is None

    story.take("hold_hearing", date(2024, 3, 25))
    story.take("report_hearing", date(2024, 3, 26))

    assert story.facts.due(story.standing, "decide_within").remind == before + timedelta(days=21)


def test_what_is_sent_back_undoes_everything_that_came_after_it():
    story = a_case("serve_notice", major=True)
    story.take("request_hearing", on=story.later(1))
    story.take("legal_review", opinion_kind="improve", opinion="证据不足")

    assert set(story.standing.done) == {"register_lead", "file", "inspect_site"}
    assert story.standing.running("defence") is None
    assert story.standing.running("hearing_request") is None


def test_a_second_notice_after_sending_back_opens_the_hearing_period_anew():
    story = a_case("serve_notice", major=True)
    story.take("legal_review", opinion_kind="disagree", opinion="定性不当")
    for step in ("report_investigation", "examine", "approve_notice"):
        story.take(step, on=story.later(1), **({"kinds": ["fine"], "fine": MAJOR, "proposal": "penalty"} if step[0] == "r" else {}))
    story.take("serve_notice", on=story.later(1), service_mode="direct")

    assert story.standing.running("hearing_request").start == story.day
    assert story.standing.running("defence").start == story.day


def test_a_suspended_case_stands_still_until_it_is_resumed():
    story = a_case("inspect_site")
    story.take("suspend", on=story.later(5))

    assert "案件已中止调查" in refused(story, "report_investigation")
    assert story.facts.due(story.standing, "decide_within").due is None

    story.take("resume", on=story.later(10))
    assert story.facts.due(story.standing, "decide_within").remind == date(2024, 3, 4) + timedelta(days=100)


def test_the_decision_term_is_extended_by_thirty_days_and_a_second_time_only_by_the_panel():
    story = a_case("inspect_site")
    story.take("extend_decision")

    assert "不得超过三十日" in refused(story, "extend_decision_again", days=31)
    story.take("extend_decision_again", days=20)

    assert story.facts.due(story.standing, "decide_within").remind == date(2024, 3, 4) + timedelta(days=140)
    assert "extend_decision" not in story.options()


def test_nothing_goes_on_past_overdue_preserved_evidence():
    story = a_case("inspect_site")
    story.take("preserve_evidence")

    assert "自动解除" in refused(story, "interview", date(2024, 3, 14))
    story.take("dispose_preserved", disposal="lapsed")
    story.take("interview")


def test_a_test_result_not_told_to_the_party_blocks_the_report():
    story = a_case("inspect_site")
    story.take("entrust_test")

    assert "结果尚未告知当事人" in refused(story, "report_investigation")


def test_four_conditions_together_or_no_filing():
    story = Story()
    story.take("register_lead")

    assert "四项立案条件须全部具备" in refused(story, "file", conditions=["evidence", "punishable"])


def test_conduct_found_after_the_limitation_period_is_not_filed():
    story = Story(date(2024, 3, 4))
    story.take("register_lead", conduct_from="2021-01-01", conduct_until="2021-12-31", harm=False)

    assert "已超过追责期限" in refused(story, "file")


def test_five_years_apply_where_harm_resulted_and_the_reading_is_stated():
    story = Story(date(2024, 3, 4))
    story.take("register_lead", conduct_from="2021-01-01", conduct_until="2021-12-31", harm=True)

    assert "须说明适用哪一个" in refused(story, "file")
    story.take("file", limitation_note="造成环境污染，按五年计算")


def test_one_officer_alone_cannot_inspect():
    story = a_case("file")

    assert "不得少于两人" in refused(story, "inspect_site", officers=[1])
    assert "不得少于两人" in refused(story, "inspect_site", officers=[1, 1])


def test_an_expired_card_does_not_serve_and_the_sentence_says_since_when():
    people = cast()
    people[2] = replace(people[2], card_span=(date(2020, 1, 1), date(2024, 3, 1)))
    story = Story(officers=people)
    story.take("register_lead")

    assert "已于2024-03-01到期" in refused(story, "file")


def test_a_suspended_card_does_not_serve_on_its_days():
    people = cast()
    people[2] = replace(people[2], suspended=((date(2024, 3, 5), date(2024, 3, 8)),))
    story = a_case("file", officers=people)

    assert "在暂停期间" in refused(story, "inspect_site", date(2024, 3, 6))
    story.take("inspect_site", date(2024, 3, 11))


@pytest.mark.parametrize(
    ("slot", "step", "role"),
    [("examiner", "examine", "examiner"), ("legal_reviewer", "legal_review", "legal_reviewer"), ("panel_chair", "discuss", "head")],
)
def test_an_investigator_neither_examines_nor_reviews_nor_chairs(slot, step, role):
    people = cast()
    people[1] = replace(people[1], roles=(*people[1].roles, (role, (date(2015, 1, 1), None))))
    story = a_case("report_investigation" if step == "examine" else "examine", officers=people)

    with pytest.raises(NotAllowed, match="本案调查人员"):
        story.take(step, by={slot: 1})


def test_an_investigator_may_sit_in_but_not_vote():
    people = cast()
    people[1] = replace(people[1], roles=(*people[1].roles, ("panel_member", (date(2015, 1, 1), None))))
    story = a_case("examine", officers=people)

    assert "不得担任本案集体讨论表决人员" in refused(story, "discuss", voters=[1, 7, 8])
    story.take("discuss", voters=[7, 8], observers=[1])


def test_whoever_examined_the_case_does_not_become_its_investigator():
    people = cast()
    since = (date(2015, 1, 1), None)
    people[4] = Officer(4, "丁", "EX4", since, (), (("examiner", since), ("officer", since)))
    story = a_case("examine", officers=people)

    assert "不得再担任本案调查人员" in refused(story, "collect_evidence", officers=[1, 4])


def test_a_recused_officer_has_no_further_part():
    story = a_case("file")
    story.take("recuse", officer=2, upheld=True)

    assert "已回避本案" in refused(story, "inspect_site", officers=[1, 2])


def test_one_person_does_not_sign_twice_in_a_row():
    people = cast()
    people[3] = replace(people[3], roles=(*people[3].roles, ("leader", (date(2015, 1, 1), None))))
    story = Story(officers=people)
    story.take("register_lead")

    with pytest.raises(NotAllowed, match="同一人不能"):
        story.take("file", by={"leader": 3})


def test_a_refusal_to_sign_clears_the_row_and_needs_a_reason():
    story = Story()
    story.take("register_lead")
    lead = dict(conditions=["evidence", "punishable", "competence", "in_time"], handlers=[1, 2], suspected_breach="示例", reason="示例")
    story.sign("file", lead, by=1)

    with pytest.raises(NotAllowed, match="写明理由"):
        story.sign("file", {}, by=3, agrees=False)
    story.sign("file", {}, by=3, agrees=False, opinion="证据不足")

    assert "file" not in story.standing.waiting
    assert story.options()["file"].slot == "handler"
    assert story.entries[-1].kind == "refuse"


def test_the_decision_is_no_heavier_than_the_notice():
    story = a_case("legal_review", major=True)
    story.take("waive_defence")
    story.take("discuss")

    assert "罚款高于告知书所载" in refused(story, "decide", kinds=["fine"], fine=MAJOR + 100)
    story.take("decide", kinds=["fine"], fine=MAJOR - 100)


def test_dates_in_the_future_or_before_the_step_before_are_refused():
    story = a_case("inspect_site")

    assert "在今天之后" in refused(story, "interview", date(2026, 11, 25))
    assert "早于前一环节的日期2024-03-04" in refused(story, "interview", date(2024, 3, 3))


def test_a_case_is_closed_only_on_a_ground_that_holds():
    story = a_case("legal_review", major=True)
    story.take("waive_defence")
    story.take("discuss")
    story.take("decide", kinds=["fine"], fine=MAJOR)
    assert "决定书尚未送达" in refused(story, "close", ground="performed")
    story.take("serve_decision", service_mode="direct")
    story.take("publish")

    assert "尚欠600,000元" in refused(story, "close", ground="performed")
    assert "没有登记决定被撤销" in refused(story, "close", ground="annulled")
    story.take("record_payment", amount=MAJOR)
    story.take("close", ground="performed")
    story.take("archive")
    assert story.standing.ended == "archived"
    assert not story.options()


def test_deferral_asked_for_after_the_payment_date_is_refused():
    story = a_case("legal_review", major=True)
    for step in ("waive_defence", "discuss"):
        story.take(step)
    story.take("decide", kinds=["fine"], fine=MAJOR)
    story.take("serve_decision", service_mode="direct")

    assert "期满后提出" in refused(story, "grant_deferral", date(2024, 3, 25), asked_on="2024-03-25", last_on="2024-06-30")
    story.take("grant_deferral", date(2024, 3, 19), asked_on="2024-03-18", last_on="2024-06-30")


def test_the_court_is_asked_after_demand_and_after_the_time_to_sue():
    story = a_case("legal_review", major=True)
    for step in ("waive_defence", "discuss"):
        story.take(step)
    story.take("decide", kinds=["fine"], fine=MAJOR)
    story.take("serve_decision", service_mode="direct")
    story.take("publish")
    assert "缴款期限到2024-03-19届满" in refused(story, "urge", service_mode="direct")
    story.take("urge", date(2024, 3, 20), service_mode="direct")

    assert "可以起诉至2024-09-04" in refused(story, "apply_court", date(2024, 4, 10))
    assert "三个月期限已于" in refused(story, "apply_court", date(2024, 12, 10))
    story.take("apply_court", date(2024, 9, 10))


def test_the_standing_is_folded_from_the_entries_alone():
    story = a_case("discuss", major=True)

    assert stand(ORDINARY, story.entries) == story.standing


def test_values_of_the_wrong_shape_are_each_named_with_their_field():
    story = Story()
    with pytest.raises(NotAllowed) as caught:
        story.take("register_lead", source="nowhere", found_on="2024-02-30", summary="好" * 20_001, place="控制\x07字符")
    by_field = {reason.field: reason.sentence for reason in caught.value.reasons}

    assert "请从所列选项中选择" in by_field["source"]
    assert "不是有效的日期" in by_field["found_on"]
    assert "太长（20001字）" in by_field["summary"]
    assert "控制字符" in by_field["place"]
    assert not story.entries

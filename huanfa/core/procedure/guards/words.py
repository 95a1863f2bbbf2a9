"""What each guard asks for, in a Chinese sentence with its article, for the pages and papers that show a procedure.

Not here: the judging (the guards themselves) and what is said when one refuses (its reasons).
"""

from __future__ import annotations

from types import MappingProxyType

SENTENCES = MappingProxyType(
    {
        # filing
        "conduct_dates_in_order": "行为开始日期、终了日期、发现日期先后有序（行政处罚法第三十六条）",
        "filing_review_still_runs": "立案审查期限尚未届满，且没有延长过（生态环境行政处罚办法第十八条）",
        "four_conditions_met": "四项立案条件齐备（生态环境行政处罚办法第十九条）",
        "within_competence": "罚则规定由其他部门处罚的，有指定本机关管辖的文件（生态环境行政处罚办法第十三条）",
        "not_time_barred": "没有超过追责期限：一般两年，造成污染等危害后果的五年（行政处罚法第三十六条；生态环境法典第一千零五十四条）",
        "handlers_named": "承办人不少于两名，证件有效，没有担任本案审查、审核、主持（行政处罚法第四十二条）",
        # evidence
        "two_valid_officers": "执法人员不少于两名，都是本案人员，当日证件有效（行政处罚法第四十二条）",
        "two_valid_handlers": "决定时仍有两名证件有效的承办人（行政处罚法第四十二条）",
        "service_proven": "送达方式有相应的证明和日期（生态环境行政处罚办法第五十九条、第六十条；民事诉讼法第八十九条至第九十五条）",
        "evidence_gathered": "已经收集证据（行政处罚法第四十条、第四十六条）",
        "test_result_told": "监测、检测、鉴定结果已告知当事人（生态环境行政处罚办法第二十九条）",
        "nothing_preserved": "先行登记保存的证据已经处理（行政处罚法第五十六条）",
        "preserved_evidence_disposed": "先行登记保存的证据已经处理（行政处罚法第五十六条）",
        "amount_as_law_allows": "拟处罚的种类在罚则之内，罚款在法定幅度之内（行政处罚法第九条、第三十二条）",
        "order_refused_first": "以拒不改正为条件的罚款，已送达责令改正决定并复查确认没有改正",
        "milder_law_named": "前后法律都可能适用的，写明适用哪一部和理由（从旧兼从轻）",
        "milder_law_confirmed": "前后法律都可能适用的，审核人员确认适用哪一部（从旧兼从轻）",
        # discretion
        "fine_matches_worksheet": "罚款与裁量计算表一致（生态环境行政处罚办法第四十一条）",
        "report_matches_worksheet": "报告的罚款与最近一张裁量计算表一致（生态环境行政处罚办法第四十一条）",
        "departure_approved": "调整适用裁量基准的，已经主要负责人批准、集体讨论或者制定机关批准（国办发〔2022〕27号）",
        "no_fine_list_checked": "案由列入不予处罚清单的，已核对并写明理由（行政处罚法第三十三条）",
        # decision
        "proposal_is_penalty": "调查报告建议给予行政处罚，并经审查、告知（行政处罚法第五十七条）",
        "proposal_is_no_penalty": "调查报告建议不予行政处罚（行政处罚法第三十三条、第五十七条）",
        "proposal_is_unfounded": "调查报告认为违法事实不能成立（行政处罚法第五十七条）",
        "proposal_is_crime": "调查报告认为涉嫌犯罪（行政处罚法第五十七条）",
        "no_heavier_than_notified": "决定不重于告知的内容（行政处罚法第四十四条、第四十五条）",
        "fine_as_law_allows": "处罚种类和数额符合所适用的条文（行政处罚法第九条、第三十二条）",
        "law_named_still_governs": "报告之后法律有变化，或者前后法律都可能适用的，选择已记录并经确认（从旧兼从轻）",
        "decision_term_still_runs": "办案期限尚未届满（生态环境行政处罚办法第五十七条）",
        "extension_at_most_thirty_days": "第二次延长不超过三十日（生态环境行政处罚办法第五十七条）",
        # execution
        "decision_still_stands": "决定没有被撤销或者确认无效；变更的按变更后执行（生态环境行政处罚办法第七十七条）",
        "fine_was_imposed": "决定载明应缴款项（行政处罚法第六十七条）",
        "not_more_than_owed": "缴款合计不超过决定的数额（行政处罚法第六十七条）",
        "deferral_asked_in_time": "在缴款期限届满前书面申请延期或者分期（生态环境行政处罚办法第七十四条）",
        "payment_overdue": "逾期没有履行（行政强制法第五十四条）",
        "demand_has_elapsed": "催告书送达已满十个工作日（行政强制法第五十四条、第六十九条）",
        "suit_time_over": "起诉期限已经届满（行政强制法第五十三条）",
        "within_court_window": "起诉期限或者延期届满后三个月内（行政强制法第五十三条；生态环境行政处罚办法第七十一条、第七十四条）",
        "closing_ground_holds": "所选的结案情形有相应的事实（生态环境行政处罚办法第七十七条）",
        "nothing_left_open": "送达、公示、撤回公示都已办完（生态环境行政处罚办法第五十八条、第六十五条、第六十六条）",
        # hearing
        "proposal_can_be_notified": "调查报告建议处罚或者不予处罚（行政处罚法第四十四条）",
        "hearing_right": "拟处罚的种类或者数额达到听证标准（生态环境行政处罚办法第四十六条、第八十九条）",
        "has_hearing_right": "当事人有要求听证的权利（行政处罚法第六十三条）",
        "hearing_asked_in_time": "在送达告知书后五个工作日内提出（生态环境行政处罚办法第四十七条）",
        "hearing_not_waived": "当事人没有明确放弃听证（生态环境行政处罚办法第四十四条）",
        "chair_is_no_investigator": "听证主持人不是本案调查人员，也没有回避（行政处罚法第六十四条）",
        "hearing_notified_in_time": "通知送达与听证之间隔满七个工作日，取保守读法（生态环境行政处罚办法第四十七条）",
        "hearing_on_the_day_notified": "按通知的日期举行听证（行政处罚法第六十四条）",
        "defence_over_or_waived": "陈述申辩的五个工作日已满，或者当事人明确放弃（生态环境行政处罚办法第四十四条）",
        "defence_reviewed": "当事人提出的意见已逐条复核（行政处罚法第四十五条）",
        "hearing_over_or_waived": "当事人要求听证的已经听证并报告；没有要求的，期限已满或者已放弃",
        # review
        "all_six_checked": "六项审查内容都符合（生态环境行政处罚办法第三十九条）",
        "all_eight_checked": "八项审核内容都符合，才能同意（生态环境行政处罚办法第五十条）",
        "review_required": "本案须经法制审核（生态环境行政处罚办法第四十九条）",
        "reviewed_where_required": "须经法制审核的已审核同意，且之后没有新证据（生态环境行政处罚办法第四十九条）",
        "discussion_required": "本案须经集体讨论（生态环境行政处罚办法第五十二条）",
        "discussed_where_required": "须经集体讨论的已讨论，且之后没有新情况（生态环境行政处罚办法第五十二条）",
        "panel_may_vote": "参加表决的负责人不少于规定人数，调查人员只汇报不表决（案卷评查细则第18项）",
    }
)
"""Guard id → what it asks for."""

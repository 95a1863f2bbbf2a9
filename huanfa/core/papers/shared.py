"""The values all papers share: from the case, the party and the bureau's settings, so that no step asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from huanfa.core.papers.values import Column, Value

PARTY_KINDS = (
    ("legal_person", "法人"),
    ("organisation", "非法人组织"),
    ("individual_business", "个体工商户"),
    ("citizen", "公民"),
)

# Which of the texts on the party's defence a decision carries: five with a right to a hearing, three without.
DEFENCE_OUTCOMES = (
    ("right_silent", "有听证权，逾期未陈述申辩也未要求听证"),
    ("right_argued", "有听证权，陈述申辩而未要求听证"),
    ("right_heard", "有听证权，已举行听证"),
    ("right_absent", "有听证权，要求听证而无正当理由缺席"),
    ("right_waived", "有听证权，明确放弃陈述申辩和听证"),
    ("plain_silent", "无听证权，逾期未陈述申辩"),
    ("plain_argued", "无听证权，提出陈述申辩"),
    ("plain_waived", "无听证权，明确放弃陈述申辩"),
)

_VOLUME = (
    Column("name", "文件名称"),
    Column("number", "文号", optional=True),
    Column("on", "日期", "date"),
    Column("pages", "页码", optional=True),
    Column("note", "备注", optional=True),
)

# The lines of a worksheet, the same words on the screen, in the notice and in the decision.
_LINES = (
    Column("label", "项目"),
    Column("told", "认定", optional=True),
    Column("sum", "计算", optional=True),
    Column("source", "依据", optional=True),
)

# Whose box it is on an approval sheet; the ids are those a procedure names under `signs`.
SLOTS: Mapping[str, str] = MappingProxyType(
    {
        "handler": "承办人意见",
        "second_handler": "承办人（另一名）意见",
        "unit_head": "承办机构负责人意见",
        "examiner": "案件审查人意见",
        "legal_reviewer": "法制审核人员意见",
        "legal_head": "法制机构负责人意见",
        "hearing_chair": "听证主持人意见",
        "panel_chair": "集体讨论主持人意见",
        "leader": "单位负责人意见",
        "head": "单位主要负责人意见",
        "publicist": "信息公开人员意见",
        "finance": "财务人员意见",
        "archivist": "立卷人意见",
    }
)

_SHARED = (
    Value("on", "文书日期", "date"),
    Value("body_name", "机关名称"),
    Value("seal_name", "印章名称"),
    Value("party_name", "当事人名称（姓名）"),
    Value("party_kind", "当事人类型", "choice", choices=PARTY_KINDS),
    Value("you", "当事人称谓"),  # 你 for a citizen, 你单位 for all others; follows from party_kind
    Value("party_code", "统一社会信用代码（公民身份号码）"),
    Value("party_legal_rep", "法定代表人（负责人）"),
    Value("party_legal_rep_post", "法定代表人（负责人）职务", optional=True),
    Value("party_address", "地址（住址）"),
    Value("party_operator", "经营者"),
    Value("case_name", "案件名称"),
    Value("case_cause", "案由"),
    Value("filing_number", "立案号"),
    Value("relief_government", "行政复议机关", joiner="或者"),
    Value("relief_court", "行政诉讼管辖法院"),
    Value("contact_address", "联系地址"),
    Value("contact_person", "联系人"),
    Value("contact_phone", "联系电话"),
    Value("contact_postcode", "邮政编码"),
    Value("handlers", "办案人员", "rows", columns=(Column("name", "姓名"), Column("card", "执法证号"))),
    Value("facts", "违法事实"),
    Value(
        "evidence",
        "证据清单",
        "rows",
        columns=(
            Column("name", "证据名称"),
            Column("taken_on", "提取（作出）时间", "date"),
            Column("provider", "提供（作出）单位"),
            Column("proves", "证明内容"),
        ),
    ),
    Value("breaks_text", "违反条款", "article"),
    Value("punished_by_text", "处罚依据", "article"),
    Value("benchmark_text", "裁量基准适用情况"),
    Value("departure_text", "调整适用裁量基准的批准", optional=True),
    Value("no_fine_text", "所适用的不予处罚清单", optional=True),
    Value("discretion_lines", "裁量计算", "rows", optional=True, columns=_LINES),
    Value("penalty_text", "处罚种类和内容"),
    Value("fine", "罚款数额", "money"),
    Value("payee_bank", "代收机构名称和地址"),
    Value("payee_name", "户名"),
    Value("payee_account", "账号"),
    Value("pay_days", "缴款期限（日）"),
    Value("defence_days", "陈述申辩期限（工作日）"),
    Value(
        "signatures",
        "审批意见",
        "rows",
        columns=(
            Column("slot", "审批环节"),
            Column("name", "签名"),
            Column("opinion", "意见"),
            Column("on", "日期", "date"),
        ),
    ),
    # What the course of the case itself tells.
    Value("step", "办理步骤"),
    Value("filed_on", "立案日期", "date"),
    Value("notice_number", "告知书文号"),
    Value("notice_served_on", "告知书送达日期", "date"),
    Value("hearing_right", "是否享有听证权利", "bool"),
    Value("defence_outcome", "陈述申辩和听证情况", "choice", choices=DEFENCE_OUTCOMES),
    Value("correction_number", "责令改正决定书文号", optional=True),
    Value("preservation_number", "先行登记保存通知书文号"),
    Value("closed_on", "结案日期", "date"),
    Value("decision_title", "决定书名称"),
    Value("decision_number", "决定书文号"),
    Value("decision_on", "决定日期", "date"),
    Value("decision_served_on", "决定书送达日期", "date"),
    Value("demand_number", "催告书文号"),
    Value("demand_served_on", "催告书送达日期", "date"),
    Value("document_title", "送达文书名称"),
    Value("document_number", "送达文书文号", optional=True),
    Value("papers_in_volume", "卷内文件", "rows", columns=_VOLUME),
    Value("example", "示例标记", "bool", optional=True),
)

SHARED_VALUES: Mapping[str, Value] = MappingProxyType({value.id: value for value in _SHARED})
"""Values that come from the case, the party and the bureau's settings, so that no step has to ask for them."""

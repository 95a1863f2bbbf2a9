"""The words an offence file may use, each with what it is called on screen and paper."""

from __future__ import annotations

from types import MappingProxyType

KINDS = MappingProxyType(
    {
        # 生态环境行政处罚办法第八条、行政处罚法第九条所列；行政拘留由公安机关作出，不在其中
        "warning": "警告",
        "public_criticism": "通报批评",
        "fine": "罚款",
        "confiscate_gains": "没收违法所得",
        "confiscate_goods": "没收非法财物",
        "suspend_permit": "暂扣许可证件",
        "downgrade": "降低资质等级",
        "revoke_permit": "吊销许可证件",
        "no_permit_application": "一定时期内不得申请行政许可",
        "restrict_business": "限制开展生产经营活动",
        "stop_for_rectification": "责令停产整治",
        "stop_business": "责令停产停业",
        "close": "责令关闭",
        "restrict_trade": "限制从业",
        "ban_from_trade": "禁止从业",
        "demolish_by_deadline": "责令限期拆除",
    }
)
FIELDS = MappingProxyType(
    {
        "eia": "建设项目",
        "monitoring": "监测",
        "permit": "排污许可与排放",
        "water": "水",
        "air": "大气",
        "soil": "土壤",
        "solid_waste": "固体废物",
        "hazardous_waste": "危险废物",
        "noise": "噪声",
        "radiation": "辐射",
        "medical_waste": "医疗废物",
        "general": "综合",
    }
)
PARTIES = MappingProxyType({"organisation": "法人或者其他组织", "individual_business": "个体工商户", "person": "公民"})
HARM = MappingProxyType({"environmental": "有环境危害后果", "none": "无危害后果", "unclear": "须逐案判断"})
RESTRICT = MappingProxyType(
    {
        "none": "无",
        "may": "可以限产、停产整治",
        "must": "应当限产、停产整治",
        "if_refused_may": "拒不改正的，可以",
        "if_refused_must": "拒不改正的，应当",
        "if_grave": "情节严重的，应当",
        "if_grave_may": "情节严重的，可以",
        "if_harm": "造成重大污染或者破坏的",
    }
)
DAILY_FINE = MappingProxyType({"may": "可以", "no": "不适用", "depends": "视是否属于违法排放"})
SEIZURE = MappingProxyType(
    {
        # 我们的归类，法律没有逐案由授权：一律回到法典第五十二条和查封扣押办法第四条
        "": "未归类",
        "A": "逃避监管，应当",
        "A5": "较大以上事件后不停排，应当",
        "B": "有毒有害物质、危险废物等，可以",
        "B2": "饮用水一级保护区等，可以",
        "C": "须论证严重污染，可以",
        "D": "通常仅在证据可能灭失、被隐匿时",
        "N": "噪声：造成严重污染且责令改正后拒不改正",
        "none": "通常不适用",
    }
)
WEIGHT = MappingProxyType(
    {"": "未比较", "lighter": "较轻", "same": "相同", "heavier": "较重", "case_by_case": "须逐案比较"}
)
BASES = MappingProxyType({"fixed": "幅度", "per_unit": "每单位", "multiple": "倍数", "percent": "百分比", "none": "无"})
MARKS = frozenset({"V", "M"})

"""The years' rounds and courses in numbers. 2024 is the year of the report: 409 visits with 821 officers, twelve joint ones."""

from __future__ import annotations

from datetime import date

from huanfa.demo.rounds import Joint, Year

STUDENTS = (
    "chenliben", "liwenlan", "wangyifan", "zhangxiaohe", "liuyizhou", "zhaoqingyuan", "sunruochuan", "huangzhixing", "wusiyuan",
    "hujianqun", "zhengshuyan", "hemingfa", "luoshenzhi",
)
LAWS = (
    "行政处罚法", "生态环境行政处罚办法", "大气污染防治法", "水污染防治法", "固体废物污染环境防治法", "噪声污染防治法", "环境影响评价法",
    "排污许可管理条例", "医疗废物管理条例", "行政强制法", "行政复议法", "行政诉讼法",
)
LECTURES = (
    "调查询问的技巧", "自动监测数据的审查", "现场笔录常见问题", "非道路移动机械监管", "排污许可证后管理", "裁量说明怎样写", "危险废物识别",
    "油气回收检查要点", "挥发性有机物治理设施检查", "证据的审查判断", "送达与期限", "年度执法问题回顾",
)


def courses(year: int) -> tuple[tuple[date, str, str, int], ...]:
    """The courses of a year: 75 hours for whoever attends all of them."""
    rows = []
    for month in range(1, 13):
        rows.append((date(year, month, 18), f"一月一法（{month}月）：{LAWS[month - 1]}", "专门法律知识", 2))
        rows.append((date(year, month, 25), f"专家月月讲（{month}月）：{LECTURES[month - 1]}", "专门法律知识", 2))
    for quarter, month in enumerate((3, 6, 9, 11), start=1):
        rows.append((date(year, month, 21), f"第{quarter}季度行政处罚案卷评查", "案卷评查和案例分析", 2))
    rows += [
        (date(year, 4, 16), "上半年典型案例分析", "案卷评查和案例分析", 2),
        (date(year, 10, 22), "下半年典型案例分析", "案卷评查和案例分析", 2),
        (date(year, 5, 23), "加油站应急演练（与市场监管、应急部门联合）", "现场培训", 3),
        (date(year, 8, 12), "生态环境行政执法大比武集训", "执法大比武", 8),
        (date(year, 11, 4), "湖北省法宣在线年度学习和考试", "公共法律知识", 12),
    ]
    return tuple(sorted(rows))


def _missed() -> frozenset[tuple[str, str]]:
    """Two who missed part of 2024: above the bureau's forty hours, below the nation's sixty."""
    lectures = [name for _, name, _, _ in courses(2024) if name.startswith("专家月月讲")]
    monthly = [name for _, name, _, _ in courses(2024) if name.startswith("一月一法")]
    rows = [("wangyifan", name) for name in (*lectures[:11], "生态环境行政执法大比武集训")]
    rows += [("zhaoqingyuan", name) for name in (*lectures[4:11], *monthly[6:9], "生态环境行政执法大比武集训")]
    return frozenset(rows)


MARKET, HEALTH, TRAFFIC, URBAN, STREET, WATER, EMERGENCY, TRADE = (
    "市场监管", "卫健", "交通运输", "城管", "街道", "水务", "应急", "商务"
)
YEAR_2024 = Year(
    date(2024, 1, 2), date(2024, 12, 31), visits=409, threes=3, courses=courses(2024), absent=_missed(),
    joint=(
        Joint(date(2024, 1, 17), "2024年春节前加油站联合检查", f"{EMERGENCY}、{TRADE}", "加油站", 4),
        Joint(date(2024, 2, 27), "2024年工业企业复工联合检查", f"{MARKET}、{STREET}", "机械加工", 3),
        Joint(date(2024, 3, 12), "2024年医疗机构联合检查", HEALTH, "口腔诊所", 3),
        Joint(date(2024, 4, 10), "2024年机动车检测线联合检查", MARKET, "机动车检测", 3),
        Joint(date(2024, 5, 23), "2024年加油站应急演练暨联合检查", f"{MARKET}、{EMERGENCY}", "加油站", 2),
        Joint(date(2024, 6, 12), "2024年码头汛前联合检查", f"{TRAFFIC}、{WATER}", "码头", 4),
        Joint(date(2024, 7, 10), "2024年餐饮聚集区联合检查", f"{URBAN}、{STREET}", "餐饮", 5),
        Joint(date(2024, 8, 14), "2024年医院污水联合检查", f"{HEALTH}、{WATER}", "医院", 4),
        Joint(date(2024, 9, 11), "2024年秋季工业企业联合检查", f"{STREET}、{EMERGENCY}", "食品加工", 3),
        Joint(date(2024, 9, 26), "2024年国庆前加油站联合检查", f"{EMERGENCY}、{TRADE}", "加油站", 4),
        Joint(date(2024, 10, 24), "2024年施工工地扬尘联合检查", f"{URBAN}、{STREET}", "建筑工地", 4),
        Joint(date(2024, 11, 13), "2024年机动车检测线第四季度联合检查", f"{MARKET}、{TRAFFIC}", "机动车检测", 3),
    ),
)
YEAR_2025 = Year(
    date(2025, 1, 2), date(2025, 12, 31), visits=132, threes=2, courses=courses(2025),
    joint=(
        Joint(date(2025, 3, 19), "2025年医疗机构联合检查", HEALTH, "口腔诊所", 3),
        Joint(date(2025, 5, 14), "2025年加油站联合检查", f"{EMERGENCY}、{TRADE}", "加油站", 3),
        Joint(date(2025, 7, 9), "2025年码头联合检查", f"{TRAFFIC}、{WATER}", "码头", 3),
        Joint(date(2025, 10, 15), "2025年机动车检测线联合检查", MARKET, "机动车检测", 3),
    ),
)


def year_2026(last: date) -> Year:
    """2026 up to the day before the demonstration begins."""
    joint = (
        Joint(date(2026, 3, 18), "2026年医疗机构联合检查", HEALTH, "口腔诊所", 3),
        Joint(date(2026, 5, 20), "2026年加油站联合检查", f"{EMERGENCY}、{TRADE}", "加油站", 3),
        Joint(date(2026, 9, 9), "2026年汽修行业联合检查", f"{MARKET}、{STREET}、{URBAN}", "汽车维修", 5),
    )
    return Year(date(2026, 1, 4), min(last, date(2026, 12, 31)), visits=138, threes=2, courses=courses(2026), joint=joint)

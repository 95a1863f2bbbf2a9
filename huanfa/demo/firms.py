"""The firms of the demonstration: made up, marked 示例, in the trades a downtown district has. Codes hold together."""

from __future__ import annotations

from datetime import date
from random import Random

from stdnum.cn import uscc

from huanfa.apps.officers.models import Officer
from huanfa.apps.parties import actions
from huanfa.apps.parties.models import Party

LEGAL, BUSINESS = Party.Kind.LEGAL_PERSON, Party.Kind.INDIVIDUAL_BUSINESS
OPENED = date(2023, 12, 5)

# Trade, what its firms are called after their own name, what kind of party they are, and how many there are.
TRADES = (
    ("汽车维修", "汽车维修有限公司", LEGAL, 18),
    ("汽车维修", "汽车美容维修店", BUSINESS, 6),
    ("服装干洗", "洗衣服务有限公司", LEGAL, 8),
    ("服装干洗", "干洗店", BUSINESS, 6),
    ("口腔诊所", "口腔门诊部有限公司", LEGAL, 14),
    ("医院", "医院有限公司", LEGAL, 6),
    ("餐饮", "餐饮管理有限公司", LEGAL, 10),
    ("餐饮", "酒楼", BUSINESS, 6),
    ("加油站", "加油站有限公司", LEGAL, 8),
    ("印刷", "印务有限公司", LEGAL, 10),
    ("机动车检测", "机动车检测有限公司", LEGAL, 4),
    ("码头", "港埠装卸有限公司", LEGAL, 4),
    ("建筑工地", "建筑工程有限公司", LEGAL, 12),
    ("商场", "商业管理有限公司", LEGAL, 8),
    ("机械加工", "机械加工有限公司", LEGAL, 6),
    ("食品加工", "食品加工有限公司", LEGAL, 4),
)
FIRST = "晨恒瑞鑫华泰安嘉宏永祥顺德明康源正佳云锦"
SECOND = "光丰达通和美利洁隆茂诚盛悦宁腾远"
ROADS = (
    "解放大道", "新华路", "青年路", "常青路", "发展大道", "建设大道", "前进四路", "唐家墩路", "马场路", "北湖路", "万松园路",
    "新湾路", "淮海路", "云飞路", "杨汊湖路", "姑嫂树路",
)
SURNAMES = "周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹窦章苏潘葛范彭鲁韦马方任袁柳史唐费薛雷贺倪汤"
GIVEN = (
    "志强", "丽华", "建国", "文静", "海涛", "秀英", "俊杰", "晓东", "雅琴", "国栋", "玉兰", "振宇", "慧敏", "立群", "春燕", "长林",
    "思远", "佩珊", "启明", "月娥",
)
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def person(rng: Random) -> str:
    """A made-up name."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def open_files(rng: Random, *, by: Officer) -> dict[str, list[Party]]:
    """Open a file for every firm; returns them by trade."""
    names = [a + b for a in FIRST for b in SECOND]
    rng.shuffle(names)
    found: dict[str, list[Party]] = {}
    for trade, suffix, kind, count in TRADES:
        for _ in range(count):
            values = _particulars(rng, names.pop(), trade, suffix, kind)
            found.setdefault(trade, []).append(actions.create(values, by=by, on=OPENED))
    parties = [party for firms in found.values() for party in firms]
    Party.objects.filter(pk__in=[party.pk for party in parties]).update(example=True)
    for party in parties:
        party.example = True
    return found


def _particulars(rng: Random, name: str, trade: str, suffix: str, kind: str) -> dict[str, str]:
    who = person(rng)
    values = {
        "kind": kind,
        "name": f"武汉市江汉区{name}示例{suffix}",
        "code": _code(rng, "92" if kind == BUSINESS else "91"),
        "address": f"武汉市江汉区{rng.choice(ROADS)}{rng.randint(2, 398)}号（示例）",
        "phone": f"示例{rng.randint(1000, 9999)}",
        "trade": trade,
    }
    if kind == BUSINESS:
        return {**values, "operator": who}
    return {**values, "legal_rep": who, "legal_rep_post": rng.choice(("执行董事", "总经理", "董事长"))}


def _code(rng: Random, head: str) -> str:
    """A credit code of Jianghan (420103) with its check digit."""
    body = f"{head}420103MA4E" + "".join(rng.choice(_CODE) for _ in range(5))
    return body + uscc.calc_check_digit(body)

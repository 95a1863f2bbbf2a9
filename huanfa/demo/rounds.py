"""Visits and training of a year: joint inspections, visits that found the leads of cases, and the ordinary rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huanfa.apps.inspections.actions import record_visit
from huanfa.apps.inspections.models import Visit
from huanfa.apps.officers import actions as officers
from huanfa.apps.officers.models import Officer
from huanfa.apps.parties.models import Party
from huanfa.demo.diary import Diary
from huanfa.demo.people import Crew
from huanfa.demo.story import Script

CLEAN, ADVISED, ORDERED = Visit.Result.CLEAN, Visit.Result.ADVISED, Visit.Result.ORDERED

# The kind of course that leaders and offices attend as well.
EVERYBODY = "公共法律知识"

# What a visit finds, by trade: nothing, something put right at once, something to be put right by a day.
FINDINGS = {
    "汽车维修": (
        "喷烤漆房废气处理设施随作业开启，活性炭更换有记录；危险废物贮存间标志齐全，台账与联单一致。",
        "废机油桶标签缺更新日期，当场补写；提醒喷漆时关闭车间门。",
        "危险废物台账上月漏记一批废机滤，责令五日内依联单补记说明。",
    ),
    "服装干洗": (
        "干洗机密闭运行，溶剂回收和异味处理装置正常，废滤芯有去向。", "异味处理箱活性炭临近更换周期，当场通知供货并提醒记录。",
        "维修记录缺两个月，责令十日内整理齐全。",
    ),
    "口腔诊所": (
        "医疗废物分类收集、登记完整，暂存间上锁，污水消毒记录连续。", "一间诊室利器盒超过四分之三未更换，当场更换。",
        "污水消毒记录有三天漏签，责令七日内完善值班签字制度。",
    ),
    "医院": (
        "污水处理站运行正常，在线监测数据有效；医疗废物交接登记齐全。", "危险化学品柜外包装标签脱落一处，当场贴好。",
        "污水站加药记录与值班表不一致，责令十日内完善。",
    ),
    "餐饮": (
        "隔油池定期清掏，污水接入市政管网；油烟净化器有清洗记录。", "隔油池清掏单据未随手归档，当场整理。",
        "隔油池清掏超过约定周期，责令五日内完成清掏。",
    ),
    "加油站": (
        "油气回收系统运行正常，在线监测无报警，卸油口密封良好。", "一把加油枪集气罩破损，当场更换备件。",
        "油气回收年度检测报告即将到期，责令到期前完成检测。",
    ),
    "印刷": (
        "作业车间关闭门窗，集气设施和活性炭箱正常，原辅材料采购单据齐全。", "洗车水桶盖未盖严，当场盖好并提醒密闭存放。",
        "活性炭更换台账缺一次记录，责令七日内补充说明。",
    ),
    "机动车检测": (
        "尾气检测线设备检定在有效期，检测过程视频完整，数据上传正常。", "一处标准气瓶合格证未上墙，当场张贴。",
        "检测视频一段角度遮挡，责令三日内调整摄像头。",
    ),
    "码头": (
        "堆场覆盖到位，喷淋、雾炮可用，船舶垃圾接收有凭证。", "一角防尘网松动，当场压实。", "雨水沟有少量积砂，责令三日内清理。",
    ),
    "建筑工地": (
        "非道路移动机械登记、检测单齐全，未见冒黑烟；夜间施工手续齐备。", "一台装载机登记号码被泥遮挡，当场清洗。",
        "进出场台账缺两台机械，责令三日内补登。",
    ),
    "商场": (
        "冷却塔、风机减振降噪完好，餐饮集中区隔油设施运行正常。", "设备房隔声门未关，当场关闭并张贴提示。",
        "餐厨废弃物交接单缺签字，责令五日内规范。",
    ),
    "机械加工": (
        "废气、废水治理设施运行正常，台账完整，固体废物分类存放。", "一般固废间标识牌褪色，当场更换。",
        "治理设施运行记录有两天空白，责令五日内完善记录制度。",
    ),
    "食品加工": (
        "污水处理设施运行正常，排放口标识清晰，清掏单据齐全。", "污泥堆放点遮雨布掀起一角，当场盖好。",
        "隔油池清掏记录缺一次，责令五日内补充说明。",
    ),
}


@dataclass(frozen=True)
class Joint:
    """One joint inspection: its day, name, the departments that took part, the trade and how many firms."""

    on: date
    name: str
    departments: str
    trade: str
    firms: int


@dataclass(frozen=True)
class Year:
    """How many visits a year had, how many of them with three officers, its joint inspections and what was taught."""

    first: date
    last: date
    visits: int
    threes: int
    joint: tuple[Joint, ...]
    courses: tuple[tuple[date, str, str, int], ...]
    absent: frozenset[tuple[str, str]] = frozenset()


def note_visits(diary: Diary, crew: Crew, firms: dict[str, list[Party]], year: Year, found: Sequence[Script]) -> None:
    """Note every visit of a year, exactly as many as it says. `found` are the cases whose lead came from a visit."""
    leads = [one for one in found if one.plan.source == "site" and year.first <= one.plan.found <= year.last]
    for script in leads:
        joint = next((one for one in year.joint if one.on == script.plan.found and one.trade == script.plan.trade), None)
        words = script.matter.violation or script.matter.facts
        _note(diary, crew, script.party, script.plan.found, script.plan.pair, Visit.Result.LEAD, words, joint)
    # Nobody calls on a firm as if nothing were the matter while its case is under way.
    under_way = {one.party.pk: one.plan.found for one in found}
    taken = {(one.party.pk, one.plan.found) for one in leads}
    left = year.visits - len(leads)
    for joint in year.joint:
        pair = crew.pair(diary.rng, barred=_barred(crew, joint.on))
        free = [party for party in firms[joint.trade] if (party.pk, joint.on) not in taken and not _busy(party, joint.on, under_way)]
        for party in diary.rng.sample(free, joint.firms):
            taken.add((party.pk, joint.on))
            _note(diary, crew, party, joint.on, pair, *_outcome(diary, joint.trade), joint)
        left -= joint.firms
    _rounds(diary, crew, [party for trade in firms.values() for party in trade], year, taken, under_way, left)


def _rounds(
    diary: Diary, crew: Crew, parties: Sequence[Party], year: Year, taken: set[tuple[int, date]], under_way: Mapping[int, date],
    left: int,
) -> None:
    """The ordinary rounds: two officers, two or three firms a morning, everybody's turn before anybody's second."""
    rng, days = diary.rng, diary.workdays(year.first, year.last)
    chosen = sorted(rng.choice(days) for _ in range((left + 1) // 2))
    deck: list[Party] = []
    for number in range(left):
        on = chosen[number // 2]
        if number % 2 == 0:
            pair = crew.pair(rng, barred=_barred(crew, on))
        deck = deck or rng.sample(list(parties), len(parties))
        party = _next(deck, on, taken, under_way) or _next(parties, on, taken, under_way)
        assert party is not None
        if party in deck:
            deck.remove(party)
        taken.add((party.pk, on))
        team = (*pair, _third(crew, pair)) if number % 40 == 0 and number // 40 < year.threes else pair
        kind = Visit.Kind.RANDOM if number % 3 == 0 else Visit.Kind.DAILY
        _note(diary, crew, party, on, team, *_outcome(diary, party.trade), kind=kind)


def note_training(diary: Diary, crew: Crew, year: Year, students: Sequence[str]) -> None:
    """Note every course of a year up to its last day."""
    teacher = crew["hemingfa"]
    for day, course, kind, hours in year.courses:
        on = diary.workday(day)
        if on > year.last:
            continue
        called = crew.branch() if kind == EVERYBODY else [crew[name] for name in students]
        present = [one for one in called if (one.user.username, course) not in year.absent]
        diary.note(
            diary.moment(on), course,
            lambda now, row=(present, on, course, kind, hours): officers.record_training(*row, by=teacher, now=now),
        )


def _note(
    diary: Diary, crew: Crew, party: Party, on: date, team: Sequence[str], result: str, findings: str, joint: Joint | None = None,
    *, kind: str = Visit.Kind.DAILY,
) -> None:
    people: list[Officer] = [crew[name] for name in team]
    extra = {"departments": joint.departments, "joint_key": joint.name} if joint else {}
    if joint:
        kind = Visit.Kind.SPECIAL
    diary.note(
        diary.moment(on, gap=420), f"检查 {party.name}",
        lambda now: record_visit(party, on, kind, people, result, findings, **extra, by=people[0], now=now),
    )


def _outcome(diary: Diary, trade: str) -> tuple[str, str]:
    result = diary.rng.choices((CLEAN, ADVISED, ORDERED), (70, 24, 6))[0]
    return result, FINDINGS[trade][(CLEAN, ADVISED, ORDERED).index(result)]


def _next(
    parties: Sequence[Party], on: date, taken: set[tuple[int, date]], under_way: Mapping[int, date]
) -> Party | None:
    return next((one for one in reversed(parties) if (one.pk, on) not in taken and not _busy(one, on, under_way)), None)


def _busy(party: Party, on: date, under_way: Mapping[int, date]) -> bool:
    found = under_way.get(party.pk)
    return found is not None and -20 <= (on - found).days <= 70


def _third(crew: Crew, pair: Sequence[str]) -> str:
    return next(name for name in ("chenliben", "liuyizhou", "liwenlan") if name not in pair)


def _barred(crew: Crew, on: date) -> tuple[str, ...]:
    """Whose card does not serve on that day."""
    return tuple(name for name, begins in crew.unfit.items() if on >= begins)

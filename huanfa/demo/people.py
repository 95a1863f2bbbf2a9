"""The bodies and people of the demonstration. Every name is made up; all share one password, told on the sign-in page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from huanfa.apps.ledger.models import Organisation
from huanfa.apps.officers import actions
from huanfa.apps.officers.models import Card, Officer
from huanfa.apps.officers.queries import staff

PASSWORD = "huanfa-demo"
PACK = "jianghan-demo"
SINCE = date(2023, 1, 1)
HIRED = date(2023, 11, 20)

PROVINCE, CITY, BRANCH, OTHER = "/42/", "/42/4201/", "/42/4201/420103/", "/42/4201/420104/"
# Only the branch has a pack of its own; the others work by what the province or the city supplies.
ORGANISATIONS = (
    (PROVINCE, "湖北省生态环境厅", "省厅", "hubei"),
    (CITY, "武汉市生态环境局", "市局", "wuhan"),
    (BRANCH, "武汉市生态环境局江汉区分局", "江汉区分局", PACK),
    (OTHER, "武汉市生态环境局硚口区分局（示例）", "硚口区分局", "wuhan"),
)

# The first account of an installation; it registers all others.
ADMIN = ("hanqihang", "韩启航", "信息中心")

# User name, name, post, roles. Whoever holds "officer" has an enforcement card.
STAFF = (
    ("chenliben", "陈立本", "执法一中队中队长", ("officer",)),
    ("liwenlan", "李文澜", "执法一中队执法员", ("officer",)),
    ("wangyifan", "王一帆", "执法一中队执法员", ("officer",)),
    ("zhangxiaohe", "张晓禾", "执法一中队执法员", ("officer",)),
    ("liuyizhou", "刘亦舟", "执法二中队中队长", ("officer",)),
    ("zhaoqingyuan", "赵清远", "执法二中队执法员", ("officer",)),
    ("sunruochuan", "孙若川", "执法二中队执法员", ("officer",)),
    ("huangzhixing", "黄知行", "执法二中队执法员", ("officer",)),
    ("wusiyuan", "吴思源", "执法二中队执法员", ("officer",)),
    ("hujianqun", "胡建群", "执法大队大队长", ("unit_head",)),
    ("zhengshuyan", "郑书言", "案件审查岗", ("examiner",)),
    ("hemingfa", "何明法", "法规科科长", ("legal_reviewer", "panel_member")),
    ("luoshenzhi", "罗慎之", "法规科法制审核岗", ("legal_reviewer",)),
    ("songtingtao", "宋听涛", "法规科听证岗", ("hearing_chair",)),
    ("gaoyuanshan", "高远山", "副局长", ("leader", "panel_member")),
    ("liangshouzheng", "梁守正", "副局长", ("leader", "panel_member")),
    ("xuguoping", "许国平", "局长", ("head", "panel_member")),
    ("xiewenda", "谢闻达", "总工程师", ("panel_member",)),
    ("dengshaowen", "邓绍文", "环境管理科科长", ("panel_member",)),
    ("tangxiaoyu", "唐小雨", "办公室公示岗", ("publicist",)),
    ("fengshuyi", "冯淑仪", "财务室", ("finance",)),
    ("dongzhiwei", "董知微", "档案室", ("archivist",)),
    ("shenjianming", "沈鉴明", "执法监督岗", ("supervisor",)),
)
OUTSIDERS = (
    (CITY, "shizhonghe", "石中和", "市局执法监督处", ("supervisor",)),
    (OTHER, "qianduowen", "钱多闻", "执法中队执法员", ("officer",)),
)

# Pairs that go out together; within a squad any two may.
SQUADS = (
    ("chenliben", "liwenlan", "wangyifan", "zhangxiaohe"),
    ("liuyizhou", "zhaoqingyuan", "sunruochuan", "huangzhixing", "wusiyuan"),
)
# Whose card serves no more today, who is soon to renew, and who is suspended.
EXPIRED, EXPIRING, SUSPENDED = "huangzhixing", "wangyifan", "wusiyuan"
SUSPENDED_FOR = timedelta(days=18)


@dataclass(frozen=True)
class Crew:
    """Everybody by user name, the branch they work for, and from which day on whose card does not serve."""

    org: Organisation
    officers: Mapping[str, Officer]
    unfit: Mapping[str, date]

    def __getitem__(self, username: str) -> Officer:
        return self.officers[username]

    def branch(self) -> list[Officer]:
        """Everybody of the branch."""
        return [one for one in self.officers.values() if one.org_id == self.org.pk]

    def pair(self, rng: Random, *, barred: tuple[str, ...] = ()) -> tuple[str, str]:
        """Two of one squad."""
        squad = [name for name in rng.choice(SQUADS) if name not in barred]
        first, second = rng.sample(squad, 2)
        return first, second


def assemble(today: date) -> Crew:
    """Set up the bodies and register everybody with roles and cards, as of late 2023."""
    bodies = {
        path: Organisation.objects.create(path=path, name=name, short=short, pack=pack) for path, name, short, pack in ORGANISATIONS
    }
    now = datetime.fromisoformat(f"{HIRED}T09:00:00+08:00")
    users = get_user_model().objects
    admin = Officer.objects.create(
        user=users.create_user(ADMIN[0], password=None), org=bodies[BRANCH], name=ADMIN[1], post=ADMIN[2]
    )
    actions.grant_role(admin, "admin", SINCE, None, by=admin, now=now)
    rows = [(BRANCH, *row) for row in STAFF] + list(OUTSIDERS)
    for number, (path, username, name, post, roles) in enumerate(rows, start=1):
        now += timedelta(minutes=6)
        officer = actions.add_officer(
            bodies[path], username, name, password=None, post=post, phone=f"示例电话{number:02}", by=admin, now=now
        )
        for role in roles:
            actions.grant_role(officer, role, SINCE, None, by=admin, now=now)
        if "officer" in roles:
            issued, expires = _card_span(username, today, number)
            actions.issue_card(officer, f"示例证17010{number:03}", issued, expires, by=admin, now=now)
    # One hash for all: making it takes a quarter of a second, by design.
    users.filter(officer__isnull=False).update(password=make_password(PASSWORD))
    # Read once with cards and roles, which every visit looks at.
    officers = {row.user.username: row for row in staff(Officer.objects.all())}
    return Crew(bodies[BRANCH], officers, {EXPIRED: today - timedelta(days=34), SUSPENDED: today - SUSPENDED_FOR})


def suspend(crew: Crew, today: date) -> tuple[Card, date, date, str]:
    """The card that is suspended these days, as `suspend_card` takes it."""
    begins = today - SUSPENDED_FOR
    return Card.objects.get(officer=crew[SUSPENDED]), begins, today + timedelta(days=20), "借调市局专班期间暂停使用（示例）"


def _card_span(username: str, today: date, number: int) -> tuple[date, date]:
    ends = {EXPIRED: today - timedelta(days=35), EXPIRING: today + timedelta(days=47)}.get(username)
    return date(2022, 1 + number % 9, 10), ends or date(2028, 1 + number % 9, 9)

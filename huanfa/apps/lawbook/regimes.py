"""An offence in the words of a page: each text that governs it as rows of label and value, ready to stand side by side."""

from dataclasses import dataclass
from datetime import date

from huanfa.core.cite import Article
from huanfa.core.money import figures
from huanfa.core.offences import Fine, Offence, Regime, Tier
from huanfa.core.offences.words import DAILY_FINE, HARM, KINDS, PARTIES, RESTRICT, SEIZURE, WEIGHT
from huanfa.core.rulebook import Rulebook

MARKS = {
    "V": "V：整理时逐条对过条文",
    "M": "M：条文之外另有我们的读法，请法制人员核对",
}
ENFORCED_BY = {"ecology": "生态环境主管部门", "other": "其他部门"}


@dataclass(frozen=True)
class Column:
    """One regime: whether it governs the chosen day, and its rows."""

    regime: Regime
    governs: bool
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def title(self) -> str:
        """Which conduct it is for."""
        until = self.regime.until
        return f"{self.regime.from_}至{until}的行为" if until else f"{self.regime.from_}起的行为"

    @property
    def short(self) -> str:
        """The same in few words, for a narrow screen."""
        return f"至{self.regime.until}" if self.regime.until else f"{self.regime.from_}起"


def columns(book: Rulebook, offence: Offence, on: date) -> tuple[Column, ...]:
    """Every text of an offence, the oldest first."""
    return tuple(Column(one, one.governs(on), tuple(_rows(book, one))) for one in offence.regimes)


def side_by_side(found: tuple[Column, ...]) -> list[tuple[str, list[tuple[str, ...]]]]:
    """The same as lines of a table: a label and one cell for each text. Lines that are empty everywhere are left out."""
    labels = list(dict.fromkeys(label for column in found for label, _ in column.rows))
    lines = [(label, [dict(column.rows).get(label, ()) for column in found]) for label in labels]
    return [(label, cells) for label, cells in lines if any(cells)]


def facts(offence: Offence) -> list[tuple[str, str]]:
    """What holds under every text."""
    body = offence.other_body or ENFORCED_BY[offence.enforced_by]
    rows = [
        ("违法主体", "、".join(PARTIES[one] for one in offence.parties)),
        ("处罚机关", body),
        ("危害后果", HARM[offence.harm]),
        ("代码", offence.code),
        ("检索词", "、".join(offence.keywords)),
        ("说明", "".join((offence.note, offence.ended))),
    ]
    return [(label, text) for label, text in rows if text]


def fine_text(fine: Fine) -> str:
    """A fine as the page says it, with what it hangs on."""
    text = ("可以处" if fine.optional else "") + fine.text
    return f"{text}（仅限：{fine.only_if}）" if fine.only_if else text


def _rows(book: Rulebook, regime: Regime) -> list[tuple[str, tuple[str, ...]]]:
    tiers = tuple(_tier(book, one) for one in regime.tiers)
    other = (
        ("限制生产、停产整治", "" if regime.restrict == "none" else RESTRICT[regime.restrict]),
        ("报政府批准停业、关闭", "情节严重的可以" if regime.close_by_government else ""),
        ("按日连续处罚", DAILY_FINE[regime.daily_fine]),
        ("查封、扣押", SEIZURE[regime.seizure]),
        ("移送拘留", regime.detention),
    )
    return [
        ("违反条款", _cited(book, regime.breaks)),
        ("处罚依据", _cited(book, regime.punished_by)),
        ("处罚种类", ("、".join(KINDS[one] for one in regime.kinds),)),
        ("罚款", (fine_text(regime.fine) + ("；须先责令改正、拒不改正" if regime.after_refusal else ""),)),
        ("特别情形的罚款", tiers),
        ("对责任人员的罚款", _personal(regime)),
        ("责令改正", (regime.correction,) if regime.correction else ()),
        *((label, (text,) if text else ()) for label, text in other),
        ("与前一段相比", (WEIGHT[regime.lighter_than_before],) if regime.lighter_than_before else ()),
        ("要点", (regime.gist,)),
        ("核对情况", (MARKS[regime.mark],)),
        ("说明", (regime.note,) if regime.note else ()),
    ]


def _tier(book: Rulebook, tier: Tier) -> str:
    text = f"{tier.when}：{fine_text(tier.fine)}" + ("；须先责令改正、拒不改正" if tier.after_refusal else "")
    return f"{text}（{book.cite(tier.punished_by)}）" if tier.punished_by else text


def _personal(regime: Regime) -> tuple[str, ...]:
    if regime.personal is None:
        return ()
    one = regime.personal
    when = f"（{one.when}）" if one.when else ""
    return (f"{one.who}{when}：{figures(one.low)}元至{figures(one.high)}元",)


def _cited(book: Rulebook, articles: tuple[Article, ...]) -> tuple[str, ...]:
    """Each article in full, with the days on which that version of the law is in force."""
    laws = ((one, book.laws[one.law]) for one in articles)
    return tuple(f"{one.text(law.title)}（{span(law.begins, law.until)}）" for one, law in laws)


def span(begins: date, until: date | None) -> str:
    """From when to when, in a few words."""
    return f"{begins}至{until}施行" if until else f"{begins}起施行"

"""All rules of a bureau: a chain of packs (nation → province → city → bureau), opened, checked together, picked by date.

The only place of core that opens files, besides rulefile.py which it uses. A bureau's pack may add; it replaces only
what it names with `replaces`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from huanfa.core.calendar.terms import UNITS, Term
from huanfa.core.calendar.workdays import Calendar, Year, parse_year
from huanfa.core.cite import Article
from huanfa.core.errors import Fault, NoRule, RuleFault
from huanfa.core.offences import Offence, check_against_laws, check_ids
from huanfa.core.offences import parse as parse_offences
from huanfa.core.papers import SHARED_VALUES, Template
from huanfa.core.papers import parse as parse_template
from huanfa.core.procedure.definition import Procedure
from huanfa.core.procedure.definition import parse as parse_procedure
from huanfa.core.procedure.guards import GUARDS
from huanfa.core.rulefile import RuleFile, read

ROOT = Path(__file__).resolve().parent.parent / "rules"
Dated = TypeVar("Dated")

# Folders of a body that are opened when they are used, by discretion/library.py and discretion/no_fine.py.
APART = ("benchmarks", "no_fine")


@dataclass(frozen=True, slots=True)
class Law:
    """One version of a law as the table of laws lists it; `until` None: in force."""

    id: str
    title: str
    short: str
    begins: date
    until: date | None
    number: str = ""
    repealed_by: str = ""

    def in_force(self, on: date) -> bool:
        """Whether this version was in force on that day."""
        return self.begins <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Body:
    """In whose name and under which seal acts of some kinds are done between two dates, and where relief is sought."""

    begins: date
    until: date | None
    acting_name: str
    seal_name: str
    kinds: tuple[str, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something no text at hand says: what, why, and the sentence that asks the bureau for it."""

    pack: str
    id: str
    what: str
    why: str
    ask: str


@dataclass(frozen=True)
class Pack:
    """One link of the chain."""

    id: str
    title: str
    level: str
    extends: str
    data: Mapping[str, Any]
    files: tuple[RuleFile, ...] = field(repr=False)


@dataclass(frozen=True)
class Rulebook:
    """The rules of one bureau. Each lookup takes the day for which the rule is wanted and refuses outside its dates."""

    packs: tuple[Pack, ...]
    calendar: Calendar
    laws: Mapping[str, Law]
    terms: Mapping[str, Term]
    offences: Mapping[str, Offence]
    procedures: tuple[Procedure, ...]
    templates: tuple[Template, ...]
    bodies: tuple[Body, ...]
    gaps: tuple[Gap, ...]
    settings: tuple[Mapping[str, Any], ...]
    files: Mapping[str, RuleFile] = field(repr=False)

    @property
    def leaf(self) -> Pack:
        """The bureau's own pack."""
        return self.packs[-1]

    def procedure(self, procedure_id: str, on: date) -> Procedure:
        """The version of a procedure in force on that day. Raises NoRule."""
        found = [one for one in self.procedures if one.id == procedure_id]
        return _pick(found, on, f"程序 {procedure_id}", lambda one: (one.begins, one.ends))

    def template(self, template_id: str, on: date) -> Template:
        """The wording of a paper in force on that day. Raises NoRule."""
        found = [one for one in self.templates if one.id == template_id]
        return _pick(found, on, f"文书 {template_id}", lambda one: (one.valid_from, one.valid_until))

    def settings_on(self, on: date) -> dict[str, Mapping[str, Any]]:
        """Every threshold and switch in force on that day, by id; a bureau's own replaces the nation's."""
        found: dict[str, Mapping[str, Any]] = {}
        for setting in self.settings:
            if setting["from"] <= on and on <= setting.get("until", date.max):
                found[setting["id"]] = {**found.get(setting["id"], {}), **setting}
        return found

    def setting(self, setting_id: str, on: date) -> Mapping[str, Any]:
        """One setting in force on that day. Raises NoRule: a threshold nobody supplied is not guessed."""
        try:
            return self.settings_on(on)[setting_id]
        except KeyError:
            raise NoRule(f"{on}没有生效的“{setting_id}”设置，请在本机关规则包中补充。") from None

    def body(self, kind: str, on: date) -> Body:
        """In whose name an act of that kind is done on that day. Raises NoRule."""
        found = [one for one in self.bodies if not one.kinds or kind in one.kinds]
        return _pick(found, on, f"“{kind}”的作出机关", lambda one: (one.begins, one.until))

    def value(self, name: str) -> Any:
        """A value that only the bureau can supply (number prefix, account …). Raises NoRule with the sentence that asks."""
        for pack in reversed(self.packs):
            if name in pack.data.get("values", {}):
                return pack.data["values"][name]
        asks = [gap.ask for gap in self.gaps if gap.id == name]
        raise NoRule(asks[0] if asks else f"本机关规则包没有填写 {name}。")

    @property
    def example(self) -> bool:
        """Whether the bureau's own pack holds example values: then every paper says so."""
        return bool(self.leaf.data.get("example"))

    def offence(self, offence_id: str) -> Offence:
        """An offence by its id. Raises NoRule."""
        if offence_id not in self.offences:
            raise NoRule(f"规则包中没有案由 {offence_id}。")
        return self.offences[offence_id]

    def cite(self, articles: Iterable[Article]) -> str:
        """Articles as papers print them, with the full titles of their laws."""
        return "、".join(one.text(self.laws[one.law].title) for one in articles)

    @property
    def titles(self) -> dict[str, str]:
        """Law id → full title."""
        return {law.id: law.title for law in self.laws.values()}


def _pick(found: list[Dated], on: date, what: str, span: Callable[[Dated], tuple[date, date | None]]) -> Dated:
    for one in reversed(found):
        begins, ends = span(one)
        if begins <= on and (ends is None or on <= ends):
            return one
    raise NoRule(f"{what}在{on}没有生效的版本，请核对日期或者补充规则包。")


@lru_cache(maxsize=8)
def load(leaf: str, root: Path = ROOT) -> Rulebook:
    """Open the chain of packs that ends in `leaf`. Raises RuleFault with every fault in every file at once."""
    rulebook, faults = examine(leaf, root)
    if rulebook is None or faults:
        raise RuleFault(faults)
    return rulebook


def examine(leaf: str, root: Path = ROOT) -> tuple[Rulebook | None, list[Fault]]:
    """Open a chain and return it with all faults found (None where it cannot even be put together)."""
    packs, faults = _chain(leaf, root)
    if not packs or any(not isinstance(pack, Pack) for pack in packs):
        return None, faults
    files = {file.name: file for pack in packs for file in pack.files}
    shelf = _Shelf(faults)
    for file in files.values():
        shelf.put(file)
        faults += _unknown_uses(file, root)
    shelf.finish()
    for pack in packs:
        shelf.put_pack(pack)
    return shelf.rulebook(tuple(packs), files), faults


def _unknown_uses(file: RuleFile, root: Path) -> list[Fault]:
    """Benchmarks and no-fine lists that a setting names and the rules folder does not have."""
    found = []
    for number, raw in enumerate(file.data.get("setting", ()) if file.name.endswith("thresholds.toml") else ()):
        for named in raw.get("use", ()):
            body, _, version = str(named).partition("/")
            places = (root / body / "benchmarks" / version / "benchmark.toml", root / body / "no_fine" / f"{version}.toml")
            if not any(place.is_file() for place in places):
                found.append(file.fault(f"设置 {raw.get('id')} 使用的“{named}”不在规则文件夹中", "setting", number, "use"))
    return found


def packs(root: Path = ROOT) -> list[str]:
    """The ids of all packs in the rules folder."""
    return sorted(path.parent.name for path in root.glob("*/pack.toml"))


def _chain(leaf: str, root: Path) -> tuple[list[Pack], list[Fault]]:
    chain: list[Pack] = []
    faults: list[Fault] = []
    wanted, seen = leaf, set[str]()
    while wanted:
        head = root / wanted / "pack.toml"
        if wanted in seen or not head.is_file():
            faults.append(Fault(f"{wanted}/pack.toml", 1, "规则包循环引用" if wanted in seen else "找不到规则包"))
            return [], faults
        seen.add(wanted)
        files, head_file = [], None
        for path in sorted((root / wanted).rglob("*.toml")):
            if path.relative_to(root / wanted).parts[0] in APART:
                continue
            file = read(path, root)
            if isinstance(file, Fault):
                faults.append(file)
            elif path == head:
                head_file = file
                files.append(file)
            else:
                files.append(file)
        if head_file is None:
            return [], faults
        data = head_file.data
        chain.insert(0, Pack(data["id"], data["title"], data["level"], data.get("extends", ""), data, tuple(files)))
        wanted = data.get("extends", "")
    return chain, faults


class _Shelf:
    """Sorts the files of a chain by what they are, parses each, and gathers faults."""

    def __init__(self, faults: list[Fault]):
        self.faults = faults
        self.years: dict[int, Year] = {}
        self.laws: dict[str, Law] = {}
        self.terms: dict[str, Term] = {}
        self.all_offences: list[Offence] = []
        self.templates: list[Template] = []
        self.settings: list[Mapping[str, Any]] = []
        self.procedure_files: list[RuleFile] = []
        self.procedures: list[Procedure] = []
        self.bodies: list[Body] = []
        self.gaps: list[Gap] = []

    def put(self, file: RuleFile) -> None:
        """Read one file by the folder or name it has."""
        parts = file.name.split("/")
        if len(parts) > 2 and parts[1] == "calendar":
            year = parse_year(file)
            if isinstance(year, list):
                self.faults += year
            else:
                self.years[year.year] = year
        elif len(parts) > 2 and parts[1] == "violations":
            offences, faults = parse_offences(file)
            self.faults += faults
            self.all_offences += offences
        elif len(parts) > 2 and parts[1] == "papers":
            template, faults = parse_template(file)
            self.faults += faults
            self.templates += [template] if template else []
        elif len(parts) > 2 and parts[1] == "procedures":
            self.procedure_files.append(file)
        elif parts[-1] == "laws.toml":
            self._laws(file)
        elif parts[-1] == "terms.toml":
            self._terms(file)
        elif parts[-1] == "thresholds.toml":
            self._settings(file)
        elif parts[-1] != "pack.toml":
            sentence = "不认识的规则文件：放在 calendar、violations、papers、procedures 之下，或命名为 laws、terms、thresholds"
            self.faults.append(file.fault(sentence))

    def put_pack(self, pack: Pack) -> None:
        """Read the bodies and gaps of a pack's head."""
        for raw in pack.data.get("body", ()):
            self.bodies.append(
                Body(raw["from"], raw.get("until"), raw["acting_name"], raw["seal_name"], tuple(raw.get("kinds", ())), raw)
            )
        for raw in pack.data.get("gap", ()):
            self.gaps.append(Gap(pack.id, raw["id"], raw["what"], raw["why"], raw["ask"]))

    def finish(self) -> None:
        """Read what depends on the rest: procedures, citations, and which values the papers of a step need."""
        for file in self.procedure_files:
            procedure, faults = parse_procedure(file, self.terms, GUARDS)
            self.faults += faults
            if procedure:
                self.procedures.append(procedure)
                self.faults += paper_faults(procedure, self.templates, file)
        spans = {law.id: (law.begins, law.until) for law in self.laws.values()}
        self.faults += check_ids(self.all_offences)
        self.faults += check_against_laws(self.all_offences, spans)

    def rulebook(self, chain: tuple[Pack, ...], files: Mapping[str, RuleFile]) -> Rulebook:
        """Put everything read together."""
        given = {fill for pack in chain for fill in pack.data.get("fills", ())}
        return Rulebook(
            packs=chain,
            calendar=Calendar(tuple(self.years.values())),
            laws=self.laws,
            terms=self.terms,
            offences={one.id: one for one in self.all_offences},
            procedures=tuple(self.procedures),
            templates=tuple(self.templates),
            bodies=tuple(self.bodies),
            gaps=tuple(gap for gap in self.gaps if gap.id not in given),
            settings=tuple(self.settings),
            files=files,
        )

    def _laws(self, file: RuleFile) -> None:
        for number, raw in enumerate(file.data.get("law", ())):
            if raw.get("id") in self.laws:
                self.faults.append(file.fault(f"法律 {raw['id']} 重复", "law", number, "id"))
                continue
            try:
                self.laws[raw["id"]] = Law(
                    raw["id"], raw["title"], raw.get("short", raw["title"]), raw["from"], raw.get("until"),
                    raw.get("number", ""), raw.get("repealed_by", ""),
                )
            except KeyError as missing:
                self.faults.append(file.fault(f"缺少 {missing}", "law", number))

    def _terms(self, file: RuleFile) -> None:
        for number, raw in enumerate(file.data.get("term", ())):
            try:
                term = Term(**raw)
            except TypeError as error:
                self.faults.append(file.fault(f"期限写错：{error}", "term", number))
                continue
            if term.unit not in UNITS:
                self.faults.append(file.fault(f"期限 {term.id} 的单位 {term.unit} 不存在", "term", number, "unit"))
            if term.holder not in ("party", "body"):
                self.faults.append(file.fault(f"期限 {term.id} 的 holder 只能是 party 或 body", "term", number, "holder"))
            self.terms[term.id] = term

    def _settings(self, file: RuleFile) -> None:
        for number, raw in enumerate(file.data.get("setting", ())):
            known = {one["id"] for one in self.settings}
            if not {"id", "from"} <= set(raw):
                self.faults.append(file.fault("设置须有 id 和 from", "setting", number))
            elif raw["id"] in known and raw.get("replaces") != raw["id"] and not _later(raw, self.settings):
                self.faults.append(file.fault(f"设置 {raw['id']} 已有规定，替换须写明 replaces", "setting", number, "id"))
            else:
                self.settings.append(raw)


def _later(raw: Mapping[str, Any], settings: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a second rule of the same id only starts when all others have ended."""
    return all(one.get("until", date.max) < raw["from"] for one in settings if one["id"] == raw["id"])


def paper_faults(procedure: Procedure, templates: Iterable[Template], file: RuleFile) -> list[Fault]:
    """Papers that a step names and nobody wrote, and values that a paper needs and neither this step nor one before asks.

    Only what the paper shows at this step for certain is looked at; the rest is judged when the paper is filled.
    """
    known = {template.id: template for template in templates}
    faults = []
    for number, step in enumerate(procedure.steps.values()):
        asked = {ask.id for one in (step.id, *procedure.comes_after(step.id)) for ask in procedure.step(one).asks}
        for paper in step.all_papers():
            template = known.get(paper)
            if template is None:
                faults.append(file.fault(f"步骤 {step.id} 的文书 {paper} 不存在", "step", number, "papers"))
                continue
            for value in sorted(template.needs(step.id) - asked - set(SHARED_VALUES)):
                label = template.value(value).label
                faults.append(
                    file.fault(f"文书“{template.title}”需要“{label}”（{value}），步骤 {step.id} 和此前都没有填写", "step", number)
                )
    return faults

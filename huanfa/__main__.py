"""The command line: `python -m huanfa …`. All but `verify` and `figures` need no Django and no database.

Exit codes: 0 all well, 1 faults found, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from huanfa.commands import DEFAULT_PACK, Answer, benchmark, fine
from huanfa.commands.rules import check_rules
from huanfa.core import rulebook
from huanfa.core.calendar.terms import Pause, due, due_at, proof
from huanfa.core.errors import ChainBroken, HuanfaError, NotAllowed, RuleFault
from huanfa.core.procedure.definition import Procedure, Step
from huanfa.core.procedure.guards.words import SENTENCES
from huanfa.core.procedure.people import SLOTS

OUT_OF_RANGE = "日期或者延长的日数超出范围，请核对"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; print its answer as lines, or as JSON with --json. Returns the exit code."""
    arguments = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], Answer] = arguments.command
    try:
        code, data, lines = command(arguments)
    except RuleFault as fault:
        code, data, lines = 1, {"faults": [str(one) for one in fault.faults]}, [str(one) for one in fault.faults]
    except NotAllowed as refused:
        told = [{"sentence": one.sentence, "article": one.article, "field": one.field} for one in refused.reasons]
        code, data, lines = 2, {"error": str(refused), "reasons": told}, [str(one) for one in refused.reasons]
    except OverflowError:
        code, data, lines = 2, {"error": OUT_OF_RANGE}, [OUT_OF_RANGE]
    except (HuanfaError, ValueError) as error:
        code, data, lines = 2, {"error": str(error)}, [str(error)]
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str) if arguments.json else "\n".join(lines)
    try:
        print(text, file=sys.stderr if code == 2 and not arguments.json else sys.stdout, flush=True)
    except BrokenPipeError:     # whoever reads has seen enough (… | head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def show_term(arguments: argparse.Namespace) -> Answer:
    """When a period of law ends, with the proof day by day."""
    book = rulebook.load(arguments.pack)
    if arguments.term not in book.terms:
        raise ValueError(f"没有期限 {arguments.term}。可用的有：{'、'.join(sorted(book.terms))}")
    term = book.terms[arguments.term]
    head = f"{term.title}：{term.starts}起{term.length_text}（{term.article}）"
    if term.unit == "hours":
        moment = due_at(term, datetime.fromisoformat(arguments.start))
        return 0, {"term": term.id, "article": term.article, "due_at": moment.isoformat()}, [head, f"截止：{moment}"]
    if arguments.extend < 0:
        raise ValueError("延长的日数不能为负")
    pauses = [_pause(text) for text in arguments.pause]
    result = due(term, _day(arguments.start), book.calendar, pauses=pauses, extended_by=arguments.extend)
    days = proof(result, book.calendar)
    lines = [head, f"期满：{result.due or '停止计算中'}"]
    lines += [f"提醒：{result.remind}"] if result.remind != result.due else []
    lines += [result.why_provisional] if result.provisional else []
    lines += [f"  {line.day}  {line.number if line.number is not None else '—':>3}  {line.why}" for line in days]
    data = {
        "term": term.id, "title": term.title, "article": term.article, "start": result.start, "due": result.due,
        "remind": result.remind, "provisional": list(result.provisional), "remaining": result.remaining,
        "proof": [{"day": line.day, "number": line.number, "why": line.why} for line in days],
    }
    return 0, data, lines


def show_procedure(arguments: argparse.Namespace) -> Answer:
    """The graph of a procedure: every step with what it comes after, needs, asks, draws up, opens and rests on."""
    procedure = rulebook.load(arguments.pack).procedure(arguments.procedure, _day(arguments.on))
    lines = [f"{procedure.title}（{procedure.version}）：{len(procedure.steps)} 个步骤"]
    for step in procedure.steps.values():
        lines.append(f"{step.id}  {step.title}〔{procedure.stage_title(step.stage)}〕")
        for label, told in _told(step):
            if told:
                lines.append(f"    {label}：{told}")
    return 0, _graph(procedure), lines


def _told(step: Step) -> list[tuple[str, str]]:
    return [
        ("在后", "；".join(" 或 ".join(either) for either in step.after)),
        ("条件", "；".join(SENTENCES[need] for need in step.needs)),
        ("签批", " → ".join(SLOTS[slot].title for slot in step.signs)),
        ("填写", "、".join(ask.label for ask in step.asks)),
        ("文书", "、".join(step.all_papers())),
        ("开始", "、".join(one.term for one in step.opens)),
        ("终结", "、".join(one.term for one in step.closes)),
        ("停止", "、".join(one.term for one in step.pauses)),
        ("重办", "、".join(step.undoes)),
        ("依据", step.article),
    ]


def _graph(procedure: Procedure) -> dict[str, Any]:
    return {
        "id": procedure.id, "title": procedure.title, "version": procedure.version, "file": procedure.ref.as_data(),
        "steps": [
            {
                "id": step.id, "title": step.title, "stage": step.stage, "after": [list(one) for one in step.after],
                "before": sorted(step.before), "needs": {need: SENTENCES[need] for need in step.needs},
                "signs": list(step.signs), "asks": [{"id": ask.id, "label": ask.label, "type": ask.type} for ask in step.asks],
                "papers": list(step.all_papers()), "opens": [one.term for one in step.opens],
                "closes": [one.term for one in step.closes], "pauses": [one.term for one in step.pauses],
                "resumes": [one.term for one in step.resumes], "undoes": list(step.undoes), "articles": list(step.articles),
            }
            for step in procedure.steps.values()
        ],
    }


def verify(arguments: argparse.Namespace) -> Answer:
    """Every chain against its hashes, every checkpoint against its signature, every stored case against its entries."""
    _start_django()
    from huanfa.apps.cases.models import Case
    from huanfa.apps.cases.queries import drift
    from huanfa.apps.ledger import queries
    from huanfa.apps.ledger.models import Dossier

    dossiers = Dossier.objects.order_by("pk")
    if arguments.dossier:
        dossiers = dossiers.filter(key=arguments.dossier)
        if not dossiers:
            raise ValueError(f"没有案卷 {arguments.dossier}")
    broken, drifted, count = [], [], 0
    for dossier in dossiers.iterator(chunk_size=500):
        count += 1
        try:
            queries.verify(dossier)
        except ChainBroken as error:
            broken.append({"dossier": dossier.key, "seq": error.seq, "sentence": str(error)})
            continue
        case = Case.objects.select_related("org", "party", "dossier").filter(pk=dossier.pk).first()
        drifted += [f"{dossier.key} {line}" for line in drift(case)] if case else []
    if not arguments.dossier:
        try:
            queries.verify_checkpoints()
        except ChainBroken as error:
            broken.append({"dossier": error.dossier, "seq": error.seq, "sentence": str(error)})
    lines = [one["sentence"] for one in broken] + drifted
    lines.append(f"核对 {count} 份案卷：{len(broken)} 处断裂，{len(drifted)} 处与登记不一致")
    return int(bool(broken or drifted)), {"dossiers": count, "broken": broken, "drifted": drifted}, lines


def show_figures(arguments: argparse.Namespace) -> Answer:
    """The figures of a year, as counted from the records."""
    _start_django()
    from django.db.models import Count

    from huanfa.apps.ledger.models import Organisation
    from huanfa.apps.reports.queries import figures

    orgs = Organisation.objects.annotate(kept=Count("dossier")).order_by("-kept", "path")
    org = orgs.filter(path=arguments.org).first() if arguments.org else orgs.first()
    if org is None:
        raise ValueError("没有这个机关；先运行 make demo-data，或者用 --org 指明路径")
    found = figures(org, arguments.year, on=date.today())
    lines = [f"{org.name} {arguments.year} 年"] + [
        f"{one.label}：{'—' if one.value is None else f'{one.value} {one.unit}'}" for one in found
    ]
    data = [{"id": one.id, "label": one.label, "value": one.value, "unit": one.unit, "records": len(one.records)} for one in found]
    return 0, {"org": org.name, "year": arguments.year, "figures": data}, lines


def _start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huanfa.config.settings")
    import django

    django.setup()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"不是日期：{text}（写成 2026-09-21）") from None


def _pause(text: str) -> Pause:
    begun, _, ended = text.partition(":")
    pause = Pause(_day(begun), _day(ended) if ended else None, "扣除")
    if pause.end is not None and pause.end <= pause.start:
        raise ValueError(f"扣除的时间 {text}：止日应晚于起日")
    return pause


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huanfa", description="环法：规则检查、期限和罚款计算、裁量基准、台账核对。")
    parser.set_defaults(json=False)
    commands = parser.add_subparsers(required=True, metavar="命令")

    rules = commands.add_parser("rules", help="规则文件").add_subparsers(required=True, metavar="check")
    check = rules.add_parser("check", help="检查规则文件，一次报出全部错误")
    check.add_argument("pack", nargs="?", help="规则包；不写则检查全部")
    check.add_argument("--walk", action="store_true", help="并走遍每个程序的每条路径（约几分钟）")
    check.set_defaults(command=check_rules)

    term = commands.add_parser("term", help="计算一个期限并给出逐日依据")
    term.add_argument("term", help="期限代号，如 defence")
    term.add_argument("--from", dest="start", required=True, metavar="日期", help="起算日，如 2026-09-21；小时期限写 2026-09-30T17:00")
    term.add_argument("--pause", action="append", default=[], metavar="起:止", help="扣除的时间，可写多次；没有止日的写 起:")
    term.add_argument("--extend", type=int, default=0, metavar="N", help="延长的日数（与期限同一单位）")
    term.add_argument("--pack", default=DEFAULT_PACK)
    term.set_defaults(command=show_term)

    procedure = commands.add_parser("procedure", help="列出一个程序的全部步骤")
    procedure.add_argument("procedure", help="程序代号，如 ordinary")
    procedure.add_argument("--on", default=date.today().isoformat(), metavar="日期", help="取该日有效的版本")
    procedure.add_argument("--pack", default=DEFAULT_PACK)
    procedure.set_defaults(command=show_procedure)

    check_ledger = commands.add_parser("verify", help="核对台账、检查点和登记")
    check_ledger.add_argument("--dossier", default="", metavar="案卷", help="只核对一份案卷")
    check_ledger.set_defaults(command=verify)

    figures = commands.add_parser("figures", help="一年的数字")
    figures.add_argument("--year", type=int, required=True)
    figures.add_argument("--org", default="", metavar="路径", help="机关路径，如 /42/4201/420103/；不写取案卷最多的机关")
    figures.set_defaults(command=show_figures)

    for one in (check, term, procedure, check_ledger, figures, fine.add_to(commands), *benchmark.add_to(commands)):
        one.add_argument("--json", action="store_true", help="以 JSON 输出")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())

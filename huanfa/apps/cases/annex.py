"""A kept worksheet as papers print it: its lines, the exhibits behind them, the values of the annex."""

from collections.abc import Mapping
from typing import Any

from huanfa.apps.cases.weighing import Scales
from huanfa.core.discretion import worksheet
from huanfa.core.money import figures

# What a worksheet gives reasons for, as its annex labels them.
REASONS = (
    ("departure_reason", "调整适用裁量基准"), ("issuer_approval", "制定机关的批准"), ("mitigation", "减轻处罚的情形"),
    ("likeness_reason", "与类案不同"),
)


def sheet_lines(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The lines of a kept worksheet as papers print them: label, finding, arithmetic, source."""
    computed = data.get("computation")
    if not computed:
        return []
    return [{key: line[key] for key in ("label", "told", "sum", "source")} for line in computed["lines"]]


def proof_lines(data: Mapping[str, Any], names: Mapping[int, str]) -> list[dict[str, str]]:
    """The exhibits behind each finding of a kept worksheet, or why it could not be established. `names`: number → name."""
    found = data["findings"]
    proven = [
        {"label": factor, "told": "；".join(f"证据{one} {names.get(one, '')}".strip() for one in numbers)}
        for factor, numbers in found.get("evidence", {}).items()
    ]
    return proven + [{"label": factor, "told": f"未能认定：{why}"} for factor, why in found.get("unestablished", {}).items()]


def sheet_values(data: Mapping[str, Any], scales: Scales) -> dict[str, object]:
    """What the annex prints besides the case's own values."""
    computed, legal = data.get("computation"), data.get("legal")
    text = scales.texts.get(str(data["regime"]))
    said = [f"{label}：{str(data[key]).rstrip('。')}" for key, label in REASONS if data.get(key)]
    passed = "、".join(data.get("passed_over", ()))
    regime = "决定时的规定" if data["regime"] == "decision" else "行为时的规定"
    return {
        "regime_text": f"{regime}：{scales.facts.cite(text.basis(str(data.get('tier') or '')))}" if text else "",
        "legal_text": _range(legal[0] * legal[3], legal[1] * legal[3]) if legal else "按查明的基数、数量计算",
        "benchmark_title": computed["title"] if computed else f"没有按裁量表{passed}计算" if passed else "没有可以适用的裁量基准",
        "table_text": f"{computed['table']}　{computed['offence']}" if computed else "按处罚办法第四十一条的七项因素裁量",
        "computed": computed["amount"] if computed else None,
        "proposed": data["amount"],
        "reasons": f"{'；'.join(said)}。" if said else None,
        "likeness": data.get("likeness") or "没有可比的类案",
        "discretion_lines": sheet_lines(data),
        "proof_lines": proof_lines(data, dict(scales.case.dossier.exhibits.values_list("number", "name"))),
        "factor_lines": [{"label": label, "told": words} for label, words in worksheet.factors_told(data)],
        "borrowed": data.get("borrowed"),
    }


def _range(low: int, high: int) -> str:
    return f"{figures(high)}元" if low == high else f"{figures(low)}元至{figures(high)}元" if low else f"{figures(high)}元以下"

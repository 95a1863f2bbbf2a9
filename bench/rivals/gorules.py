"""zen-engine: a decision graph with one decision table for each factor, drawn up from the loaded benchmark.

The tables stand beside each other between input and sum: in a row with passThrough the graph takes longer with its trace.
"""

import json
from typing import Any

import zen

from bench.findings import Found
from huanfa.core.discretion.benchmark import Factor, WeightTable

KEY = "fine"
TRACE = {"trace": True}


def graph(table: WeightTable) -> dict[str, Any]:
    """The graph: levels f0, f1 … with low and high (fen) → weights w0, w1 … → amount (fen)."""
    column, tables = table.columns[0], [_table(place, factor) for place, factor in enumerate(table.factors)]
    weights = " + ".join([str(column.start_points), *(f"w{place}" for place in range(len(tables)))])
    cap = f"min([{weights}, {table.cap * table.denominator}])" if table.cap is not None else weights
    amount = f"min([max([{cap} * {column.maximum} / {table.denominator}, low]), high])"
    total = _node("sum", "expressionNode", {"expressions": [{"id": "amount", "key": "amount", "value": amount}]})
    begin, end = _node("input", "inputNode", {}), _node("output", "outputNode", {})
    edges = [("input", "sum"), ("sum", "output")]
    for one in tables:
        edges += [("input", one["id"]), (one["id"], "sum")]
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [begin, *tables, total, end],
        "edges": [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in edges],
    }


def inputs(founds: list[Found]) -> list[dict[str, Any]]:
    """The findings as the graph takes them."""
    return [{**{f"f{place}": word for place, word in enumerate(one.levels)}, "low": one.low, "high": one.high} for one in founds]


def engine(table: WeightTable) -> zen.ZenEngine:
    """An engine that is asked for the graph by its key: the quickest way of zen-engine that we found, and not its first example."""
    return zen.ZenEngine({"loader": {"type": "static", "content": {KEY: graph(table)}}})


def decision(table: WeightTable) -> zen.ZenDecision:
    """A decision by create_decision, as in the first example of its manual. About ten times slower; content compiled beforehand
    (ZenDecisionContent) does not change that."""
    return zen.ZenEngine().create_decision(json.dumps(graph(table)))


def _table(place: int, factor: Factor) -> dict[str, Any]:
    rules = [
        {"_id": f"{place}-{number}", "in": json.dumps(level.name, ensure_ascii=False), "out": str(level.points)}
        for number, level in enumerate(factor.levels.values())
    ]
    return _node(
        f"f{place}", "decisionTableNode",
        {
            "hitPolicy": "first",
            "inputs": [{"id": "in", "name": factor.name, "type": "expression", "field": f"f{place}"}],
            "outputs": [{"id": "out", "name": "weight", "type": "expression", "field": f"w{place}"}],
            "rules": rules,
        },
    )


def _node(name: str, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}

"""Reading the tables that the sub-command ``network`` is asked about."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.loaded import UnreadableError
from actscope.acts.reading import read_columns
from actscope.acts.schema import PHASES, Column, Type
from actscope.acts.sources import column_names
from actscope.codes import coded, coded_together
from actscope.counting import Mask
from actscope.errors import InputError
from actscope.network.graph import Graph, graph


class ColumnUsedTwiceError(InputError):
    """One column cannot be two things."""

    code = "column_used_twice"
    en = "The column “{field}” was named for two things."
    zh = "列“{field}”被指定了两种用途。"


class GroupWithoutNodesError(InputError):
    """Groups stand in the table of nodes."""

    code = "group_without_nodes"
    en = "A division into groups needs a table of nodes (--nodes)."
    zh = "分组需要节点表（--nodes）。"


@dataclass(frozen=True, slots=True)
class Asked:
    """The networks by the value of ``--by`` ("" without it), the label of each actor per group,
    the planned network, and how much was missing."""

    graphs: Mapping[str, Graph]
    groups: Mapping[str, Mapping[str, str]]
    plan: Graph | None
    missing: Mapping[str, int]


def asked(options: argparse.Namespace) -> Asked:
    """The tables that the options name. Raises the refusals of reading and of ``graph``."""
    if options.group and not options.nodes:
        raise GroupWithoutNodesError
    nodes, groups = _nodes(options) if options.nodes else (None, {})
    ties = _ties(options.ties, options, some_rows=nodes is None)
    listed = pa.chunked_array([pa.array(nodes or [], pa.string())])
    (source, target, _), names = coded_together((ties["source"], ties["target"], listed))
    weight = ties["weight"].to_numpy() if "weight" in ties.column_names else None
    by = coded(ties["by"]) if options.by else None

    def network(rows: Mask) -> Graph:
        return graph(
            names,
            source[rows],
            target[rows],
            None if weight is None else weight[rows],
            directed=options.directed,
            repeated=options.repeated,
            field=options.weight or "weight",
            rows=np.flatnonzero(rows) + 1,
        )

    if by is None:
        graphs = {"": network(np.ones(len(source), np.bool_))}
    else:
        order = sorted(range(len(by.names)), key=lambda code: _phase_order(by.names[code]))
        graphs = {by.names[code]: network(by.codes == code) for code in order}
    return Asked(
        graphs=graphs,
        groups=groups,
        plan=_plan(options, nodes or []) if options.plan else None,
        missing={
            "by": int(np.count_nonzero(by.empty)) if by else 0,
            "unlisted": len(set(names) - set(nodes)) if nodes is not None else 0,
        },
    )


def _ties(file: str, options: argparse.Namespace, *, some_rows: bool, by: bool = True) -> pa.Table:
    weight = options.weight or "weight"
    columns = {
        "source": _column(options.source, "text"),
        "target": _column(options.target, "text"),
        "weight": _column(weight, "number", required=bool(options.weight)),
    }
    if options.by and by:
        columns["by"] = _column(options.by, "text", filled=False)
    named = [column.name for column in columns.values()]
    for name in named:
        if named.count(name) > 1:
            raise ColumnUsedTwiceError(field=name)
    return read_columns(file, columns, table="ties", some_rows=some_rows).table


def _nodes(options: argparse.Namespace) -> tuple[list[str], dict[str, dict[str, str]]]:
    """The actors, and per column of groups the label of each that has one."""
    key = options.id or _first_column(options.nodes)
    columns = {
        "id": Column(name=key, type="text", en="", zh="", required=True, filled=True, unique=True)
    }
    for place, name in enumerate(options.group):
        if name == key:
            raise ColumnUsedTwiceError(field=name)
        columns[f"group {place}"] = _column(name, "text", filled=False)
    table = read_columns(options.nodes, columns, table="nodes").table
    actors = table["id"].to_pylist()
    groups = {}
    for place, name in enumerate(options.group):
        labels = table[f"group {place}"]
        has = pc.is_valid(labels)
        groups[name] = dict(
            zip(table["id"].filter(has).to_pylist(), labels.filter(has).to_pylist(), strict=True)
        )
    return actors, groups


def _first_column(file: str) -> str:
    try:
        names = column_names(Path(file), table_name="nodes")
    except UnreadableError:
        names = ()
    return names[0] if names else "id"  # reading it then says what is wrong


def _plan(options: argparse.Namespace, actors: list[str]) -> Graph:
    ties = _ties(options.plan, options, some_rows=True, by=False)
    listed = pa.chunked_array([pa.array(actors, pa.string())])
    (source, target, _), names = coded_together((ties["source"], ties["target"], listed))
    return graph(names, source, target, directed=options.directed)


def _column(name: str, type_: Type, *, required: bool = True, filled: bool = True) -> Column:
    return Column(name=name, type=type_, en="", zh="", required=required, filled=filled)


def _phase_order(value: str) -> tuple[int, str]:
    """The usual phases in their order, then any others by name."""
    return (PHASES.index(value) if value in PHASES else len(PHASES), value)

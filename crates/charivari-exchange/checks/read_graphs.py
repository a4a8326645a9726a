#!/usr/bin/env python3
"""Checks with an independent reader that graph files hold what the tables hold.

Usage: read_graphs.py edges.csv accounts.csv network.gexf network.graphml

Reads both graph files with NetworkX and compares them with the tables: every
account with an edge or a group must be a node and no other, every edge must be there
once and no other, with the same weight, and every column of the tables that a
graph file also has must have the same values. Says what differs and ends with
exit code 1; ends with 0 where nothing differs.
"""

import csv
import re
import sys

import networkx

# At most so many differences are shown; all are counted.
SHOWN = 20
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", re.ASCII)
SKIPPED = set("'\"\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def is_formula(text):
    """Whether the writer puts an apostrophe before this cell (see charivari_exchange::csv_table)."""
    start = 0
    while start < len(text):
        character = text[start]
        control = ord(character) < 0x20 or 0x7F <= ord(character) <= 0x9F
        space = character.isspace() or control
        if character in "\t\r\n" or not (character in SKIPPED or space):
            break
        start += 1
    return text[start:].startswith(FORMULA) and not NUMBER.fullmatch(text)


def unguard(cell):
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


def visible(text):
    """The form in which XML 1.0 can hold a text (see charivari_exchange::gexf)."""

    def show(match):
        return "\\u{%x}" % ord(match.group()[0])

    return re.sub(r"\\(?=u\{)|[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", show, text)


def read_table(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    header = [unguard(cell) for cell in rows[0]]
    return [dict(zip(header, map(unguard, row), strict=True)) for row in rows[1:]]


def same(cell, value):
    """Whether a cell of a table and a value of a graph file say the same."""
    if value is None:
        return cell == ""
    if isinstance(value, bool):
        return cell == ("true" if value else "false")
    if isinstance(value, (int, float)):
        # Compared as numbers, because a graph file may have 3.0 where the table has 3.
        return cell != "" and float(cell) == float(value)
    return visible(cell) == value


class Differences:
    def __init__(self):
        self.count = 0

    def add(self, message):
        self.count += 1
        if self.count <= SHOWN:
            print(message, file=sys.stderr)


def compare_columns(name, row, data, keys, differences):
    for column in row.keys() & keys:
        if not same(row[column], data.get(column)):
            differences.add(
                f"{name}: {column} is {data.get(column)!r}, expected {row[column]!r}"
            )


def columns(rows):
    """The attributes that any node or edge of a graph has."""
    return {key for data in rows for key in data}


def compare_nodes(name, graph, accounts, ends, differences):
    nodes = dict(graph.nodes(data=True))
    keys = columns(nodes.values())
    for missing in sorted(ends - nodes.keys()):
        differences.add(f"{name}: the node {missing!r} is missing")
    for extra in sorted(nodes.keys() - ends):
        differences.add(f"{name}: the node {extra!r} has no edge in the table")
    for account in accounts:
        account_id = visible(account["account_id"])
        if account_id in nodes:
            where = f"{name}: node {account_id!r}"
            compare_columns(where, account, nodes[account_id], keys, differences)
    known = {visible(account["account_id"]) for account in accounts}
    for unknown in sorted(ends - known):
        differences.add(f"accounts: {unknown!r} has an edge but is not in the table")


def compare_edges(name, graph, edges, differences):
    keys = columns(data for _, _, data in graph.edges(data=True)) | {"weight"}
    seen = set()
    for edge in edges:
        pair = (visible(edge["source"]), visible(edge["target"]))
        seen.add(frozenset(pair))
        if not graph.has_edge(*pair):
            differences.add(f"{name}: the edge {pair!r} is missing")
            continue
        compare_columns(f"{name}: edge {pair!r}", edge, graph.edges[pair], keys, differences)
    for source, target in graph.edges():
        if frozenset((source, target)) not in seen:
            differences.add(f"{name}: the edge {(source, target)!r} is not in the table")


def main(arguments):
    if len(arguments) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    edges, accounts = read_table(arguments[0]), read_table(arguments[1])
    ends = {visible(edge[end]) for edge in edges for end in ("source", "target")}
    # An account may belong to a group as a whole without an edge of its own.
    ends |= {visible(row["account_id"]) for row in accounts if row.get("group")}
    differences = Differences()
    readers = {"GEXF": networkx.read_gexf, "GraphML": networkx.read_graphml}
    for (name, read), path in zip(readers.items(), arguments[2:]):
        graph = read(path)
        if graph.is_directed() or graph.is_multigraph():
            differences.add(f"{name}: the graph is directed or has an edge twice")
            continue
        compare_nodes(name, graph, accounts, ends, differences)
        compare_edges(name, graph, edges, differences)
    if differences.count:
        print(f"{differences.count} differences", file=sys.stderr)
        return 1
    print(f"{len(ends)} nodes and {len(edges)} edges: both graph files agree with the tables")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

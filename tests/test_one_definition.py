"""Numbers come from marts: outside `warehouse/` there is no SQL and no arithmetic on what queries return.

The rule on arithmetic is for what shows numbers to people: all of `dashboard/`, and the modules of
`pipelines/` that read `warehouse.queries` (the others count their own work: records in, files done).

What is looked for, in the syntax trees of all modules: text that is an SQL statement; calls that
run one on a lake; methods and functions that aggregate; arithmetic with a column or field that
`warehouse.queries` gives out (by its name: ``row["n"] / total.n_before``). A number that was first
given another name is not seen; what is seen is what a person in a hurry would write.
"""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator
from functools import lru_cache

import pytest

from tests.conftest import ROOT
from warehouse import queries

PACKAGES = ("dashboard", "pipelines", "nlp", "crawlers", "dags")
SHOWING = ("dashboard", "pipelines", "dags")

SQL_ALLOWED = {
    "crawlers/state.py": "the crawlers' own SQLite file, not the lake",
    "pipelines/erasure/files.py": "the crawlers' own SQLite file, not the lake",
    "pipelines/erasure/contents.py": "the crawlers' own SQLite file, not the lake",
}
ARITHMETIC_ALLOWED: dict[str, str] = {
    "dashboard/report/letter.py": "widths of columns and pictures on paper",
    "pipelines/alerting/cover.py": "what an alert expects is a model's; it is stored and shown from there",
    "pipelines/alerting/delivery.py": "counts the messages it sent",
    "pipelines/alerting/history.py": "what a rule would have raised is worked out once and stored",
    "pipelines/quarantine.py": "counts the records it tried again",
    "pipelines/exporting.py": "counts the rows it wrote",
    "pipelines/stages/link.py": "books its own work: in = stored + duplicate",
    "pipelines/doctor/data.py": "counts sources of the configuration",
    "pipelines/erasure/erase.py": "counts the files an erasure changed",
    "pipelines/source_health.py": "counts addresses that wait in the crawlers' own file",
    "pipelines/stages/watch.py": "books its own work: in = stored + duplicate",
}

_SQL = re.compile(
    r"\b(SELECT\b[\s\S]+\bFROM\b|SELECT\s+\S+\(|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\S+[\s\S]*\bSET\b|DELETE\s+FROM\b"
    r"|CREATE\s+(OR\s+REPLACE\s+)?(TABLE|VIEW)\b|\bFROM\s+(mart|dim|drill)_)"
)
_RUNS_SQL = {"rows", "frame", "value", "execute", "executemany", "sql"}
_LAKE_NAMES = {"lake", "con", "connection"}
_AGGREGATES = {
    "sum", "mean", "median", "quantile", "std", "var", "groupby", "agg", "aggregate", "pivot", "pivot_table",
    "crosstab", "value_counts", "nunique", "cumsum", "pct_change", "rolling", "resample", "merge", "corr",
}  # fmt: skip
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)


@lru_cache(maxsize=1)
def numbers() -> frozenset[str]:
    """Names under which `warehouse.queries` gives out numbers, beside ``n`` and ``n_...``."""
    found = set()
    for name in queries.__all__:
        record = getattr(queries, name)
        if isinstance(record, type) and dataclasses.is_dataclass(record):
            found |= {f.name for f in dataclasses.fields(record) if re.match(r"(int|float)\b", str(f.type))}
    return frozenset(found | {"rate", "low", "high", "shrunk", "net_tone", "coverage", "mean_before"})


def is_number(node: ast.expr) -> bool:
    name = None
    if isinstance(node, ast.Attribute):
        name = node.attr
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        name = node.slice.value
    return isinstance(name, str) and (name == "n" or name.startswith("n_") or name in numbers())


def docstrings(tree: ast.AST) -> set[int]:
    """Ids of the nodes that are documentation."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, holders)]
    alone = [one.value for body in bodies for one in body if isinstance(one, ast.Expr)]
    return {id(value) for value in alone if isinstance(value, ast.Constant)}


def statements(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """SQL, and calls that run it on a lake."""
    skipped = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(v.value) if isinstance(v, ast.Constant) else "x" for v in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            text = node.value
        else:
            text = ""
        if _SQL.search(text):
            yield node.lineno, f"SQL: {text.strip()[:60]!r}"
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _RUNS_SQL
        ):
            owner = node.func.value
            called = (
                owner.id
                if isinstance(owner, ast.Name)
                else owner.attr
                if isinstance(owner, ast.Attribute)
                else ""
            )
            if called in _LAKE_NAMES:
                yield node.lineno, f"runs SQL: {called}.{node.func.attr}"


def arithmetic(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Aggregates, and sums and quotients of what queries return."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _AGGREGATES:
                yield node.lineno, f"aggregate: {name}"
        if (
            isinstance(node, ast.BinOp)
            and isinstance(node.op, _OPERATORS)
            and (is_number(node.left) or is_number(node.right))
        ):
            yield node.lineno, f"arithmetic: {ast.unparse(node)}"


def modules(packages: tuple[str, ...]) -> list[str]:
    return sorted(
        path.relative_to(ROOT).as_posix() for package in packages for path in (ROOT / package).rglob("*.py")
    )


def shows(module: str, tree: ast.AST) -> bool:
    """Whether a module handles answers of `warehouse.queries`."""
    if module.startswith("dashboard/"):
        return True
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return any(
        (
            (node.module or "").startswith("warehouse.queries")
            and node.module != "warehouse.queries.bookkeeping"
        )
        or (node.module == "warehouse" and any(name.name == "queries" for name in node.names))
        for node in imported
    )


def parsed(module: str) -> ast.AST:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


@pytest.mark.parametrize("package", PACKAGES)
def test_no_sql_outside_the_warehouse(package: str) -> None:
    found = [
        f"{module}:{line}: {what}"
        for module in modules((package,)) if module not in SQL_ALLOWED
        for line, what in statements(parsed(module))
    ]  # fmt: skip
    assert found == []


@pytest.mark.parametrize("package", SHOWING)
def test_no_arithmetic_on_what_queries_return(package: str) -> None:
    found = [
        f"{module}:{line}: {what}"
        for module in modules((package,))
        if module not in ARITHMETIC_ALLOWED and shows(module, parsed(module))
        for line, what in arithmetic(parsed(module))
    ]  # fmt: skip
    assert found == []


@pytest.mark.parametrize("module", [*SQL_ALLOWED, *ARITHMETIC_ALLOWED])
def test_an_exception_that_is_no_longer_needed_goes(module: str) -> None:
    look = statements if module in SQL_ALLOWED else arithmetic
    assert list(look(parsed(module)))


@pytest.mark.parametrize(
    "code",
    [
        'lake.rows("SELECT 1")', 'x = "SELECT count(*) FROM t"', 'con.execute(f"DELETE FROM {t}")',
        '"""Doc."""\nq = """FROM mart_document"""', "self.lake.value(q)",
    ],
)  # fmt: skip
def test_sql_is_seen(code: str) -> None:
    assert list(statements(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "row['n'] / row['n_before']", "total.n - 1", "frame['x'].sum()", "sum(r['n'] for r in rows)",
        "100 * share.compliance", "statistics.median(xs)",
    ],
)  # fmt: skip
def test_arithmetic_is_seen(code: str) -> None:
    assert list(arithmetic(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ['"""SELECT a FROM b."""', "day - timedelta(days=6)", "'a' + name", "len(rows)", "sorted(rows)"]
)
def test_what_is_neither_is_let_through(code: str) -> None:
    tree = ast.parse(code)
    assert [*statements(tree), *arithmetic(tree)] == []

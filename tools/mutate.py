"""Changes the source one small piece at a time, and tells which changes no test notices.

    python tools/mutate.py src/pltool/core/standing.py -- tests/core/test_standing.py

Each mutant is one change to the syntax tree: a comparison turned round, a constant one more, a statement left out, and
the like. It stands in a copy of the source against which the tests after `--` run. A mutant that they pass survives:
either a test is missing, or the piece does nothing. Needs a system that can fork.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis  # noqa: F401 - loaded once; each mutant runs in a fork
import pydantic  # noqa: F401
import pytest
import typer.testing  # noqa: F401
import yaml  # noqa: F401

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
CALLS = {"min": "max", "max": "min", "all": "any", "any": "all", "sorted": "list"}
LEFT_OUT = (
    ast.Assign,
    ast.AugAssign,
    ast.Expr,
    ast.If,
    ast.For,
    ast.While,
    ast.Raise,
    ast.Break,
    ast.Continue,
)
SLOWER = 8.0  # a mutant that takes so many times as long as the untouched source has begun to loop
PATIENCE = 20.0  # and one that waits for something is given up after so many times that


@dataclass(frozen=True)
class Mutant:
    """One change.

    Attributes:
        line: where it is.
        what: the piece before and after.
        source: the whole module with it.
    """

    line: int
    what: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module; docstrings and annotations are left alone."""
    tree = ast.parse(source)
    for number, node in enumerate(ast.walk(tree)):
        if node in _silent(tree) or not isinstance(node, (ast.expr, ast.stmt)):
            continue
        for change in _changes(node):
            changed = copy.deepcopy(tree)
            target = list(ast.walk(changed))[number]
            replacement = change(copy.deepcopy(target))
            _Replace(target, replacement).visit(changed)
            ast.fix_missing_locations(changed)
            after = "nothing" if isinstance(replacement, ast.Pass) else ast.unparse(replacement)
            yield Mutant(
                node.lineno, f"{_short(ast.unparse(node))}  ->  {_short(after)}", ast.unparse(changed)
            )


class _Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, replacement: ast.AST) -> None:
        self.target, self.replacement = target, replacement

    def visit(self, node: ast.AST) -> ast.AST:
        return self.replacement if node is self.target else self.generic_visit(node)


def _short(text: str) -> str:
    return " ".join(text.split())[:90]


def _silent(tree: ast.AST) -> set[ast.AST]:
    """Nodes that do nothing when the program runs: docstrings, annotations, imports and type-checking blocks."""
    quiet: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if (
            (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
            or isinstance(node, (ast.Import, ast.ImportFrom))
            or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        ):
            parts = [node]
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            parts = [
                node.returns,
                *node.decorator_list,
                *(arg.annotation for arg in ast.walk(node.args) if isinstance(arg, ast.arg)),
            ]
        elif isinstance(node, ast.ClassDef):
            parts = [*node.decorator_list, *node.bases]
        elif isinstance(node, ast.AnnAssign):
            parts = [node.annotation]
        quiet.update(inner for part in parts if part is not None for inner in ast.walk(part))
    return quiet


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], ast.AST]]:  # noqa: C901, PLR0912 - a table of operators
    """The ways in which one node can be mutated."""
    match node:
        case ast.Compare():
            for index, comparison in enumerate(node.ops):
                if type(comparison) in COMPARISONS:
                    yield _with_comparison(index)
        case ast.BoolOp():
            yield lambda one: ast.BoolOp(ast.And() if isinstance(one.op, ast.Or) else ast.Or(), one.values)  # type: ignore[attr-defined]
            for index in range(len(node.values)):
                yield _without_value(index)
        case ast.UnaryOp(op=ast.Not()):
            yield lambda one: one.operand  # type: ignore[attr-defined]
        case ast.UnaryOp(op=ast.USub()):
            yield lambda one: one.operand  # type: ignore[attr-defined]
        case ast.BinOp() if type(node.op) in ARITHMETIC:
            yield lambda one: ast.BinOp(one.left, ARITHMETIC[type(one.op)](), one.right)  # type: ignore[attr-defined]
        case ast.Constant(value=bool()):
            yield lambda one: ast.Constant(not one.value)  # type: ignore[attr-defined]
        case ast.Constant(value=int()):
            yield lambda one: ast.Constant(one.value + 1)  # type: ignore[attr-defined]
            yield lambda one: ast.Constant(one.value - 1)  # type: ignore[attr-defined]
        case ast.Constant(value=str()):
            yield lambda one: ast.Constant(f"{one.value}?")  # type: ignore[attr-defined]
        case ast.Constant(value=None):
            yield lambda _: ast.Constant(1)
        case ast.IfExp():
            yield lambda one: one.body  # type: ignore[attr-defined]
            yield lambda one: one.orelse  # type: ignore[attr-defined]
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield lambda one: ast.Call(ast.Name(CALLS[one.func.id], ast.Load()), one.args, one.keywords)  # type: ignore[attr-defined]
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield lambda _: ast.Return(ast.Constant(None))
        case ast.GeneratorExp() | ast.ListComp() | ast.SetComp():
            for number, generator in enumerate(node.generators):
                for index in range(len(generator.ifs)):
                    yield _without_condition(number, index)
        case ast.Tuple(ctx=ast.Load(), elts=[_, *_]):
            for index in range(len(node.elts)):
                yield _without_element(index)
    if isinstance(node, LEFT_OUT):
        yield lambda _: ast.Pass()


def _with_comparison(index: int) -> Callable[[ast.AST], ast.AST]:
    def change(one: ast.AST) -> ast.AST:
        assert isinstance(one, ast.Compare)
        one.ops[index] = COMPARISONS[type(one.ops[index])]()
        return one

    return change


def _without_value(index: int) -> Callable[[ast.AST], ast.AST]:
    def change(one: ast.AST) -> ast.AST:
        assert isinstance(one, ast.BoolOp)
        del one.values[index]
        return one if len(one.values) > 1 else one.values[0]

    return change


def _without_condition(number: int, index: int) -> Callable[[ast.AST], ast.AST]:
    def change(one: ast.AST) -> ast.AST:
        assert isinstance(one, (ast.GeneratorExp, ast.ListComp, ast.SetComp))
        del one.generators[number].ifs[index]
        return one

    return change


def _without_element(index: int) -> Callable[[ast.AST], ast.AST]:
    def change(one: ast.AST) -> ast.AST:
        assert isinstance(one, ast.Tuple)
        del one.elts[index]
        return one

    return change


class Bench:
    """A copy of the source in which one module at a time is replaced, and the tests to run against it."""

    def __init__(self, module: Path, tests: list[str], folder: Path) -> None:
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "content").symlink_to(ROOT / "content")
        self.source = folder / "src"
        self.module = folder / module.resolve().relative_to(ROOT)
        self.tests = [f"--basetemp={folder / 'tmp'}", *tests]  # others may be at work at the same time
        self.loaded = folder / "loaded"
        self.took = 0.0  # processor time of the last tests, in seconds
        sys.path.insert(0, str(self.source))
        sys.dont_write_bytecode = True

    def load(self) -> None:
        """Import once what the tests had loaded, and what no mutant can change."""
        changed = _dependents(self.module, self.source)
        for name in self.loaded.read_text(encoding="utf-8").split():
            if name not in changed and name.partition(".")[0] not in {"tests", "conftest", "__main__"}:
                with contextlib.suppress(ImportError):
                    importlib.import_module(name)

    def passes(self, source: str, limit: float) -> bool:
        """Whether all tests pass with this text as the module; what takes too long does not."""
        self.module.write_text(source, encoding="utf-8")
        child = os.fork()
        if child == 0:
            # Processor time: on a busy machine, what is slow need not loop.
            resource.setrlimit(resource.RLIMIT_CPU, (ceil(limit), ceil(limit) + 1))
            self._run()
        end = time.monotonic() + PATIENCE * limit
        while time.monotonic() < end:
            ended, status, used = os.wait4(child, os.WNOHANG)
            if ended:
                self.took = used.ru_utime + used.ru_stime
                return os.waitstatus_to_exitcode(status) == 0
            time.sleep(0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return False

    def _run(self) -> None:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.chdir(ROOT)
        os.environ["HYPOTHESIS_PROFILE"] = "quick"
        arguments = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--assert=plain", *self.tests]
        status = int(pytest.main(arguments))
        if not self.loaded.exists():
            self.loaded.write_text("\n".join(sys.modules), encoding="utf-8")
        os._exit(status)


def _dependents(module: Path, source: Path) -> set[str]:
    """The names of a module and of all that import it, be it through others."""
    imports: dict[str, set[str]] = {}
    for path in source.rglob("*.py"):
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
        imports[_name(path, source)] = names
    found = {_name(module, source)}
    while more := {name for name, names in imports.items() if names & found} - found:
        found |= more
    return found


def _name(path: Path, source: Path) -> str:
    return ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")


def main() -> int:
    """Try every mutant; 1 where one survives."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("module", type=Path)
    parser.add_argument("--sample", type=int, metavar="N", help="only so many, drawn by a fixed seed")
    parser.add_argument("--lines", metavar="FROM-TO", help="only these lines")
    parser.add_argument("tests", nargs="+", help="what pytest is given")
    given = parser.parse_args()
    first, _, last = (given.lines or "1-1000000").partition("-")
    source = given.module.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given.module, given.tests, Path(folder))
        if not bench.passes(ast.unparse(ast.parse(source)), 600):
            print("The tests fail on the untouched source.")
            return 2
        bench.load()
        limit = max(10.0, SLOWER * bench.took)
        tried = [one for one in mutants(source) if int(first) <= one.line <= int(last or first)]
        if given.sample and given.sample < len(tried):
            tried = random.Random(20261123).sample(tried, given.sample)  # noqa: S311 - a sample, no secret
        survivors = []
        for one in tried:
            if bench.passes(one.source, limit):
                survivors.append(one)
                print(f"{given.module}:{one.line}: {one.what}", flush=True)
    print(f"{len(tried) - len(survivors)} of {len(tried)} mutants killed, {len(survivors)} survive.")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())

"""Change a module in many small ways and see whether its tests notice.

Run: python tools/mutate.py src/pltool/core/walk/agreement.py tests/core/walk/test_agreement.py [--sample 80]
Each mutant changes one comparison, operator, constant, condition, return value or call; the tests run against
it in a process of their own. What survives is printed with its line: add a test, or say why it cannot matter.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import random
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd,
}  # fmt: skip
TIMEOUT = 300
# What was loaded before pytest could rewrite it is none of the tests.
_QUICKLY = ("-x", "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


def mutants(tree: ast.Module) -> Iterator[tuple[str, ast.Module]]:
    """Each change with what it does; annotations, texts and imports for types are left alone."""
    for index, node in enumerate(ast.walk(tree)):
        for words, change in _changes(node):
            changed = copy.deepcopy(tree)
            target = list(ast.walk(changed))[index]
            change(target)
            yield f"line {getattr(node, 'lineno', 0)}: {words}", changed


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:  # noqa: C901, PLR0912 - a case for each kind of node
    if isinstance(node, ast.Compare):
        for other in COMPARISONS.get(type(node.ops[0]), ()):
            yield (
                f"{type(node.ops[0]).__name__} -> {other.__name__}",
                lambda n, o=other: n.ops.__setitem__(0, o()),
            )
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        swapped = OPERATORS[type(node.op)]
        yield f"{type(node.op).__name__} -> {swapped.__name__}", lambda n: setattr(n, "op", swapped())
    elif isinstance(node, ast.BoolOp):
        joined = ast.And if isinstance(node.op, ast.Or) else ast.Or
        yield f"{type(node.op).__name__} -> {joined.__name__}", lambda n: setattr(n, "op", joined())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not doubled", lambda n: setattr(n, "operand", ast.UnaryOp(ast.Not(), n.operand))
    elif isinstance(node, ast.If) and isinstance(node.test, ast.Name):
        return  # what is there for type checkers alone
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        for value in (True, False):
            if value and isinstance(node, ast.While):
                continue
            yield f"condition {value}", lambda n, v=value: setattr(n, "test", ast.Constant(v))
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value} -> {node.value + 1}", lambda n: setattr(n, "value", n.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{node.value} -> {not node.value}", lambda n: setattr(n, "value", not n.value)
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield "returns None", lambda n: setattr(n, "value", ast.Constant(None))
    elif isinstance(node, ast.AugAssign):
        yield "assignment dropped", lambda n: setattr(n, "value", _nothing(n))
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield "filter dropped", lambda n: n.ifs.clear()
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call dropped", lambda n: setattr(n, "value", ast.Constant(None))


def _nothing(node: ast.AugAssign) -> ast.expr:
    """What changes nothing when it is added; for sets, the set itself."""
    target = copy.deepcopy(node.target)
    if isinstance(node.op, ast.Add | ast.Sub) and isinstance(
        node.value, ast.Constant | ast.Call | ast.Name | ast.IfExp
    ):
        return ast.BinOp(node.value, ast.Mult(), ast.Constant(0))
    for name in ast.walk(target):
        if isinstance(name, ast.Name | ast.Attribute | ast.Subscript):
            name.ctx = ast.Load()
    return target


def survives(source: str, name: str, tests: list[str]) -> bool:
    """Whether the tests pass against a changed module, in a process that has everything loaded already."""
    child = os.fork()
    if not child:
        signal.alarm(TIMEOUT)
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        try:
            _put_in_place(source, name)
            status = int(pytest.main([*_QUICKLY, *tests]))
        except BaseException:  # noqa: BLE001 - whatever it is, it was noticed
            status = 1
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _put_in_place(source: str, name: str) -> None:
    """Run a changed module in place of the one that is loaded, also where others took names from it."""
    module = sys.modules[name]
    before = dict(vars(module))
    exec(compile(source, module.__file__ or name, "exec"), vars(module))  # noqa: S102 - the project's own code
    after = vars(module)
    changed = {
        id(value): after[key]
        for key, value in before.items()
        if callable(value) and after.get(key) is not value
    }
    for other in list(sys.modules.values()):
        for key, value in list(getattr(other, "__dict__", {}).items()):
            if id(value) in changed and other is not module:
                setattr(other, key, changed[id(value)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--sample", type=int, default=0)
    given = parser.parse_args()
    sys.path.insert(0, str(Path.cwd()))
    text = given.module.read_text(encoding="utf-8")
    plain = ast.unparse(ast.parse(text))
    found = [
        (words, ast.unparse(ast.fix_missing_locations(tree))) for words, tree in mutants(ast.parse(text))
    ]
    found = [(words, source) for words, source in found if source != plain]
    random.Random(20261123).shuffle(found)  # noqa: S311 - a sample, no secret
    found = found[: given.sample or None]
    name = ".".join(given.module.with_suffix("").parts[1:])
    # Tests are imported by pytest itself; what they test, and what takes long to load, is there before.
    for loaded in (name, "hypothesis", "pltool.core.walk.summary", "pltool.report.walk.data"):
        importlib.import_module(loaded)
    if not survives(plain, name, given.tests):
        sys.exit("the tests fail as it is")
    killed = 0
    for number, (words, source) in enumerate(found, 1):
        if survives(source, name, given.tests):
            print(f"survived: {words}", flush=True)
        else:
            killed += 1
        print(f"{given.module}: {killed} of {number} killed, of {len(found)}", flush=True)


if __name__ == "__main__":
    main()

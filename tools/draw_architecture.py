"""Draws docs/architecture.svg from the code: its rooms, how many modules each has, and who imports whom.

Run: python tools/draw_architecture.py   (a test fails while the picture does not show the code of today)
"""

from __future__ import annotations

import ast
from collections import Counter
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "pltool"
PICTURE = ROOT / "docs" / "architecture.svg"

# Where each room stands: column and row of a grid, so that no arrow runs behind a room; from what imports everything down to what imports nothing.
PLACES = {
    "cli/sitting": (0.5, 0.0),
    "cli": (1.9, 0.0),
    "cli/walk": (3.4, 0.0),
    "terminal": (0.0, 1.3),
    "report": (0.9, 1.0),
    "files": (2.1, 1.75),
    "report/walk": (2.85, 1.0),
    "files/walk": (4.35, 1.3),
    "report/formats": (0.3, 2.2),
    "errors": (0.0, 3.0),
    "core": (1.75, 3.0),
    "core/walk": (4.0, 2.9),
}
WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 150, 56, 190, 130, 24


def room(module: str) -> str | None:
    """The room of a module named as `pltool.report.formats.text`; None for the entry points."""
    parts = module.split(".")[1:]
    for size in (2, 1):
        name = "/".join(parts[:size])
        if name in PLACES:
            return name
    return None


def read_rooms() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How many modules each room has, and how many of its modules import each other room."""
    modules: Counter[str] = Counter()
    arrows: Counter[tuple[str, str]] = Counter()
    for path in sorted(SOURCE.rglob("*.py")):
        module = ".".join(("pltool", *path.relative_to(SOURCE).with_suffix("").parts))
        here = room(module)
        if here is None or path.name == "__init__.py":
            continue
        modules[here] += 1
        seen = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pltool"):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
                seen |= {there for name in (node.module, *names) if (there := room(name))}
        arrows.update((here, there) for there in seen - {here})
    return modules, arrows


def corner(name: str) -> tuple[int, int]:
    column, row = PLACES[name]
    return round(MARGIN + column * ACROSS), round(MARGIN + row * DOWN)


def edge(one: str, other: str) -> tuple[float, float]:
    """Where the line from the middle of one room to the middle of the other leaves the first."""
    (left, top), (there_left, there_top) = corner(one), corner(other)
    dx, dy = there_left - left, there_top - top
    scale = min(WIDTH / 2 / abs(dx) if dx else 9, HEIGHT / 2 / abs(dy) if dy else 9)
    return left + WIDTH / 2 + dx * scale, top + HEIGHT / 2 + dy * scale


def draw() -> str:
    """The picture."""
    modules, arrows = read_rooms()
    columns, rows = (max(place[axis] for place in PLACES.values()) for axis in (0, 1))
    width, height = round(2 * MARGIN + columns * ACROSS + WIDTH), round(2 * MARGIN + rows * DOWN + HEIGHT)
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
            'role="img" aria-label="The rooms of the code and who imports whom">'
        ),
        (
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path d="M0 0L8 4L0 8z" fill="#67718a"/></marker></defs>'
        ),
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for (here, there), number in sorted(arrows.items()):
        if there == "errors" or (there == "core" and PLACES[here][1] == 0):
            continue  # everything may touch these; the arrows would say nothing
        (x1, y1), (x2, y2) = edge(here, there), edge(there, here)
        thickness = 1 + min(number, 20) / 8
        lines.append(
            f'<line x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}" stroke="#67718a" '
            f'stroke-width="{thickness:.1f}" stroke-opacity=".55" marker-end="url(#tip)"/>'
        )
    for name in PLACES:
        left, top = corner(name)
        number = modules[name]
        count = f"{number} module" + ("" if number == 1 else "s")
        lines += [
            f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" rx="8" fill="#eef2fb" stroke="#2b4c8c"/>',
            (
                f'<text x="{left + WIDTH // 2}" y="{top + 25}" text-anchor="middle" font-size="16" fill="#1b2a49">'
                f"{escape(name)}</text>"
            ),
            (
                f'<text x="{left + WIDTH // 2}" y="{top + 43}" text-anchor="middle" font-size="13" fill="#4a5672">'
                f"{count}</text>"
            ),
        ]
    return "\n".join([*lines, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")

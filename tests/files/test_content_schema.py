"""The schema and the loader agree, in both directions, on every rule that a schema can express."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pltool.core.descriptions import DESCRIPTIONS
from pltool.files.content_folder import own_content
from pltool.files.content_schema import KINDS, content_schema
from pltool.files.strict_yaml import Document
from pltool.files.validation import try_validate
from tests.examples import step_data
from tests.files.test_content_check import content

PLACE = Path("some.yaml")


@cache
def validator(kind: str) -> jsonschema.Draft202012Validator:
    schema = content_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def loads(kind: str, data: object) -> bool:
    value, _ = try_validate(KINDS[kind], Document(PLACE, data))
    if kind == "overlay" and value is not None:
        edits = [*value.resources, *value.terms, *value.strands]  # type: ignore[attr-defined]
        edits += [edit for edits in value.progressions.values() for edit in edits]  # type: ignore[attr-defined]
        return all(edit.fault is None for edit in edits)
    return value is not None


OVERLAY: dict[str, Any] = {
    "about": "Ours.",
    "progressions": {
        "flex": [
            {"replace": "one", "with": {"action": "The teacher waves.", "strands": ["a"]}},
            {"after": "one", "add": step_data("two")},
            {"hide": "three"},
        ]
    },
    "terms": [{"hide": "agency"}],
}
EXAMPLES: dict[str, Any] = {
    **{kind: data for kind, data in content().items() if kind in KINDS},
    "progression": content()["ours"],
    "overlay": OVERLAY,
}
# What people write where something else belongs.
ODD = [
    None,
    "",
    "  ",
    "word",
    "two words",
    "a b " * 60,
    "Not An Id",
    "not--one",
    "-",
    "é",
    "https://example.org/a",
    "https://ex ample.org",
    "https://EXAMPLE.org/",
    "http://example.org/",
    "https://example.org:80/",
    "https://a@example.org/",
    "https://example/",
    "2026-11",
    "2026-13",
    "26-1",
    "teacher",
    "k-2",
    0,
    1,
    601,
    True,
    [],
    ["a"],
    ["a", "a"],
    ["a", "b", "c", "d", "e"],
    {},
    {"a": "b"},
]


def places(data: object, above: tuple[int | str, ...] = ()) -> list[tuple[int | str, ...]]:
    found = [above] if above else []
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, below in items:
        found += places(below, (*above, key))
    return found


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_both_take_a_good_file(kind: str) -> None:
    assert validator(kind).is_valid(EXAMPLES[kind])
    assert loads(kind, EXAMPLES[kind])


@pytest.mark.parametrize("kind", sorted(KINDS))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_both_refuse_the_same_files(kind: str, draw: st.DataObject) -> None:
    data = copy.deepcopy(EXAMPLES[kind])
    for _ in range(draw.draw(st.integers(1, 2))):
        *above, last = draw.draw(st.sampled_from(places(data)))
        parent: Any = data
        for key in above:
            parent = parent[key]
        what = draw.draw(st.sampled_from(["odd", "gone", "more"]))
        if what == "odd":
            parent[last] = copy.deepcopy(draw.draw(st.sampled_from(ODD)))
        elif what == "gone":
            del parent[last]
        elif isinstance(parent, dict):
            key = draw.draw(st.sampled_from(["extra", "note", "minutes", "grades", "add", "hide"]))
            parent[key] = copy.deepcopy(draw.draw(st.sampled_from(ODD)))
        else:
            parent.append(copy.deepcopy(parent[last]))
        if not places(data):
            break
    assert validator(kind).is_valid(data) == loads(kind, data), data


def test_our_own_files_pass_their_schema() -> None:
    shared = ("resources", "strands", "glossary", "identify", "walk")
    files = [(kind, own_content() / f"{kind}.yaml") for kind in shared]
    files += [("progression", path) for path in (own_content() / "progressions").glob("*.yaml")]
    for kind, path in files:
        validator(kind).validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_editor_shows_something_beside_each_key(kind: str) -> None:
    schema = content_schema(kind)
    for name, part in {KINDS[kind].__name__: schema, **schema["$defs"]}.items():
        for key, below in part.get("properties", {}).items():
            assert below.get("description"), f"{name}.{key}"


def test_no_description_is_left_over() -> None:
    defined: dict[str, set[str]] = {}
    for kind, model in KINDS.items():
        schema = content_schema(kind)
        for name, part in {model.__name__: schema, **schema["$defs"]}.items():
            known = "Edit" if name.endswith("Edit") else name.removesuffix("Change")
            defined.setdefault(known, set()).update(part.get("properties", {}))
    for name, keys in DESCRIPTIONS.items():
        assert set(keys) <= defined[name], name

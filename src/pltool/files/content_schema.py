"""JSON Schemas of the content files, made from the types that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pltool.core.bank import Bank, Strands
from pltool.core.cues import Cues
from pltool.core.descriptions import DESCRIPTIONS
from pltool.core.glossary import Glossary
from pltool.core.overlay import Overlay
from pltool.core.progression import Progression
from pltool.core.walk.agenda import WalkGuide

if TYPE_CHECKING:
    from pltool.core.progression import Value

KINDS: dict[str, type[Value]] = {
    "progression": Progression,
    "resources": Bank,
    "strands": Strands,
    "glossary": Glossary,
    "identify": Cues,
    "walk": WalkGuide,
    "overlay": Overlay,
}


def content_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file, with descriptions that an editor shows."""
    schema = KINDS[kind].model_json_schema()
    for name, part in {KINDS[kind].__name__: schema, **schema.get("$defs", {})}.items():
        _describe(part, name)
        if name.endswith("Edit"):
            part.update(_ONE_CHANGE)
            for below in part["properties"].values():
                below["anyOf"] = [kind for kind in below["anyOf"] if kind != {"type": "null"}]
    title = f"pltool content: {kind}"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": title}


# As `Edit.fault` has it.
_ONE_CHANGE: dict[str, Any] = {
    "oneOf": [
        {"required": ["replace", "with"], "properties": {"with": {"type": "object", "minProperties": 1}}},
        {"required": ["add"]},
        {"required": ["hide"]},
    ],
    "dependentRequired": {"after": ["add"], "with": ["replace"]},
}


def _describe(part: dict[str, Any], name: str) -> None:
    """Put descriptions to keys, and take away the titles that pydantic makes of their names."""
    known = DESCRIPTIONS.get("Edit" if name.endswith("Edit") else name.removesuffix("Change"), {})
    for key, below in part.get("properties", {}).items():
        below.pop("title", None)
        if key in known:
            below["description"] = known[key]
        if below.get("default", 0) is None:
            # A missing key is well; an empty one is refused where the file is read.
            del below["default"]

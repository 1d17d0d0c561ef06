"""What pydantic finds wrong in a document, said in plain words at its place."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from pltool.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from pltool.files.strict_yaml import Document, Location

# Of one file. To find the place of each in a hostile file of 8 MiB would take hours.
MOST_PROBLEMS = 200
M = TypeVar("M", bound="BaseModel")


def validate(model: type[M], document: Document) -> M:
    """The document as a value of that model, or all its problems at once."""
    value, problems = try_validate(model, document)
    if value is None or problems:
        raise ProblemsError(problems)
    return value


def try_validate(model: type[M], document: Document) -> tuple[M | None, list[Problem]]:
    """The document as a value of that model, or None and all its problems."""
    try:
        value = model.model_validate(document.data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True, include_input=True)
        telling = [detail for detail in details if not _follows(detail)]
        problems = [explain(document, detail, model) for detail in telling[:MOST_PROBLEMS]]
        if (more := len(telling) - len(problems)) > 0:
            problems.append(Problem(document.path, 1, 1, f"has {more} more problems; mend the others first"))
        return None, [*document.problems, *problems]
    return value, list(document.problems)


def _follows(detail: ErrorDetails) -> bool:
    """A list that only seems too short because its entries have problems of their own."""
    given = detail["input"]
    return (
        detail["type"] == "too_short"
        and isinstance(given, list)
        and len(given) >= detail["ctx"]["min_length"]
    )


def explain(document: Document, detail: ErrorDetails, model: type[BaseModel]) -> Problem:
    """One of pydantic's findings, in words and with its place."""
    location: Location = detail["loc"]
    name = f"`{location[-1]}`" if location and isinstance(location[-1], str) else "this entry"
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return document.problem(location[:-1], f"{name} is missing; add it")
    if kind == "extra_forbidden":
        known = sorted(_keys_at(model, location[:-1]))
        return document.key_problem(location, f"unknown key {name}{nearest(str(location[-1]), known)}")
    if kind == "string_type":
        return document.problem(location, f"{name} {_not_text(document, location, detail['input'])}")
    if kind == "literal_error":
        return document.problem(location, f"{name} is `{detail['input']}`; it must be {context['expected']}")
    if kind in {"too_short", "too_long"}:
        least = context.get("min_length", context.get("max_length"))
        bound = "at least" if kind == "too_short" else "at most"
        actual = context["actual_length"]
        return document.problem(location, f"{name} has {actual} entries; it needs {bound} {least}")
    if kind in {"tuple_type", "list_type"}:
        return document.problem(location, f"{name} must be a list, with a dash before each entry")
    if kind in {"model_type", "dict_type", "model_attributes_type"}:
        return document.problem(location, f"{name} must be a group of keys, each with a value")
    message = str(context["error"]) if kind == "value_error" and "error" in context else detail["msg"].lower()
    return document.problem(location, f"{name} {message}")


def _not_text(document: Document, location: Location, value: object) -> str:
    written = document.written(location)
    if value is None:
        return "is empty; write something here or remove it"
    if isinstance(value, bool):
        return f"`{written}` is read as true or false; put it in quotes"
    if isinstance(value, int | float):
        return f"`{written}` is read as a number; put it in quotes"
    return "must be text, not a list or a group of keys"


def _keys_at(model: type[BaseModel], location: Location) -> Iterable[str]:
    """The keys that are known at a place in the data, found by walking the model's fields."""
    current: Any = model
    for part in location:
        if isinstance(part, str) and hasattr(current, "model_fields"):
            field_info = current.model_fields.get(part)
            current = _inner_model(field_info.annotation) if field_info else None
    return current.model_fields if hasattr(current, "model_fields") else ()


def _inner_model(annotation: Any) -> Any:  # noqa: ANN401 - whatever stands in a type annotation
    if hasattr(annotation, "model_fields"):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _inner_model(argument):
            return found
    return None


def nearest(name: str, known: Sequence[str]) -> str:
    """A hint to end a message with: the nearest known name, or where there is none the end of a sentence."""
    matches = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean `{matches[0]}`?" if matches else "; remove it or correct it"

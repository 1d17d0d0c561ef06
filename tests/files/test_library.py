"""A content file that breaks a rule is refused with all its problems, each with its place."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import yaml

from pltool.errors import InputError, PltoolError, ProblemsError
from pltool.files.content_folder import own_content
from pltool.files.library import Library
from pltool.files.strict_yaml import MAX_BYTES, parse_document
from tests.examples import progression_data, step_data

HERE = Path("some.yaml")


def load(folder: Path, data: object, *, model: str = "small") -> list[str]:
    """Problems of a progression, without the folder in front."""
    path = folder / f"{model}.yaml"
    path.write_text(
        data if isinstance(data, str) else yaml.safe_dump(data, sort_keys=False), encoding="utf-8"
    )
    try:
        Library([folder]).progression(model)
    except ProblemsError as error:
        return [str(problem).removeprefix(f"{folder}/") for problem in error.problems]
    return []


def as_text(**changes: str) -> str:
    """A complete progression as YAML, with single lines replaced."""
    text = yaml.safe_dump(progression_data(2), sort_keys=False, width=200)
    for old, new in changes.items():
        assert old.replace("_", " ") in text or old in text
        text = text.replace(old, new)
    return text


def test_a_complete_progression_loads(tmp_path: Path) -> None:
    assert load(tmp_path, progression_data(2, 3)) == []


def test_the_later_folder_overrides_by_id(tmp_path: Path) -> None:
    (tmp_path / "station-rotation.yaml").write_text(
        yaml.safe_dump(progression_data(1, model="station-rotation")), encoding="utf-8"
    )
    library = Library([tmp_path])
    assert len(library.progression("station-rotation").steps) == 1
    assert not library.is_own("station-rotation")


def test_progressions_may_lie_in_a_folder_of_their_own_with_their_own_bank(tmp_path: Path) -> None:
    (tmp_path / "progressions").mkdir()
    resource = {
        "id": "our-page",
        "title": "Our page",
        "publisher": "Us",
        "url": "https://example.org/page",
        "kind": "guide",
        "models": ["any"],
        "phases": ["any"],
        "strands": ["routines-and-procedures"],
        "about": "What we wrote.",
    }
    (tmp_path / "resources.yaml").write_text(yaml.safe_dump({"resources": [resource]}), encoding="utf-8")
    data = progression_data(1)
    data["phases"][0]["areas"][0]["steps"][0]["resources"] = ["our-page", "jordan-smooth-transitions"]
    (tmp_path / "progressions" / "small.yaml").write_text(yaml.safe_dump(data), encoding="utf-8")
    library = Library([tmp_path])
    step = library.progression("small").steps[0].step
    assert library.bank_of(step.resources).find(step.resources)[0].title == "Our page"
    assert library.bank_of(step.resources).find(step.resources) == library.bank.find(step.resources)


def test_every_problem_is_reported_at_once_with_its_place(tmp_path: Path) -> None:
    data = progression_data(2)
    first, second = data["phases"][0]["areas"][0]["steps"]
    first["acton"] = first.pop("action")
    first["resources"] = ["jordan-smooth-transition", "avid-optimize-station-rotation"]
    second["id"] = "step-1"
    second["strands"] = ["routine-and-procedures"]
    second["next_moves"] = []
    second["actor"] = "pupil"
    problems = load(tmp_path, data)
    text = "\n".join(problems)
    assert len(problems) == 7
    assert "unknown key `acton`; did you mean `action`?" in text
    assert "`action` is missing; add it" in text
    assert (
        "there is no resource `jordan-smooth-transition`; did you mean `jordan-smooth-transitions`?" in text
    )
    assert "the step id `step-1` is used a second time; ids are never reused" in text
    assert "there is no strand `routine-and-procedures`; did you mean `routines-and-procedures`?" in text
    assert "`next_moves` has 0 entries; it needs at least 1" in text
    assert "`actor` is `pupil`; it must be 'teacher', 'student' or 'leader'" in text
    lines = (tmp_path / "small.yaml").read_text(encoding="utf-8").splitlines()
    for problem in problems:
        _, line, column, _ = problem.split(":", 3)
        assert 1 <= int(column) <= len(lines[int(line) - 1]) + 1
    acton = next(problem for problem in problems if "acton" in problem)
    assert "acton" in lines[int(acton.split(":")[1]) - 1]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("version: '1.0'", "version: 1.10", "`version` `1.10` is read as a number; put it in quotes"),
        ("title: Small", "title: No", "`title` `No` is read as true or false; put it in quotes"),
        ("title: Small", "title:", "`title` is empty; write something here or remove it"),
        ("title: Small", "title: '  '", "`title` is empty; write something here or remove it"),
        ("title: Small", "title: [a]", "`title` must be text, not a list or a group of keys"),
        ("source: Made up.", "source: Made up.\ntitle: Again", "the key `title` stands here a second time"),
        ("source: Made up.", "source: here: there", "a colon followed by a space inside unquoted text"),
        ("source: Made up.", "source: *up", "`*` at the start of unquoted text; put the text in quotes"),
        ("source: Made up.", "source: !!python/none x", "has the tag"),
        ("source: Made up.", "source: &a Made up.\nfrom: *a", "begins with `&`, which YAML takes for a name"),
        ("title: Small", "title: 'a\x07b'", "has a control character"),
        ("id: small", "id: other", "but the file is called small.yaml; make the two agree"),
        ("id: small", "id: Small Model", "write small letters, digits and single hyphens"),
    ],
)
def test_what_yaml_would_guess_is_refused(tmp_path: Path, old: str, new: str, what: str) -> None:
    text = yaml.safe_dump(progression_data(1), sort_keys=False)
    assert old in text
    problems = load(tmp_path, text.replace(old, new, 1))
    assert any(what in problem for problem in problems), problems
    assert all(problem.startswith("small.yaml:") for problem in problems)


def test_texts_over_their_limit_are_refused_with_both_numbers(tmp_path: Path) -> None:
    data = progression_data(1)
    data["phases"][0]["areas"][0]["steps"][0]["action"] = "word " * 31
    assert load(tmp_path, data) == ["small.yaml:16:15: `action` has 31 words; shorten it to at most 30"]


def test_empty_phases_and_areas_are_refused(tmp_path: Path) -> None:
    data = progression_data(1)
    data["phases"][0]["areas"][0]["steps"] = []
    assert "`steps` has 0 entries; it needs at least 1" in load(tmp_path, data)[0]
    assert "`phases` has 0 entries; it needs at least 1" in load(tmp_path, {**data, "phases": []})[0]


def test_former_ids_find_their_step_and_may_not_be_taken(tmp_path: Path) -> None:
    data = progression_data(2)
    data["phases"][0]["areas"][0]["steps"][0]["former_ids"] = ["old-name"]
    assert load(tmp_path, data) == []
    found = Library([tmp_path]).progression("small").find("old-name")
    assert found is not None
    assert found.id == "step-1"
    data["phases"][0]["areas"][0]["steps"].append(step_data("old-name"))
    assert "the step id `old-name` is used a second time" in load(tmp_path, data)[0]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"title: caf\xe9\n", "some.yaml:1:11: is not UTF-8 text; save the file with the encoding UTF-8"),
        (b"a: &x [1]\nb: *x\n", "is used again through an alias"),
        (b"a: &x [*x]\n", "is used again through an alias"),
        (b"[" * 200 + b"]" * 200, "is nested more than 24 levels deep"),
        (b"[" * 20000, "is "),
        (b"a: [1\n", "some.yaml:2:1: is not YAML here"),
        (b"a:\n\t- b\n", "a tab or a special character starts this value"),
        (b'{"a": 1, "a": 2}', "the key `a` stands here a second time"),
        (b'{"a": 1,}}', "is not YAML here"),
    ],
)
def test_broken_files_are_refused_with_a_place(content: bytes, what: str) -> None:
    with pytest.raises(ProblemsError) as caught:
        parse_document(content, HERE)
    assert what in str(caught.value)
    assert str(caught.value).startswith("some.yaml:")


def test_an_alias_bomb_costs_nothing() -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(ProblemsError, match="alias"):
        parse_document("\n".join(layers).encode(), HERE)


def test_a_byte_order_mark_is_no_problem() -> None:
    assert parse_document(b"\xef\xbb\xbfa: b\n", HERE).data == {"a": "b"}


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(InputError, match="is a folder; name a file in it"):
        Library([tmp_path]).progression("folder")
    (tmp_path / "huge.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(InputError, match="is larger than 8 MiB"):
        Library([tmp_path]).progression("huge")
    with pytest.raises(InputError, match="there is no such folder"):
        Library([tmp_path / "missing"])


@pytest.mark.parametrize(
    "name", ["../secrets", "station-rotation.yaml", "/etc/passwd", "", "Station-Rotation"]
)
def test_a_name_never_becomes_a_path(name: str) -> None:
    with pytest.raises(PltoolError, match="There is no progression called"):
        Library().progression(name)


def test_a_name_nearly_right_is_recognized() -> None:
    with pytest.raises(PltoolError, match="did you mean `station-rotation`"):
        Library().progression("stationrotation")


def test_only_the_progression_wanted_is_read(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("[", encoding="utf-8")
    assert Library([tmp_path]).progression("station-rotation").id == "station-rotation"


def test_a_bank_in_an_unusual_layout_is_read_all_the_same(tmp_path: Path) -> None:
    found = Library().bank.resources[0]
    entry = found.model_dump(mode="json") | {"id": "flow-page"}
    (tmp_path / "resources.yaml").write_text(yaml.safe_dump({"resources": [entry]}, default_flow_style=True))
    data = progression_data(1)
    data["phases"][0]["areas"][0]["steps"][0]["resources"] = ["flow-page", "jordan-smooth-transitions"]
    assert load(tmp_path, data) == []
    assert Library([tmp_path]).bank_of(["flow-page"]).resources[0].title == found.title


def test_content_stands_at_the_top_of_the_checkout() -> None:
    assert own_content() == Path(__file__).parent.parent.parent / "content"


def test_blocks_of_text_are_folded_into_one_line(tmp_path: Path) -> None:
    text = as_text()
    text = text.replace(
        "source: Made up.",
        textwrap.dedent("""\
        source: |
          Made
          up."""),
    )
    assert load(tmp_path, text) == []
    assert Library([tmp_path]).progression("small").source == "Made up."


def test_cutting_entries_out_of_the_bank_needs_no_full_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library()
    wanted = [resource.id for resource in Library().bank.resources[10:14]]
    monkeypatch.setattr(Library, "bank", property(lambda _: pytest.fail("the whole bank was read")))
    assert [found.id for found in library.bank_of(wanted).find(wanted)] == wanted

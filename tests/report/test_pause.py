"""The pause report says what is in place, where it pauses and what could come next, and never scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from pltool.core.record import Labels, Reflection, record_json
from pltool.core.standing import Answer
from pltool.files.answers import parse_letters
from pltool.files.strict_yaml import parse_document
from pltool.report.formats import html as page
from pltool.report.formats import markdown
from pltool.report.formats import text as plaintext
from pltool.report.pause import pause_report
from pltool.report.progress import celebrate
from tests.examples import BANK, progression_data
from tests.sealed import seal

GOLDEN = Path(__file__).parent / "golden"


def reflection(letters: str, *sizes: int, **labels: str) -> Reflection:
    from pltool.core.progression import Progression

    data = progression_data(*(sizes or (3, 2)))
    if not sizes:
        first = data["phases"][0]["areas"][0]["steps"]
        data["phases"][0]["areas"] = [
            {"id": "plan", "title": "Planning", "steps": first[:2]},
            {"id": "room", "title": "In the room", "steps": first[2:]},
        ]
    progression = Progression.model_validate(data)
    return seal(
        progression,
        parse_letters(letters, progression),
        bank=BANK,
        record_id="2026-11-23-small-000000",
        started="2026-11-23T14:03:11+00:00",
        finished="2026-11-23T14:10:00+00:00",
        labels=Labels(**labels),
        kind="observation" if "observer" in labels else "reflection",
    )


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("n", "This is the first step of the way, which makes it the right place to begin."),
        ("yn", "In consistent practice: the first step of Phase 1."),
        ("yyn", "In consistent practice: the first 2 steps of Phase 1. “Planning” stands complete."),
        ("yyyn", "In consistent practice: all 3 steps of Phase 1."),
        ("yyyyn", "In consistent practice: all 3 steps of Phase 1 and the first step of Phase 2."),
        ("yyyyy", "In consistent practice: all 3 steps of Phase 1 and all 2 steps of Phase 2."),
        ("ysn", "In consistent practice: the first step of Phase 1. 1 step could not be seen."),
    ],
)
def test_what_is_in_place_is_celebrated_in_words(letters: str, words: str) -> None:
    assert celebrate(reflection(letters)) == words


@pytest.mark.parametrize("name", ["paused", "complete", "provisional", "unfinished"])
@pytest.mark.parametrize("form", ["md", "html", "txt"])
def test_reports_read_as_they_should(name: str, form: str) -> None:
    letters = {"paused": "yyn", "complete": "yyyyy", "provisional": "ysnyn", "unfinished": "yy"}[name]
    render = {"md": markdown, "html": page, "txt": plaintext}[form].render
    written = render(pause_report(reflection(letters, classroom="Period 3 | # Algebra")))
    if form == "html":  # the style sheet may change; what is said may not
        written = written[written.index("<main>") :]
    golden = GOLDEN / f"{name}.{form}"
    if not golden.exists():  # a new golden file is read by a person before it is committed
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def test_the_same_record_gives_the_same_bytes() -> None:
    first, second = reflection("yyn"), reflection("yyn")
    assert record_json(first) == record_json(second)
    assert markdown.render(pause_report(first)) == markdown.render(pause_report(second))


def test_no_report_scores() -> None:
    for letters in ("n", "yyn", "ysn", "yyyyy", "yy"):
        written = plaintext.render(pause_report(reflection(letters))).lower()
        for word in ("percent", "%", "points", "grade ", "rating", "level 1", "out of"):
            assert word not in written


def test_a_pause_with_something_unseen_before_it_is_provisional() -> None:
    written = plaintext.render(pause_report(reflection("ysn", observer="AP")))
    assert "The pause, provisionally" in written
    assert "The teacher does what step-2 asks." in written


def test_steps_beyond_are_not_reached_and_never_no() -> None:
    written = plaintext.render(pause_report(reflection("ynny")))
    assert "- Phase 2: 1 of 2 steps" in written
    assert "2 answers given beyond the pause are kept, and counted apart." in " ".join(written.split())
    written = plaintext.render(pause_report(reflection("ynn")))
    assert "- Phase 2: all 2 steps" in written
    assert "1 answer given beyond the pause is kept, and counted apart." in " ".join(written.split())


def test_a_record_reads_back_as_it_was_written(tmp_path: Path) -> None:
    from pltool.files.records import read_record

    record = reflection("ysn", observer="AP")
    (tmp_path / "record.json").write_text(record_json(record), encoding="utf-8")
    assert read_record(tmp_path / "record.json") == record


def test_a_gap_is_named_and_nothing_is_guessed() -> None:
    from pltool.files.answers import read_answers
    from tests.examples import small_progression

    progression = small_progression(3)
    document = parse_document(b"answers: {step-1: yes, step-3: no}", Path("a.yaml"))
    record = seal(
        progression,
        read_answers(document, progression).answers,
        bank=BANK,
        record_id="x",
        started="2026-11-23",
        finished="2026-11-23",
    )
    assert record.status == "unfinished"
    assert "Answers run out after step 1" in plaintext.render(pause_report(record))
    assert record.answers[1].answer is Answer.NOT_YET

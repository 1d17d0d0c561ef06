"""A bell, a closed lid, a killed process, a full disk: what was answered is there afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pltool.files.library import Library
from tests.examples import progression_data
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = [f"The teacher does what step-{number} asks." for number in range(1, 9)]
STATION_STEPS = [placed.step.action for placed in Library().progression("station-rotation").steps]
OFFER = "go on with it"


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A progression of eight steps in two phases, called `small`."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "small.yaml").write_text(json.dumps(progression_data(5, 3)), encoding="utf-8")
    monkeypatch.setenv("PLTOOL_CONTENT", str(folder))
    return folder


def read(paths: Iterator[Path]) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(paths)]


def drafts(home: Path) -> list[dict[str, Any]]:
    return read((home / "drafts").glob("[!.]*.json"))


def records(home: Path) -> list[dict[str, Any]]:
    return read((home / "reflections").glob("[!.]*.json"))


def answers(draft: dict[str, Any]) -> dict[str, str]:
    return {step: kept["answer"] for step, kept in draft["answers"].items()}


def go_on(window: Window, then: str) -> None:
    """Take the draft that is offered."""
    window.wait_for(OFFER)
    window.press("g", then)


# Killed


def test_killed_at_every_question_no_answer_is_lost(home: Path) -> None:
    for number in range(len(STEPS)):
        with Window("reflect", "small") as window:
            if number:
                window.wait_for(f"{number} answer{'s' if number > 1 else ''}, the last one")
                go_on(window, STEPS[number])
            else:
                window.wait_for(STEPS[0])
            assert f"{number + 1} of {len(STEPS)} in all" in window.shown
            window.press("y", STEPS[number + 1] if number < 7 else "Your answers")
            window.kill()
        (draft,) = drafts(home)
        assert answers(draft) == {f"step-{n}": "in_place" for n in range(1, number + 2)}
        assert not list(home.rglob("*.part"))
    with Window("reflect", "small") as window:
        go_on(window, "Space to go on")
        window.press(" ", "every step in place")
        window.press(" ", "Saved as")
        assert window.end() == 0
    (record,) = records(home)
    assert record["status"] == "complete"
    assert drafts(home) == []


@pytest.mark.parametrize("point", [1, 11, 24, 33])
def test_killed_far_down_a_long_progression_it_goes_on_there(home: Path, point: int) -> None:
    """The answers before come line by line, with an end of input; a person then goes on, and is killed."""
    subprocess.run(
        [str(Path(sys.executable).with_name("pltool")), "reflect", "station-rotation"],
        input="y\n" * point,
        text=True,
        capture_output=True,
        check=False,
    )
    with Window("reflect", "station-rotation", rows=120) as window:
        go_on(window, STATION_STEPS[point])
        window.press("y", STATION_STEPS[point + 1] if point < 33 else "Your answers")
        window.kill()
    (draft,) = drafts(home)
    assert list(answers(draft).values()) == ["in_place"] * (point + 1)


def test_killed_at_random_moments_what_led_to_the_next_question_is_kept(home: Path) -> None:
    chance = random.Random(20261123)
    shown = 0
    for _ in range(12):
        with Window("reflect", "small") as window:
            if shown:
                go_on(window, STEPS[shown] if shown < 8 else "Your answers")
            else:
                window.read(0.5)
                if OFFER in window.shown:  # the answer before was written, and its question not yet drawn
                    go_on(window, "in all")
                window.wait_for("q stop")
            for _ in range(3):
                window.process.send("y")
                window.read(chance.uniform(0, 0.06))
            window.kill()
            window.read(0.05)
        seen = [
            n
            for n, action in enumerate(STEPS)
            if action in window.everything.split("Your answers so far")[-1]
        ]
        found = drafts(home)  # each file is whole
        assert len(found) <= 1
        kept = len(found[0]["answers"]) if found else 0
        assert kept >= max(seen, default=0)
        assert kept >= shown
        shown = kept
        if shown == 8:
            break
    assert shown >= 3


KILLED_WHILE_WRITING = """
import os, signal
real = os.{call}
count = 0
def call(*arguments, **options):
    global count
    if {folder!r} in str(arguments[-1]) or {call!r} == "fsync":
        count += 1
    last = count == {times}
    if last and not {after}:
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*arguments, **options)
    if last:
        os.kill(os.getpid(), signal.SIGKILL)
    return result
os.{call} = call
from pltool.cli.app import run
import sys
sys.argv = ["pltool", "reflect", "small"]
run()
"""


def killed_while_writing(call: str, times: int, *, after: bool, folder: str = "drafts") -> Window:
    """The program in a window, which dies in the middle of its nth write."""
    code = textwrap.dedent(KILLED_WHILE_WRITING).format(call=call, times=times, after=after, folder=folder)
    return Window("-c", code, program=sys.executable)


# Each write syncs the file, and then its folder.
@pytest.mark.parametrize(
    ("call", "times", "moment", "kept"),
    [
        ("fsync", 5, "before", 2),
        ("fsync", 5, "after", 2),
        ("replace", 3, "before", 2),
        ("replace", 3, "after", 3),
        ("fsync", 6, "before", 3),
    ],
)
def test_killed_in_the_middle_of_a_write_the_file_is_the_old_one_or_the_new_one(
    home: Path, call: str, times: int, moment: str, kept: int
) -> None:
    with killed_while_writing(call, times, after=moment == "after") as window:
        window.wait_for(STEPS[0])
        window.press("y", STEPS[1])
        window.press("y", STEPS[2])
        window.process.send("y")
        window.process.wait()
    (draft,) = drafts(home)
    assert len(draft["answers"]) == kept
    leftover = list((home / "drafts").glob(".*.part"))
    for path in leftover:
        os.utime(path, (0, 0))
    with Window("reflect", "small") as window:
        go_on(window, STEPS[kept])
        assert not list((home / "drafts").glob(".*.part")), "what the killed write left is cleared away"


def test_killed_before_the_record_is_in_place_the_review_comes_again(home: Path) -> None:
    with killed_while_writing("replace", 1, after=False, folder="reflections") as window:
        window.wait_for(STEPS[0])
        window.press("n", "Your answers")
        window.process.send(" ")
        window.process.wait()
    assert records(home) == []
    assert len(drafts(home)) == 1
    with Window("reflect", "small") as window:
        go_on(window, "Space to go on")


def test_killed_after_the_record_is_in_place_the_draft_is_not_offered_again(home: Path) -> None:
    with killed_while_writing("replace", 1, after=True, folder="reflections") as window:
        window.wait_for(STEPS[0])
        window.press("n", "Your answers")
        window.process.send(" ")
        window.process.wait()
    assert len(records(home)) == len(drafts(home)) == 1
    with Window("reflect", "small", rows=40) as window:
        window.wait_for("Your last reflection on Small is saved: pltool report shows it.")
        window.wait_for(STEPS[0])
    assert drafts(home) == []


@pytest.mark.parametrize("answered", range(4))
def test_a_plan_is_on_disk_before_the_next_question_about_it(home: Path, answered: int) -> None:
    keys = ("when", "if_in_the_way", "partner")
    asked = ("When, and in which class?", "what then?", "Who could watch", "Look again on which day?")
    with Window("reflect", "small", rows=60) as window:
        window.wait_for(STEPS[0])
        window.press("n", "Your answers")
        window.press(" ", "own words")
        window.press("w", "Your next step:")
        window.press("Post the agenda\r", asked[0])
        for number in range(answered):
            window.press(f"answer {number}\r", asked[number + 1])
        window.kill()
    (record,) = records(home)
    step = record["next_step"]
    assert (step["text"], step["look_again"]) == ("Post the agenda", None)
    assert [step[key] for key in keys] == [f"answer {n}" if n < answered else None for n in range(3)]


def test_what_became_of_the_next_step_is_on_disk_before_the_first_question(home: Path) -> None:
    test_a_plan_is_on_disk_before_the_next_question_about_it(home, 1)
    with Window("reflect", "small", rows=40) as window:
        window.wait_for("When and in which class: answer 0")
        window.wait_for("How did it go?")
        window.press("d", "How often did you try it?")
        window.press("twice\r", "What happened?")
        window.kill()
    (draft,) = drafts(home)
    assert (draft["follow_up"]["outcome"], draft["follow_up"]["tried"]) == ("done", "twice")
    with Window("reflect", "small", rows=40) as window:
        go_on(window, STEPS[0])
        assert "How did it go?" not in window.everything


def test_a_closed_window_keeps_what_was_answered(home: Path) -> None:
    with Window("reflect", "small") as window:
        window.wait_for(STEPS[0])
        window.press("y", STEPS[1])
        window.process.close(
            force=False
        )  # the terminal is gone: the program hears SIGHUP and its end of input
    (draft,) = drafts(home)
    assert len(draft["answers"]) == 1
    with Window("reflect", "small") as window:
        go_on(window, STEPS[1])
        window.press("y", STEPS[2])
        window.process.kill(signal.SIGTERM)
        window.process.wait()
    assert len(drafts(home)[0]["answers"]) == 2


# Drafts


def test_two_windows_at_once_do_not_touch_each_other(home: Path) -> None:
    with Window("reflect", "small") as first, Window("reflect", "small") as second:
        first.wait_for(STEPS[0])
        first.press("y", STEPS[1])
        second.wait_for(STEPS[0])
        second.press("y", STEPS[1])
        second.press("y", STEPS[2])
        with Window("reflect", "small") as third:
            third.wait_for(STEPS[0])
            assert OFFER not in third.everything
        first.press("y", STEPS[2])
        first.press("y", STEPS[3])
        second.press("q", "Your 2 answers are kept")
        first.press("q", "Your 3 answers are kept")
        assert (first.end(), second.end()) == (0, 0)
    assert sorted(len(draft["answers"]) for draft in drafts(home)) == [2, 3]
    with Window("reflect", "small") as window:
        window.wait_for("answers, the last one")


def test_a_draft_that_one_window_goes_on_with_is_not_offered_in_another(home: Path) -> None:
    with Window("reflect", "small") as window:
        window.wait_for(STEPS[0])
        window.press("y", STEPS[1])
        window.kill()
    with Window("reflect", "small") as first:
        go_on(first, STEPS[1])
        with Window("reflect", "small") as second:
            second.wait_for(STEPS[0])
            assert OFFER not in second.everything
            second.press("\x03", "Nothing was answered yet.")
        first.press("y", STEPS[2])
    assert [len(draft["answers"]) for draft in drafts(home)] == [2]


@pytest.mark.parametrize(
    "content_of_it",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"format": "pltool.draft/1", "id": "../../x", "model": "small", "started": "", "updated": "", "answers": {"step-1": {"answer": "in_place", "at": ""}}}',
    ],
)
def test_a_draft_that_cannot_be_read_is_set_aside_with_a_word(home: Path, content_of_it: bytes) -> None:
    (home / "drafts").mkdir()
    (home / "drafts" / "2026-11-01-080000-small-aaaaaa.json").write_bytes(content_of_it)
    aside = home / "drafts" / "2026-11-01-080000-small-aaaaaa.unreadable"
    with Window("reflect", "small", columns=200) as window:
        window.wait_for(STEPS[0])
        assert "A draft could not be read. It is kept as" in window.everything
        assert aside.name in window.everything.replace(" ", "")
    assert aside.read_bytes() == content_of_it


def test_a_draft_is_shown_with_its_answers_and_their_age(home: Path) -> None:
    (home / "drafts").mkdir()
    with Window("reflect", "small", "--classroom", "Period 3") as window:
        window.wait_for(STEPS[0])
        window.press("y", STEPS[1])
        window.kill()
    (path,) = (home / "drafts").glob("*.json")
    draft = json.loads(path.read_text(encoding="utf-8"))
    draft["updated"] = draft["answers"]["step-1"]["at"] = "2026-01-05T08:00:00+00:00"
    path.write_text(json.dumps(draft), encoding="utf-8")
    with Window("reflect", rows=40) as window:
        window.wait_for("You have an unfinished reflection on Small for Period 3: 1 answer, the last one")
        window.press("g", STEPS[1])
        assert "days ago: The teacher does what step-1 asks." in window.everything
    with Window("reflect", "small", "--classroom", "Period 4") as window:
        window.wait_for(STEPS[0])
        assert OFFER not in window.everything
    with Window("reflect", "small") as window:
        window.wait_for(OFFER)
        window.press("a", STEPS[0])
    assert len(drafts(home)) == 1
    with Window("reflect", "small") as window:
        window.wait_for(OFFER)
        window.press("d", STEPS[0])
    assert drafts(home) == []


def test_answers_of_a_draft_are_found_under_their_new_ids(content: Path) -> None:
    with Window("reflect", "small") as window:
        window.wait_for(STEPS[0])
        window.press("y", STEPS[1])
        window.press("y", STEPS[2])
        window.kill()
    data = progression_data(5, 3)
    step = data["phases"][0]["areas"][0]["steps"][1]
    step.update(id="renamed", former_ids=["step-2"])
    (content / "small.yaml").write_text(json.dumps(data), encoding="utf-8")
    with Window("reflect", "small", rows=40) as window:
        go_on(window, "3 of 8 in all")
        assert window.everything.count("in place, ") == 2
        window.press("b", "your answer so far: in place")


# Back, and the last look


def test_back_goes_any_number_of_steps_and_later_answers_stay(home: Path) -> None:
    with Window("reflect", "small") as window:
        window.wait_for(STEPS[0])
        for action in STEPS[1:6]:
            window.press("y", action)
        for number in (5, 4, 3, 2, 1, 1):
            window.press("b", f"{number} of 8 in all")
            assert "your answer so far: in place" in window.shown
        window.press("y", "6 of 8 in all")
        for number in (5, 4):
            window.press("b", f"{number} of 8 in all")
        window.press("n", "Your answers")
        window.press("b", "4 of 8 in all")
        assert "your answer so far: not yet" in window.shown
        window.press("y", "6 of 8 in all")
        window.press("n", "Your answers")
        window.press("c", "Which one, 1 to 6?")
        window.press("2\r", "2 of 8 in all")
        window.press("n", "Your answers")
        window.press(" ", "progression pause")
    (record,) = records(home)
    assert (record["pause"]["id"], record["counts"]["beyond_pause"]) == ("step-2", 4)


# Nowhere to write


def play_to_the_end_and_export(target: Path, *, plain_words: str) -> None:
    with Window("reflect", "small", rows=60) as window:
        window.wait_for(STEPS[0])
        window.press("y", "Your answers cannot be saved:")
        assert plain_words in window.shown
        window.wait_for(STEPS[1])
        window.press("y", STEPS[2])
        assert window.everything.count("cannot be saved") == 1
        window.press("n", "Your answers")
        window.press(" ", "own words")
        assert "This reflection is not saved:" in window.everything
        window.press("1", "When, and in which class?")
        window.press("\r", "what then?")
        window.press("\r", "Who could watch")
        window.press("\r", "Look again on which day?")
        window.press("2030-01-07\r", "Write the report to which file?")
        window.press(f"{target.with_suffix('.docx')}\r", "end the name in")
        window.press(f"{target}\r", "The report is in")
        assert window.end() == 0
    written = target.read_text(encoding="utf-8")
    assert STEPS[2] in written
    assert "2030" in written


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Path]:
    """A disk of 16 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip(
            "mounting a small disk is not allowed here; the limit on file size is tested all the same"
        )
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("suffix", [".md", ".html", ".json"])
def test_on_a_full_disk_it_goes_on_and_can_be_exported(
    mounted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    (mounted / "filling").write_bytes(bytes(12 * 1024))
    (mounted / "more").write_bytes(bytes(4 * 1024))
    monkeypatch.setenv("PLTOOL_HOME", str(mounted))
    play_to_the_end_and_export(tmp_path / f"pause{suffix}", plain_words="No space left on device")
    assert not [
        path for path in mounted.rglob("*") if path.is_file() and path.name not in {"filling", "more"}
    ]


def test_a_disk_that_fills_up_keeps_what_was_written_and_has_room_again(
    mounted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLTOOL_HOME", str(mounted))
    with Window("reflect", "small", rows=60) as window:
        window.wait_for(STEPS[0])
        window.press("y", STEPS[1])
        (mounted / "filling").write_bytes(bytes(12 * 1024))
        window.press("y", "Your answers cannot be saved:")
        window.wait_for(STEPS[2])
        assert [len(draft["answers"]) for draft in drafts(mounted)] == [1]
        (mounted / "filling").unlink()
        window.press("q", "Your 2 answers are kept")
        assert window.end() == 0
    assert [len(draft["answers"]) for draft in drafts(mounted)] == [2]


def test_in_a_read_only_folder_it_goes_on_and_can_be_exported(
    mounted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(mounted)], check=True)
    monkeypatch.setenv("PLTOOL_HOME", str(mounted / "data"))
    play_to_the_end_and_export(tmp_path / "pause.md", plain_words="Read-only file system")


def test_where_no_folder_can_be_it_goes_on_and_can_be_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("PLTOOL_HOME", str(tmp_path / "file" / "data"))
    play_to_the_end_and_export(tmp_path / "pause.md", plain_words="Not a directory")
    with Window("reflect", "small") as window:
        window.wait_for(STEPS[0])
        window.press("\x03", "Nothing was answered yet.")
        assert window.end() == 130


def test_where_no_file_can_grow_it_warns_and_goes_on(home: Path) -> None:
    """A limit on the size of files stands in for a full disk where none can be mounted."""
    command = f"ulimit -f 0; exec {Path(sys.executable).with_name('pltool')} reflect small"
    with Window("-c", command, program="/bin/sh", rows=60) as window:
        window.wait_for(STEPS[0])
        window.press("y", "Your answers cannot be saved:")
        window.wait_for(STEPS[1])
        window.press("q", "Your 1 answer could not be saved:")
        assert window.end() == 0
    assert drafts(home) == []
    assert not [path for path in home.rglob("*.part") if path.stat().st_size]

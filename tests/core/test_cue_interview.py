"""The right model comes first for classrooms as a principal would describe them, in few questions."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.cue_interview import Inquiry, Said
from pltool.files.cues import read_cues
from pltool.files.library import Library

if TYPE_CHECKING:
    from pltool.core.cue_interview import Verdict

CUES = read_cues(Library())
NAMES = [cue.id for cue in CUES.cues]
SAID = {"y": Said.YES, "n": Said.NO, "u": Said.UNSURE}
# turns, every-station, other-room, online-with-a-say, every-day, must-come-in, met-before-class, when-ready
STATION, LAB, INDIVIDUAL = "yynyyynn", "ynyyyynn", "ynnyyynn"
FLEX, FLIPPED = "nnnyyyny", "nnnyyyyn"
ENRICHED, DISTANCE = "nnnynyyn", "nnnynnuu"

# Each room in a visitor's words, and what that visitor would answer to the eight cues, if asked. A reader who has only
# the words comes to the same model: what the cues need to decide is told, if only in passing.
TYPICAL = [
    (
        (
            "Three groups, a timer on the board, one group at laptops. When it rings everyone moves one on, "
            "and by the end each child has been everywhere."
        ),
        STATION,
        "station-rotation",
    ),
    (
        (
            "On Tuesdays and Thursdays the class walks to the computer lab, where an aide watches over the "
            "program. The other days they are with their teacher, who uses the lab's reports."
        ),
        LAB,
        "lab-rotation",
    ),
    (
        (
            "Every desk has a strip with that student's own schedule. When the bell rings some go to a screen, "
            "some to the teacher, and nobody has the same three stops."
        ),
        INDIVIDUAL,
        "individual-rotation",
    ),
    (
        (
            "Nobody waits for anybody: each one works through modules on a laptop, all hour and every day, and the "
            "teacher walks about, tutors, and pulls three of them to a table."
        ),
        FLEX,
        "flex",
    ),
    (
        (
            "They come in with notes from last night's video, as they do every day, and start on problems. The teacher "
            "never lectures; he goes from pair to pair."
        ),
        FLIPPED,
        "flipped-classroom",
    ),
    (
        (
            "Half the chairs are empty: students come on Mondays and Wednesdays because they have to, "
            "and do the rest of the course from home."
        ),
        ENRICHED,
        "enriched-virtual",
    ),
    (
        "I visited through a link. There is a live lesson at ten and work to do alone, and nobody comes to the building.",
        DISTANCE,
        "distance-learning",
    ),
]
# The pairs that are easily confused, each told from the side that could mislead.
CONFUSED = [
    ("Stations, but the playlist at the laptops is another for each child; all the same, everyone goes to all three.",
     STATION, "station-rotation"),
    ("It looks like stations, but a girl tells me that she skips two of them today, because her schedule says so.",
     INDIVIDUAL, "individual-rotation"),
    ("Groups move on a bell between four tables in this one room, one of them a row of desktop computers.",
     STATION, "station-rotation"),
    ("There are tables for groups in here, but nothing online; for that the whole class has lab time down the hall.",
     LAB, "lab-rotation"),
    ("Everyone has a list of their own, the laptops are in the corner, and all change at ten past and at half past.",
     INDIVIDUAL, "individual-rotation"),
    (("Everyone has a list of their own, with a project and online lessons that are new to them, and goes on when a piece "
      "is done. They do it all here, every day, and the teacher never sits down for long: a word here, three at a table "
      "there."),
     FLEX, "flex"),
    ("Videos at home the night before, and all thirty of them here every single day.",
     FLIPPED, "flipped-classroom"),
    ("Videos at home, and they come in twice a week, which is required.",
     ENRICHED, "enriched-virtual"),
    ("All online, with six Saturdays a semester that nobody may miss.",
     ENRICHED, "enriched-virtual"),
    ("All online; there are office hours on campus for those who like to come.",
     DISTANCE, "distance-learning"),
    ("Every day the teacher explains fractions in class, and they practice online at home in the evening.",
     "nnnnyynn", "not-blended"),
    ("Five days a week each goes through the course alone. The adult at the desk takes attendance and answers if asked.",
     "nnnyyynn", "independent-study"),
]  # fmt: skip
# For each model its poorest and its oddest honest form, and rooms in which one visit, or one word, could mislead.
POOR_AND_ODD = [
    (("Two halves of a first grade class. One half is at tablets, all on the same letter game, and one half sits with "
     "the teacher. After fifteen minutes a song plays and they trade."),
     "yynnyynn", "station-rotation"),
    (("Four centers, but each child gets to two of them on Monday and the other two on Tuesday. The laptops are one of "
     "the four, and a bell rings for the change."),
     STATION, "station-rotation"),
    (("A co-teacher, an aide and the teacher each have a table and the fourth corner has headphones and screens. The "
     "speech therapist takes two boys out during one turn, and they get that station the next day."),
     STATION, "station-rotation"),
    (("Every Thursday the fourth grade lines up and goes down the hall to thirty computers, where an aide starts the "
     "same program for all. Their teacher says she has never seen a report."),
     "ynynyynn", "lab-rotation"),
    ("On Wednesdays and Fridays a cart comes in and this room turns into the lab; the other days nobody has a screen.",
     LAB, "lab-rotation"),
    (("I saw no screen at all today. A sheet by the door says lab on Tuesdays and Thursdays, and a boy told me he is on "
     "unit six there while his neighbor is on four."),
     LAB, "lab-rotation"),
    (("Three kinds of lists, printed once a month by the software, so ten children have the same one. At the bell they "
     "split up: some to the carpet, some to screens, some to the teacher."),
     INDIVIDUAL, "individual-rotation"),
    (("Ninety sixth graders in one big hall. Each looks up a corner on the wall by the door, laptops, a teacher or a "
     "bench for building, and goes there for twenty-five minutes, until the lights blink."),
     INDIVIDUAL, "individual-rotation"),
    (("Second graders with picture strips around their necks. At the chime each child looks at the next picture, and "
     "most skip the tablets today."),
     INDIVIDUAL, "individual-rotation"),
    (("It meets on A days only, in a long block. Everyone is in a different module, opened for the first time in here, "
     "and the teacher sits down with one student after another."),
     FLEX, "flex"),
    (("They are all on the program the whole hour, each in a lesson of their own, and it is very quiet. Still, the teacher "
     "was at eleven desks, and called three to the board to do one problem with her. They have this daily."),
     FLEX, "flex"),
    (("A boy is sawing wood because his module sent him there, two girls are in a seminar they signed up for, the rest "
     "are online, in lessons they began here. Nothing rings. Two teachers, who have them every day, walk around and sit down with people."),
     FLEX, "flex"),
    (("It is a daily class, and half of them had watched last night's video. The others are at the back with headphones, "
     "watching it now, while the teacher goes around the ones who are doing the problems."),
     FLIPPED, "flipped-classroom"),
    (("Each student watches the next video when ready for it, at home or on the bus, so they are on three different "
     "ones, and in class, which is every day, they do the work with the teacher going from one to the next."),
     "nnnyyyyy", "flipped-classroom"),
    (("The teacher said there is nothing online that students decide. They all have the same ten-minute film to watch "
     "the night before, and the hour they have here each day is only labs."),
     "nnnnyyyn", "flipped-classroom"),
    (("Each of them has one Friday a month on which to come in, and nobody is let off. They take a quiz while the teacher "
     "watches. Otherwise they are at home with the course."),
     ENRICHED, "enriched-virtual"),
    (("Monday to Thursday they are all here. On Fridays nobody is: they do the course at home, and the teacher answers "
     "there."),
     "nnnynyun", "enriched-virtual"),
    (("The room was full, so I took it for an ordinary class. The teacher says this is one of the nine Tuesdays on which "
     "everyone has to come, and that the other days they are online at home."),
     ENRICHED, "enriched-virtual"),
    (("Calls from nine to two, the teacher talking most of the time, and a packet in the mail. No one ever comes to the "
     "school."),
     "nnnnnnnn", "distance-learning"),
    (("A girl in a hospital bed and nineteen others on the screen. Twice a semester there is a picnic, for those who "
     "want to come."),
     DISTANCE, "distance-learning"),
    (("Kindergartners with a grandparent beside them, and a school that has no building. There is a live circle at nine, "
     "then three pictures on a page to do whenever it suits the home."),
     DISTANCE, "distance-learning"),
    (("Three centers every morning, and a song for the change, but they are sand, books and blocks. The only screen is "
     "the teacher's."),
     "nnnnyynn", "not-blended"),
    ("It is the same each day: when they finish the worksheet they may play a game on the tablet until all are done.",
     "nnnnyynn", "not-blended"),
]  # fmt: skip
MIXED = [
    (
        "They have watched the lesson at home, and in class three groups rotate through laptops, a table and the teacher.",
        "yynyyyyn",
        {"flipped-classroom", "station-rotation"},
    ),
    (
        "Four stations in the room with a timer, and on Fridays the whole class is in the computer lab.",
        "yyyyyynn",
        {"station-rotation", "lab-rotation"},
    ),
    (
        "Each has a strip with stops of their own, changed on a bell, and the video was watched the night before.",
        "ynnyyyyn",
        {"individual-rotation", "flipped-classroom"},
    ),
    (
        (
            "The class goes down to the lab every Tuesday, each on a unit of their own. The other days are for problems, "
            "since new lessons are watched at home."
        ),
        "ynyyyyyn",
        {"lab-rotation", "flipped-classroom"},
    ),
]
NOT_BLENDED = [
    (
        "Rows, a textbook and a document camera, five days a week. I saw no screen but the teacher's.",
        "nnnnyynn",
    ),
    (
        (
            "Day after day, a laptop on every desk, and all on the same new slide, which the teacher explains until he "
            "says go on."
        ),
        "nnnnyynn",
    ),
]


def said(letters: str) -> dict[str, Said]:
    return {name: SAID[letter] for name, letter in zip(NAMES, letters, strict=True)}


def visit(letters: str) -> tuple[Verdict, int]:
    """A visitor who answers what is asked, and nothing else."""
    inquiry, answers = Inquiry(CUES), said(letters)
    while (cue := inquiry.question) is not None:
        inquiry = inquiry.answer(answers[cue.id])
    return inquiry.verdict, len(inquiry.answers)


@pytest.mark.parametrize(("room", "letters", "model"), TYPICAL + CONFUSED + POOR_AND_ODD)
def test_the_right_answer_comes_first(room: str, letters: str, model: str) -> None:
    verdict, _ = visit(letters)
    assert verdict.named == (model,), room
    assert verdict.ranking[0].candidate == model
    assert verdict.settled
    assert verdict.ranking[0].speaks_for
    assert not verdict.ranking[0].speaks_against


@pytest.mark.parametrize(("room", "letters", "model"), TYPICAL + CONFUSED + POOR_AND_ODD)
def test_answering_every_cue_changes_nothing_in_a_typical_room(room: str, letters: str, model: str) -> None:
    assert Inquiry(CUES, said(letters)).verdict.named == (model,), room


@pytest.mark.parametrize(("room", "letters", "models"), MIXED)
def test_a_mixed_room_is_called_mixed_and_its_models_are_named(
    room: str, letters: str, models: set[str]
) -> None:
    verdict, _ = visit(letters)
    assert (verdict.outcome, set(verdict.named)) == ("mixed", models), room


@pytest.mark.parametrize(("room", "letters"), NOT_BLENDED)
def test_a_room_with_nothing_in_students_hands_online_is_not_blended_yet(room: str, letters: str) -> None:
    verdict, asked = visit(letters)
    assert verdict.outcome == "not-blended", room
    assert asked <= 4


def test_it_takes_four_questions_in_the_median_and_never_more_than_eight() -> None:
    rooms = [str(case[1]) for case in (*TYPICAL, *CONFUSED, *POOR_AND_ODD, *MIXED, *NOT_BLENDED)]
    assert len(rooms) == 48
    assert median(visit(letters)[1] for letters in rooms) <= 4
    assert len(CUES.cues) <= 8


def test_looking_further_brings_a_second_model_to_light() -> None:
    """Half the class rotates and the other half works through modules: four answers show only the first half."""
    assert visit("yynyyynn")[0].named == ("station-rotation",)
    inquiry = Inquiry(CUES, {}, thorough=True)
    while (cue := inquiry.question) is not None:
        inquiry = inquiry.answer(said("yynyyyny")[cue.id])
    assert set(inquiry.verdict.named) == {"station-rotation", "flex"}


def test_a_required_day_with_stations_is_both_once_somebody_asks_about_the_other_days() -> None:
    """They must come in on Mondays, and three groups rotate then; the other four days they are at home."""
    assert visit("yynynynn")[0].named == ("station-rotation",)
    assert set(Inquiry(CUES, said("yynynynn")).verdict.named) == {"enriched-virtual", "station-rotation"}


def test_a_flipped_room_is_never_called_not_blended() -> None:
    """Its online part is homework, and not everybody calls a film for all a say."""
    for letters in ("nnnnyyyn", "nnnyyyyn", "unnnyyyn"):
        assert Inquiry(CUES, said(letters)).verdict.named == ("flipped-classroom",), letters


@pytest.mark.parametrize("letters", ["nnnynnyy", "nnnynnyn", "nnnynnny", "nnnynnnn"])
def test_a_remote_course_stays_one_however_its_lessons_run(letters: str) -> None:
    """Live and for all, watched ahead, or each at their own place: a visit through a link seldom shows which."""
    assert visit(letters)[0].named == ("distance-learning",)
    assert Inquiry(CUES, said(letters)).verdict.named == ("distance-learning",)


def test_too_little_seen_names_the_question_that_would_settle_it() -> None:
    """The bell rang and they moved, but whether each one goes everywhere could not be told."""
    verdict, _ = visit("yunuuunu")
    assert verdict.outcome == "unclear"
    assert set(verdict.named) == {"station-rotation", "individual-rotation"}
    assert verdict.would_settle is not None
    assert verdict.would_settle.id == "every-station"
    assert verdict.certain_then


def test_nothing_seen_rules_nothing_out() -> None:
    verdict, asked = visit("uuuuuuuu")
    assert verdict.outcome == "unclear"
    assert set(verdict.named) == set(CUES.candidates)
    assert verdict.would_settle == CUES.cues[0]
    assert asked <= 8


def test_back_asks_the_last_cue_again() -> None:
    inquiry = Inquiry(CUES).answer(Said.YES)
    second = inquiry.question
    assert inquiry.answer(Said.NO).back().question == second
    assert Inquiry(CUES).back().question == CUES.cues[0]


@given(st.tuples(*[st.sampled_from("ynu")] * len(NAMES)).map("".join))
def test_any_answers_lead_to_an_answer_with_reasons(letters: str) -> None:
    verdict, asked = visit(letters)
    assert asked <= 8
    assert verdict.settled or verdict.would_settle is not None or verdict.outcome == "contradiction"
    assert len(verdict.ranking) == len(CUES.candidates)
    if verdict.outcome == "model":
        assert not verdict.ranking[0].speaks_against
    full = Inquiry(CUES, said(letters)).verdict
    assert full.outcome in {"model", "mixed", "unclear", "contradiction", *CUES.outcomes}

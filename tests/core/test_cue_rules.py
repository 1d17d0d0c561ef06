"""The rule of `cue_interview`, point by point, on cues made for it: the words of content/identify.yaml do not matter.

A sign is written `+ab -cd !`: the mark of a and b, ruling out c and d, and deciding. Letters up to w are models,
y and z are other outcomes.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pltool.core.cue_interview import Inquiry, Said, Weighed
from pltool.core.cues import Cue, Cues

OUTCOMES = ("y", "z")
SAID = {"y": Said.YES, "n": Said.NO, "u": Said.UNSURE}


def sign(written: str, says: str) -> dict[str, Any]:
    parts = written.split()
    return {
        "for": [letter for part in parts if part[0] == "+" for letter in part[1:]],
        "against": [letter for part in parts if part[0] == "-" for letter in part[1:]],
        "says": says,
        "decides": "!" in parts,
    }


def cues(*pairs: tuple[str, ...]) -> Cues:
    """Each is what yes shows, what no shows and, after a third, the cue and answer after which it is not asked."""
    made = []
    for number, (yes, no, *unless) in enumerate(pairs, start=1):
        condition = {"cue": unless[0].split()[0], "answer": unless[0].split()[1]} if unless else None
        made.append(
            {
                "id": f"cue-{number}",
                "asked_unless": condition,
                "question": f"Question {number}?",
                "look": "Look.",
                "ask": "Ask?",
                "yes": sign(yes, f"{number} yes"),
                "no": sign(no, f"{number} no"),
            }
        )
    outcomes = {name: {"title": name, "summary": "Another outcome."} for name in OUTCOMES}
    return Cues.model_validate({"outcomes": outcomes, "cues": made})


def asked(made: Cues, letters: str, *, thorough: bool = False) -> Inquiry:
    """The inquiry with answers to the first cues; a dash is no answer."""
    answers = {cue.id: SAID[letter] for cue, letter in zip(made.cues, letters, strict=False) if letter != "-"}
    return Inquiry(made, answers, thorough)


def outcome(made: Cues, letters: str) -> tuple[str, str]:
    verdict = asked(made, letters).verdict
    return verdict.outcome, "".join(verdict.named)


def weighed(made: Cues, letters: str) -> dict[str, Weighed]:
    return {one.candidate: one for one in asked(made, letters).verdict.ranking}


def test_one_that_fits_is_the_answer_and_could_not_tell_shows_nothing() -> None:
    made = cues(("-b", "-a"), ("+a", ""), ("-c", ""))
    assert outcome(made, "uuu") == ("unclear", "bac")
    assert outcome(made, "y") == ("unclear", "ac")
    assert outcome(made, "yuy") == ("model", "a")
    assert outcome(made, "nuy") == ("model", "b")
    assert outcome(made, "uyu") == ("model", "a")


def test_another_outcome_that_alone_fits_is_called_by_its_own_name() -> None:
    made = cues(("-a", "-z"))
    assert outcome(made, "y") == ("z", "z")
    assert outcome(made, "n") == ("model", "a")


def test_a_mark_of_another_keeps_a_model_from_fitting_although_nothing_rules_it_out() -> None:
    made = cues(("+a", "-a"), ("+b", "-b"))
    assert outcome(made, "y") == ("model", "a")
    assert outcome(made, "yy") == ("mixed", "ab")


def test_a_deciding_answer_keeps_what_it_rules_out_from_every_mixture() -> None:
    pairs = [("+a -b", ""), ("+b -a", ""), ("-c", "")]
    assert outcome(cues(*pairs, ("-b", "")), "yyuy") == ("mixed", "ab")
    assert outcome(cues(*pairs, ("-b !", "")), "yyuy") == ("contradiction", "")
    assert outcome(cues(("+a -bc", ""), ("+bc -a", ""), ("-b !", "")), "yyy") == ("mixed", "ac")


def test_the_outcome_that_a_deciding_answer_is_the_mark_of_comes_before_any_mixture() -> None:
    pairs = [("+a -bz", ""), ("+b -az", "")]
    assert outcome(cues(*pairs, ("+az", "")), "yyy") == ("mixed", "ab")
    assert outcome(cues(*pairs, ("+az !", "")), "yyy") == ("z", "z")
    assert outcome(cues(*pairs, ("+z", "")), "yyy") == ("contradiction", "")
    assert outcome(cues(*pairs, ("+a !", "")), "yyy") == ("mixed", "ab")


def test_of_two_deciding_answers_the_first_says_the_outcome() -> None:
    made = cues(("+ya !", ""), ("+zb !", ""), ("-yz", ""))
    assert outcome(made, "yyy") == ("y", "y")
    assert outcome(made, "-yy") == ("model", "b")


def test_a_mixture_is_of_the_fewest_and_then_of_those_with_the_least_against_them() -> None:
    assert outcome(cues(("+ac -b", ""), ("+bc -a", ""), ("+d -c", "")), "yyy") == ("mixed", "cd")
    # Three with nothing against them are more than two with something.
    assert outcome(cues(("+ac", ""), ("+bc", ""), ("+d -c", "")), "yyy") == ("mixed", "cd")
    # a and b, a and c explain everything; one more speaks against c.
    made = cues(("+a -bc", ""), ("+bc -a", ""), ("-c", ""))
    assert outcome(made, "yyy") == ("mixed", "ab")
    made = cues(("+a -bc", ""), ("+bc -a", ""), ("-b", ""))
    assert outcome(made, "yyy") == ("mixed", "ac")


@pytest.mark.parametrize(("size", "expected"), [(2, "ab"), (3, "abc"), (4, "abcd")])
def test_at_most_four_models_are_mixed(size: int, expected: str) -> None:
    letters = "abcdef"[:size]
    made = cues(*((f"+{letter}", "") for letter in letters))
    assert outcome(made, "y" * size) == ("mixed", expected)


def test_five_are_a_contradiction() -> None:
    made = cues(*((f"+{letter}", "") for letter in "abcde"))
    assert outcome(made, "yyyyy") == ("contradiction", "")


def test_other_outcomes_are_in_no_mixture() -> None:
    assert outcome(cues(("+a -z", ""), ("+z -a", "")), "yy") == ("contradiction", "")


def test_a_contradiction_is_never_settled_and_one_left_is() -> None:
    made = cues(("+a -b", ""), ("+z -a", ""), ("-b", "-z"))
    found = asked(made, "yy-").verdict
    assert (found.outcome, found.named, found.settled, found.would_settle) == (
        "contradiction",
        (),
        False,
        None,
    )
    found = asked(cues(("-b", "-a")), "y").verdict
    assert (found.settled, found.would_settle, found.certain_then) == (True, None, False)


def test_the_ranking_has_the_named_first_then_the_least_against_then_the_most_marks() -> None:
    made = cues(("+ac -bd", ""), ("+a", ""), ("-ed", ""), ("+f", "-f"))
    ranking = [one.candidate for one in asked(made, "yyyu").verdict.ranking]
    assert ranking == ["a", "c", "f", "b", "e", "d"]
    # b and d are the mixture; of the others, with as much against them, c has a mark more.
    made = cues(("-abc", ""), ("+b", ""), ("+bc", ""), ("-d", ""))
    assert [one.candidate for one in asked(made, "yyyy").verdict.ranking] == ["b", "d", "c", "a"]
    # Named, although more speaks against them than against others.
    made = cues(("+a -bc", ""), ("+b -ac", ""), ("-abc", ""), ("+ab", ""), ("-d", "-e"))
    found = asked(made, "yynyu").verdict
    assert found.named == ("a", "b")
    assert [one.candidate for one in found.ranking] == ["a", "b", "d", "e", "c"]


def test_reasons_are_the_marks_then_what_rules_out_others_and_what_speaks_against() -> None:
    made = cues(("-b", "-a"), ("+ac -b", ""), ("+c", ""), ("", "-a"), ("+a", ""))
    reasons = weighed(made, "yyyyu")
    assert reasons["a"].marks == ("2 yes",)
    assert reasons["a"].allows == ("1 yes",)
    assert reasons["a"].speaks_for == ("2 yes", "1 yes")
    assert reasons["a"].speaks_against == ()
    assert reasons["b"].speaks_for == ()
    assert reasons["b"].speaks_against == ("1 yes", "2 yes")
    assert reasons["c"].marks == ("2 yes", "3 yes")
    assert reasons["c"].allows == ("1 yes",)
    assert weighed(made, "nuuuu")["a"].speaks_against == ("1 no",)
    assert weighed(made, "nuuuu")["b"].allows == ("1 no",)


def test_what_is_no_mark_of_a_candidate_and_rules_out_others_does_not_speak_for_it() -> None:
    reasons = weighed(cues(("+a -b", ""), ("-c", "")), "y-")
    assert reasons["c"].speaks_for == ()
    assert reasons["c"].speaks_against == ()


def test_asked_next_is_the_first_cue_that_rules_out_some_and_not_all() -> None:
    made = cues(("+a", ""), ("-ab", "-ab"), ("-a", ""), ("", "-b"))
    first = asked(made, "").question
    assert first is not None
    assert first.id == "cue-3"
    assert Inquiry(made).question == first
    assert [cue.id for cue in order(made, "y")] == ["cue-3"]
    assert [cue.id for cue in order(made, "n")] == ["cue-3", "cue-4"]
    assert [cue.id for cue in order(made, "n", thorough=True)] == ["cue-1", "cue-2", "cue-3", "cue-4"]


def order(made: Cues, letter: str, *, thorough: bool = False) -> list[Cue]:
    """The cues asked when each is answered alike."""
    inquiry, found = Inquiry(made, {}, thorough), []
    while (cue := inquiry.question) is not None:
        found.append(cue)
        inquiry = inquiry.answer(SAID[letter])
    return found


def test_a_cue_that_an_answer_makes_pointless_is_neither_asked_nor_counted() -> None:
    made = cues(("-b", "-a"), ("-c", "-ab", "cue-1 no"), ("+d", "-d"))
    assert [cue.id for cue in order(made, "n")] == ["cue-1", "cue-3"]
    assert [cue.id for cue in order(made, "n", thorough=True)] == ["cue-1", "cue-3"]
    assert outcome(made, "nnn") == outcome(made, "n-n")
    assert outcome(made, "unn") != outcome(made, "u-n")
    # It is not offered as the one that would settle it either.
    settling = asked(made, "n--").verdict.would_settle
    assert settling is not None
    assert settling.id == "cue-3"


def test_what_could_not_be_told_is_not_asked_twice_and_may_still_be_what_would_settle_it() -> None:
    made = cues(("-b", "-a"), ("", ""))
    inquiry = asked(made, "u")
    assert inquiry.question is None
    assert inquiry.verdict.would_settle == made.cues[0]
    assert inquiry.verdict.certain_then


def test_what_would_settle_it_leaves_the_fewest_at_worst_and_the_first_of_equals() -> None:
    made = cues(("-a", "-b"), ("-ab", "-cd"), ("-cd", "-ab"), ("-a", ""))
    verdict = asked(made, "").verdict
    assert verdict.would_settle == made.cues[1]
    assert not verdict.certain_then
    assert asked(cues(("-ab", "-c")), "").verdict.would_settle is not None
    assert not asked(cues(("-ab", "-c")), "").verdict.certain_then
    assert asked(cues(("-a", "-b")), "").verdict.certain_then


def test_where_nothing_is_asked_nothing_can_be_answered_and_back_takes_the_last_answer_back() -> None:
    made = cues(("-b", "-a"), ("-c", "-ab"))
    inquiry = Inquiry(made).answer(Said.YES).answer(Said.YES)
    with pytest.raises(ValueError, match=r"^nothing is being asked$"):
        inquiry.answer(Said.YES)
    assert list(inquiry.back().answers) == ["cue-1"]
    assert inquiry.back().back().back().answers == {}
    assert inquiry.answers == {"cue-1": Said.YES, "cue-2": Said.YES}


# The rule once more, written from its words and not from the code, to hold for any cues.
LETTERS = "abcdz"
SIGNS = st.builds(
    "{}{}{}".format,
    st.sets(st.sampled_from(LETTERS), max_size=3).map(
        lambda some: f"+{''.join(sorted(some))} " if some else ""
    ),
    st.sets(st.sampled_from(LETTERS), max_size=3).map(
        lambda some: f"-{''.join(sorted(some))} " if some else ""
    ),
    st.sampled_from(["", "", "!"]),
)
MADE = st.lists(st.tuples(SIGNS, SIGNS), min_size=2, max_size=5).map(lambda pairs: cues(*pairs))


def as_the_rule_says(made: Cues, letters: str) -> tuple[str, set[str]]:
    shown = [
        cue.yes if letter == "y" else cue.no
        for cue, letter in zip(made.cues, letters, strict=True)
        if letter != "u"
    ]
    everything = made.candidates

    def explains(name: str, index: int) -> bool:
        one = shown[index]
        return name not in one.against and (name in one.mark_of or len(one.mark_of) == 0)

    fitting = {name for name in everything if all(explains(name, index) for index in range(len(shown)))}
    if len(fitting) == 1:
        (only,) = fitting
        return (only if only in OUTCOMES else "model"), fitting
    if fitting:
        return "unclear", fitting
    for one in shown:
        if one.decides and (named := [name for name in one.mark_of if name in OUTCOMES]):
            return named[0], {named[0]}
    barred = {name for one in shown if one.decides for name in one.against}
    models = sorted(name for name in everything if name not in OUTCOMES and name not in barred)
    mixtures = [
        (size, sum(one.against.count(name) for one in shown for name in some), some)
        for size in (2, 3, 4)
        for some in combinations(models, size)
        if all(any(explains(name, index) for name in some) for index in range(len(shown)))
    ]
    if not mixtures:
        return "contradiction", set()
    least = min((size, against) for size, against, _ in mixtures)
    return "mixed", {"|".join(some) for size, against, some in mixtures if (size, against) == least}


@given(MADE, st.data())
def test_any_answers_to_any_cues_amount_to_what_the_rule_says(made: Cues, data: st.DataObject) -> None:
    letters = "".join(data.draw(st.sampled_from("ynu")) for _ in made.cues)
    verdict = asked(made, letters).verdict
    expected, named = as_the_rule_says(made, letters)
    assert verdict.outcome == expected
    if expected == "mixed":
        assert "|".join(sorted(verdict.named)) in named
    else:
        assert set(verdict.named) == named
    assert sorted(one.candidate for one in verdict.ranking) == sorted(made.candidates)


@given(MADE)
def test_what_was_asked_settles_it_or_says_what_would(made: Cues) -> None:
    for letters in product("yn", repeat=len(made.cues)):
        inquiry = Inquiry(made)
        while (cue := inquiry.question) is not None:
            assert cue.id not in inquiry.answers
            inquiry = inquiry.answer(SAID[letters[made.cues.index(cue)]])
        verdict = inquiry.verdict
        possible = [one for one in verdict.ranking if not one.speaks_against]
        if len(possible) > 1:
            assert not verdict.settled
        elif verdict.outcome != "contradiction":
            assert verdict.settled

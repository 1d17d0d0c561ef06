"""What to remark on a note: whether it judges where it could describe, and whether it could tell who somebody is."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pltool.core.record import EvidenceKind

# Words that say what the observer thinks of it. Only whole words: `greatest common factor` is no praise.
_JUDGING = re.compile(
    r"\b(?:"
    r"great|good|excellent|amazing|awesome|wonderful|fantastic|perfect(?:ly)?|nice(?:ly)?|lovely|brilliant|"
    r"outstanding|impressive|superb|bad(?:ly)?|poor(?:ly)?|weak(?:ly|ness)?|terrible|awful|messy|sloppy|lazy|"
    r"boring|disappointing|ineffective(?:ly)?|effective(?:ly)?|inappropriate(?:ly)?|unprepared|unorganized|"
    r"disorganized|chaotic|failed|fails|well[ -](?:done|run|managed|organized|prepared|planned)|"
    r"should(?:n.t| not)? (?:have|be)|ought to|(?:teacher|she|he|they) needs? to|must improve|could have|"
    r"(?:not|isn.t|wasn.t|aren.t|weren.t) (?:very |really )?(?:engaged|ready|organized|prepared)|"
    r"i (?:really )?(?:liked?|loved?|disliked?|enjoyed?)"
    r")\b",
    re.IGNORECASE,
)
# The same words where they are part of the subject and judge nobody.
_NO_JUDGING = re.compile(
    r"\b(?:great (?:depression|lakes|wall|britain|plains|gatsby|war)|good (?:morning|afternoon|day|bye)|"
    r"weak (?:acid|base|verb|force)s?|poor (?:law|laws|richard)|perfect (?:square|cube|number|tense)s?|"
    r"greater good|common good|goods? and services|needs? to know)\b|“[^“”]*”|\"[^\"]*\"",
    re.IGNORECASE,
)
# Each of these looks at a bounded stretch from where it begins, so that a note of any length takes linear time.
_WORD = re.compile(r"[^\s<>()\[\],;]+")
_DOMAIN = re.compile(r"[\w.-]{0,190}\.[A-Za-z]{2,24}(?![\w-])")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{1,40}(?:[-'’][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]{1,40}){0,3}"
_GAP = r"\s{1,8}"
_TWO_CAPITALS = re.compile(rf"\b({_CAPITAL}){_GAP}(?:[A-Z]\.{_GAP})?({_CAPITAL})\b")
_INITIALED = re.compile(rf"\b({_CAPITAL}){_GAP}[A-Z]\.(?!\w)")
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Mx|Miss|Dr|Sr|Sra)\.?{_GAP}{_CAPITAL}")
_STARTS_SENTENCE = re.compile(r"[.!?:;“\"(—–-]")
_MOST_SHOWN = 5
_ORDINARY = frozenset(
    # Capitalized words that stand beside each other in notes without naming a person.
    """
    A All Also An And Another Are As Ask Asked Asks At Both But By Can Did Do Each Eight Every Five For Four From Group
    He Her His How I If In Is It Its Many Most My Nine No Not Nobody On One Only Or Other Our Says Seven She Six Some
    Student Students Teacher Teachers Ten That The Their Then There They This Those Three To Two Was We Were What When
    Where Which Who Why With Yes You Your
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Fall Winter Spring Summer
    Algebra American Art Arts Band Biology Calculus Center Chemistry Chinese Choice Civics Class Classroom Club
    Collaboration Common Computer Core District Earth East Economics Elementary English Exit Eighth Fifth First Flex
    Foundation French Geography Geometry German Google Grade Great Green High History Independent Independence Kami
    Kindergarten Lab Language Learning Lesson Lexia Library Literacy Math Mathematics Middle Microsoft Model Music North
    Orange Period Personalized Physics Pre Purple Quizlet Reading Red Revolution Room Rotation School Science Second
    Secondary Seesaw Seventh Sixth Slides Social South Spanish States Station Stations Studies Table Teams Technology
    Third Ticket Tickets Unit United University War Week West White World Writing Yellow Zone Blue Black Academy Docs
    Time Mission Nearpod Zearn Kahoot Padlet Blooket Prodigy Edpuzzle Canva Title Smart Board Do Now Warm Up Word
    Canvas Khan Desmos Forms Drive Sheets Meet Zoom Apple Pear Deck Play Day Days Hall Park Street City Lake River
    Civil Constitution Declaration Bill Rights Native Harry Potter Romeo Juliet Shakespeare Mars Sun Moon
    """.split()  # noqa: SIM905 - a table of words
)
# What is told apart by letters.
_BEFORE_LETTERS = frozenset(
    [
        "Appendix",
        "Choice",
        "Column",
        "Corner",
        "Figure",
        "Form",
        "Option",
        "Part",
        "Plan",
        "Row",
        "Section",
        "Version",
        "Vitamin",
    ]
)


class Remark(StrEnum):
    """Something a note could be reminded of."""

    JUDGES = "judges"
    NAMES = "names"


def remarks(note: str, kind: EvidenceKind) -> tuple[Remark, ...]:
    """What a note gives reason to say; nothing for most. Words of a student or teacher are no one's judgment."""
    found = []
    if kind not in {"student_said", "teacher_said"} and judging_word(note) is not None:
        found.append(Remark.JUDGES)
    if naming_words(note) is not None:
        found.append(Remark.NAMES)
    return tuple(found)


def judging_word(note: str) -> str | None:
    """The first word that judges and does not describe; None if there is none.

    Quoted speech is left alone: what a teacher or a student said is evidence, whatever the words.
    """
    match = _JUDGING.search(_NO_JUDGING.sub(" ", note))
    return match.group() if match else None


def naming_words(note: str) -> str | None:
    """Whatever seems to be a person's full name or an e-mail address, in the order of the note; None if nothing does."""
    found = names_in(note)
    if not found:
        return None
    more = f" and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
    return ", ".join(found[:_MOST_SHOWN]) + more


def names_in(note: str) -> tuple[str, ...]:
    """The same one by one, each once."""
    places = {
        **{match.start(): match.group() for match in _INITIALED.finditer(note) if _is_initialed(note, match)},
        **dict(_full_names(note)),
        **{match.start(): match.group() for match in _TITLED.finditer(note)},
        **dict(_addresses(note)),
    }
    return tuple(dict.fromkeys(" ".join(places[place].split()) for place in sorted(places)))


def _addresses(note: str) -> Iterator[tuple[int, str]]:
    for word in _WORD.finditer(note):
        parts = word.group().split("@")
        place = word.start()
        for user, host in pairwise(parts):
            if user and (domain := _DOMAIN.match(host)):
                yield place, f"{user[-64:]}@{domain.group()}"
            place += len(user) + 1


def _full_names(note: str) -> Iterator[tuple[int, str]]:
    place = 0
    while match := _TWO_CAPITALS.search(note, place):
        if _is_name(note, match):
            yield match.start(), match.group()
            place = match.end()
        else:
            place = match.end(1)


def _is_name(note: str, match: re.Match[str]) -> bool:
    """Two capitalized words, neither an ordinary one; the first word of a sentence may be one by its place."""
    first, second = match.group(1), match.group(2)
    if first in _ORDINARY or second in _ORDINARY:
        return False
    return not _starts_sentence(note, match.start()) or not _ordinary_start(first)


def _is_initialed(note: str, match: re.Match[str]) -> bool:
    """A first name with an initial, as `Jordan P.`, and not the end of a sentence such as `in Group A`."""
    first = match.group(1)
    if first in _ORDINARY or first in _BEFORE_LETTERS:
        return False
    return not (_starts_sentence(note, match.start()) and _ordinary_start(first))


def _starts_sentence(note: str, place: int) -> bool:
    before = note[max(place - 16, 0) : place].rstrip()
    return not before or _STARTS_SENTENCE.match(before[-1]) is not None


def _ordinary_start(word: str) -> bool:
    """A word that is capitalized for opening a sentence: a verb form or a plural, as `Asking` or `Posters`."""
    return word.lower().endswith(("ing", "ed", "ers", "es")) and len(word) > 4  # noqa: PLR2004 - not `Ines`

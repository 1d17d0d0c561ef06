"""Words, sentences and stems of a text, and how hard it is to read."""

from __future__ import annotations

import re
from array import array

# What carries no meaning of its own, and who acts in nearly every sentence of this library.
_SMALL_WORDS = frozenset(
    "a an and any are as at be been before both but by can do does each every few for from had has have he her his "  # noqa: SIM905 - a list of words reads best as words
    "how in into is it its more most no not of off on one or other out over she so some than that the their them "
    "then there they this those to two up was what when where which while who whom whose will with without you your "
    "teacher teachers student students leader".split()
)
_ENDING = re.compile(r"(ing|ed|es|s)$")
_VOWELS = re.compile(r"[aeiouy]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”]?\s+")
# British spelling and school words that an American teacher stumbles over.
_BRITISH = re.compile(
    r"practis\w+|colour\w*|behaviour\w*|favour\w*|neighbour\w*|honour\w*|labour\w*|analys(?:e|ed|es|ing)|"
    r"(?:organ|recogn|real|emphas|summar|memor|categor|apolog|priorit|final|general|special|util)is(?:e|ed|es|ing)|"
    r"centre[sd]?|metres?|litres?|theatres?|programmes?|catalogue[sd]?|defence|licence|grey|cheque|plough|learnt|"
    r"timetable[sd]?|fortnight(?:ly)?|whilst|amongst|maths|pupils?|headteachers?|headmaster|"
    r"rubbish|trousers|jumpers?|crisps|queues?|queuing|sellotape|biros?|pencilcase|noticeboards?|supper|enquir\w+|"
    r"modell\w+|travell\w+|labell\w+|cancell(?:ed|ing)|fulfil|skilful|enrol|tick(?:s|ed|ing)?|mum|mums"
)
# One blank for each mark, so that words come apart wherever they are written together; apostrophes stay.
_APART = str.maketrans(dict.fromkeys(r"""!"#$%&()*+,-./:;<=>?@[\]^_`{}~—–“”…·""", " ") | {"’": "'"})
BREAK = "|"  # stands between two texts, and is no word
_ID_BITS = 0xFFFF


class Vocabulary(dict[str, int]):
    """Each word as it was met, with a number of 16 bits; a word is looked at once, however often it comes.

    Attributes:
        stems: the stem of each word; empty for small words.
        syllables: how many syllables each has.
        british: the words among them that are not American.
    """

    def __init__(self) -> None:
        self.stems: dict[str, str] = {BREAK: ""}
        self.syllables: dict[str, int] = {BREAK: 0}
        self.british: set[str] = set()

    def __missing__(self, met: str) -> int:
        word = met.strip("'")
        self.stems[met] = "" if word in _SMALL_WORDS else _ENDING.sub("", word)
        self.syllables[met] = count_syllables(word)
        if _BRITISH.fullmatch(word):
            self.british.add(met)
        # Numbers begin again after 65,536 words; whoever compares by them looks at the words as well.
        number = self[met] = len(self) & _ID_BITS
        return number

    def numbers(self, words: list[str]) -> array[int]:
        """The numbers of words; what stands between texts gets another number each time."""
        self[BREAK] = (self.get(BREAK, 0) + 7919) & _ID_BITS
        return array("H", map(self.__getitem__, words))

    def core(self, words: list[str]) -> frozenset[str]:
        """What a text is about: its words without the small ones, reduced to rough stems."""
        found = set(map(self.stems.__getitem__, words))
        found.discard("")
        return frozenset(found)

    def grade(self, words: list[str], sentences: int) -> float:
        """Flesch-Kincaid grade: the US school year in which a text can be read."""
        count = max(1, len(words))
        syllables = sum(map(self.syllables.__getitem__, words))
        return 0.39 * count / max(1, sentences) + 11.8 * syllables / count - 15.59


def split_words(text: str) -> list[str]:
    """The words of a text in small letters, and `BREAK` where it has one."""
    return text.lower().translate(_APART).split()


def count_syllables(word: str) -> int:
    """Syllables of an English word, counted by groups of vowels."""
    groups = len(_VOWELS.findall(word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)


def count_sentences(text: str) -> int:
    """How many sentences a text has."""
    return sum(1 for part in _SENTENCE_END.split(text) if any(map(str.isalnum, part)))


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard index of two sets of stems: 0 for nothing in common, 1 for the same words."""
    return len(first & second) / max(1, len(first | second))

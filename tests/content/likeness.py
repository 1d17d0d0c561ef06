"""How alike two texts are, and how hard a text is to read."""

from __future__ import annotations

import re

_STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "both",
        "but",
        "by",
        "can",
        "do",
        "does",
        "each",
        "every",
        "few",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "in",
        "into",
        "is",
        "it",
        "its",
        "more",
        "most",
        "no",
        "not",
        "of",
        "off",
        "on",
        "one",
        "or",
        "other",
        "out",
        "over",
        "she",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "those",
        "to",
        "two",
        "up",
        "was",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "will",
        "with",
        "without",
        "you",
        "your",
        "teacher",
        "teachers",
        "student",
        "students",
        "leader",
    ]
)


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return re.findall(r"[a-z0-9]+(?:['’][a-z]+)?", text.lower())


def sentences(text: str) -> list[str]:
    """The sentences of a text, each as its words with single blanks."""
    parts = re.split(r"(?<=[.!?])[\"'”]?\s+", text)
    return [" ".join(found) for part in parts if (found := words(part))]


def core_words(text: str) -> frozenset[str]:
    """What a text is about: its words without the small ones, reduced to rough stems."""
    return frozenset(re.sub(r"(ing|ed|es|s)$", "", word) for word in words(text) if word not in _STOP_WORDS)


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard index of two sets of stems: 0 for nothing in common, 1 for the same words."""
    return len(first & second) / max(1, len(first | second))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of so many words."""
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


def syllables(word: str) -> int:
    """Syllables of an English word, counted by groups of vowels."""
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    """Flesch-Kincaid grade: the US school year in which a text can be read."""
    found = words(text)
    ends = max(1, len(sentences(text)))
    return 0.39 * len(found) / ends + 11.8 * sum(map(syllables, found)) / max(1, len(found)) - 15.59

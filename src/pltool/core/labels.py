"""Labels that people write in their own way: when two of them mean the same room, school or person."""

from __future__ import annotations

import re
import unicodedata

# Apostrophes, accents and quotation marks that keyboards and phones put in an apostrophe's place.
_APOSTROPHES = dict.fromkeys(
    map(ord, "\u2018\u2019\u201a\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u2032\u00b4`\uff07\ua78c"), "'"
)
# Not in the category of format characters, and as invisible: joiners, fillers and selectors of a glyph's shape.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


def fold_label(text: str) -> str:
    """A label as it is compared: `Room 4 ` and `room  4`, `José` and `José`, `O’Neil` and `O'Neil` are the same.

    Compatibility forms (full width, ligatures), capitals, invisible characters, kinds of blanks and kinds of
    apostrophes make no difference. Folding a folded label changes nothing.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.replace("`", "'").split()).casefold()
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    text = unicodedata.normalize("NFKC", text.casefold()).translate(_APOSTROPHES)
    text = "".join(
        " " if unicodedata.category(char) == "Cc" else char
        for char in text
        if unicodedata.category(char) != "Cf"
    )
    return " ".join(_INVISIBLE.sub("", text).split()).casefold()

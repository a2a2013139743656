"""Text folded for machines: letters without marks for sorting, likeness, search and slugs; and
which signs no reader sees."""

from __future__ import annotations

import re
import unicodedata

# Another number: what is stored folded is folded anew. The table of signs is Python's.
FOLDING = f"1.{unicodedata.unidata_version}"

# Longer keys to sort by are cut off.
LONGEST_KEY = 200

# Parts of a set of signs in a regular expression. Turners turn the direction of text around: with
# them a word reads as another one.
TURNERS = "\u202a-\u202e\u2066-\u2069"
# Control characters, but for the tab and the ends of lines; halves of signs; signs that are none.
FOR_MACHINES = f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f{TURNERS}\ud800-\udfff\ufffe\uffff"
_TURNERS = re.compile(f"[{TURNERS}]")
_FOR_MACHINES = re.compile(f"[{FOR_MACHINES}]")
# Word's soft end of a line, the end of a page, and what other programs end lines with.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Signs without a shape that show nothing: soft hyphens, spaces of no width, marks of direction.
_UNSEEN = re.compile(
    f"[{FOR_MACHINES}\x85\xad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u2060-\u2065"
    "\u206a-\u206f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
# Joiners, and the letters of a flag, shape what stands before them. Alone they show nothing.
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f"
_SHAPER = re.compile(f"({_FLAG})|[\u200c\u200d\U000e0000-\U000e0fff]")
# Scripts whose letters no joiner shapes, as the names of letters begin.
_UNSHAPED = ("LATIN", "GREEK", "CYRILLIC", "MODIFIER", "COMBINING")
_WORD = re.compile(r"[^\W_]+")

# Latin letters that no decomposition takes apart.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ø": "o",
        "Ø": "O",
        "ð": "d",
        "Ð": "D",
        "đ": "d",
        "Đ": "D",
        "þ": "th",
        "Þ": "Th",
        "ł": "l",
        "Ł": "L",
        "ħ": "h",
        "Ħ": "H",
        "ı": "i",
    }
)
# Typographic signs, and the plain ones that a reader types for them. Before letters are taken
# apart: that makes a space with a mark of some of these.
_PLAIN_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`ʼʻ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)


def fold(text: str) -> str:
    """Return `text` as all spellings of it are compared: small plain letters and plain signs.

    No capitals, diacritics or ligatures ("ĳ" is "ij"), no typographic quotes or dashes, no
    special spaces, and nothing without a shape, such as a soft hyphen. To fold it again changes
    nothing, and a line end stays one.
    """
    if text.isascii():
        # The same, at once: of these only one sign has another spelling.
        return text.replace("`", "'").lower()
    signs = text.translate(_PLAIN_SIGNS)
    letters = plain_letters(plain_letters(signs).casefold()).casefold()
    return "".join(
        " " if unicodedata.category(sign) == "Zs" else sign
        for sign in letters.translate(_PLAIN_SIGNS)
        if unicodedata.category(sign) != "Cf"
    )


def sort_key(text: str) -> str:
    """Return what lists of names and titles are sorted by, under every collation alike.

    It follows what a reader sees: the first word counts, articles included. "'s Avonds" stands
    under s, "Eén" beside "een", "IJsvrij" under i. Capitals, diacritics, apostrophes and hyphens
    make no difference; numbers count as numbers, so "Regio 2" stands before "Regio 10".
    """
    # Composed first: an accent that stands by itself would end a word.
    composed = unicodedata.normalize("NFKC", text[:LONGEST_KEY])
    words = _WORD.findall(fold(composed).replace("'", ""))
    # The mark between words must come before letters under every collation: a space does not.
    return "0".join(_padded(word) for word in words)[:LONGEST_KEY] or "0"


def _padded(word: str) -> str:
    return re.sub(r"\d+", lambda digits: digits[0].zfill(8), word)


def plain_letters(text: str) -> str:
    """Return `text` with letters without diacritics: "Coöperatie Súdwest" -> "Cooperatie Sudwest".

    Letters of other alphabets stay what they are.
    """
    apart = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def in_ascii(text: str, *, instead: str) -> str:
    """Return `text` in ASCII: plain letters and signs, `instead` for a sign that has no plain one.

    "Coöperatie – versie ’A’ 计" -> "Cooperatie - versie 'A' _". Control characters stay.
    """
    letters = plain_letters(text.translate(_PLAIN_SIGNS))
    return "".join(sign if sign.isascii() else instead for sign in letters)


def without_turners(text: str) -> str:
    """Return `text` without the marks that turn its direction around."""
    return _TURNERS.sub("", text)


def without_machine_signs(text: str, *, instead: str = "") -> str:
    """Return `text` with `instead` for every control character and turner; lines and tabs stay."""
    return _FOR_MACHINES.sub(instead, text)


def with_line_ends(text: str) -> str:
    """Return `text` with one sign, the newline, wherever a line ends."""
    return _LINE_END.sub("\n", text)


def without_unseen(text: str) -> str:
    """Return `text` without any sign that shows nothing, such as the space of no width.

    Joiners stay where they shape a letter or an emoji, and so does what this Python knows no name
    of: a newer reader sees it.
    """
    return _SHAPER.sub(_if_it_shapes, _UNSEEN.sub("", text))


def _if_it_shapes(found: re.Match[str]) -> str:
    sign, before = found[0], found.string[: found.start()][-1:]
    if found[1]:
        return sign
    if sign not in "\u200c\u200d" or not before or unicodedata.category(before)[0] not in "LMSC":
        return ""
    return "" if unicodedata.name(before, "").startswith(_UNSHAPED) else sign


def shows_nothing(text: str) -> bool:
    """Return whether no letter, sign or emoji is left: only spaces and signs without a shape."""
    return without_unseen(text).strip() == ""

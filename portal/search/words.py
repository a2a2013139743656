"""The words of a text as they are indexed and searched: folded, stemmed, in parts, and near."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache

import snowballstemmer

from portal.core.folding import fold

LONGEST_WORD = 60
# Words with a hyphen or a point between them are found together too: "GP-42" as "gp42".
LONGEST_JOINED = 30
_CHUNK = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
# A short number is one word, however it is asked for: 42 alone is in many texts.
_CITED = re.compile(r"\bgp[\s-]+([0-9])")
# In an address or a list without spaces every part would be joined with every other.
_MOST_PARTS = 4
EDGE = "\x01"

# They stand in nearly every text, so they find nothing: of a text they are left out.
_COMMON = (
    "aan al alle als bij dan dat de der des deze die dit door dus een en er haar had heb hebben "
    "heeft het hij hoe hun ik in is ja je kan kunnen maar meer met mij mijn moet na naar niet "
    "nog nu of om omdat onder ons onze ook op over te tot tussen u uit uw van veel voor waar "
    "wanneer want waren was wat we wel welke werd wie wij wil worden wordt zal ze zich zij zijn "
    "zo zonder zou a an and are as at be been but by did do does for from had has have how if "
    "into is it its my no not of on or our so than that the their them then there these they "
    "this to was were what when where which who will with you your "
)
STOP_WORDS = frozenset(_COMMON.split())
# What a question asks with, besides: "Heeft Lindewoude getekend?" asks for a name.
_OF_QUESTIONS = (
    "getekend ondertekend ondertekende tekende tekenden belooft beloofd beloofde beloofden zegt "
    "toegezegd toezegde signed promised promise "
)
ASKING = frozenset(_OF_QUESTIONS.split())

_dutch = snowballstemmer.stemmer("dutch_porter")
_english = snowballstemmer.stemmer("english")
# A stemmer holds the word that it is at.
_one_at_a_time = threading.Lock()


def words_of(text: str) -> list[str]:
    """Return the words of a text in their order, folded; stop words too."""
    return list(_words(fold(text).replace("'", "")))


def _words(folded: str) -> Iterator[str]:
    for chunk in _CHUNK.findall(folded):
        parts = _PART.findall(chunk)
        yield from (part[:LONGEST_WORD] for part in parts)
        joined = "".join(parts)
        if 1 < len(parts) <= _MOST_PARTS and len(joined) <= LONGEST_JOINED:
            yield joined


def telling(words: list[str]) -> list[str]:
    """Return the words without those that stand in nearly every text."""
    return [word for word in words if word not in STOP_WORDS]


def asked_words(text: str, most: int) -> list[str]:
    """Return the words that a question asks for, at most so many, none twice.

    Words that stand everywhere and words that only ask count when there is nothing else.
    """
    parts = _PART.findall(_CITED.sub(r"gp\1", fold(text).replace("'", "")))
    asked = [part[:LONGEST_WORD] for part in parts]
    kept = [word for word in asked if word not in STOP_WORDS and word not in ASKING]
    return list(dict.fromkeys(kept or telling(asked) or asked))[:most]


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, str]:
    """Return the stem of a folded word in Dutch, as PostgreSQL has it, and in English."""
    if not word.isalpha():
        return word, word
    with _one_at_a_time:
        return _dutch.stemWord(word), _english.stemWord(word)


def grams(word: str) -> frozenset[str]:
    """Return every three signs in a row of a word, with a mark of where it begins and ends."""
    marked = f"{EDGE}{word}{EDGE}"
    return frozenset(marked[at : at + 3] for at in range(len(marked) - 2))


def inner_grams(part: str) -> frozenset[str]:
    """Return what stands among the grams of every word that holds `part`, of three or more."""
    return frozenset(part[at : at + 3] for at in range(len(part) - 2))


def most_edits(word: str) -> int:
    """Return how many slips of a finger a word of this length may hold and still be known."""
    if len(word) < 4 or not word.isalpha():
        return 0
    return 1 if len(word) < 8 else 2


def edits(one: str, other: str, most: int) -> int:
    """Return how many signs must be put in, left out, changed or swapped; `most` + 1 for more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, sign in enumerate(one, 1):
        here = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (sign != wanted))
            is_swapped = (
                row > 1 and column > 1 and one[row - 2] == wanted and sign == other[column - 2]
            )
            here.append(min(cost, before[column - 2] + 1) if is_swapped else cost)
        before, above = above, here
    return min(above[-1], most + 1)

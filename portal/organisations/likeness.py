"""Whether two names could be meant for one organisation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

from portal.core.folding import fold

MOST_CHARACTERS = 200
# Any run of words in a name could be written as its first letters. Nobody abbreviates a name with
# more words than this, and looking for it would take a hundred times as long.
MOST_WORDS = 14


class Why(StrEnum):
    """In what way two names are alike, the surest first."""

    SAME = "same"
    LOOKS_SAME = "looks_same"
    ABBREVIATION = "abbreviation"
    PART = "part"
    TYPO = "typo"


# Letters of other alphabets that a reader takes for Latin ones.
_CAPITALS = dict(
    zip("АВЕЅІЈКМНОРСТУХԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABESIJKMHOPCTYXQWABEZHIKMNOPTYX", strict=True)
)
_SMALLS = dict(
    zip("авеѕіјкмнорстухԁԛԝһӏαβεικνορτυχγϲϳ", "abesijkmhopctyxdqwhlabeikvoptuxycj", strict=True)
)
_LOOK_ALIKES = str.maketrans({**_CAPITALS, **_SMALLS})

_WORD = re.compile(r"[^\W_]+")
# "B.V." is one word, and so are "BV" and "b. v."
_DOTTED = re.compile(r"\b(\w)\.\s?(?=\w\b)")

_LEGAL_FORMS = {"bv", "nv", "vof", "ua", "cv", "wa", "ba", "inc", "ltd", "gmbh"}
_NOISE = _LEGAL_FORMS | {
    *("gemeente", "stichting", "vereniging", "cooperatie", "cooperatieve"),
    # The mark of made-up organisations, which is no part of their name.
    "fictief",
}
_SMALL_WORDS = {
    "van",
    "de",
    "der",
    "den",
    "het",
    "en",
    "voor",
    "in",
    "op",
    "aan",
    "the",
    "of",
    "and",
}
_GENERIC = {
    *("nederland", "netherlands", "nederlandse", "holding", "groep", "group", "software", "ict"),
    *("it", "digital", "digitaal", "solutions", "services", "consultancy", "consulting", "cloud"),
}
# Two bodies with one place in their name are two organisations.
_OTHER_BODIES = {
    *("provincie", "waterschap", "hoogheemraadschap", "ministerie", "omgevingsdienst", "ggd"),
    *("veiligheidsregio", "universiteit", "hogeschool", "regio", "metropoolregio"),
}

# Two official names of one gemeente, in the form of match_name.
_OTHER_NAMES = {"denhaag": "sgravenhage", "denbosch": "shertogenbosch"}

_CONFUSED = str.maketrans({"i": "l", "1": "l", "j": "l", "0": "o", "5": "s"})


def match_name(name: str) -> str:
    """Return what all spellings of one name have in common, as one word.

    Capitals, diacritics, look-alike letters, punctuation, spaces, legal forms and words such as
    "gemeente" make no difference.
    """
    return "".join(_core(_words(name)))[:MOST_CHARACTERS]


def read_as(name: str) -> str:
    """Return what two names have in common that nobody can tell apart when reading them."""
    return " ".join(_words(name))


def likeness(one: str, other: str) -> Why | None:
    """Return in what way two names could be meant for one organisation, None when in no way."""
    words, others = _words(one), _words(other)
    core, other_core = _core(words), _core(others)
    if _official("".join(core)) == _official("".join(other_core)):
        return Why.SAME
    if _bodies(words) != _bodies(others):
        return None
    if _skeleton(core) == _skeleton(other_core):
        return Why.LOOKS_SAME
    if _is_short_for(words, others) or _is_short_for(others, words):
        return Why.ABBREVIATION
    if _is_part(_compounds(one), _compounds(other)):
        return Why.PART
    return Why.TYPO if _is_typo("".join(core), "".join(other_core)) else None


def _folded(name: str) -> str:
    latin = unicodedata.normalize("NFKC", name[:MOST_CHARACTERS]).translate(_LOOK_ALIKES)
    return _DOTTED.sub(r"\1", fold(latin).replace("'", ""))


def _words(name: str) -> list[str]:
    return [_as_letters(word) for word in _WORD.findall(_folded(name))]


def _as_letters(word: str) -> str:
    """Read 0 and 1 between letters as the letters that they look like."""
    if word.isdigit() or not re.search(r"\d", word):
        return word
    return re.sub(r"(?<=[a-z])0|0(?=[a-z])", "o", re.sub(r"(?<=[a-z])1(?=[a-z])", "l", word))


def _core(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _NOISE] or list(words)


def _official(matched: str) -> str:
    return _OTHER_NAMES.get(matched, matched)


def _bodies(words: Sequence[str]) -> set[str]:
    return set(words) & _OTHER_BODIES


def _skeleton(core: Sequence[str]) -> str:
    letters = "".join(core).translate(_CONFUSED)
    return letters.replace("rn", "m").replace("vv", "w")


def _is_short_for(short: Sequence[str], long: Sequence[str]) -> bool:
    """Return whether some words in a row of `long` stand in `short` as their first letters."""
    shorts = {"".join(short), "".join(_core(short))}
    variants = (
        long,
        _core(long),
        [word for word in long if word not in _SMALL_WORDS],
        [word for word in _core(long) if word not in _SMALL_WORDS],
    )
    return any(shorts & set(_shortened(variant)) for variant in variants)


def _shortened(words: Sequence[str]) -> Iterator[str]:
    if len(words) > MOST_WORDS:
        return
    for start, end in combinations(range(len(words) + 1), 2):
        letters = end - start
        # Two letters alone are nobody's name in particular.
        if letters >= 3 or (letters == 2 and len(words) > 2):
            initials = "".join(word[0] for word in words[start:end])
            yield "".join(words[:start]) + initials + "".join(words[end:])


def _compounds(name: str) -> list[str]:
    """Return the words of a name, hyphenated ones as one word: a part of that is another name."""
    tied = re.sub(r"(?<=\w)-(?=\w)", "", _folded(name))
    return _core(_WORD.findall(tied))


def _is_part(one: Sequence[str], other: Sequence[str]) -> bool:
    own, others = _telling(one), _telling(other)
    shorter, longer = sorted((own, others), key=len)
    return bool(shorter) and shorter <= longer and max(map(len, shorter)) >= 4


def _telling(words: Sequence[str]) -> set[str]:
    return {word for word in words if word not in _GENERIC and word not in _SMALL_WORDS}


def _is_typo(one: str, other: str) -> bool:
    """Return whether one slip of the keyboard, or two in a long name, explains the difference."""
    shortest = min(len(one), len(other))
    if shortest < 6 or one[0] != other[0]:
        return False
    if _is_swap(one, other):
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    wanted = 0.9 if shortest < 12 else 0.92
    return matcher.real_quick_ratio() >= wanted and matcher.ratio() >= wanted


def _is_swap(one: str, other: str) -> bool:
    """Return whether two letters that stand together have changed places."""
    if len(one) != len(other):
        return False
    apart = [index for index in range(len(one)) if one[index] != other[index]]
    return (
        len(apart) == 2
        and apart[1] - apart[0] == 1
        and one[apart[0]] == other[apart[1]]
        and one[apart[1]] == other[apart[0]]
    )

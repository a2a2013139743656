"""Made-up Dutch texts with words as unequally common as in real ones, the same in every run.

The vocabulary has `SIZE` words. How often the word at rank r stands in a text goes as one divided
by (r + `SHIFT`) to the power `STEEPNESS` (Zipf's law as Mandelbrot has it). Among the commonest are
the words that every text is made of, and from `FIRST_SUBJECT` each `STEP`th is a word of the
subject, as in texts about common ground: the commonest of them is one word in seventy. Three in ten
of the rest are compounds of two others.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random

SIZE = 40_000
SHIFT, STEEPNESS = 2.7, 1.1
FIRST_SUBJECT, STEP = 6, 3

# What every text is made of, and what texts about this subject are: roughly the commonest first.
_EVERYWHERE_TEXT = (
    "de van het een en in is dat op te zijn met voor die aan niet om er als bij ook maar naar dan "
    "wij nog door over of uit tot worden kan wat deze heeft wordt hebben zou al meer hun dit "
    "kunnen ze moet onze veel geen alle wel tussen na zich was waar hoe zo nu je werd onder zonder "
    "omdat alleen waren want welke mijn wanneer moeten gaan daar hier eerst weer elk andere verder "
    "zoals eigen steeds samen goed nieuwe eerste beide graag vooral ons hij u"
)
_SUBJECT_TEXT = (
    "gemeente gegevens bron gemeenten leverancier standaard register koppeling informatie dienst "
    "inwoners zaaksysteem aanpak koppelvlak overgang toezegging component proces systeem planning "
    "samenwerking landelijk beheer stap basisregistratie afspraak toegang architectuur voortgang "
    "werkgroep organisatie plan leveranciers aanbesteding contract onderzoek testen bestuur "
    "formulier advies beschrijving invoering gebruikers toelichting kosten beveiliging privacy"
)
_BEGINS_TEXT = "b bl br d dr f fl g gr h j k kl kr l m n p pl r s sch sl sp st str t tr v vl w z zw"
_VOWELS_TEXT = "a aa e ee ei eu i ie ij o oe oo ou u uu ui"
_ENDS_TEXT = "l m n r s t k p f g l m n r s t k ld lf nd ng nk nt rd rk rm rt st"
_FORMS = ("", "", "", "en", "en", "ing", "ingen", "s", "heid", "er")
_PLACES_END_TEXT = (
    "dam dijk donk drecht duin haven hoek hoven huizen kerk land meer mond oord recht rode sluis "
    "stede veen veld voort waard wijk woude zijl"
)


_EVERYWHERE, _SUBJECT = _EVERYWHERE_TEXT.split(), _SUBJECT_TEXT.split()
_BEGINS, _VOWELS, _PLACES_END = _BEGINS_TEXT.split(), _VOWELS_TEXT.split(), _PLACES_END_TEXT.split()
# A syllable may end with its vowel.
_ENDS = ["", "", *_ENDS_TEXT.split()]


def _syllable(choose: Random) -> str:
    return choose.choice(_BEGINS) + choose.choice(_VOWELS) + choose.choice(_ENDS)


def _weight(rank: int) -> float:
    return float((rank + SHIFT) ** -STEEPNESS)


class _Vocabulary:
    """The words, the commonest first, and how often each stands in a text."""

    def __init__(self) -> None:
        choose = Random(1919)
        words = list(_EVERYWHERE)
        for at, word in enumerate(_SUBJECT):
            words.insert(FIRST_SUBJECT + STEP * at, word)
        known, stems = set(words), list(_SUBJECT)
        while len(words) < SIZE:
            stem = "".join(_syllable(choose) for _ in range(choose.choice((1, 2, 2))))
            is_compound = choose.random() < 0.3
            if is_compound:
                # One part at least is common.
                stem = choose.choice(stems[:400]) + choose.choice(stems)
            word = stem + choose.choice(_FORMS)
            if len(stem) < 4 or word in known:
                continue
            known.add(word)
            words.append(word)
            if not is_compound:
                stems.append(stem)
        self.words: Sequence[str] = words
        self.sums = list(accumulate(map(_weight, range(1, SIZE + 1))))
        self.is_everywhere = frozenset(_EVERYWHERE)

    def word(self, choose: Random) -> str:
        """Return a word, a common one more often."""
        return self.words[bisect(self.sums, choose.random() * self.sums[-1])]

    def telling(self, choose: Random) -> str:
        """Return a word that not every text is made of, a common one more often."""
        while (word := self.word(choose)) in self.is_everywhere:
            pass
        return word


@cache
def vocabulary() -> _Vocabulary:
    """Return the words; made at the first call."""
    return _Vocabulary()


def in_words() -> str:
    """Return how common words are, in a sentence."""
    all_words = vocabulary()
    share = _weight(FIRST_SUBJECT + 1) / all_words.sums[-1]
    common = sum(
        _weight(rank)
        for rank, word in enumerate(all_words.words, 1)
        if word in all_words.is_everywhere
    )
    return (
        f"{SIZE:,} words, each as common as 1 / (rank + {SHIFT}) ** {STEEPNESS}; "
        f"words of every text are "
        f"{common / all_words.sums[-1]:.0%} of a text, {_SUBJECT[0]!r} is {share:.1%}"
    )


def sentence(choose: Random) -> str:
    """Return a sentence of six to fourteen words."""
    words = [vocabulary().word(choose) for _ in range(choose.randint(6, 14))]
    if choose.random() < 0.1:
        words.insert(3, f"**{vocabulary().word(choose)}**")
    return " ".join(words).capitalize() + "."


def comment_text(choose: Random) -> str:
    """Return a comment of two to seven sentences; one in ten names a signatory."""
    sentences = [sentence(choose) for _ in range(choose.randint(2, 7))]
    if choose.random() < 0.1:
        sentences.append(f"Vraag het {place_name(choose.randint(1, 500))} eens.")
    if len(sentences) > 4:
        sentences[2] = "\n\n" + sentences[2]
    return " ".join(sentences).replace(" \n\n", "\n\n")


@cache
def place_name(number: int) -> str:
    """Return the name of a place that does not exist, another one for each number."""
    choose = Random(number)
    begin = _syllable(choose) + ("" if number % 3 else choose.choice(("e", "er", "en")))
    return (begin + _PLACES_END[number % len(_PLACES_END)]).capitalize()


def organisation_name(number: int) -> str:
    """Return the name of an organisation that does not exist."""
    return f"Gemeente {place_name(number)} (fictief)"


@cache
def commitment_title(number: int) -> str:
    """Return the title of a commitment: three to six words, most of them telling."""
    choose = Random(number)
    words = [vocabulary().telling(choose) for _ in range(choose.randint(2, 4))]
    words.insert(1, choose.choice(("van de", "voor het", "met een", "en de")))
    return " ".join(words).capitalize()


# The kinds of questions, in turn.
ASKED = (
    "a name",
    "a whole name",
    "a name with a slip",
    "a title",
    "two words of a title",
    "a number",
    "a word",
    "two words of a text",
    "a part of a compound",
    "three words of a text",
)


def question(at: int, choose: Random) -> str:
    """Return what somebody asks, of the kind in `ASKED` whose turn it is."""
    number = choose.randint(1, 500)
    match ASKED[at % len(ASKED)]:
        case "a name":
            return place_name(number)
        case "a whole name":
            return f"Gemeente {place_name(number)}"
        case "a name with a slip":
            name, slip = place_name(number), choose.randint(1, 3)
            return name[:slip] + name[slip + 1] + name[slip] + name[slip + 2 :]
        case "a title":
            return commitment_title(choose.randint(1, 5000))
        case "two words of a title":
            return _told(commitment_title(choose.randint(1, 5000)), 2)
        case "a number":
            return f"GP-{number}"
        case "a word":
            return vocabulary().telling(choose)
        case "two words of a text":
            return _told(comment_text(choose), 2)
        case "a part of a compound":
            return choose.choice(_SUBJECT[:40])[:6] if at % 20 < 10 else _half(choose)
        case _:
            return _told(comment_text(choose), 3)


def _told(text: str, most: int) -> str:
    """Return the first words of a text that not every text is made of."""
    words = [word.strip(".*").lower() for word in text.split()]
    told = [word for word in words if word not in vocabulary().is_everywhere]
    return " ".join(told[:most]) or words[0]


def _half(choose: Random) -> str:
    while len(word := vocabulary().telling(choose)) < 12:
        pass
    return word[len(word) // 2 :]

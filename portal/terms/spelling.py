"""Bring the many spellings of a term back to one plain form, or refuse what cannot be a term."""

import re
import unicodedata

# Longer than any term that a person writes; it keeps the work small for hostile text.
LONGEST = 200

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
SEASONS = ("voorjaar", "zomer", "najaar", "winter")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("’‘‛`´′", "'"),
        **dict.fromkeys('"“”„«»\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff', None),
        "ĳ": "ij",
    }
)
# Only the accents that Dutch writes: a struck-through letter is not that letter.
_ACCENTS = re.compile("(?<=[a-z])[\u0300\u0301\u0302\u0308]+")
_KNOWN_CHARACTERS = re.compile(r"[a-z0-9 '/,.-]+")

_BEFORE_WORDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"\s+", " "),
        (r"\(([0-9]{4}|'[0-9]{2})\)", r" \1 "),
        (r" & ", " en "),
        (r"\b(?:t ?/ ?m|t\.?e\.?m|t\.m|tot en met)\b\.?", " tm "),
        (r"\bm\.?i\.?v\b\.?|\bmet ingang van\b", " vanaf "),
        (r"\ba\.s\b\.?", " komend "),
        (r"\be\.v\b\.?", " of later "),
        (r"[ .;!]+$", ""),
        (r"(?<=[a-z])\.|\.(?=[a-z])|, ", " "),
        (r"\b([0-9]{1,2})(?:ste|de|e)\b", r"\1e"),
        (r"(?:(?<![0-9])|(?<=\b[qh][1-4]))'([0-9]{2})(?![0-9])", r" 20\1"),
        (r"\b(?:week|wk|w) ?([0-9]{1,2})\b", r"week \1"),
        (r"\bweek van (?=[0-9])", "weekvan "),
        (r"\b(?:op (?:zijn|z'n|zn) vroegst|ten vroegste|niet (?:eerder dan|voor))\b", "nietvoor"),
        (r"\b(?:op (?:zijn|z'n|zn) laatst|ten laatste|niet (?:later dan|na))\b", "nietna"),
        (r"\b(?:of|en) (?:later|verder|daarna)$", "oflater"),
        (r"\bof eerder$", "ofeerder"),
        (r"\bhalf jaar\b", "halfjaar"),
        (r"\b(?:kalender)?jaar (?=[0-9]{4}\b)", ""),
        (r"\bperiode (?=[a-z]|[0-9]{4}\b)", ""),
        (r"\bhet lopende jaar\b", "dit jaar"),
        (r"\bhet jaar\b", "hetjaar"),
        (r"\b(begin|einde?) jaar\b", r"\1 hetjaar"),
        (r"\bnaar verwachting\b", ""),
    )
)
_AFTER_WORDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r" +", " "),
        (r" ?([/-]) ?", r"\1"),
        (rf"\bmaand (?={'|'.join(MONTHS)})", ""),
        (r"\b1e dag\b", "primo"),
        (r"\blaatste dag\b", "ultimo"),
    )
)

_NOISE = dict.fromkeys(("van", "de", "het", "in", "waarschijnlijk", "vermoedelijk", "nog"), "")
_SHORT_MONTHS = {
    "jan": "januari",
    "feb": "februari",
    "febr": "februari",
    "mrt": "maart",
    "apr": "april",
    "jun": "juni",
    "jul": "juli",
    "aug": "augustus",
    "sep": "september",
    "sept": "september",
    "okt": "oktober",
    "nov": "november",
    "dec": "december",
}
_NUMBERS = [
    *("een", "twee", "drie", "vier", "vijf", "zes"),
    *("zeven", "acht", "negen", "tien", "elf", "twaalf"),
    *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
    *("negentien", "twintig"),
]
_RANKS = ["eerste", "tweede", "derde", "vierde"]
_SYNONYMS = {
    **_NOISE,
    **_SHORT_MONTHS,
    **{name[:2]: name for name in WEEKDAYS},
    **{word: str(number) for number, word in enumerate(_NUMBERS, start=1)},
    **{word: f"{number}e" for number, word in enumerate(_RANKS, start=1)},
    **dict.fromkeys(("medio", "halverwege", "midden", "mid"), "half"),
    **dict.fromkeys(("komende", "aankomend", "aankomende", "aanstaand", "aanstaande"), "komend"),
    **dict.fromkeys(("dagen", "dgn"), "dag"),
    **dict.fromkeys(("weken", "wk", "kalenderweek"), "week"),
    **dict.fromkeys(("maanden", "mnd"), "maand"),
    **dict.fromkeys(("kwartalen", "kw"), "kwartaal"),
    **dict.fromkeys(("jaren", "jr"), "jaar"),
    "einde": "eind",
    "lente": "voorjaar",
    "herfst": "najaar",
    "deze": "dit",
    "volgende": "volgend",
    "anderhalf": "1,5",
    "semester": "halfjaar",
    "tem": "tm",
}


def tidy(text: str) -> str | None:
    """Give the words in lower case and one spelling, without filler words.

    None when the text is empty, too long, or holds a sign that no term has.
    """
    if len(text) > LONGEST:
        return None
    plain = unicodedata.normalize("NFD", text.lower().translate(_CHARACTERS))
    plain = _replaced(_ACCENTS.sub("", plain).strip(), _BEFORE_WORDS)
    if not _KNOWN_CHARACTERS.fullmatch(plain):
        return None
    plain = re.sub(r"(?<![a-z0-9])[a-z]+(?![a-z0-9])", _synonym, plain)
    return _replaced(plain, _AFTER_WORDS).strip() or None


def _synonym(match: re.Match[str]) -> str:
    return _SYNONYMS.get(match[0], match[0])


def _replaced(text: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, plain in rules:
        text = pattern.sub(plain, text)
    return text

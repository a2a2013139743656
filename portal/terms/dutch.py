"""The Dutch words of a term, and the one plain form to which each is brought."""

from portal.terms.vocabulary import ACCENTS, LIMIT, Vocabulary, rules

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

_NUMBERS = [
    *("een", "twee", "drie", "vier", "vijf", "zes"),
    *("zeven", "acht", "negen", "tien", "elf", "twaalf"),
    *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
    *("negentien", "twintig"),
]
# What is said around a moment and changes nothing. "Verwacht voor 2021" and "planning voor 2021"
# may be meant for that year, or before it: those are left as they are, and so not understood.
_AROUND = (
    r"(?:gepland voor|geplande?|naar verwachting|verwachte?(?! voor\b)|(?:planning|streefdatum)"
    r"(?! voor\b)|gereed|oplevering|opgeleverd|afronding|afgerond)[ :]+(?:is )?"
)
_COUNT = rf"(?:[0-9]{{1,3}}|[0-9],5|anderhalf|(?:een )?half|{'|'.join(_NUMBERS)})"
_UNIT = (
    r"(?:dag(?:en)?|dgn|week|weken|wk|maand(?:en)?|mnd|kwartaal|kwartalen|jaar|jaren|jr|halfjaar)"
)

_PHRASES = rules(
    (r"\b(?:gepland|verwacht) vo\u0301o\u0301?r\b", "voor"),
    ACCENTS,
    (r"[ (]+onder voorbehoud\)?$|[ ,]*\((?:naar verwachting|verwacht|streefdatum)\)$", ""),
    (r"\buiterlijk:", "uiterlijk"),
    (r"^(.+?)[ ,(]+uiterlijk\)?$", rf"{LIMIT}\1"),
    (rf"^({LIMIT})?((?:{_AROUND})*)deadline(?! voor\b)[ :]+(?:is )?", rf"{LIMIT}\2"),
    (rf"^({LIMIT})?(?:{_AROUND})+", r"\1"),
    (r" & ", " en "),
    (r"\b(?:t ?/ ?m|t\.?e\.?m|t\.m|tot en met)\b\.?", " tm "),
    (r"\bm\.?i\.?v\b\.?|\bmet ingang van\b", " vanaf "),
    (r"\ba\.s\b\.?", " komend "),
    (r"\be\.?v\b\.?", " of later"),
    (r"(?<=[a-z])\.|\.(?=[a-z])|, ", " "),
    (r"\b([0-9]{1,2})(?:ste|de|e)\b", r"\1e"),
    (r"\b(?:week|wk|w) ?([0-9]{1,2})\b", r"week \1"),
    (r"\bweek van (?=[0-9])", "weekvan "),
    (r"\b(?:op (?:zijn|z'n|zn) vroegst|ten vroegste|niet (?:eerder dan|voor))\b", "nietvoor"),
    (r"\b(?:op (?:zijn|z'n|zn) laatst|ten laatste|niet (?:later dan|na))\b", "nietna"),
    (r"\b(?:of|en) (?:later|verder|daarna)$", "oflater"),
    (r"\bof eerder$", "ofeerder"),
    (r"\bkw ?(?=[1-4]\b)", "kwartaal "),
    (rf"\bin (?={_COUNT} {_UNIT}\b)", "binnen "),
    (r"\bhalf jaar\b", "halfjaar"),
    (r"\b(?:kalender)?jaar (?=[0-9]{4}\b)", ""),
    (r"\bjaren (?=[0-9]{4}\b.)", ""),
    (r"\bperiode (?=[a-z]|[0-9]{4}\b)", ""),
    (
        r"\b(?:(?:aan)?komende|aanstaande|volgende|deze|(?:eer|laat)ste|tweede)"
        r" (?:dagen|weken|maanden|kwartalen|jaren)\b",
        "enkele",
    ),
    (r"\bnieuwe jaar\b", "volgend jaar"),
    (r"\bhet lopende jaar\b", "dit jaar"),
    (r"\bhet jaar\b", "hetjaar"),
    (r"\b(begin|einde?) jaar\b", r"\1 hetjaar"),
    (r"\bnaar verwachting\b", ""),
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
_RANKS = ["eerste", "tweede", "derde", "vierde"]
_SYNONYMS = {
    **_NOISE,
    **_SHORT_MONTHS,
    **{name[:2]: name for name in WEEKDAYS},
    **{word: str(number) for number, word in enumerate(_NUMBERS, start=1)},
    **{word: f"{number}e" for number, word in enumerate(_RANKS, start=1)},
    **dict.fromkeys(("medio", "halverwege", "midden", "mid", "halfweg"), "half"),
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
    **dict.fromkeys(("kerstmis", "kerstdagen"), "kerst"),
    "kerstvakantie": "kerstreces",
    "zomervakantie": "zomerreces",
    "tem": "tm",
}

VOCABULARY = Vocabulary(_PHRASES, _SYNONYMS)

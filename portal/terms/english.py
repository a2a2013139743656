"""The English words of a term, and the plain form to which each is brought."""

from portal.terms import dutch
from portal.terms.vocabulary import ACCENTS, LIMIT, Vocabulary, rules

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = ("spring", "summer", "autumn", "winter")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTHS = {
    **{name.lower(): plain for name, plain in zip(MONTHS, dutch.MONTHS, strict=True)},
    **{name.lower()[:3]: plain for name, plain in zip(MONTHS, dutch.MONTHS, strict=True)},
    "sept": "september",
}
_NUMBERS = [
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
]
_RANKS = ("first", "second", "third", "fourth")

# What is said around a moment and changes nothing. "Planning for 2021" may be made before it.
_AROUND = (
    r"(?:(?:planned|scheduled|expected|due|aimed)(?: for| in| on)?"
    r"|(?:planning|target date)(?! for\b)"
    r"|delivery|delivered|completion|completed|finished|finalised|ready)[ :]+(?:is )?"
)
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DISTANCE = (
    rf"(?:[0-9]{{1,3}}|[0-9][.,]5|an?|half an?|{'|'.join(_NUMBERS)})"
    r" (?:days?|weeks?|months?|quarters?|years?|half-?year)"
)
_AHEAD = r"(?:next|coming|upcoming)"

_PHRASES = rules(
    ACCENTS,
    (
        r"[ (,]+(?:provisional(?:ly)?|subject to (?:change|confirmation))\)?$"
        r"|[ ,]*\((?:expected|target date)\)$",
        "",
    ),
    (r"^(.+?)[ ,(]+at the latest\)?$", rf"{LIMIT}\1"),
    (r"^(.+?)[ ,(]+at the earliest\)?$", r"nietvoor \1"),
    (rf"^({LIMIT})?((?:{_AROUND})*)(?:deadline|due date)(?! for\b)[ :]+(?:is )?", rf"{LIMIT}\2"),
    (rf"^({LIMIT})?(?:{_AROUND})+", r"\1"),
    (r"\b(?:an?|one|1) year and a half\b|\b(?:one|1) and a half years?\b", "1,5 years"),
    (r"\b([0-9])\.5 years?\b", r"\1,5 years"),
    (r" & ", " and "),
    (r"(?<=[a-z])\.|\.(?=[a-z])|, ", " "),
    (r" +", " "),
    (r"\b([0-9]{1,2})(?:st|nd|rd|th)\b", r"\1e"),
    # "October 1 to 10, 2021" and "October 1, 2021": the day first, as in "1 October 2021".
    (
        rf"\b{_MONTH} (?P<day>[0-9]{{1,2}})e?(?P<to> ?- ?| (?:to|through|until|till|and|or) )"
        r"(?P<last>[0-9]{1,2})e?(?![0-9'/-])",
        r"\g<day>\g<to>\g<last> \g<month>",
    ),
    (rf"\b{_MONTH} (?P<day>[0-9]{{1,2}})e?(?![0-9'])(?! ?[/-] ?[0-9])", r"\g<day> \g<month>"),
    (r"\b(?:week|wk|w) ?([0-9]{1,2})\b", r"week \1"),
    (r"\bweek of (?:the )?(?=[0-9])", "weekvan "),
    (r"\bhalf an? year\b|\bhalf[ -]year\b", "halfjaar"),
    (r"\bhalf-?way(?: through| in(?:to)?)?\b|\bmidway(?: through)?\b|\bmiddle\b", "mid"),
    (
        rf"\b{_AHEAD} (?:days|weeks|months|quarters|years)\b"
        r"|\b(?:these|first|second|last) (?:days|weeks|months|quarters|years)\b"
        r"|\blast (?:week|month|quarter|year|spring|summer|autumn|fall|winter)$",
        "some",
    ),
    (rf"\b(?:within |in |over |during )?the {_AHEAD} (?={_DISTANCE}\b)", "binnen "),
    (rf"\bin ({_DISTANCE})'? time\b|^({_DISTANCE}) from (?:now|today)$", r"hence \1\2"),
    (rf"\bin (?={_DISTANCE}\b)", "binnen "),
    (r"\b(?:by )?not? later than\b", "nietna"),
    (r"\b(?:on|by) or before\b", "uiterlijk"),
    (r"\b(?:not before|not until|not? (?:earlier|sooner) than)\b", "nietvoor"),
    (r"\b(?:up to|until|till) and including\b", "to"),
    (r"\b(?:as (?:of|from)|starting(?: from| in| on)?|effective(?: from)?|beginning in)\b", "from"),
    (r"\b(?:on|onwards?)$|\b(?:or|and) (?:later|after|beyond)$", "oflater"),
    (r"\bor (?:earlier|before|sooner)$", "ofeerder"),
    (r"\b(?:prior to|ahead of)\b", "before"),
    (r"\b(?:in the course of|sometime(?: in)?|towards? (?=the end\b))", ""),
    (r"\bat (?=(?:the )?(?:start|beginning|end)\b)|\b(?:at|over) (?=christmas\b|xmas\b)", ""),
    (r"\b(?:christmas|xmas) (?:recess|holidays?|break|vacation)\b", "kerstreces"),
    (r"\bsummer (?:recess|holidays?|break|vacation)\b", "zomerreces"),
    (r"\bturn of the year\b", "jaarwisseling"),
    (r"\bnew year's day\b", "1 januari"),
    (r"\bnew year's eve\b", "31 december"),
    (r"\bby (?:the )?new year$", "by 31 december"),
    (r"\bnew year\b", "next year"),
    (r"\byear[ -]end\b|\byear's end\b|\bend of year\b", "end hetjaar"),
    (r"\bthe year$", "hetjaar"),
    (r"\b(?:calendar )?year (?=[0-9]{4}\b)|\byears (?=[0-9]{4}\b.)|\bperiod (?=[0-9a-z])", ""),
    (r"\b(first|1e|second|2e) half\b", r"\1 helft"),
)

_SYNONYMS = {
    **dict.fromkeys(("of", "the", "in", "on", "during", "probably", "presumably"), ""),
    **_MONTHS,
    **dict(zip(SEASONS, dutch.SEASONS, strict=True)),
    "fall": "najaar",
    **dict(zip(_WEEKDAYS, dutch.WEEKDAYS, strict=True)),
    **{name[:3]: plain for name, plain in zip(_WEEKDAYS, dutch.WEEKDAYS, strict=True)},
    **dict.fromkeys(("a", "an"), "1"),
    **{word: str(number) for number, word in enumerate(_NUMBERS, start=1)},
    **{word: f"{number}e" for number, word in enumerate(_RANKS, start=1)},
    **dict.fromkeys(("last", "final"), "laatste"),
    **dict.fromkeys(("early", "beginning", "start"), "begin"),
    **dict.fromkeys(("end", "late"), "eind"),
    "mid": "half",
    "half": "helft",
    **dict.fromkeys(("around", "about", "approximately", "approx", "roughly"), "circa"),
    **dict.fromkeys(("day", "days"), "dag"),
    **dict.fromkeys(("weeks", "wk"), "week"),
    **dict.fromkeys(("month", "months"), "maand"),
    **dict.fromkeys(("quarter", "quarters"), "kwartaal"),
    **dict.fromkeys(("year", "years"), "jaar"),
    **dict.fromkeys(("this", "current"), "dit"),
    "next": "volgend",
    **dict.fromkeys(("coming", "upcoming"), "komend"),
    **dict.fromkeys(("christmas", "xmas"), "kerst"),
    "today": "vandaag",
    "tomorrow": "morgen",
    "now": "nu",
    "and": "en",
    "or": "of",
    "between": "tussen",
    "from": "vanaf",
    "within": "binnen",
    **dict.fromkeys(("to", "through", "thru"), "tm"),
    **dict.fromkeys(("until", "till"), "tot"),
    "by": "uiterlijk",
    "before": "eerder dan",
    "after": "na",
    # In Dutch "over" is "from now".
    "over": "during",
    "hence": "over",
}

VOCABULARY = Vocabulary(_PHRASES, _SYNONYMS)

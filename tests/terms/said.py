"""What words mean on a day, as text that a table can hold."""

from datetime import date

from portal.terms import Term, read

SAID_ON = date(2019, 7, 3)
OPEN = ""

MONTHS = [
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
]


def dates(term: Term | None) -> tuple[str, str] | None:
    """Give both dates as text, so that a table shows what a reader sees."""
    if term is None:
        return None
    return tuple(end.isoformat() if end else OPEN for end in (term.earliest, term.latest))


def reads(words: str, said_on: date = SAID_ON, locale: str = "nl") -> tuple[str, str] | None:
    """Give what is read in the words, as in `dates`."""
    return dates(read(words, said_on, locale))


def table(text: str) -> list[tuple[str, str, str]]:
    """Give the rows `words | earliest | latest`; a row may hold several spellings, with `;`."""
    rows = []
    for line in text.strip().splitlines():
        spellings, earliest, latest = (cell.strip() for cell in line.split("|"))
        rows += [(words.strip(), earliest, latest) for words in spellings.split(";")]
    return rows

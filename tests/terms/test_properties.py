"""What holds for every word and every day: dates become words, and come back the same."""

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.terms import Precision, Term, is_overdue, read
from tests.terms.said import MONTHS, SAID_ON, dates

years = st.integers(1995, 2150).map(str)
maybe_year = st.one_of(st.just(""), years.map(" {}".format), years.map(" van {}".format))
months = st.sampled_from(MONTHS)
parts = st.sampled_from(["begin", "eind"])
ranks = st.sampled_from(["eerste", "tweede", "derde", "vierde", "laatste"])
feasts = st.sampled_from(["kerst", "het kerstreces", "de zomervakantie"])
seasons = st.sampled_from(["voorjaar", "zomer", "najaar", "winter"])
# Words that surely name one moment, whatever the day they are said on.
moments = st.one_of(
    st.builds("{} {}{}".format, parts, months, maybe_year),
    st.builds("{}{}".format, months, maybe_year),
    st.builds("{} {}{}".format, st.integers(1, 28), months, maybe_year),
    st.builds("{}-{}-{}".format, st.integers(1, 28), st.integers(1, 12), years),
    st.builds("week {}{}".format, st.integers(1, 52), maybe_year),
    st.builds("{} week van {}{}".format, ranks, months, maybe_year),
    st.builds("{} kwartaal{}".format, ranks, maybe_year),
    st.builds("{}{}".format, seasons, maybe_year),
    st.builds("h{}{}".format, st.integers(1, 2), maybe_year),
    st.builds("{} {}".format, parts, years),
    st.builds("{} {}".format, parts, st.sampled_from(["dit jaar", "volgend jaar", "van het jaar"])),
    st.builds("{}{}".format, feasts, maybe_year),
    st.sampled_from(["jaarwisseling", "komend jaar", "komende maand", "het nieuwe jaar"]),
    years,
)
openings = st.sampled_from(
    ["", "in ", "voor ", "uiterlijk ", "per ", "vanaf ", "niet voor ", "na "]
)
units = st.sampled_from(["dagen", "weken", "maanden", "kwartalen", "jaar"])
distances = st.builds(
    "{} {} {}".format, st.sampled_from(["binnen", "over", "komende"]), st.integers(1, 120), units
).filter(lambda words: not words.startswith("komende 1 "))
terms = st.one_of(st.builds("{}{}".format, openings, moments), distances)
spans = st.builds(
    "{}{}{}".format,
    moments,
    st.sampled_from([" t/m ", "-", " – ", "/", " of ", " tot en met ", " tot ", ", ", " "]),
    moments,
)
locales = st.sampled_from(["nl", "en"])
days = st.dates(date(1995, 1, 1), date(2070, 12, 31))
PIECES = """
begin half eind van het de in voor niet uiterlijk vanaf na tot t/m en of - / over binnen dit
volgend komend jaar week kwartaal helft maand zomer winter kerst jaarwisseling
1 10 31 40 53 2020 2021 '23 oktober
februari eerste laatste Q3 H1 maandag 3-7-2019 2020-10 (2019) é . , ' a.s. e.v.
gepland verwacht gereed deadline: ± (uiterlijk) (onder voorbehoud) early late mid- end
beginning of the by before from to until next within three months year first May October
"""
scrambled = st.lists(st.sampled_from(PIECES.split()), max_size=7).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(terms, days)
@example("winter", date(2020, 2, 29))
def test_understands_every_ordinary_term(words, said_on):
    term = read(words, said_on)

    assert term is not None
    assert_says_the_same(term)


@settings(deadline=None, max_examples=300)
@given(st.one_of(spans, scrambled), days, days, locales)
@example("laatste week februari", date(2019, 7, 3), date(2030, 1, 1), "nl")
def test_reads_its_own_words_back_as_the_same_dates(words, said_on, another_day, locale):
    term = read(words, said_on, locale)

    if term:
        assert_says_the_same(term)
        assert dates(read(term.words(), another_day)) == dates(term)
        assert dates(read(term.words("en"), another_day, "en")) == dates(term)


@settings(deadline=None, max_examples=300)
@given(
    st.one_of(st.text(), st.text("012 -/.'abdeijkoruvw\u0301", max_size=30)), st.dates(), locales
)
def test_never_fails_on_any_text(words, said_on, locale):
    term = read(words, said_on, locale)

    assert term is None or (term.text, term.said_on) == (words.strip(), said_on)


@settings(deadline=None, max_examples=200)
@given(days, st.integers(0, 4000), st.sampled_from(Precision))
def test_puts_every_pair_of_dates_into_words_whatever_the_precision(start, length, precision):
    term = Term("x", start, start + timedelta(days=length), precision, SAID_ON)

    assert_says_the_same(term)


@settings(deadline=None, max_examples=100)
@given(days, st.integers(0, 400))
def test_a_promise_becomes_overdue_once_and_stays_so(latest, grace_days):
    last_day_of_grace = latest + timedelta(days=grace_days)

    assert not is_overdue(latest, last_day_of_grace, grace_days)
    assert is_overdue(latest, last_day_of_grace + timedelta(days=1), grace_days)


def assert_says_the_same(term: Term) -> None:
    """Fail unless the dates are in order and every rendering reads back as the same dates."""
    assert term.earliest or term.latest
    assert not (term.earliest and term.latest) or term.earliest <= term.latest
    for said in (term.words("nl"), term.explained("nl")):
        assert dates(read(said, term.said_on)) == dates(term), said
        assert dates(read(said, term.said_on, "en")) == dates(term), said
    for said in (term.words("en"), term.explained("en")):
        assert dates(read(said, term.said_on, "en")) == dates(term), said
        assert not [month for month in MONTHS if month in said], said

"""A term: its words, how exact it is, for machines, by hand, and when it is overdue."""

from datetime import date

import pytest

from portal.terms import Precision, Term, is_overdue, picked, read
from tests.terms.said import SAID_ON


@pytest.mark.parametrize(
    ("words", "precision", "edtf"),
    [
        ("3 juli 2019", "dag", "2019-07-03"),
        ("week 40", "week", "2019-09-30/2019-10-06"),
        ("begin oktober", "deel van maand", "2019-10-01/2019-10-10"),
        ("eerste week van oktober", "deel van maand", "2019-10-01/2019-10-07"),
        ("oktober", "maand", "2019-10"),
        ("Q1 2021", "kwartaal", "2021-33"),
        ("Q3 2021", "kwartaal", "2021-35"),
        ("Q4 2021", "kwartaal", "2021-36"),
        ("voorjaar 2020", "seizoen", "2020-21"),
        ("zomer 2020", "seizoen", "2020-22"),
        ("najaar 2020", "seizoen", "2020-23"),
        ("winter 2020", "seizoen", "2020-24"),
        ("H1 2020", "halfjaar", "2020-01-01/2020-06-30"),
        ("begin 2020", "deel van jaar", "2020-01-01/2020-03-31"),
        ("2020", "jaar", "2020"),
        ("2020-2022", "periode", "2020/2022"),
        ("januari t/m december 2020", "periode", "2020"),
        ("eind oktober/begin november 2021", "periode", "2021-10-21/2021-11-10"),
        ("binnen twee weken", "periode", "2019-07-03/2019-07-17"),
        ("vanaf 2021", "vanaf", "2021-01-01/.."),
        ("voor 1 oktober", "dag", "../2019-09-30"),
        ("uiterlijk eind 2020", "deel van jaar", "../2020-12-31"),
    ],
)
def test_tells_how_exact_the_words_are_and_writes_them_for_machines(words, precision, edtf):
    term = read(words, SAID_ON)

    assert (term.precision, term.edtf) == (Precision(precision), edtf)


@pytest.mark.parametrize(
    ("words", "dutch", "english"),
    [
        ("3-7-2019", "3 juli 2019", "3 July 2019"),
        ("wk 40", "week 40 van 2019", "week 40 of 2019"),
        ("begin okt", "begin oktober 2019", "early October 2019"),
        ("medio okt", "half oktober 2019", "mid-October 2019"),
        ("einde okt", "eind oktober 2019", "late October 2019"),
        ("1e week okt", "eerste week van oktober 2019", "first week of October 2019"),
        ("2e week okt", "tweede week van oktober 2019", "second week of October 2019"),
        ("laatste week feb '21", "laatste week van februari 2021", "last week of February 2021"),
        ("2e helft mei", "tweede helft van mei 2020", "second half of May 2020"),
        ("aug", "augustus 2019", "August 2019"),
        ("Q3 2021", "derde kwartaal van 2021", "third quarter of 2021"),
        ("lente 2020", "voorjaar 2020", "spring 2020"),
        ("winter 2020", "winter 2020-2021", "winter 2020-2021"),
        ("H2 2020", "tweede helft van 2020", "second half of 2020"),
        ("half 2020", "halverwege 2020", "mid-2020"),
        ("einde 2023", "eind 2023", "late 2023"),
        ("in 2020", "2020", "2020"),
        ("2020-2022", "2020 tot en met 2022", "2020 to 2022"),
        ("voor 1 okt", "uiterlijk 30 september 2019", "30 September 2019 at the latest"),
        ("niet voor 2021", "vanaf 1 januari 2021", "from 1 January 2021 onwards"),
    ],
)
def test_says_it_in_plain_words(words, dutch, english):
    term = read(words, SAID_ON)

    assert (term.words(), term.words("nl"), term.words("en")) == (dutch, dutch, english)


@pytest.mark.parametrize(
    ("words", "dutch", "english"),
    [
        ("3-7-2019", "3 juli 2019", "3 July 2019"),
        ("begin oktober", "1 tot en met 10 oktober 2019", "1 to 10 October 2019"),
        (
            "eind oktober/begin november 2021",
            "21 oktober tot en met 10 november 2021",
            "21 October to 10 November 2021",
        ),
        (
            "winter 2020",
            "1 december 2020 tot en met 28 februari 2021",
            "1 December 2020 to 28 February 2021",
        ),
        ("voor 1 oktober", "uiterlijk 30 september 2019", "30 September 2019 at the latest"),
        ("vanaf 2021", "vanaf 1 januari 2021", "from 1 January 2021 onwards"),
    ],
)
def test_explains_the_dates_that_it_understood(words, dutch, english):
    term = read(words, SAID_ON)

    assert (term.explained(), term.explained("en")) == (dutch, english)


def test_keeps_the_words_as_promised():
    assert read(" Begin  Okt. ", SAID_ON) == Term(
        "Begin  Okt.", date(2019, 10, 1), date(2019, 10, 10), Precision.PART_OF_MONTH, SAID_ON
    )


@pytest.mark.parametrize(
    ("earliest", "latest", "precision", "words", "edtf"),
    [
        (None, "2020-05-01", "dag", "uiterlijk 1 mei 2020", "../2020-05-01"),
        ("2020-05-01", None, "vanaf", "vanaf 1 mei 2020", "2020-05-01/.."),
        ("2020-05-01", "2020-05-01", "dag", "1 mei 2020", "2020-05-01"),
        (
            "2020-05-01",
            "2020-06-02",
            "periode",
            "1 mei tot en met 2 juni 2020",
            "2020-05-01/2020-06-02",
        ),
        ("9999-12-31", "9999-12-31", "dag", "31 december 9999", "9999-12-31"),
    ],
)
def test_takes_a_date_picked_by_hand(earliest, latest, precision, words, edtf):
    ends = (end and date.fromisoformat(end) for end in (earliest, latest))
    term = picked(" z.s.m. ", *ends, SAID_ON)

    assert (term.text, term.precision, term.said_on) == ("z.s.m.", precision, SAID_ON)
    assert (term.words(), term.edtf) == (words, edtf)


def test_refuses_a_picked_end_before_its_start():
    with pytest.raises(ValueError, match="before"):
        picked("z.s.m.", date(2020, 5, 2), date(2020, 5, 1), SAID_ON)


def test_refuses_a_pick_without_a_date():
    with pytest.raises(ValueError, match="date"):
        picked("z.s.m.", None, None, SAID_ON)


@pytest.mark.parametrize(
    ("latest", "today", "grace_days", "overdue"),
    [
        ("2019-10-10", "2019-10-10", 0, False),
        ("2019-10-10", "2019-10-11", 0, True),
        ("2019-10-10", "2019-10-24", 14, False),
        ("2019-10-10", "2019-10-25", 14, True),
        ("2019-10-10", "2019-07-03", 14, False),
        ("9999-12-31", "2019-07-03", 14, False),
        (None, "2019-07-03", 14, False),
    ],
)
def test_is_overdue_only_after_the_latest_date_and_the_grace(latest, today, grace_days, overdue):
    last = latest and date.fromisoformat(latest)

    assert is_overdue(last, date.fromisoformat(today), grace_days) is overdue

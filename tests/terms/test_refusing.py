"""Words in which no date is read, and words that mislead."""

from datetime import date

import pytest

from portal.terms import Pitfall, pitfall_in, read
from tests.terms.said import SAID_ON, reads

NO_DATE = """
z.s.m. | zsm | zo snel mogelijk | doorlopend | n.t.b. | nog te bepalen | onbekend | binnenkort
op korte termijn | binnen enkele weken | jaarwisseling 2020 | voor de vakantie | met 2020
komende weken | komende jaren | volgende maanden | deze weken | eerste dagen van oktober
eerste weken van oktober | laatste maanden van 2020 | na het reces
per direct | nu | elk jaar | per jaar | per kwartaal | ieder najaar | jaarlijks
een jaar | half jaar | drie maanden | eerste helft | begin | medio | eind
jaar | kwartaal | week | voor | 23 | eind 23 | 1234 | 2500 | 100% | € 2020 | october 2019
may 2020 | 2020? | 1 oktober 2019 12:00 | versie 2020 | in 2020 klaar
uiterlijk | deadline | vanaf 2021 uiterlijk | gereed | afgerond | gereed zodra het kan
binnen 3 maanden na ondertekening
"""


@pytest.mark.parametrize("words", NO_DATE.strip().replace("\n", " | ").split(" | "))
def test_gives_no_date_for_words_without_one(words):
    assert read(words, SAID_ON) is None


@pytest.mark.parametrize("words", ["", " ", "\n\t", "\x00", "-", "/", "''", "…", "."])
def test_gives_no_date_for_nothing(words):
    assert read(words, SAID_ON) is None


@pytest.mark.parametrize(
    "words",
    [
        "eindigt in 2023",
        "contract eindigt eind 2023",
        "loopt af in 2023",
        "gereed, contract eindigt in 2023",
    ],
)
def test_does_not_take_other_sentences_for_a_promised_moment(words):
    assert read(words, SAID_ON) is None


@pytest.mark.parametrize(
    ("words", "pitfall"),
    [
        ("per 1 oktober", Pitfall.PER),
        ("Per 2021", Pitfall.PER),
        ("voor 1 oktober", Pitfall.BEFORE),
        ("Vóór de zomer", Pitfall.BEFORE),
        ("nog voor het eind van 2021", Pitfall.BEFORE),
        ("eindigt in 2023", Pitfall.CONTRACT),
        ("Contract tot en met 2023", Pitfall.CONTRACT),
        ("loopt tot eind 2023", Pitfall.CONTRACT),
        ("de overeenkomst verloopt in 2023", Pitfall.CONTRACT),
        ("contract ends in 2023", Pitfall.CONTRACT),
        ("the agreement expires in 2023", Pitfall.CONTRACT),
        ("uiterlijk voor 1 oktober", None),
        ("niet voor 2021", None),
        ("voorjaar 2020", None),
        ("in de loop van 2020", None),
        ("eind 2023", None),
        ("per kwartaal", None),
        ("z.s.m.", None),
        ("", None),
    ],
)
def test_tells_which_words_mislead(words, pitfall):
    assert pitfall_in(words, read(words, SAID_ON)) is pitfall


@pytest.mark.parametrize(
    "words",
    [
        "30 februari",
        "30 februari 2020",
        "29 februari 2021",
        "29-02-2021",
        "2021-02-29",
        "31 november",
        "32 januari 2020",
        "0 januari 2020",
        "00-10-2019",
        "10-00-2019",
        "3-13-2019",
        "2019-13-01",
        "13-2019",
        "3-7-0000",
        "week 0",
        "week 0 2020",
        "week 54",
        "week 53 2021",
        "week 53 van 2021",
        "Q0 2021",
        "Q5 2021",
        "5e kwartaal 2021",
        "H3 2020",
        "derde helft van 2020",
        "voor 30 februari",
        "uiterlijk 29 februari 2021",
        "in de week van 30 februari",
        "28 februari t/m 30 februari 2020",
        "binnen 0 dagen",
        "over 0 maanden",
        "maandag 3 juli 2019",
        "maandag 1 juli t/m donderdag 5 juli 2019",
        "dinsdag oktober",
        "maandag 1 juli tot donderdag 5 juli",
    ],
)
def test_gives_no_date_for_an_impossible_one(words):
    assert read(words, SAID_ON) is None


@pytest.mark.parametrize(
    "words",
    [
        "2022-2020",
        "2022 t/m 2020",
        "10 oktober 2019 t/m 1 oktober 2019",
        "10 t/m 1 oktober 2019",
        "november t/m januari 2021",
        "20 oktober - 10 oktober",
        "20 oktober - 10 september",
        "10 t/m 1 oktober",
        "november/oktober",
        "Q4/Q3",
        "3 tot 3 oktober",
        "2020 tot 2020",
        "oktober tot 20 oktober",
        "2021, 2023 en 2022",
        "mei, april 2020",
        "winter/voorjaar 2021",
        "Q4/Q3 2021",
        "oktober t/m 10 oktober",
        "2021 t/m maart 2021",
    ],
)
def test_gives_no_date_for_a_span_that_runs_backwards(words):
    assert read(words, SAID_ON) is None


@pytest.mark.parametrize(
    "words",
    [
        "volgende winter",
        "voor medio 2020",
        "na half oktober",
        "oktober of 2020",
        "zomer 2020/2021",
        "winter 2020/2022",
        "2020-10-2021",
        "1-10-10-2019",
        "week 40-10-2019",
        "periode 4-2021",
        "2020'21",
        "2020/2021/2022",
        "2020-21",
        "2009/10",
        "de jaren 2020",
        "Q3 2020/2021",
        "oktober 2020-2021",
        "1, 10 oktober",
        "3 juli 2019, 2020",
        "oktober 2020, 2021",
        "19-10-01",
        "19-10-01 t/m 19-10-10",
        "19-10-20",
        "verwacht voor 2021",
        "planning voor 2021",
        "deadline voor 1 oktober",
        "schooljaar 2020/2021",
        "voor 2020 of 2021",
        "eerste week van 2021",
        "week 1 van oktober",
        "in week 4²",
        "2̶0̶2̶0̶",
        "２０２０",
    ],
)
def test_does_not_choose_between_two_meanings(words):
    assert read(words, SAID_ON) is None


@pytest.mark.parametrize(
    "words",
    [
        "begin oktober " * 5000,
        "1" * 70_000,
        "1-" * 35_000,
        " " * 70_000 + "2020",
        "van " * 17_000,
        "2020 tot en met " * 12,
        "1-" * 100,
        "op " * 66,
        "mei 2020 " * 22,
        "2020 mei " * 6 + "of 2019",
        "gepland voor " * 15,
        "(" * 199,
        "may 2020 " * 22,
        "the next " * 22,
        "october 1 to " * 15,
        "'" * 200,
        "é" * 200,
        "o" + "\u0301" * 199,
    ],
)
def test_refuses_hostile_text(words):
    assert read(words, SAID_ON) is None
    assert read(words, SAID_ON, "en") is None


def test_reads_the_first_and_the_last_day_of_its_years():
    assert reads("1 januari 1900") == ("1900-01-01", "1900-01-01")
    assert reads("31 december 2199") == ("2199-12-31", "2199-12-31")
    assert reads("31 december 1899") is None
    assert reads("1 januari 2200") is None


@pytest.mark.parametrize("said_on", [date.min, date(1899, 12, 31), date(2200, 1, 1), date.max])
def test_refuses_words_said_outside_its_years(said_on):
    assert read("volgende week", said_on) is None
    assert read("binnen 999 jaar", said_on) is None


@pytest.mark.parametrize("words", ["winter", "volgend jaar", "binnen 999 jaar", "over 2 weken"])
def test_gives_no_date_beyond_its_last_year(words):
    assert read(words, date(2199, 12, 31)) is None

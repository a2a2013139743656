"""The same meaning in English, on English pages."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.terms import Pitfall, pitfall_in, read
from portal.terms.english import MONTHS as ENGLISH_MONTHS
from tests.terms.said import MONTHS, OPEN, SAID_ON, dates, reads, table

MOMENTS = table("""
early October; Early Oct.; beginning of October; at the start of October | 2019-10-01 | 2019-10-10
mid October; mid-October; the middle of October; halfway through October | 2019-10-11 | 2019-10-20
late October; end of October; at the end of October; around late Oct | 2019-10-21 | 2019-10-31
October; in October; Oct; Oct 2019; the month of October    | 2019-10-01 | 2019-10-31
on 1 October 2019; October 1, 2019; Oct. 1st; the 1st of October | 2019-10-01 | 2019-10-01
Tuesday, October 1; Tue 1 October 2019; 1-10-2019; 2019-10-01 | 2019-10-01 | 2019-10-01
May 21; 21 May 2020; May 21st, 2020                         | 2020-05-21 | 2020-05-21
week 40; week 40 of 2019; the week of October 3             | 2019-09-30 | 2019-10-06
first week of October; the first week of October 2019       | 2019-10-01 | 2019-10-07
last week of October; last week of October 2019             | 2019-10-25 | 2019-10-31
next year; in the new year; the coming year                 | 2020-01-01 | 2020-12-31
early next year; beginning of next year                     | 2020-01-01 | 2020-03-31
end of next year; late next year                            | 2020-10-01 | 2020-12-31
end of the year; year-end; end of this year; late this year | 2019-10-01 | 2019-12-31
mid 2020; mid-2020; the middle of 2020; halfway 2020        | 2020-04-01 | 2020-09-30
end of 2027; late 2027; the end of 2027; late '27           | 2027-10-01 | 2027-12-31
2020; in 2020; during 2020; in the course of 2020; ~2020    | 2020-01-01 | 2020-12-31
Q3 2021; third quarter of 2021; the 3rd quarter of 2021     | 2021-07-01 | 2021-09-30
last quarter of 2022; fourth quarter 2022                   | 2022-10-01 | 2022-12-31
first half of 2020; H1 2020; the first half of 2020         | 2020-01-01 | 2020-06-30
second half of the year; H2                                 | 2019-07-01 | 2019-12-31
spring 2020; next spring; coming spring                     | 2020-03-01 | 2020-05-31
summer 2021; in the summer of 2021; Summer '21              | 2021-06-01 | 2021-08-31
fall 2020; autumn 2020; in the fall of 2020                 | 2020-09-01 | 2020-11-30
winter 2020; winter 2020-2021                               | 2020-12-01 | 2021-02-28
this year; later this year; this year (provisional)         | 2019-01-01 | 2019-12-31
next month; coming month                                    | 2019-08-01 | 2019-08-31
today                                                       | 2019-07-03 | 2019-07-03
""")

LIMITS_AND_DISTANCES = table("""
before 1 October; before October 1; prior to 1 October      |            | 2019-09-30
by 1 October; no later than 1 October; 1 October at the latest |         | 2019-10-01
by 1 May 2021; due by May 1, 2021; not later than 1 May 2021 |           | 2021-05-01
deadline 1 October; deadline: October 1; due date: 1 October |           | 2019-10-01
by the end of 2027; before the end of 2027                  |            | 2027-12-31
before the summer; before the summer of 2020                |            | 2020-06-20
until 2022; before 2022                                     |            | 2021-12-31
2020 or earlier                                             |            | 2020-12-31
not before 2021; from 2021; from 2021 onwards; 2021 onwards | 2021-01-01 |
no earlier than 2021; as of 2021; 2021 or later; after 2020 | 2021-01-01 |
2021 at the earliest; starting in 2021; not until 2021      | 2021-01-01 |
after the summer; after the summer holidays                 | 2019-09-01 |
within three months; in three months; within 3 months       | 2019-07-03 | 2019-10-03
in the next three months; over the coming three months      | 2019-07-03 | 2019-10-03
within half a year; within six months                       | 2019-07-03 | 2020-01-03
within a year; in a year                                    | 2019-07-03 | 2020-07-03
within a year and a half; within 1.5 years                  | 2019-07-03 | 2021-01-03
within two weeks; within 14 days                            | 2019-07-03 | 2019-07-17
three months from now; in three months' time                | 2019-10-01 | 2019-10-31
before Christmas                                            |            | 2019-12-24
at Christmas; over Christmas                                | 2019-12-25 | 2019-12-26
around the turn of the year                                 | 2019-12-15 | 2020-01-15
before the turn of the year; before the new year; by New Year |            | 2019-12-31
before the summer recess; before the summer holidays        |            | 2020-06-30
Christmas recess; during the Christmas holidays             | 2019-12-21 | 2020-01-05
""")

SPANS_AND_AROUND = table("""
late October/early November 2021; end of October, early November 2021 | 2021-10-21 | 2021-11-10
2020 to 2022; 2020-2022; from 2020 to 2022; between 2020 and 2022 | 2020-01-01 | 2022-12-31
2021, 2022 and 2023; 2021 through 2023                      | 2021-01-01 | 2023-12-31
from 2021 until 2023                                        | 2021-01-01 | 2022-12-31
from March until June 2021                                  | 2021-03-01 | 2021-05-31
from March to June 2021                                     | 2021-03-01 | 2021-06-30
in 2020 or 2021; the years 2020 and 2021; 2020/21           | 2020-01-01 | 2021-12-31
this or next year                                           | 2019-01-01 | 2020-12-31
May, June 2020; May and June 2020                           | 2020-05-01 | 2020-06-30
1 to 10 October 2019; October 1-10, 2019; October 1 to 10   | 2019-10-01 | 2019-10-10
from October 1 to November 5; 1 October - 5 November        | 2019-10-01 | 2019-11-05
early to mid October 2020                                   | 2020-10-01 | 2020-10-20
between now and the end of 2020; from now until the end of 2020 | 2019-07-03 | 2020-12-31
expected early October; early October (subject to change)    | 2019-10-01 | 2019-10-10
planned for 2021; scheduled for 2021; planning: 2021; expected in 2021 | 2021-01-01 | 2021-12-31
delivery: Q3 2021; ready in Q3 2021 | 2021-07-01 | 2021-09-30
target date 1 October; target date is 1 October             | 2019-10-01 | 2019-10-01
1 October (expected); around 1 October; approx. 1 October   | 2019-10-01 | 2019-10-01
""")


@pytest.mark.parametrize(
    ("words", "earliest", "latest"), MOMENTS + LIMITS_AND_DISTANCES + SPANS_AND_AROUND
)
def test_reads_english_on_an_english_page(words, earliest, latest):
    assert reads(words, locale="en") == (earliest, latest)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("begin oktober", "2019-10-01", "2019-10-10"),
        ("voor de zomer", OPEN, "2020-06-20"),
        ("over drie maanden", "2019-10-01", "2019-10-31"),
        ("half 2020", "2020-04-01", "2020-09-30"),
        ("eind oktober, begin november 2021", "2021-10-21", "2021-11-10"),
    ],
)
def test_reads_dutch_on_an_english_page_too(words, earliest, latest):
    assert reads(words, locale="en") == (earliest, latest)


@pytest.mark.parametrize("words", ["early October", "by 1 May 2021", "within three months", "May"])
def test_reads_no_english_on_a_dutch_page(words):
    assert read(words, SAID_ON) is None


@pytest.mark.parametrize(
    "words",
    [
        *("as soon as possible", "ongoing", "t.b.d.", "soon", "every year", "three months", "now"),
        *("February 30", "February 29, 2021", "week 53 2021", "Tuesday 1 July 2019", "31 November"),
        *("2022 to 2020", "20 October - 10 October", "October 10 to 1", "from 2020 until 2020"),
        *("over three months", "last quarter", "last year", "half October", "half of 2020"),
        *("next winter", "next October", "the coming weeks", "next months", "first weeks of May"),
        *("planning for 2021", "deadline for 1 October", "for 2021", "before mid 2020"),
        *("at the latest", "deadline", "from 2021 at the latest", "19-10-01", "May 2020?"),
        *("ends in 2023", "contract ends in 2023", "turn of the year 2020", "summer 2020/2021"),
    ],
)
def test_gives_no_date_where_english_is_not_sure(words):
    assert read(words, SAID_ON, "en") is None


@pytest.mark.parametrize(
    ("words", "pitfall"),
    [
        *(("by 2027", Pitfall.BY), ("By October", Pitfall.BY), ("by summer 2027", Pitfall.BY)),
        *(("by 1 May 2027", None), ("by the end of 2027", None), ("before 2027", None)),
    ],
)
def test_tells_that_by_may_be_before_a_time_begins(words, pitfall):
    assert pitfall_in(words, read(words, SAID_ON, "en")) is pitfall


# The same moment in both languages.
months = st.integers(0, 11).map(lambda index: (MONTHS[index], ENGLISH_MONTHS[index]))
parts = st.sampled_from([("begin", "early"), ("half", "mid"), ("eind", "late"), ("eind", "end of")])
seasons = st.sampled_from(
    [("voorjaar", "spring"), ("zomer", "summer"), ("herfst", "fall"), ("winter", "winter")]
)
ranks = st.sampled_from(
    [("eerste", "first"), ("tweede", "second"), ("laatste", "last"), ("3e", "3rd")]
)
years = st.one_of(st.just(""), st.integers(1995, 2150).map(" {}".format))
openings = st.sampled_from(
    [
        *(("", ""), ("in ", "in "), ("uiterlijk ", "by "), ("eerder dan ", "before ")),
        *(("vanaf ", "from "), ("na ", "after "), ("niet voor ", "not before ")),
        ("tot ", "until "),
    ]
)


@st.composite
def pairs(draw):
    """Give one moment in Dutch and in English."""
    month, part, season, rank = draw(months), draw(parts), draw(seasons), draw(ranks)
    day, week = draw(st.integers(1, 31)), draw(st.integers(1, 53))
    named = [
        (f"{part[0]} {month[0]}", f"{part[1]} {month[1]}"),
        (f"{day} {month[0]}", f"{day} {month[1]}"),
        (f"{day} {month[0]}", f"{month[1]} {day}"),
        (f"{rank[0]} week van {month[0]}", f"{rank[1]} week of {month[1]}"),
        (season[0], season[1]),
        (f"{part[0]} {season[0]}", f"{part[1]} {season[1]}"),
        (f"week {week}", f"week {week}"),
        ("kerstreces", "Christmas recess"),
    ]
    dutch, english = draw(st.sampled_from(named))
    year = draw(years)
    return f"{dutch}{year}", f"{english}{year}"


@settings(deadline=None, max_examples=300)
@given(openings, pairs(), st.dates(date(1995, 1, 1), date(2070, 12, 31)))
def test_means_the_same_in_both_languages(opening, pair, said_on):
    in_dutch, in_english = (f"{before}{words}" for before, words in zip(opening, pair, strict=True))

    assert dates(read(in_english, said_on, "en")) == dates(read(in_dutch, said_on)), in_english

"""What the words of a promise mean, and that they come back as the same dates."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.terms import Pitfall, Precision, Term, is_overdue, picked, pitfall_in, read

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


def reads(words: str, said_on: date = SAID_ON) -> tuple[str, str] | None:
    return dates(read(words, said_on))


def table(text: str) -> list[tuple[str, str, str]]:
    """Give the rows `words | earliest | latest`; a row may hold several spellings, with `;`."""
    rows = []
    for line in text.strip().splitlines():
        spellings, earliest, latest = (cell.strip() for cell in line.split("|"))
        rows += [(words.strip(), earliest, latest) for words in spellings.split(";")]
    return rows


# The table that the vereniging agreed on, line by line, as said on 3 July 2019.
AGREED = table("""
begin oktober                                               | 2019-10-01 | 2019-10-10
half oktober; medio oktober                                 | 2019-10-11 | 2019-10-20
eind oktober                                                | 2019-10-21 | 2019-10-31
oktober; in oktober                                         | 2019-10-01 | 2019-10-31
voor 1 oktober; vóór 1 oktober                              |            | 2019-09-30
uiterlijk 1 oktober 2019; per 1 oktober 2019                |            | 2019-10-01
op 1 oktober 2019                                           | 2019-10-01 | 2019-10-01
week 40; week 40 2019; week 40 (2019)                       | 2019-09-30 | 2019-10-06
3 juli 2019; 3-7-2019; 03-07-2019; 2019-07-03               | 2019-07-03 | 2019-07-03
volgend jaar                                                | 2020-01-01 | 2020-12-31
begin volgend jaar                                          | 2020-01-01 | 2020-03-31
medio volgend jaar                                          | 2020-04-01 | 2020-09-30
eind volgend jaar                                           | 2020-10-01 | 2020-12-31
2020-2022; 2020 t/m 2022; van 2020 tot en met 2022          | 2020-01-01 | 2022-12-31
tussen 2020 en 2022                                         | 2020-01-01 | 2022-12-31
begin 2020                                                  | 2020-01-01 | 2020-03-31
medio 2020; half 2020; halverwege 2020                      | 2020-04-01 | 2020-09-30
eind 2023                                                   | 2023-10-01 | 2023-12-31
in 2020; 2020                                               | 2020-01-01 | 2020-12-31
Q3 2021; 3e kwartaal 2021; derde kwartaal 2021              | 2021-07-01 | 2021-09-30
3e kwartaal van 2021; derde kwartaal van 2021               | 2021-07-01 | 2021-09-30
eerste helft 2020; eerste helft van 2020; H1 2020           | 2020-01-01 | 2020-06-30
tweede helft 2020; tweede helft van 2020; H2 2020           | 2020-07-01 | 2020-12-31
voorjaar 2020                                               | 2020-03-01 | 2020-05-31
zomer 2020                                                  | 2020-06-01 | 2020-08-31
najaar 2020                                                 | 2020-09-01 | 2020-11-30
winter 2020                                                 | 2020-12-01 | 2021-02-28
winter 2019                                                 | 2019-12-01 | 2020-02-29
voor de zomer; voor de zomer van 2020                       |            | 2020-06-20
dit voorjaar                                                | 2019-03-01 | 2019-05-31
dit najaar                                                  | 2019-09-01 | 2019-11-30
dit jaar                                                    | 2019-01-01 | 2019-12-31
""")

RULES = table("""
eind oktober/begin november 2021                            | 2021-10-21 | 2021-11-10
in 2020 of 2021                                             | 2020-01-01 | 2021-12-31
niet voor 2021; niet vóór 2021; vanaf 2021                  | 2021-01-01 |
binnen een half jaar                                        | 2019-07-03 | 2020-01-03
binnen drie maanden                                         | 2019-07-03 | 2019-10-03
binnen twee weken                                           | 2019-07-03 | 2019-07-17
over drie maanden                                           | 2019-10-01 | 2019-10-31
eerste week van oktober 2021                                | 2021-10-01 | 2021-10-07
laatste week van oktober 2021                               | 2021-10-25 | 2021-10-31
laatste week van februari 2020                              | 2020-02-23 | 2020-02-29
laatste kwartaal                                            | 2019-10-01 | 2019-12-31
laatste kwartaal 2022; laatste kwartaal van 2022            | 2022-10-01 | 2022-12-31
begin van het jaar                                          | 2020-01-01 | 2020-03-31
eind februari 2021                                          | 2021-02-21 | 2021-02-28
eind februari 2020                                          | 2020-02-21 | 2020-02-29
""")

SPELLINGS = table("""
Begin Oktober; BEGIN OKTOBER;  begin   oktober ; begin okt. | 2019-10-01 | 2019-10-10
het begin van oktober; rond begin oktober; begin-oktober    | 2019-10-01 | 2019-10-10
omstreeks begin oktober; in het begin van oktober           | 2019-10-01 | 2019-10-10
mid oktober; midden oktober; mid-oktober; halverwege oktober| 2019-10-11 | 2019-10-20
einde oktober; het einde van oktober; aan het eind van okt  | 2019-10-21 | 2019-10-31
eind oktober.; “eind oktober”; eind oktober!                | 2019-10-21 | 2019-10-31
okt; okt.; de maand oktober; in de maand oktober 2019       | 2019-10-01 | 2019-10-31
10-2019; 10/2019; 2019-10; oktober '19; okt’19; oktober-2019| 2019-10-01 | 2019-10-31
Vóór 1 okt.; VOOR 1 OKTOBER; voor 1-10; nog voor 1/10       |            | 2019-09-30
eerder dan 1 oktober; tot 1 oktober                         |            | 2019-09-30
uiterlijk op 1 oktober; t/m 1 oktober; tot en met 1 oktober |            | 2019-10-01
tot uiterlijk 1 oktober; niet later dan 1 oktober           |            | 2019-10-01
op zijn laatst 1 oktober; uiterlijk per 1 oktober           |            | 2019-10-01
wk 40; wk40; week40; in week 40; 2019-W40; week 40-2019     | 2019-09-30 | 2019-10-06
week 40 van 2019; in de week van 3 oktober                  | 2019-09-30 | 2019-10-06
3 juli '19; 3/7/2019; 3.7.2019; 3-7-19; 3–7–2019; 3-juli-2019 | 2019-07-03 | 2019-07-03
woensdag 3 juli 2019; wo 3 juli 2019; wo. 3-7-2019          | 2019-07-03 | 2019-07-03
woensdag, 3 juli; 3 jul; 3 juli, 2019; 3e juli; op 3 juli   | 2019-07-03 | 2019-07-03
Q3-2021; 2021-Q3; 2021 Q3; kwartaal 3 2021; q3 '21          | 2021-07-01 | 2021-09-30
Q3'21; Q3’21; in Q3 '21                                     | 2021-07-01 | 2021-09-30
H2'20; h2’20                                                | 2020-07-01 | 2020-12-31
het 3e kwartaal van 2021; 3de kwartaal 2021; 3e kw. 2021    | 2021-07-01 | 2021-09-30
eerste halfjaar 2020; 1e helft 2020; eerste half jaar van 2020 | 2020-01-01 | 2020-06-30
lente 2020; het voorjaar van 2020; voorjaar '20             | 2020-03-01 | 2020-05-31
herfst 2020; in het najaar van 2020                         | 2020-09-01 | 2020-11-30
winter 2020-2021; winter 2020/2021; winter 2020/'21         | 2020-12-01 | 2021-02-28
in de loop van 2021; gedurende 2021; ergens in 2021         | 2021-01-01 | 2021-12-31
in het jaar 2021; kalenderjaar 2021; in '21; 2021.          | 2021-01-01 | 2021-12-31
naar verwachting eind 2023; eind '23; eind ’23; einde 2023  | 2023-10-01 | 2023-12-31
het einde van 2023; tegen het einde van 2023                | 2023-10-01 | 2023-12-31
2020 – 2022; 2020—2022; 2020/2022; 2020-'22; '20-'22        | 2020-01-01 | 2022-12-31
2020 tot 2022; 2020 tm 2022; vanaf 2020 tot en met 2022     | 2020-01-01 | 2022-12-31
periode 2020-2022; in de periode van 2020 tot en met 2022   | 2020-01-01 | 2022-12-31
in de periode oktober-november                              | 2019-10-01 | 2019-11-30
IN  OKT. '23; in okt. ’23; Oktober  '23                 | 2023-10-01 | 2023-10-31
""")

MONTH_NAMES = [
    (name, f"2021-{number:02}")
    for number, names in enumerate(
        (
            "januari jan",
            "februari feb febr",
            "maart mrt",
            "april apr",
            "mei",
            "juni jun",
            "juli jul",
            "augustus aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
]

SPANS = table("""
eind okt./begin nov. 2021; eind okt. – begin nov. '21       | 2021-10-21 | 2021-11-10
1 t/m 10 oktober 2019; 1-10 oktober 2019; 1 tot 10 oktober  | 2019-10-01 | 2019-10-10
van 1 tot en met 10 oktober; 1–10 okt '19                   | 2019-10-01 | 2019-10-10
1-10-2019 t/m 10-10-2019; 2019-10-01/2019-10-10             | 2019-10-01 | 2019-10-10
30 september t/m 4 oktober 2019                             | 2019-09-30 | 2019-10-04
maandag 30 september tot en met vrijdag 4 oktober           | 2019-09-30 | 2019-10-04
oktober/november; okt-nov 2019; oktober of november         | 2019-10-01 | 2019-11-30
begin/medio oktober 2020; begin tot medio oktober 2020      | 2020-10-01 | 2020-10-20
eind 2020 of begin 2021; eind 2020/begin 2021               | 2020-10-01 | 2021-03-31
Q3/Q4 2021; Q3 en Q4 2021; 3e/4e kwartaal 2021              | 2021-07-01 | 2021-12-31
derde of vierde kwartaal van 2021                           | 2021-07-01 | 2021-12-31
week 40-42; weken 40 t/m 42; week 40 tot week 42            | 2019-09-30 | 2019-10-20
voorjaar/zomer 2020                                         | 2020-03-01 | 2020-08-31
najaar/winter 2020                                          | 2020-09-01 | 2021-02-28
november t/m januari; november 2019 t/m januari             | 2019-11-01 | 2020-01-31
eind december/begin januari                                 | 2019-12-21 | 2020-01-10
2020 t/m 2020                                               | 2020-01-01 | 2020-12-31
3 t/m 3 oktober                                             | 2019-10-03 | 2019-10-03
dit of volgend jaar; dit jaar of volgend jaar               | 2019-01-01 | 2020-12-31
tussen nu en eind 2020; vanaf nu tot eind 2020              | 2019-07-03 | 2020-12-31
""")

RELATIVE = table("""
eind dit jaar; eind van het jaar; einde jaar; eind van dit jaar | 2019-10-01 | 2019-12-31
halverwege het jaar                                         | 2019-04-01 | 2019-09-30
voor het einde van het jaar; uiterlijk eind dit jaar        |            | 2019-12-31
voor het eind van 2019                                      |            | 2019-12-31
tweede helft van het jaar; tweede helft van dit jaar        | 2019-07-01 | 2019-12-31
deze maand                                                  | 2019-07-01 | 2019-07-31
eind van de maand; eind deze maand                          | 2019-07-21 | 2019-07-31
begin van de maand                                          | 2019-07-01 | 2019-07-10
volgende maand                                              | 2019-08-01 | 2019-08-31
deze week                                                   | 2019-07-01 | 2019-07-07
volgende week                                               | 2019-07-08 | 2019-07-14
dit kwartaal                                                | 2019-07-01 | 2019-09-30
volgend kwartaal                                            | 2019-10-01 | 2019-12-31
deze zomer                                                  | 2019-06-01 | 2019-08-31
komend voorjaar; volgend voorjaar; voorjaar volgend jaar    | 2020-03-01 | 2020-05-31
komende zomer                                               | 2020-06-01 | 2020-08-31
volgend jaar in het najaar       | 2020-09-01 | 2020-11-30
oktober volgend jaar                                        | 2020-10-01 | 2020-10-31
1 oktober a.s.; komende 1 oktober                           | 2019-10-01 | 2019-10-01
in het lopende jaar                                         | 2019-01-01 | 2019-12-31
laatste halfjaar; dit halfjaar; dit semester                  | 2019-07-01 | 2019-12-31
vandaag                                                     | 2019-07-03 | 2019-07-03
""")
DISTANCES = table("""
binnen 6 maanden; binnen zes maanden; binnen half jaar      | 2019-07-03 | 2020-01-03
binnen één jaar; binnen 1 jaar; binnen twaalf maanden       | 2019-07-03 | 2020-07-03
binnen anderhalf jaar; binnen 1,5 jaar                      | 2019-07-03 | 2021-01-03
binnen nu en drie maanden; de komende drie maanden          | 2019-07-03 | 2019-10-03
uiterlijk binnen 3 mnd; binnen een kwartaal                 | 2019-07-03 | 2019-10-03
binnen 14 dagen; binnen 2 wk; binnen veertien dagen         | 2019-07-03 | 2019-07-17
binnen achttien maanden                                     | 2019-07-03 | 2021-01-03
over twintig maanden                                        | 2021-03-01 | 2021-03-31
over een half jaar                                          | 2020-01-01 | 2020-01-31
over twee weken                                             | 2019-07-15 | 2019-07-21
over 10 dagen                                               | 2019-07-13 | 2019-07-13
over twee jaren; over 2 jr                                         | 2021-01-01 | 2021-12-31
uiterlijk over drie maanden                                 |            | 2019-10-31
""")

OPEN_ENDS = table("""
voor 2021; tot 2021                                         |            | 2020-12-31
voor oktober                                                |            | 2019-09-30
voor eind oktober                                           |            | 2019-10-31
voor begin oktober                                          |            | 2019-09-30
voor week 40                                                |            | 2019-09-29
voor het begin van de zomer                                 |            | 2020-06-20
voor de winter                                              |            | 2019-12-20
uiterlijk begin oktober                                     |            | 2019-10-10
uiterlijk eind Q3 2021                                      |            | 2021-09-30
vóór het eind van volgend jaar                              |            | 2020-12-31
uiterlijk in 2020; t/m 2020; uiterlijk eind 2020            |            | 2020-12-31
uiterlijk in het derde kwartaal van 2021                    |            | 2021-09-30
2020 of eerder                                              |            | 2020-12-31
per 1-1-2021                                                |            | 2021-01-01
niet eerder dan 2021; op zijn vroegst 2021; op z'n vroegst in 2021 | 2021-01-01 |
2021 of later; 2021 en verder; 2021 e.v.                    | 2021-01-01 |
m.i.v. 1 januari 2021; met ingang van 1 januari 2021        | 2021-01-01 |
na 2020                                                     | 2021-01-01 |
na 1 oktober                                                | 2019-10-02 |
na de zomer                                                 | 2019-09-01 |
vanaf oktober                                               | 2019-10-01 |
vanaf nu                                                    | 2019-07-03 |
""")

WITHIN_A_MONTH_OR_QUARTER = table("""
tweede week van oktober                                     | 2019-10-08 | 2019-10-14
1e week oktober 2021                                        | 2021-10-01 | 2021-10-07
vierde week van oktober                                     | 2019-10-22 | 2019-10-28
eerste helft van oktober                                    | 2019-10-01 | 2019-10-15
tweede helft oktober 2021                                   | 2021-10-16 | 2021-10-31
laatste dag van februari 2020; ultimo februari 2020         | 2020-02-29 | 2020-02-29
ultimo 2023                                                 | 2023-12-31 | 2023-12-31
primo 2023; primo januari 2023                              | 2023-01-01 | 2023-01-01
begin Q3 2021                                               | 2021-07-01 | 2021-07-31
medio derde kwartaal 2021                                   | 2021-08-01 | 2021-08-31
eind derde kwartaal van 2021; eind Q3 2021                  | 2021-09-01 | 2021-09-30
eind van de zomer                                           | 2019-08-01 | 2019-08-31
eind winter 2019                                            | 2020-02-01 | 2020-02-29
""")


@pytest.mark.parametrize(("words", "earliest", "latest"), AGREED + RULES)
def test_reads_what_was_agreed(words, earliest, latest):
    assert reads(words) == (earliest, latest)


@pytest.mark.parametrize(("words", "earliest", "latest"), SPELLINGS)
def test_reads_another_spelling_the_same(words, earliest, latest):
    assert reads(words) == (earliest, latest)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    SPANS + RELATIVE + DISTANCES + OPEN_ENDS + WITHIN_A_MONTH_OR_QUARTER,
)
def test_reads_what_administrators_write(words, earliest, latest):
    assert reads(words) == (earliest, latest)


@pytest.mark.parametrize(("name", "month"), MONTH_NAMES)
def test_knows_every_month_in_full_and_short(name, month):
    for spelling in (name, f"{name}.", name.upper()):
        assert read(f"{spelling} 2021", SAID_ON).edtf == month


def test_reads_accents_and_spaces_however_they_are_encoded():
    assert reads("vo\u0301o\u0301r 1 oktober") == (OPEN, "2019-09-30")
    assert reads("voor\u00a01\u00a0oktober\u202f2019") == (OPEN, "2019-09-30")
    assert reads("binnen e\u0301e\u0301n jaar") == ("2019-07-03", "2020-07-03")
    assert reads("ok\u00adto\u200bber") == ("2019-10-01", "2019-10-31")
    assert reads("binnen v\u0133f weken") == ("2019-07-03", "2019-08-07")


@pytest.mark.parametrize(
    ("words", "said_on", "earliest", "latest"),
    [
        ("begin oktober", "2019-10-05", "2019-10-01", "2019-10-10"),
        ("begin oktober", "2019-10-10", "2019-10-01", "2019-10-10"),
        ("begin oktober", "2019-10-11", "2020-10-01", "2020-10-10"),
        ("begin oktober", "2019-10-20", "2020-10-01", "2020-10-10"),
        ("3 juli", "2019-07-03", "2019-07-03", "2019-07-03"),
        ("3 juli", "2019-07-04", "2020-07-03", "2020-07-03"),
        ("mei", "2019-07-03", "2020-05-01", "2020-05-31"),
        ("Q1", "2019-07-03", "2020-01-01", "2020-03-31"),
        ("H2", "2019-12-31", "2019-07-01", "2019-12-31"),
        ("eerste kwartaal", "2020-03-31", "2020-01-01", "2020-03-31"),
        ("voor 1 oktober", "2019-09-30", OPEN, "2019-09-30"),
        ("voor 1 oktober", "2019-10-01", OPEN, "2020-09-30"),
        ("voor de zomer", "2019-06-20", OPEN, "2019-06-20"),
        ("voor de zomer", "2019-06-21", OPEN, "2020-06-20"),
        ("uiterlijk 1 oktober", "2019-10-01", OPEN, "2019-10-01"),
        ("vanaf oktober", "2019-10-31", "2019-10-01", OPEN),
        ("vanaf oktober", "2019-11-01", "2020-10-01", OPEN),
        ("na de zomer", "2019-09-01", "2020-09-01", OPEN),
        ("winter", "2020-01-15", "2019-12-01", "2020-02-29"),
        ("winter", "2020-03-01", "2020-12-01", "2021-02-28"),
        ("deze winter", "2020-02-29", "2019-12-01", "2020-02-29"),
        ("deze winter", "2020-01-15", "2019-12-01", "2020-02-29"),
        ("komende winter", "2020-01-15", "2020-12-01", "2021-02-28"),
        ("week 1", "2019-07-03", "2019-12-30", "2020-01-05"),
        ("week 1", "2020-01-05", "2019-12-30", "2020-01-05"),
        ("week 52", "2022-01-02", "2021-12-27", "2022-01-02"),
        ("week 53", "2019-07-03", "2020-12-28", "2021-01-03"),
        ("29 februari", "2020-03-01", "2024-02-29", "2024-02-29"),
        ("29 februari", "2096-03-01", "2104-02-29", "2104-02-29"),
        ("eind oktober/begin november", "2019-11-10", "2019-10-21", "2019-11-10"),
        ("eind oktober/begin november", "2019-11-11", "2020-10-21", "2020-11-10"),
        ("eind december/begin januari", "2020-01-05", "2019-12-21", "2020-01-10"),
        ("eind december/begin januari", "2020-01-11", "2020-12-21", "2021-01-10"),
        ("29 februari t/m 3 maart", "2020-07-01", "2024-02-29", "2024-03-03"),
        ("begin van de maand", "2019-12-11", "2020-01-01", "2020-01-10"),
        ("begin van de maand", "2019-12-10", "2019-12-01", "2019-12-10"),
        ("volgende week", "2020-12-30", "2021-01-04", "2021-01-10"),
        ("volgende week", "2020-01-05", "2020-01-06", "2020-01-12"),
        ("komende zomer", "2019-05-31", "2019-06-01", "2019-08-31"),
        ("komende zomer", "2019-06-01", "2020-06-01", "2020-08-31"),
        ("volgende zomer", "2019-06-01", "2020-06-01", "2020-08-31"),
        ("morgen", "2019-12-31", "2020-01-01", "2020-01-01"),
        ("dit kwartaal", "2019-12-31", "2019-10-01", "2019-12-31"),
        ("volgend kwartaal", "2019-12-31", "2020-01-01", "2020-03-31"),
        ("volgend halfjaar", "2019-12-31", "2020-01-01", "2020-06-30"),
        ("binnen een maand", "2019-01-31", "2019-01-31", "2019-02-28"),
        ("binnen drie maanden", "2019-11-30", "2019-11-30", "2020-02-29"),
        ("binnen een jaar", "2020-02-29", "2020-02-29", "2021-02-28"),
        ("over een maand", "2019-01-31", "2019-02-01", "2019-02-28"),
        ("over twee weken", "2019-12-20", "2019-12-30", "2020-01-05"),
    ],
)
def test_finds_the_year_from_the_day_it_was_said(words, said_on, earliest, latest):
    assert reads(words, date.fromisoformat(said_on)) == (earliest, latest)


@pytest.mark.parametrize("said_on", [date(1990, 1, 1), SAID_ON, date(2090, 12, 31)])
def test_keeps_a_year_that_was_named(said_on):
    assert reads("begin oktober 2019", said_on) == ("2019-10-01", "2019-10-10")


NO_DATE = """
z.s.m. | zsm | zo snel mogelijk | doorlopend | n.t.b. | nog te bepalen | onbekend | binnenkort
op korte termijn | binnen enkele weken | rond de jaarwisseling | voor de zomervakantie
na het reces | per direct | nu | elk jaar | per jaar | per kwartaal | ieder najaar | jaarlijks
een jaar | half jaar | drie maanden | in drie maanden | eerste helft | begin | medio | eind
jaar | kwartaal | week | voor | 23 | eind 23 | 1234 | 2500 | 100% | € 2020 | october 2019
may 2020 | 2020? | ~2020 | 1 oktober 2019 12:00 | versie 2020 | in 2020 klaar
begin oktober 2019 (uiterlijk) | binnen 3 maanden na ondertekening
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
        "gepland voor 2021",
        "verwacht voor 2021",
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
        "komend jaar",
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
        "'" * 200,
        "é" * 200,
        "o" + "\u0301" * 199,
    ],
)
def test_refuses_hostile_text(words):
    assert read(words, SAID_ON) is None


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


years = st.integers(1995, 2150).map(str)
maybe_year = st.one_of(st.just(""), years.map(" {}".format), years.map(" van {}".format))
months = st.sampled_from(MONTHS)
parts = st.sampled_from(["begin", "eind"])
ranks = st.sampled_from(["eerste", "tweede", "derde", "vierde", "laatste"])
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
    st.sampled_from([" t/m ", "-", " – ", "/", " of ", " tot en met "]),
    moments,
)
days = st.dates(date(1995, 1, 1), date(2070, 12, 31))
PIECES = """
begin half eind van het de in voor niet uiterlijk vanaf na tot t/m en of - / over binnen dit
volgend komend jaar week kwartaal helft maand zomer winter 1 10 31 40 53 2020 2021 '23 oktober
februari eerste laatste Q3 H1 maandag 3-7-2019 2020-10 (2019) é . , ' a.s. e.v.
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
@given(st.one_of(spans, scrambled), days, days)
@example("laatste week februari", date(2019, 7, 3), date(2030, 1, 1))
def test_reads_its_own_words_back_as_the_same_dates(words, said_on, another_day):
    term = read(words, said_on)

    if term:
        assert_says_the_same(term)
        assert dates(read(term.words(), another_day)) == dates(term)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(), st.text("012 -/.'abdeijkoruvw\u0301", max_size=30)), st.dates())
def test_never_fails_on_any_text(words, said_on):
    term = read(words, said_on)

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
    """Fail unless the dates are in order and both Dutch renderings read back as the same dates."""
    assert term.earliest or term.latest
    assert not (term.earliest and term.latest) or term.earliest <= term.latest
    for said in (term.words("nl"), term.explained("nl")):
        assert dates(read(said, term.said_on)) == dates(term), said
    for said in (term.words("en"), term.explained("en")):
        assert said
        assert not [month for month in MONTHS if month in said], said

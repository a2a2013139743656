"""The dates that words of a promise mean, and the year that they leave out."""

from datetime import date

import pytest

from portal.terms import read
from tests.terms.said import OPEN, SAID_ON, reads, table

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
2020 tm 2022; 2020 t.e.m. 2022; vanaf 2020 tot en met 2022     | 2020-01-01 | 2022-12-31
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
1 t/m 10 oktober 2019; 1-10 oktober 2019                | 2019-10-01 | 2019-10-10
van 1 tot en met 10 oktober; 1–10 okt '19                   | 2019-10-01 | 2019-10-10
1-10-2019 t/m 10-10-2019; 2019-10-01/2019-10-10             | 2019-10-01 | 2019-10-10
30 september t/m 4 oktober 2019                             | 2019-09-30 | 2019-10-04
maandag 30 september tot en met vrijdag 4 oktober           | 2019-09-30 | 2019-10-04
oktober/november; okt-nov 2019; oktober of november         | 2019-10-01 | 2019-11-30
begin/medio oktober 2020; begin t/m medio oktober 2020      | 2020-10-01 | 2020-10-20
eind 2020 of begin 2021; eind 2020/begin 2021               | 2020-10-01 | 2021-03-31
Q3/Q4 2021; Q3 en Q4 2021; 3e/4e kwartaal 2021              | 2021-07-01 | 2021-12-31
derde of vierde kwartaal van 2021                           | 2021-07-01 | 2021-12-31
week 40-42; weken 40 t/m 42; week 40 t/m week 42            | 2019-09-30 | 2019-10-20
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
over twee jaren; over 2 jr                                  | 2021-07-01 | 2021-07-31
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


FEASTS_AND_RECESS = table("""
voor de kerst; vóór kerst; voor Kerstmis                    |            | 2019-12-24
met kerst; met de kerst; rond kerst; tijdens de kerstdagen  | 2019-12-25 | 2019-12-26
kerst 2021; met de kerst van 2021                           | 2021-12-25 | 2021-12-26
na de kerst                                                 | 2019-12-27 |
tussen kerst en de jaarwisseling                            | 2019-12-25 | 2019-12-31
rond de jaarwisseling; omstreeks de jaarwisseling           | 2019-12-15 | 2020-01-15
rond de jaarwisseling 2020/2021; jaarwisseling 2020-'21     | 2020-12-15 | 2021-01-15
voor de jaarwisseling; voor het nieuwe jaar                 |            | 2019-12-31
uiterlijk de jaarwisseling; tot de jaarwisseling            |            | 2019-12-31
na de jaarwisseling; vanaf de jaarwisseling                 | 2020-01-01 |
in het nieuwe jaar; komend jaar; in het komende jaar        | 2020-01-01 | 2020-12-31
begin van het nieuwe jaar; begin komend jaar                | 2020-01-01 | 2020-03-31
dit of komend jaar                                          | 2019-01-01 | 2020-12-31
komende maand; aankomende maand                             | 2019-08-01 | 2019-08-31
eind komende maand                                          | 2019-08-21 | 2019-08-31
komend kwartaal                                             | 2019-10-01 | 2019-12-31
komende week                                                | 2019-07-08 | 2019-07-14
zomerreces; in het zomerreces; tijdens de zomervakantie     | 2019-07-01 | 2019-08-31
voor het zomerreces; voor de zomervakantie                  |            | 2020-06-30
voor het zomerreces van 2021                                |            | 2021-06-30
na de zomervakantie; na het zomerreces                      | 2019-09-01 |
kerstreces; in de kerstvakantie; kerstreces 2019            | 2019-12-21 | 2020-01-05
kerstvakantie 2020-2021; kerstvakantie 2020/'21             | 2020-12-21 | 2021-01-05
voor het kerstreces                                         |            | 2019-12-20
na de kerstvakantie                                         | 2020-01-06 |
""")


JOINED_AND_TOT = table("""
eind 2020, begin 2021; eind 2020 begin 2021                 | 2020-10-01 | 2021-03-31
eind 2019 begin 2020                                        | 2019-10-01 | 2020-03-31
eind oktober, begin november 2021                           | 2021-10-21 | 2021-11-10
mei, juni 2020; mei juni 2020                               | 2020-05-01 | 2020-06-30
mei, juni en juli 2020; mei, juni, juli 2020                | 2020-05-01 | 2020-07-31
2021, 2022 en 2023; 2021, 2022, 2023; 2021, 2022 of 2023    | 2021-01-01 | 2023-12-31
Q1, Q2 en Q3 2021                                           | 2021-01-01 | 2021-09-30
de jaren 2020 en 2021; in de jaren 2020 of 2021; 2020/21    | 2020-01-01 | 2021-12-31
vanaf 2021 tot 2023; 2021 tot 2023; van 2021 tot 2023       | 2021-01-01 | 2022-12-31
van maart tot juni 2021; vanaf maart 2021 tot juni 2021     | 2021-03-01 | 2021-05-31
1 tot 10 oktober; van 1 oktober tot 10 oktober 2019         | 2019-10-01 | 2019-10-09
week 40 tot week 42; weken 40 tot 42                        | 2019-09-30 | 2019-10-13
begin tot medio oktober 2020; begin tot half okt 2020       | 2020-10-01 | 2020-10-10
van november tot januari; november 2019 tot januari         | 2019-11-01 | 2019-12-31
van voorjaar tot zomer 2020                                 | 2020-03-01 | 2020-06-20
maandag 1 juli tot vrijdag 5 juli                           | 2019-07-01 | 2019-07-04
vanaf nu tot eind 2020                                      | 2019-07-03 | 2020-12-31
van 2021 t/m 2023; vanaf 2021 tot en met 2023               | 2021-01-01 | 2023-12-31
vanaf 2021 tot uiterlijk 2023                               | 2021-01-01 | 2023-12-31
""")

AROUND = table("""
verwacht begin oktober; verwacht: begin oktober             | 2019-10-01 | 2019-10-10
naar verwachting begin oktober; begin okt., naar verwachting | 2019-10-01 | 2019-10-10
begin oktober (onder voorbehoud); ± begin oktober           | 2019-10-01 | 2019-10-10
begin oktober (verwacht); begin okt. (naar verwachting)     | 2019-10-01 | 2019-10-10
gepland voor 2021; gepland in 2021; gepland: 2021           | 2021-01-01 | 2021-12-31
~2021; ca. 2021; circa 2021; ±2021; +/- 2021                | 2021-01-01 | 2021-12-31
gepland vóór 2021; verwacht vóór 2021; verwacht: voor 2021  |            | 2020-12-31
planning: Q3 2021; gereed Q3 2021; Gereed: Q3 2021          | 2021-07-01 | 2021-09-30
oplevering Q3 2021; verwachte oplevering: Q3 2021           | 2021-07-01 | 2021-09-30
naar verwachting gereed in Q3 2021; oplevering gepland voor Q3 2021 | 2021-07-01 | 2021-09-30
afgerond in 2020; afgerond: 2020; gereed in de loop van 2020 | 2020-01-01 | 2020-12-31
streefdatum 1 oktober; streefdatum: 1 oktober 2019; streefdatum is 1-10 | 2019-10-01 | 2019-10-01
deadline 1 oktober; Deadline: 1 okt. 2019; deadline is 1-10 |            | 2019-10-01
1 oktober uiterlijk; 1 oktober, uiterlijk; 1 oktober (uiterlijk) |       | 2019-10-01
uiterlijk: 1 oktober 2019; gereed uiterlijk: 1 oktober      |            | 2019-10-01
oplevering deadline 1 oktober; deadline oplevering: 1 oktober |          | 2019-10-01
begin oktober 2019 (uiterlijk); deadline begin oktober      |            | 2019-10-10
deadline: oktober/november; okt-nov 2019 uiterlijk          |            | 2019-11-30
gereed voor 1 oktober; oplevering vóór 1 oktober            |            | 2019-09-30
gereed uiterlijk 1 oktober (onder voorbehoud)               |            | 2019-10-01
gereed vanaf 2021                                           | 2021-01-01 |
Q 3 2020; KW3 2020; kw 3 2020                               | 2020-07-01 | 2020-09-30
H 1 2020; h 1 '20                                           | 2020-01-01 | 2020-06-30
2022 ev; 2022 e.v.                                          | 2022-01-01 |
halfweg 2020                                                | 2020-04-01 | 2020-09-30
in 3 maanden; in drie maanden; binnen circa drie maanden    | 2019-07-03 | 2019-10-03
in een half jaar; in zes maanden; gereed in 6 maanden       | 2019-07-03 | 2020-01-03
over een jaar; over twaalf maanden; over 1 jaar             | 2020-07-01 | 2020-07-31
""")


@pytest.mark.parametrize(
    ("words", "earliest", "latest"), AGREED + RULES + FEASTS_AND_RECESS + JOINED_AND_TOT + AROUND
)
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
        ("voor de kerst", "2019-12-24", OPEN, "2019-12-24"),
        ("voor de kerst", "2019-12-25", OPEN, "2020-12-24"),
        ("rond de jaarwisseling", "2020-01-15", "2019-12-15", "2020-01-15"),
        ("rond de jaarwisseling", "2020-01-16", "2020-12-15", "2021-01-15"),
        ("voor de jaarwisseling", "2020-01-15", OPEN, "2020-12-31"),
        ("kerstreces", "2020-01-05", "2019-12-21", "2020-01-05"),
        ("na de zomervakantie", "2019-08-31", "2019-09-01", OPEN),
        ("na de zomervakantie", "2019-09-01", "2020-09-01", OPEN),
        ("komend kwartaal", "2019-12-31", "2020-01-01", "2020-03-31"),
        ("komende week", "2020-12-30", "2021-01-04", "2021-01-10"),
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
        ("eind september/begin oktober", "2019-10-05", "2019-09-21", "2019-10-10"),
        ("1 tot 10 oktober", "2019-10-09", "2019-10-01", "2019-10-09"),
        ("1 tot 10 oktober", "2019-10-10", "2020-10-01", "2020-10-09"),
        ("oktober t/m juni", "2020-06-30", "2019-10-01", "2020-06-30"),
        ("deadline begin oktober", "2019-10-11", OPEN, "2020-10-10"),
        ("01-10-19", "2026-11-29", "2019-10-01", "2019-10-01"),
        ("30-11-26", "2026-11-29", "2026-11-30", "2026-11-30"),
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

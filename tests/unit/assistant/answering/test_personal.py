"""Personal data is noticed, and the numbers of this field are not taken for it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.model import AnswerStatus
from assistant.answering.personal import personal_data
from assistant.answering.screen import Screen
from assistant.answering.turn import Stop
from tests.fakes.knowledge import turn

PHONES = [
    "07700 900123",
    "07700900123",
    "07700-900-123",
    "077 0090 0123",
    "+44 7700 900123",
    "+447700900123",
    "+44 (0)7700 900123",
    "0044 7700 900123",
    "+44 20 7946 0958",
    "+33 1 23 45 67 89",
    "+1 202 555 0143",
    "+353 1 234 5678",
]
HOUSES = [
    "Call me on 01632 960983 please",
    "you can ring me at 020 7946 0958",
    "my number is 01632 960 983",
    "my phone number is (01632) 960983",
    "My telephone is 0113 496 0999",
    "her landline is 0161 496 0345",
    "Tel: 01632 960983",
    "Telephone 020 7946 0958",
    "phone number: 0800 496 0111",
]
OTHERS = [
    ("write to jo.bloggs+x@example.co.uk", "an e-mail address"),
    ("jo@example.com asked this", "an e-mail address"),
    ("my NI number is AB123456C", "a National Insurance number"),
    ("NI ab 12 34 56 c", "a National Insurance number"),
    ("NI AB-12-34-56-C", "a National Insurance number"),
    ("my card is 4111 1111 1111 1111", "a card number"),
    ("my card is 5500-0000-0000-0004, is that all right?", "a card number"),
    ("charge 378282246310005", "a card number"),
    ("charge 3782 822463 10005", "a card number"),
    ("my passport is 533380006", "a passport number"),
    ("passport number: 533380006", "a passport number"),
    ("Passport no AB1234567", "a passport number"),
    ("533380006 is my passport", "a passport number"),
    ("pay into GB29 NWBK 6016 1331 9268 19", "a bank account number"),
    ("pay into GB29NWBK60161331926819", "a bank account number"),
    ("DE89 3704 0044 0532 0130 00 is mine", "a bank account number"),
    ("sort code 20-00-00", "bank details"),
    ("my account number is 55779911", "bank details"),
    ("my NHS number is 943 476 5919", "an NHS number"),
    ("her ULN is 1234567890", "a learner number"),
    ("DOB 12/03/1990", "a date of birth"),
    ("my date of birth is 12 March 1990", "a date of birth"),
    ("licence MORGA753116SM9IJ", "a driving licence number"),
]

UKPRNS = [f"Is the provider with UKPRN {n} bound by the duty?" for n in range(10000055, 10087930, 3313)]
UKPRN_ROWS = [f"Compare {a} {b} and {a + 7}" for a, b in itertools.pairwise(range(10000528, 10070000, 7919))]
COMPANIES = [
    f"Is company {n} a relevant provider?"
    for n in (
        "01234567 00445790 07123456 07700900 SC123456 NI012345 OC301234 SO300123 FC034567 RC000652 CE012345 IP12345R "
        "R0001234 GE000123 LP003456 NL000123 AC001234 ZC000123"
    ).split()
]
CHARITIES = [f"Is charity {n} an employer body?" for n in ("1081735", "207544", "SC012345", "1173247-1")]
POSTCODES = [
    f"Which area is {p} in?"
    for p in (
        "SW1A 2AA|LA9 4DQ|EC1A 1BB|W1A 0AX|M1 1AE|B33 8TH|CR2 6XH|DN55 1PT|GU16 7HF|BH1 1AA|DT1 1XJ|BS1 5TR|YO1 7HH|"
        "NE1 4LP|CA11 7EH|TR1 3AY|PL1 2AA|EX4 3LE|ME14 1XX|NG1 5DT|le1 6fb|sw1a2aa|CB1 2AB|AB12 3CD|NN1 1DE"
    ).split("|")
]
SUMS = [
    f"Who was paid {s}?"
    for s in (
        "£1,234,567|£65 million|£2,499,989.50|£ 1 250 000|£07700900123|£1,900,000.00|$4,111,111,111,111,111|"
        "€12.345.678|£65m in 2023-24|£20.5 million and £44.5 million|1,234,567 pounds|£0.07|12 345 678|£1.6bn|"
        "165,000,000|£200 000 000|£12m-£15m|£4111.11|7,100,000,000"
    ).split("|")
]
YEARS = [
    f"How much was paid in {y}?"
    for y in (
        "2021-22|2022-23 and 2023-24|2021-2022 2023-2024|2022 2023 2024 2025|2025/26|2021/22, 2022/23, 2023/24|"
        "2023-24 2024-25 2025-26 2026-27|the years 2019 2020 2021 2022 2023|AY2024/25|FY 2023-24|20232024|"
        "2022-2023-2024-2025|2021-22-23"
    ).split("|")
]
DATES = [
    f"Was it open from {d}?"
    for d in (
        "2023-05-24 to 2023-10-13|24/05/2023 to 13/10/2023|24.05.2023|07/07/2023|07-07-2023 to 08-08-2023|"
        "1 October 2025|01102025|20251001|2025-10-01T09:00:00|07 2023|the 07.12.2025|01-10-25 to 31-03-26|"
        "12 noon on 07 July 2023|28/04/2022 20:30|07.01.2025 08.02.2025|0700 to 1900 on 07/07/2025"
    ).split("|")
]
INSTRUMENTS = [
    f"What does {s} say?"
    for s in (
        "SI 2022/872|S.I. 2025/1023|SI 2023 No. 1234 (C. 45)|SI 2022/123 and SI 2024/1456|2022 c. 21|"
        "UK Statutory Instruments 2025 No. 987|HC 1234567|CP 1234|Cm 9876|ISBN 978-1-5286-4567-8|ISBN 9781528645678|"
        "DfE-00123-2025|ESFA 00045-2023|URN 10723456|E02987654 11/23"
    ).split("|")
]
CLAUSES = [
    f"What does {c} say?"
    for c in (
        "section 1(7)(a)|paragraph 4.12.3|clause 12.3(b)(iv)|section 4, 5 and 7|regulation 3(1)(a)-(c)|"
        "page 123 to 145|annex B 2.1.1|para 1.2.3.4|sections 1 2 3 4 5 6 7|table 07.1|schedule 2 paragraph 10(2)|"
        "footnote 12 on page 34|rows 7 to 12|section 1A(2)"
    ).split("|")
]
CODES = [
    f"Which plan covers {c}?"
    for c in (
        "E07000003|E06000059|E10000008|E47000001|E12000009|E08000012 and E08000037|S12000036|W06000015|A09|A38|"
        "E07000061 E07000062 E07000063|SOC 2231|SIC 85320|SIC 85.32|NUTS UKK22|E37000005|603/1234/5|LARS 60312345|"
        "603/4567/8|T Level 603 1234 5|ST0123|Standard ST0456 version 1.1|Z0012345"
    ).split("|")
]
OFFICES = [
    "Who do I ring, 01772 653000?",
    "Is 0370 000 2288 the department's number?",
    "Is 01305 000000 the chamber's office?",
    "Does the chamber answer on 020 7000 0000?",
    "What is the phone number of the chamber?",
    "Can I call the ERB by telephone?",
    "Is there a helpline, 0800 000 000?",
]
WORDS = [
    "Do skills passports count in the plan?",
    "Is a digital skills passport funded in 2025-26?",
    "Which bank account may a grant of £1,234,567 be paid into?",
    "When was the fund born, in 2023?",
    "What is the account number of statements due by 31 July 2025?",
    "Does the NHS number among the 12 sectors of 2025?",
    "How many learners, 1234567890 or fewer?",
    "Was it @ 5 per cent?",
    "Is it 50@£100?",
    "Compare 38 areas, 8 regions, 2 cycles and 1 law",
    "Is version 4.1.1.1 of the guidance newer than 3.7.8.2?",
    "Are reference numbers 07-123-456 and 08-987-654 grants?",
    "What is 100000000000 divided by 38?",
    "Is 192.168.100.100 blocked?",
]
HARMLESS = [
    *UKPRNS,
    *UKPRN_ROWS,
    *COMPANIES,
    *CHARITIES,
    *POSTCODES,
    *SUMS,
    *YEARS,
    *DATES,
    *INSTRUMENTS,
    *CLAUSES,
    *CODES,
    *OFFICES,
    *WORDS,
]


@pytest.mark.parametrize("number", PHONES)
def test_numbers_of_people(number: str) -> None:
    for text in (f"I am at {number}", f"{number}, call back", f"Which area? ({number})"):
        assert personal_data(text) == "a phone number", text


@pytest.mark.parametrize("text", HOUSES)
def test_numbers_of_houses_by_the_words_around_them(text: str) -> None:
    assert personal_data(text) == "a phone number"


@pytest.mark.parametrize(("text", "kind"), OTHERS)
def test_other_kinds(text: str, kind: str) -> None:
    assert personal_data(text) == kind


def test_there_are_enough_harmless_strings_and_no_two_alike() -> None:
    assert len(HARMLESS) == len(set(HARMLESS)) >= 200


@pytest.mark.parametrize("text", HARMLESS)
def test_no_false_alarm(text: str) -> None:
    assert personal_data(text) is None


@given(st.integers(10_000_000, 19_999_999), st.integers(1_000, 99_999_999))
def test_no_ukprn_and_no_sum_is_personal(ukprn: int, pounds: int) -> None:
    assert personal_data(f"Did {ukprn} get £{pounds:,} in 2023-24?") is None
    assert personal_data(f"Is UKPRN {ukprn} or company {pounds:08d} bound?") is None


@given(st.integers(2000, 2098), st.integers(1, 28), st.integers(1, 12))
def test_no_date_is_personal(year: int, day: int, month: int) -> None:
    for text in (f"{year}-{month:02d}-{day:02d}", f"{day:02d}/{month:02d}/{year}", f"{day:02d}.{month:02d}.{year}"):
        assert personal_data(f"From {text} to {text}, {year}-{(year + 1) % 100:02d}?") is None


def test_a_question_with_personal_data_is_stopped_and_told_what_to_take_out() -> None:
    stop = Screen(500)(turn("Which area am I in? My mobile is 07700 900123"))
    assert isinstance(stop, Stop)
    assert stop.status is AnswerStatus.BLOCKED_INPUT
    assert "a phone number" in stop.text
    assert "07700" not in stop.text


def test_hidden_characters_do_not_hide_it() -> None:
    stop = Screen(500)(turn("My mobile is 077\u200b00 900\u20601\uff123"))
    assert isinstance(stop, Stop)
    assert stop.status is AnswerStatus.BLOCKED_INPUT

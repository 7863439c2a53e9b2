"""The files of a school of 1,000 pupils in 40 forms and 120 sets, with two weeks, short Fridays and split lunches."""

from collections.abc import Iterator, Mapping
from random import Random

YEARS = range(7, 12)
FORMS = "HKLMNPRS"
SETS = ("Ma", "En", "Sc")
SUBJECTS = ("History", "Geography", "Art", "Music", "French", "Drama", "PE", "Computing")
STAFF = [f"t.{n:03}" for n in range(100)]
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")
FROM_JANUARY = "04/01/2027"


def files() -> dict[str, str]:
    """The files by what they hold, in the order in which they are brought in; `january` is a second timetable."""
    random = Random(7)
    pupils = dict(_pupils())
    return {
        "calendar": CALENDAR,
        "periods": "period,start,end,kind,days,years,session\n" + "".join(_bells()),
        "staff": "username,surname,forename,role,initials\n" + "".join(_people()),
        "students": "UPN,Surname,Forename,Year,Reg\n" + "".join(_students(pupils)),
        "timetable": _timetable(random),
        "classes": "upn,class,from,until\n" + "".join(_classes(pupils, random)),
        "january": _timetable(random),
    }


CALENDAR = """kind,name,start,end,from,until,years
year,2026/27,01/09/2026,23/07/2027,,,
half-term,Autumn 1,01/09/2026,23/10/2026,,,
half-term,Autumn 2,02/11/2026,18/12/2026,,,
half-term,Spring 1,04/01/2027,12/02/2027,,,
half-term,Spring 2,22/02/2027,25/03/2027,,,
closure,Staff training,30/11/2026,30/11/2026,,,
closure,Flood,07/12/2026,11/12/2026,,,
closure,Early finish,18/12/2026,18/12/2026,4,,
closure,Ice,13/01/2027,14/01/2027,3,2,
closure,Mocks,18/01/2027,20/01/2027,,,11
closure,Training for some,01/02/2027,01/02/2027,,,7-9
week,B,07/09/2026,,,,
week,B,23/11/2026,27/11/2026,,,
week,A,04/01/2027,,,,
"""


def _bells() -> Iterator[str]:
    """Lunch is early for the older, and Fridays end an hour earlier."""
    for days, starts in (("Mon-Thu", (520, 60, 20, 40)), ("Fri", (520, 48, 15, 32))):
        tutor, lesson, pause, lunch = starts
        yield _bell("Tutor", tutor, 20, "registration", days, session="am")
        at = tutor + 20
        for name in ("1", "2"):
            yield _bell(name, at, lesson, "lesson", days)
            at += lesson
        yield _bell("Break", at, pause, "break", days)
        at += pause
        yield _bell("3", at, lesson, "lesson", days)
        at += lesson
        yield _bell("Lunch", at, lunch, "lunch", days, "10-11")
        yield _bell("4", at + lunch, lesson, "lesson", days, "10-11")
        yield _bell("4", at, lesson, "lesson", days, "7-9")
        yield _bell("Lunch", at + lesson, lunch, "lunch", days, "7-9")
        yield _bell("5", at + lesson + lunch, lesson, "lesson", days)


def _bell(name: str, at: int, length: int, kind: str, days: str, years: str = "", session: str = "") -> str:
    """A period by the minute of the day on which it starts, and how many it has."""
    return f"{name},{_clock(at)},{_clock(at + length)},{kind},{days},{years},{session}\n"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _people() -> Iterator[str]:
    return (f"{name},Teacher{n},Tess{n},Teacher,T{n:02}\n" for n, name in enumerate(STAFF))


def _pupils() -> Iterator[tuple[str, tuple[int, str]]]:
    """Every UPN with year and form."""
    for n in range(1000):
        year = YEARS[n // 200]
        yield f"Z{n:012}", (year, f"{year}{FORMS[n % 200 // 25]}")


def _students(pupils: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    return (f"{upn},Pupil{n},Pat{n},{year},{form}\n" for n, (upn, (year, form)) in enumerate(pupils.items()))


def _sets(year: int, subject: str) -> list[str]:
    return [f"{year}/{subject}{n}" for n in range(1, 9)]


def _classes(pupils: Mapping[str, tuple[int, str]], random: Random) -> Iterator[str]:
    """Everybody is in a set of each of three subjects; some move to the next one on a Wednesday."""
    for n, (upn, (year, _)) in enumerate(pupils.items()):
        for subject in SETS:
            sets = _sets(year, subject)
            own = n * 7 % 8 if subject == "Ma" else n * 3 % 8
            if random.random() < 0.1:
                yield f"{upn},{sets[own]},,24/11/2026\n"
                yield f"{upn},{sets[(own + 1) % 8]},25/11/2026,\n"
            else:
                yield f"{upn},{sets[own]},,\n"


def _timetable(random: Random) -> str:
    return "week,day,period,group,subject,staff,room\n" + "".join(_lessons(random))


def _lessons(random: Random) -> Iterator[str]:
    for year in YEARS:
        for day in DAYS:
            for n, form in enumerate(FORMS):
                yield f",{day},am,{year}{form},Tutor,{STAFF[(year * 8 + n) % 100]},{n}\n"
            for period in "12345":
                if random.random() < 0.3:
                    yield from _hour("", day, period, year, random)
                else:
                    yield from (line for week in "12" for line in _hour(week, day, period, year, random))


def _hour(week: str, day: str, period: str, year: int, random: Random) -> Iterator[str]:
    """What the classes of a year do at once: the sets of a subject, or every form something."""
    subject = random.choice([*SETS, ""])
    groups = _sets(year, subject) if subject else [f"{year}{form}" for form in FORMS]
    for n, group in enumerate(groups):
        taught = subject or random.choice(SUBJECTS)
        first, second = random.sample(range(100), 2)
        staff = random.choice([STAFF[first]] * 6 + [f"T{first:02};{STAFF[second]}", "?"])
        yield f"{week},{day},{period},{group},{taught},{staff},R{n}\n"

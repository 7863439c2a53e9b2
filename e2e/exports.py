"""Three files as school systems write them, of people that never were; one has twenty mistakes planted in it."""

STAFF = """Legal Last Name,Legal First Name,Username,Staff Role,Start Date
Farrow,Kit,k.farrow,Teacher,01/09/2021
Adeyemi,Folasade,f.adeyemi,Teaching Assistant,01/09/2022
Lindqvist,Rut,r.lindqvist,SLT,01/01/2020
Tranter,Denny,d.tranter,Receptionist,01/09/2019
"""

_HEADINGS = "UPN,Adm No,Legal Surname,Legal Forename,Preferred Forename,Year,Base,Date of admission,Date of leaving"
_PEOPLE = """
Abara,Chidubem; Begum,Tahmina; Castellanos,Inés; D’Arcy,Caoimhe; Đặng,Minh Khôi; Eze,Somtochukwu;
Ferreira,Thiago; Grabowska,Hanna; Haddow,Rowan; Iqbal,Rayyan; Jabłoński,Tymoteusz; Koç,Emir;
Lý,Ngọc Anh; Mensah,Esi; Nur,Liibaan; O’Driscoll,Eimear; Pemberton,Alfie; Rai,Bishal;
Sithole,Nomvula; Şimşek,Ada; Trần,Gia Bảo; Vaughan,Lleucu; Wen,Zihan; Yıldırım,Defne
"""


def _lines() -> list[list[str]]:
    people = [person.strip().split(",") for person in _PEOPLE.split(";")]
    return [
        [f"H{number:012}", f"{number:06}", surname, forename, "", "8", "8H" if number <= 12 else "8C", "01/09/2024", ""]
        for number, (surname, forename) in enumerate(people, start=1)
    ]


_COLUMNS = _HEADINGS.split(",")
_MISTAKES = [
    (2, "UPN", ""),
    (3, "UPN", "H 000000000002"),
    (4, "UPN", "H00000000000300000000003"),
    (5, "Legal Surname", ""),
    (6, "Legal Forename", ""),
    (7, "Year", "eight"),
    (8, "Year", ""),
    (9, "Year", "88"),
    (10, "Base", ""),
    (11, "Date of admission", "31/02/2024"),
    (12, "Date of admission", "September 2024"),
    (13, "Date of leaving", "2026-13-01"),
    (14, "Date of leaving", "soon"),
    (15, "Date of leaving", "01/09/2020"),
    (16, "UPN", "H000000000014"),
    (17, "Legal Surname", ""),
    (17, "Legal Forename", ""),
    (18, "Year", "Y8b"),
    (19, "Date of admission", "09/30/2024"),
    (24, "UPN", "H000000000021"),
]
PLANTED = [[str(line), column, value or "nothing"] for line, column, value in _MISTAKES]
"""Line, column and what stands there, of each mistake, as the page names it."""


def _with_mistakes(lines: list[list[str]]) -> list[list[str]]:
    for line, column, value in _MISTAKES:
        lines[line - 2][_COLUMNS.index(column)] = value
    return lines


def _file(lines: list[list[str]]) -> str:
    return "\r\n".join([_HEADINGS, *(",".join(line) for line in lines)])


STUDENTS = _file(_with_mistakes(_lines()))
MENDED = _file(_lines())

TIMETABLE = "Day of Week;Period Name;Class Name;Subject Name;Teacher Code\n" + "".join(
    f"{day};{period};{group};{subject};k.farrow\n"
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    for period, group, subject in (("1", "8H", "Maths"), ("2", "8C", "Maths"), ("4", "8H", "Science"))
)

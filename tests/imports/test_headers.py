import pytest

from webapp.imports.files.headers import find_columns

STUDENT = ("upn", "legal_surname", "legal_forename", "preferred_forename", "year", "reg", "admission", "left")


@pytest.mark.parametrize(
    "headings",
    [
        "UPN,Adm No,Legal Surname,Legal Forename,Preferred Forename,Year,Reg,Date of leaving",
        "UPN,Admission Number,Legal Last Name,Legal First Name,Preferred First Name,Year Group,Registration Form,"
        "Leaving Date",
        "upn,ADM NO.,surname,forename,preferred forename,NC Year,Tutor Group,leaving date",
        " Upn , Adm_No , Last-Name , First_Name , PREFERRED  FORENAME , year_group , reg-group , Leaving_Date ",
    ],
)
def test_headings_of_school_systems_are_known(headings: str):
    assert set(find_columns(headings.split(","), STUDENT)) == set(STUDENT)


def test_columns_stand_in_any_order_among_others():
    assert find_columns(["House", "Forename", "UPN"], ["upn", "forename"]) == {"upn": 2, "forename": 1}


def test_legal_name_goes_before_a_plain_one():
    assert find_columns(["Surname", "Legal Surname"], ["legal_surname"]) == {"legal_surname": 1}


def test_first_of_two_columns_of_one_name_is_meant():
    assert find_columns(["UPN", "upn"], ["upn"]) == {"upn": 0}


def test_missing_column_is_not_found():
    assert find_columns(["UPN"], ["upn", "year"]) == {"upn": 0}

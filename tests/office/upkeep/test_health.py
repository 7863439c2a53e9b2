from tests.office.conftest import Sign
from webapp.school import audit
from webapp.sync.log.revisions import writing
from webapp.web.health import BACKUP


def test_the_desk_reads_how_the_server_is(sign_in: Sign):
    page = sign_in("office").get("/office/health").text
    assert "Something needs looking after." in page
    assert "There is no backup of the last day and a half." in page
    with writing():
        audit.note(BACKUP)
    page = sign_in("safeguarding-lead").get("/office/health").text
    assert "All is well." in page
    assert "Tue 3 March, 10:21" in page

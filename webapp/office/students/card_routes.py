"""The addresses of cards: who has one, and sheets of new ones."""

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.office.parts.desk import bp
from webapp.office.parts.forms import Problems
from webapp.office.students import cards
from webapp.school import clock


@bp.get("/cards")
def list_cards() -> ResponseReturnValue:
    return _cards({})


@bp.post("/cards")
def issue_cards() -> ResponseReturnValue:
    """New cards as a PDF; `student`, `group` and `who` in the form say for whom."""
    students = cards.chosen(request.form, clock.today())
    if not students:
        return _cards({"form": "Everybody there has a card already."})
    sheet = cards.print_new(students, current_user.id, current_app.config["SETTINGS"])
    answer = Response(sheet, content_type="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"cards-{clock.today()}.pdf")
    return answer


def _cards(problems: Problems) -> ResponseReturnValue:
    page = cards.page(clock.today(), request.args, problems) | {"everybody": cards.EVERYBODY}
    return render_template("office/students/cards.html", **page), 422 if problems else 200

"""The addresses of leaders' insight: means of lessons, and the weekly tracker."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp.office.insight import lesson_means, weekly
from webapp.office.parts import sheets
from webapp.web.access import scope

bp = Blueprint("insight", __name__, url_prefix="/office")


@bp.get("/means")
def means() -> ResponseReturnValue:
    page = lesson_means.page(request.args.to_dict(), scope().groups)
    return render_template("office/insight/means.html", **page), 422 if page["problems"] else 200


@bp.get("/means/lessons")
def lessons_behind() -> ResponseReturnValue:
    """The lessons behind one figure, each leading to its marks."""
    page = lesson_means.lessons_page(request.args.to_dict(), scope().groups)
    return render_template("office/insight/means_lessons.html", **page)


@bp.get("/means/figures.<ending>")
def export_means(ending: str) -> ResponseReturnValue:
    choice = lesson_means.chosen(request.args.to_dict(), scope().groups)
    return sheets.download(lesson_means.sheet(choice), f"means-{choice.span.start}-to-{choice.span.end}", ending)


@bp.get("/weekly")
def weekly_tracker() -> ResponseReturnValue:
    """The scores of one group in one week, to read and to print."""
    return render_template("office/insight/weekly.html", **weekly.page(request.args.to_dict(), scope().groups))


@bp.get("/weekly.xlsx")
def export_weekly() -> ResponseReturnValue:
    """The scores of a week, a sheet for each group."""
    return weekly.workbook(request.args.to_dict(), scope().groups)

"""The addresses of leaders' insight: means of lessons, and the weekly tracker."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp.access import scope
from webapp.office import insight, sheets, weekly

bp = Blueprint("insight", __name__, url_prefix="/office")


@bp.get("/means")
def means() -> ResponseReturnValue:
    page = insight.page(request.args.to_dict(), scope().groups)
    return render_template("office/means.html", **page), 422 if page["problems"] else 200


@bp.get("/means/lessons")
def lessons_behind() -> ResponseReturnValue:
    """The lessons behind one figure, each leading to its marks."""
    return render_template("office/means_lessons.html", **insight.lessons_page(request.args.to_dict(), scope().groups))


@bp.get("/means/figures.<ending>")
def export_means(ending: str) -> ResponseReturnValue:
    choice = insight.chosen(request.args.to_dict(), scope().groups)
    return sheets.download(insight.sheet(choice), f"means-{choice.span.start}-to-{choice.span.end}", ending)


@bp.get("/weekly")
def weekly_tracker() -> ResponseReturnValue:
    """The scores of one group in one week, to read and to print."""
    return render_template("office/weekly.html", **weekly.page(request.args.to_dict(), scope().groups))


@bp.get("/weekly.xlsx")
def export_weekly() -> ResponseReturnValue:
    """The scores of a week, a sheet for each group."""
    return weekly.workbook(request.args.to_dict(), scope().groups)

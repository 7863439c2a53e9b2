"""Pages for the desk and the leaders, in the sections of its menu; what several share is in `parts/`."""

from flask import Flask

from webapp.office import data, insight, policy, rewards, school, students, today, upkeep
from webapp.office.parts import navigation, picking
from webapp.office.parts.addresses import KeyConverter
from webapp.office.setup import setup_routes
from webapp.office.upkeep import import_desk

SECTIONS = (today, students, rewards, insight, school, policy, upkeep, data)


def init_app(app: Flask) -> None:
    app.url_map.converters["key"] = KeyConverter
    for blueprint in dict.fromkeys(pages.bp for section in SECTIONS for pages in section.PAGES):
        app.register_blueprint(blueprint)
    app.add_template_global(navigation.sections, "desk_sections")
    app.add_template_global(navigation.school_name, "desk_school")
    app.add_template_global(picking.offer, "offer")
    setup_routes.init_app(app)
    app.extensions["import_desk"] = import_desk.Desk()

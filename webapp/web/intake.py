"""What comes with a request is measured before anything works on it, and what no database can hold is taken out.

Forms are read here, before the database is asked anything. A page that takes a file reads its form itself, once it is
known who sends it.
"""

from typing import Any

from flask import Flask, Request, Response, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BaseConverter, ValidationError

from webapp.domain.text.lengths import MOST_FIELDS, fault_of_fields, longest
from webapp.domain.text.text import whole, whole_number

KILOBYTE = 1024
LARGEST_FORM = 64 * KILOBYTE
LARGEST_PUSH = 256 * KILOBYTE
LARGEST_CALL = 16 * KILOBYTE
"""Of a call that says who somebody is, or is to be."""

FILES = ("imports.bring_file",)
"""What takes files: as large as the app takes anything."""

LARGEST = {"sync.push": LARGEST_PUSH, "sync.enrol_device": LARGEST_CALL, "sync.sign_in": LARGEST_CALL}


class WholeText(ImmutableMultiDict[str, Any]):
    """Fields of which every name and text can be stored and shown."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__(mapping)
        fields = [(whole(name), _whole(value)) for name, value in self.items(multi=True)]
        super().__init__(fields)


class Asked(Request):
    """A request whose fields can all be stored and shown, in its form, its address and its cookies."""

    parameter_storage_class = WholeText
    dict_storage_class = WholeText


class Answer(Response):
    """Text that cannot be sent (half a surrogate pair, kept by an earlier release) is replaced rather than fatal."""

    def set_data(self, value: bytes | str) -> None:
        super().set_data(whole(value) if isinstance(value, str) else value)


class WholeNumber(BaseConverter):
    """A row's number in an address: what no table holds is no address."""

    regex = "[0-9]+"

    def to_python(self, value: str) -> int:
        number = whole_number(value)
        if number is None:
            raise ValidationError
        return number


class TooLong(HTTPException):
    """A field holds more than it takes; `description` says which, and how much that is."""

    code = 422


def init_app(app: Flask) -> None:
    app.request_class = Asked
    app.response_class = Answer
    app.url_map.converters["int"] = WholeNumber
    app.jinja_env.globals["longest"] = longest
    app.before_request(measure)


def measure() -> None:
    """Refuse addresses, queries and forms that are longer than anything of ours."""
    request.max_form_parts = MOST_FIELDS
    if request.endpoint not in FILES:
        request.max_content_length = LARGEST.get(request.endpoint or "", LARGEST_FORM)
    request.view_args = {name: _whole(part) for name, part in (request.view_args or {}).items()}
    if any(isinstance(part, str) and len(part) > longest(name) for name, part in request.view_args.items()):
        abort(404)
    if request.blueprint == "sync":
        return  # which measures what it is told by itself, and answers in JSON
    _measure(request.args)
    if request.endpoint not in FILES:
        _measure(request.form)


def _measure(fields: MultiDict[str, str]) -> None:
    texts = list(fields.items(multi=True))
    if len(texts) > MOST_FIELDS:
        abort(413)
    if fault := fault_of_fields(texts):
        raise TooLong(fault.detail)


def _whole(value: object) -> object:
    return whole(value) if isinstance(value, str) else value

import re

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, TemplateSyntaxError

from tests.offline.sides import floor_environment
from webapp.offline.compiler import UnsupportedTemplate, compile_templates

REFUSED = {
    "{{ name|upper }}": "the filter 'upper'",
    "{{ name|safe }}": "the filter 'safe'",
    "{{ name|e }}": "the filter 'e'",
    "{{ name|default('x') }}": "the filter 'default'",
    "{{ tags|join }}": "the filter 'join' with these arguments",
    "{{ tags|join(name) }}": "the filter 'join' with these arguments",
    "{{ tags|join(',', attribute='name') }}": "the filter 'join' with these arguments",
    "{{ tags|join(*name) }}": "the filter 'join' with these arguments",
    "{{ tags|length(*name) }}": "the filter 'length' with these arguments",
    "{{ name is string }}": "the test 'string'",
    "{{ name is undefined }}": "the test 'undefined'",
    "{{ name.items }}": "the key 'items', which is also a method of dict,",
    "{{ name['keys'] }}": "the key 'keys', which is also a method of dict,",
    "{{ name.__class__ }}": "the key '__class__', which is also a method of dict,",
    "{{ name[key] }}": "a key that is not a constant string or integer",
    "{{ name[true] }}": "a key that is not a constant string or integer",
    "{{ tags[1:] }}": "a key that is not a constant string or integer",
    "{{ 1.5 }}": "the constant 1.5",
    "{{ 9007199254740992 }}": "the constant 9007199254740992",
    "{{ range }}": "the global 'range'",
    "{{ name() }}": "the construct Call",
    "{{ name.upper() }}": "the construct Call",
    "{{ super() }}": "the construct Call",
    "{% block a %}{{ super(1) }}{% endblock %}": "the construct Call",
    "{% block a %}{{ super() ~ 'x' }}{% endblock %}": "the construct Call",
    "{{ [1, 2] }}": "the construct List",
    "{{ {} }}": "the construct Dict",
    "{{ (1, 2) }}": "the construct Tuple",
    "{{ 2 * 3 }}": "the construct Mul",
    "{{ 4 / 2 }}": "the construct Div",
    "{{ 1 < 2 < 3 }}": "a chain of comparisons",
    "{{ ('a' if name) ~ 'b' }}": "an inline if without else that is not printed directly",
    "{{ self }}": "'self' as a value",
    "{{ loop }}": "'loop' as a value",
    "{% for x in tags %}{{ loop }}{% endfor %}": "'loop' as a value",
    "{% for x in tags %}{{ loop.cycle('a') }}{% endfor %}": "the construct Call",
    "{% for x in tags %}{{ loop.previtem }}{% endfor %}": "'loop.previtem'",
    "{% if none %}{% endif %}": "'none' as a condition",
    "{% if name %}{% elif none %}{% endif %}": "'none' as a condition",
    "{% for a, b in tags %}{% endfor %}": "unpacking into several names",
    "{% with a, b = tags %}{% endwith %}": "unpacking into several names",
    "{% with loop = tags %}{% endwith %}": "binding the name 'loop'",
    "{% for x in tags recursive %}{% endfor %}": "a recursive loop",
    "{% set x = 1 %}": "the construct Assign",
    "{% set x %}{% endset %}": "the construct AssignBlock",
    "{% macro m() %}{% endmacro %}": "the construct Macro",
    "{% import 'part.html' as p %}": "the construct Import",
    "{% from 'part.html' import p %}": "the construct FromImport",
    "{% call name() %}{% endcall %}": "the construct CallBlock",
    "{% filter upper %}{% endfilter %}": "the construct FilterBlock",
    "{% autoescape false %}{% endautoescape %}": "{% autoescape %}",
    "{% include name %}": "a template whose name is not a constant",
    "{% include ['part.html'] %}": "a template whose name is not a constant",
    "{% include 'part.html' ignore missing %}": "an include 'ignore missing' or 'without context'",
    "{% include 'part.html' without context %}": "an include 'ignore missing' or 'without context'",
    "{% extends name %}": "a template whose name is not a constant",
    "text {% extends 'part.html' %}": "an {% extends %} that is not the first thing in its file",
    "{% if name %}{% extends 'a' %}{% endif %}": "an {% extends %} that is not the first thing in its file",
    "{% extends 'part.html' %}text": "content beside the blocks of a template that extends another",
    "{% extends 'part.html' %}{{ name }}": "content beside the blocks of a template that extends another",
    "{% block a scoped %}{% endblock %}": "a scoped or required block",
    "{% block a required %}{% endblock %}": "a scoped or required block",
}


@pytest.mark.parametrize(("source", "what"), REFUSED.items())
def test_construct_outside_the_subset_is_refused(source: str, what: str) -> None:
    with pytest.raises(UnsupportedTemplate) as refusal:
        compile_templates(floor_environment(page=source, part=""), ["page.html"])
    assert str(refusal.value) == f"page.html:1: {what} is not in the offline subset"


@pytest.mark.parametrize(
    "source",
    [
        "<h1>\n\n{{ name|upper }}\n</h1>",
        "{# a comment #}\n\n{% if tags %}{{ name|upper }}{% endif %}",
        "{% block main %}\n{% for x in tags %}\n{{ x if name|upper }}{% endfor %}\n{% endblock %}",
        "{{ name\n   ~\n(name|upper) }}",
    ],
)
def test_refusal_names_the_line(source: str) -> None:
    with pytest.raises(UnsupportedTemplate) as refusal:
        compile_templates(floor_environment(page=source), ["page.html"])
    assert str(refusal.value) == "page.html:3: the filter 'upper' is not in the offline subset"


def test_refusal_names_the_included_file() -> None:
    env = floor_environment(page="{% include 'part.html' %}", part="\n{{ name|upper }}")
    with pytest.raises(UnsupportedTemplate, match=r"^part\.html:2: the filter 'upper' is not"):
        compile_templates(env, ["page.html"])


def test_what_only_the_compiler_of_jinja_notices_is_an_error_too() -> None:
    twice = "{% block a %}{% endblock %}\n{% block a %}{% endblock %}"
    with pytest.raises(TemplateSyntaxError, match="defined twice"):
        compile_templates(floor_environment(page=twice), ["page.html"])


def test_environment_that_does_not_escape_is_refused() -> None:
    env = Environment(loader=DictLoader({"page.html": ""}), undefined=StrictUndefined, autoescape=False)
    with pytest.raises(UnsupportedTemplate, match="without autoescape"):
        compile_templates(env, ["page.html"])


def test_environment_that_overlooks_missing_names_is_refused() -> None:
    env = Environment(loader=DictLoader({"page.html": ""}), autoescape=True)
    with pytest.raises(UnsupportedTemplate, match="without StrictUndefined"):
        compile_templates(env, ["page.html"])


def test_extended_and_included_templates_come_along() -> None:
    env = floor_environment(
        page="{% extends 'layout.html' %}{% block a %}{% include 'part.html' %}{% endblock %}",
        layout="{% block a %}{% endblock %}",
        part="{{ name }}",
        unused="",
    )
    module = compile_templates(env, ["page.html"])
    assert re.findall(r'^"(\w+)\.html": {$', module, re.MULTILINE) == ["layout", "page", "part"]


def test_what_says_the_same_everywhere_is_written_where_it_is_included() -> None:
    env = floor_environment(page="{% include 'icon.html' %}!", icon="<b>`$</b>")
    module = compile_templates(env, ["page.html"])
    assert "icon.html" not in module
    assert "<b>\\`\\$</b>!" in module


def test_same_templates_give_the_same_module() -> None:
    env = floor_environment(a="{% for x in y %}{{ x }}{% endfor %}", b="{{ x }}")
    assert compile_templates(env, ["a.html", "b.html"]) == compile_templates(env, ["b.html", "a.html"])


def test_module_is_ascii_and_never_closes_a_script() -> None:
    module = compile_templates(floor_environment(page="é \u2028 </script> </SCRIPT> <!--"), ["page.html"])
    assert module.isascii()
    assert not re.search(r"</script|<!--", module, re.IGNORECASE)

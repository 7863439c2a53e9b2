"""The compiled templates, run in Chromium, against Jinja: the same text, or both fail."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.offline.grammar import CONTEXTS, HOSTILE, families
from tests.offline.sides import Job, Outcome, Tablet, floor_environment, jinja

CONTEXT: dict[str, Any] = {
    "name": "Zoë <b>&'\"",
    "zero": 0,
    "two": 2,
    "yes": True,
    "no": False,
    "empty": [],
    "blank": {},
    "tags": ["a", "<b>", "ç"],
    "marks": [5, 0, None, 3],
    "row": {"name": "Ada", "mark": 4, "title": "T", "tags": ["x"], "nested": {"deep": "down"}},
    "rows": [{"name": "Ada", "ok": True}, {"name": "Ben", "ok": False}, {"name": "Cy", "ok": True}],
}
SAME = [
    "plain </script> \u2028 'text' \"quoted\" \\ ${1} `",
    "{{ name }} {{ two }} {{ yes }} {{ no }} {{ none }}",
    "{{ 'a<b' }} {{ 12 }} {{ true }} {{ none }}",
    "{{ row.name }} {{ row['mark'] }} {{ row.nested.deep }} {{ marks[0] }} {{ row.title }}",
    "{{ name ~ two ~ none ~ '<' }}",
    "{{ 'a' if yes else 'b' }}{{ 'a' if empty else 'b' }}",
    "{{ 'a' if yes }}{{ 'b' if no }}{{ ('c' if yes) if yes else 'd' }}{{ 'e' if no else ('f' if no) }}",
    "{{ two + 3 - 1 }} {{ yes + yes }} {{ -two }} {{ 0 - zero }}",
    "{{ two == 2 }} {{ two != 2 }} {{ two < 3 }} {{ two <= 2 }} {{ two > 3 }} {{ two >= 3 }}",
    "{{ yes == 1 }} {{ no == 0 }} {{ yes == 2 }} {{ '1' == 1 }} {{ none == no }} {{ none == none }}",
    "{{ '\uffff' < '😀' }} {{ 'a' < 'ab' }} {{ '' < 'a' }} {{ 'é' > 'z' }} {{ 'a' <= 'a' }}",
    "{{ yes < two }} {{ no >= zero }}",
    "{{ 'a' in tags }} {{ 'b' in tags }} {{ 'b' not in tags }} {{ 0 in marks }} {{ none in marks }}",
    "{{ empty and 1 or 'x' }} {{ name and two }} {{ zero or none }} {{ '' or name }}",
    "{{ not empty }} {{ not blank }} {{ not '' }} {{ not zero }} {{ not none }} {{ not row }} {{ not '0' }}",
    "{% if empty %}a{% elif blank %}b{% elif two > 1 and not no %}c{% else %}d{% endif %}",
    "{% if two > 1 or absent %}short circuit{% endif %}{% if no and absent %}{% endif %}",
    "{% for tag in tags %}<{{ tag }}>{% endfor %}",
    "{% for tag in empty %}x{% else %}none{% endfor %}{% for tag in tags %}x{% else %}none{% endfor %}",
    "{% for row in rows if row.ok %}{{ loop.index }}/{{ loop.length }}{% endfor %}{{ row.name }}",
    "{% for row in rows if row.mark is defined %}x{% else %}nobody{% endfor %}",
    "{% for m in marks %}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ m or '-' }}{% endfor %}",
    "{% for a in tags %}{% for b in marks %}{{ loop.index }}{% endfor %}{{ loop.index }}{% endfor %}",
    "{% for a in marks %}{% for b in tags if loop.last %}{{ b }}{% else %}-{% endfor %}|{% endfor %}",
    "{% for tags in tags %}{{ tags }}{% endfor %}{{ tags|length }}",
    "{% for class in tags %}{% for c in marks %}{{ class }}{{ c }}{% endfor %}{% endfor %}",
    "{% with two = 7, other = two %}{{ two }}{{ other }}{% endwith %}{{ two }}",
    "{% with a = 1, a = 2 %}{{ a }}{% endwith %}",
    "{% with unused = absent %}fine{{ unused is defined }}{% endwith %}",
    "{% with %}{% endwith %}{% for x in tags %}{% endfor %}",
    "{{ tags|length }} {{ '😀é'|length }} {{ row|length }} {{ tags|join(', ') }} {{ empty|join('') }}",
    "{{ row.mark is none }} {{ none is none }} {{ none is not none }} {{ absent is none }}",
    "{{ absent is defined }} {{ row.absent is defined }} {{ none.absent is defined }} {{ name is defined }}",
    "{{ constructor is defined }} {{ row.toString is defined }} {{ row.__proto__ is defined }}",
    "{{ marks[9] is defined }}",
    "{{ absent in empty }}",
    "{% raw %}{{ raw }}{% endraw %}{# comment #}|",
    "a\r\nb\n  {% if yes %}  \n  c\n  {% endif %}\n{{ two }}\n",
    "{% include 'part.html' %}{% for row in rows %}{% include 'part.html' %}{% endfor %}",
    "{% for row in rows %}{{ loop.index }}{% include 'numbered.html' %}{% endfor %}",
    "{% with __proto__ = row %}{% include 'own.html' %}{% endwith %}",
    "{% include 'child.html' %}",
    "{% block a %}1{% block b %}{{ two }}{% endblock %}{% endblock %}",
    "{% for x in tags %}{% block x %}-{% endblock %}{% endfor %}",
    "{% block __proto__ %}own{% endblock %}",
    "{% extends 'layout.html' %}",
    "{% extends 'layout.html' %}\n{% block main %}<{{ super() }}>{% block b %}b{% endblock %}{% endblock %}",
    "{% extends 'layout.html' %}{% block main %}{{ super() if yes }}{% endblock %}",
    "{% extends 'child.html' %}{% block main %}{% if yes %}3{{ super() }}{% endif %}{% endblock %}",
]
BOTH_FAIL = [
    "{{ absent }}",
    "{{ row.absent }}",
    "{{ absent.name is defined }}",
    "{{ none.name }}",
    "{% if absent %}{% endif %}",
    "{% for x in absent %}{% endfor %}",
    "{% for x in none %}{% endfor %}",
    "{% for x in two %}{% endfor %}",
    "{{ absent == 1 }}",
    "{{ 1 == absent }}",
    "{{ absent in tags }}",
    "{{ absent ~ 'x' }}",
    "{{ marks[9] }}",
    "{{ absent|length }}",
    "{{ two|length }}",
    "{{ none < 1 }}",
    "{{ 'a' < 1 }}",
    "{{ two + name }}",
    "{{ two + none }}",
    "{{ constructor }}",
    "{{ toString }}",
    "{{ row.hasOwnProperty }}",
    "{{ row.__proto__ }}",
    "{{ tags.length }}",
    "{{ name.length }}",
    "{% for x in tags %}{% block x %}{{ x }}{% endblock %}{% endfor %}",
    "{% for row in rows %}{% include 'numbered.html' %}{% endfor %}",
    "{% extends 'layout.html' %}{% block other %}{% endblock %}{% block main %}{{ absent }}{% endblock %}",
    "{% block main %}{{ super() }}{% endblock %}",
]
ONLY_JINJA = [
    "{{ tags }}",
    "{{ row }}",
    "{{ tags == tags }}",
    "{{ 'a' in name }}",
    "{{ 'name' in row }}",
    "{{ name + name }}",
    "{% for letter in name %}{% endfor %}",
    "{% for key in row %}{% endfor %}",
    "{{ name.title }}",
    "{{ name[0] }}",
    "{{ row[0] is defined }}",
    "{{ tags < tags }}",
    "{{ name|join(',') }}",
]
FAMILY = {
    "part": "({{ row.name }})",
    "numbered": "({{ loop.index }}{{ loop.last }})",
    "own": "({{ __proto__.name }})",
    "layout": "<title>{% block title %}{{ name }}{% endblock %}</title>{% block main %}base{% endblock %}",
    "child": "{% extends 'layout.html' %}{% block main %}2{{ super() }}{% endblock %}",
}


def on_both_sides(tablet: Tablet, source: str) -> tuple[Outcome, Outcome]:
    env = floor_environment(page=source, **FAMILY)
    job = Job("page.html", CONTEXT)
    return jinja(env, job), tablet.render(env, job)[0]


@pytest.mark.parametrize("source", SAME)
def test_construct_gives_the_text_of_jinja(tablet: Tablet, source: str) -> None:
    expected, actual = on_both_sides(tablet, source)
    assert expected.text is not None
    assert actual == expected


@pytest.mark.parametrize("source", BOTH_FAIL)
def test_what_fails_in_jinja_fails_on_the_tablet(tablet: Tablet, source: str) -> None:
    expected, actual = on_both_sides(tablet, source)
    assert expected.error
    assert actual.error


@pytest.mark.parametrize("source", ONLY_JINJA)
def test_values_used_outside_the_subset_fail_on_the_tablet(tablet: Tablet, source: str) -> None:
    expected, actual = on_both_sides(tablet, source)
    assert expected.text is not None
    assert actual == Outcome(None, "outside")


@pytest.mark.parametrize("block", ["title", "main"])
def test_fragment_is_a_block_of_the_page(tablet: Tablet, block: str) -> None:
    env = floor_environment(**FAMILY)
    job = Job("child.html", CONTEXT, block)
    assert tablet.render(env, job) == [jinja(env, job)]
    assert f"{jinja(env, job).text}</" in f"{jinja(env, Job('child.html', CONTEXT)).text}</"


def test_fragment_that_no_template_has_fails(tablet: Tablet) -> None:
    assert tablet.render(floor_environment(**FAMILY), Job("child.html", CONTEXT, "constructor"))[0].error


def test_hostile_strings_are_escaped_alike(tablet: Tablet) -> None:
    everywhere = '<a title="{{ who }}">{{ who }}</a>{{ who|length }}'
    env = floor_environment(page=everywhere + "{% for other in all %}{{ who < other }}{% endfor %}")
    jobs = [Job("page.html", {"who": who, "all": HOSTILE}) for who in HOSTILE]
    assert tablet.render(env, *jobs) == [jinja(env, job) for job in jobs]


def test_floats_are_not_printed(tablet: Tablet) -> None:
    env = floor_environment(page="{{ mean }}")
    assert tablet.render(env, Job("page.html", {"mean": 4.25})) == [Outcome(None, "outside")]


@given(family=families(), contexts=st.lists(CONTEXTS, min_size=1, max_size=3))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_random_templates_with_random_contexts_agree(
    tablet: Tablet, family: tuple[dict[str, str], list[str]], contexts: list[dict[str, Any]]
) -> None:
    sources, blocks = family
    env = floor_environment(**sources)
    parts = [*((f"{name}.html", None) for name in sources), *(("page.html", block) for block in blocks)]
    jobs = [Job(name, context, block) for name, block in parts for context in contexts]
    for job, actual in zip(jobs, tablet.render(env, *jobs), strict=True):
        expected = jinja(env, job)
        assert actual.text == expected.text, (sources, job, expected, actual)

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from webapp.domain.marks.winner import Claim, Verdict, decide

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
TEN_YEARS = timedelta(days=3653)


def claim(op, seq, **changes):
    """A claim by a tablet of its own that knew of nothing, made `seq` minutes after noon."""
    facts = {
        "device": f"tablet-{op}",
        "incarnation": "1",
        "n": 1,
        "by": op,
        "mark": 3,
        "at": NOON + timedelta(minutes=seq),
        "base": None,
        "replaces": None,
    }
    return Claim(op=op, seq=seq, **(facts | changes))


def test_a_lone_mark_stands():
    alone = claim("a", 1)
    assert decide([alone]) == Verdict(alone, contested=False)


def test_between_strangers_the_later_time_wins_whatever_was_stored_first():
    early, late = claim("a", 2, at=NOON), claim("b", 1, at=NOON + timedelta(seconds=1))
    assert decide([early, late]).winner == late


def test_at_the_same_moment_the_tablet_with_the_greater_name_wins():
    a, b = claim("a", 1, at=NOON, device="x"), claim("b", 2, at=NOON, device="w")
    assert decide([a, b]).winner == a


def test_a_mark_wins_over_the_one_it_replaces_even_if_its_clock_is_years_behind():
    wrong = claim("a", 1, at=NOON + TEN_YEARS)
    right = claim("b", 2, at=NOON - TEN_YEARS, replaces="a")
    assert decide([wrong, right]) == Verdict(right, contested=False)


def test_on_one_tablet_the_later_number_wins_even_if_the_clock_went_back():
    first = claim("a", 1, device="t", n=7, at=NOON)
    second = claim("b", 2, device="t", n=8, at=NOON - TEN_YEARS)
    assert decide([first, second]).winner == second


def test_numbers_of_another_incarnation_do_not_order_marks():
    old = claim("a", 1, device="t", incarnation="1", n=90, at=NOON)
    new = claim("b", 2, device="t", incarnation="2", n=1, at=NOON + timedelta(minutes=1))
    assert decide([old, new]).winner == new


def test_one_tablet_enrolled_twice_is_told_apart_even_at_the_same_moment():
    old = claim("a", 1, device="t", incarnation="1", n=2, at=NOON)
    new = claim("b", 2, device="t", incarnation="2", n=1, at=NOON)
    newer = claim("c", 0, device="t", incarnation="3", n=2, at=NOON)
    assert decide([old, new]).winner == decide([new, old]).winner == old
    assert decide([old, newer]).winner == decide([newer, old]).winner == newer


def test_whoever_could_see_a_mark_wins_over_it():
    seen = claim("a", 5, at=NOON + TEN_YEARS)
    seeing = claim("b", 9, base=5, at=NOON)
    assert decide([seen, seeing]).winner == seeing


def test_whoever_looked_at_an_older_state_does_not():
    unseen = claim("a", 5, at=NOON + TEN_YEARS)
    blind = claim("b", 9, base=4, at=NOON)
    assert decide([unseen, blind]).winner == unseen


def test_a_mark_that_fell_still_wins_over_the_one_it_had_seen():
    first = claim("a", 1, at=NOON + TEN_YEARS)
    second = claim("b", 2, base=1, at=NOON)
    third = claim("c", 3, replaces="b", at=NOON - TEN_YEARS)
    assert decide([first, second, third]).winner == third


def test_two_people_who_disagree_unknowingly_are_contested():
    assert decide([claim("a", 1, mark=3), claim("b", 2, mark=4)]).contested


def test_a_mark_taken_back_by_one_and_given_by_another_is_contested():
    assert decide([claim("a", 1, mark=None), claim("b", 2, mark=0)]).contested


def test_two_people_who_agree_are_not_contested():
    assert not decide([claim("a", 1, mark=4), claim("b", 2, mark=4)]).contested


def test_one_person_on_two_tablets_is_not_contested():
    assert not decide([claim("a", 1, mark=3, by="jo"), claim("b", 2, mark=4, by="jo")]).contested


def test_a_mark_that_was_corrected_no_longer_contests():
    quarrel = [claim("a", 1, mark=3), claim("b", 2, mark=4)]
    settled = claim("c", 3, mark=5, base=2)
    assert decide([*quarrel, settled]) == Verdict(settled, contested=False)


def test_a_base_from_the_future_does_not_defeat_marks_stored_later():
    liar = claim("a", 1, base=10**9, at=NOON)
    honest = claim("b", 2, base=0, at=NOON + timedelta(minutes=1))
    assert decide([liar, honest]).winner == honest


def test_a_mark_that_claims_to_replace_itself_stands():
    odd = claim("a", 1, replaces="a", at=NOON + timedelta(hours=1))
    assert decide([odd, claim("b", 2)]).winner == odd


def test_when_marks_replace_each_other_in_a_circle_the_last_one_stored_stands():
    circle = [claim("a", 1, replaces="b", at=NOON + TEN_YEARS), claim("b", 2, replaces="a", at=NOON)]
    for order in permutations(circle):
        assert decide(order) == Verdict(circle[1], contested=False)


class Tablet:
    """A tablet in the story below: what it has recorded, sent, and seen of the school's log."""

    def __init__(self, name):
        self.name = name
        self.made = []
        self.sent = 0
        self.cursor = 0


@st.composite
def stories(draw):
    """Three tablets mark the same lesson, in and out of range, with clocks that lie.

    Returns the stored claims and, for each op, the ops its author really knew of.
    """
    tablets = [Tablet(name) for name in ("kestrel", "linnet", "merlin")]
    log, known = [], {}
    for step in range(draw(st.integers(1, 14))):
        tablet = draw(st.sampled_from(tablets))
        action = draw(st.sampled_from(["mark", "mark", "push", "pull"]))
        if action == "pull":
            tablet.cursor = len(log)
        elif action == "push":
            send(tablet, log)
        else:
            mark(draw, tablet, log, known, f"op-{step}")
    for tablet in tablets:
        send(tablet, log)
    return log, known


def mark(draw, tablet, log, known, op):
    sees = {other.op for other in log[: tablet.cursor]} | {other.op for other in tablet.made}
    tells_base = draw(st.booleans()) or not sees
    known[op] = sees if tells_base else {other.op for other in tablet.made}
    replaces = draw(st.sampled_from([None, *sorted(sees)]))
    if replaces:
        known[op] = known[op] | known[replaces] | {replaces}
    tablet.made.append(
        Claim(
            op=op,
            seq=0,
            device=tablet.name,
            incarnation="1",
            n=len(tablet.made) + 1,
            by=draw(st.sampled_from(["Ama", "Bo", "Cy"])),
            mark=draw(st.sampled_from([0, 4, 5, "exempt", None])),
            at=NOON + TEN_YEARS * draw(st.integers(-10, 10)) / 10,
            base=tablet.cursor if tells_base else None,
            replaces=replaces,
        )
    )


def send(tablet, log):
    for waiting in tablet.made[tablet.sent :]:
        log.append(waiting._replace(seq=len(log) + 1))
    tablet.sent = len(tablet.made)


def known_by_others(known):
    """Every op that the author of some other op knew of, directly or through what that op knew."""
    reached = {op: set(others) for op, others in known.items()}
    for _ in known:
        for others in reached.values():
            others |= {deeper for other in tuple(others) for deeper in reached[other]}
    return set().union(*reached.values())


@given(stories())
def test_no_clock_overturns_what_people_knew(story):
    log, known = story
    if log:
        assert decide(log).winner.op not in known_by_others(known)


@given(stories())
def test_among_marks_nobody_knew_of_the_latest_stands_and_disagreement_is_told(story):
    log, known = story
    fallen = known_by_others(known) if known else set()
    standing = sorted((c.at, c.device, c.n) for c in log if c.op not in fallen)
    if log:
        verdict = decide(log)
        assert (verdict.winner.at, verdict.winner.device, verdict.winner.n) == standing[-1]
        views = {(c.by, c.mark) for c in log if c.op not in fallen}
        assert verdict.contested == any(a[0] != b[0] and a[1] != b[1] for a in views for b in views)


@given(stories().filter(lambda story: story[0]), st.randoms(use_true_random=False))
def test_the_verdict_does_not_depend_on_the_order_of_looking(story, random):
    log, _ = story
    shuffled = random.sample(log, len(log))
    assert decide(shuffled) == decide(log)
    assert decide(log).winner in log


LYING_CLAIMS = st.lists(
    st.tuples(
        st.sampled_from("xyz"),
        st.integers(1, 4),
        st.none() | st.integers(-5, 12),
        st.none() | st.integers(0, 7),
        st.integers(-10, 10),
    ),
    min_size=1,
    max_size=8,
)


@given(LYING_CLAIMS, st.randoms(use_true_random=False))
def test_even_liars_get_exactly_one_winner_in_any_order(facts, random):
    claims = [
        claim(f"{n}", n, device=device, n=number, base=base, at=NOON + timedelta(days=days))
        if replaced is None
        else claim(f"{n}", n, device=device, n=number, base=base, replaces=str(replaced))
        for n, (device, number, base, replaced, days) in enumerate(facts)
    ]
    verdict = decide(claims)
    assert verdict.winner in claims
    assert decide(random.sample(claims, len(claims))) == verdict

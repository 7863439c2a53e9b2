"""Who may do and see what: pages by endpoint here, operations in `domain/operations/`. What is not listed nobody may.

A role has `everything`, or only its `own`. Of pages, `own` are the students and groups that are given to a person
(`webapp/school/scope.py`); of operations, `own` is what the person recorded, or what the tablet in their hands did.
"""

from dataclasses import dataclass
from typing import Final

from webapp.domain.access.role_groups import People, people
from webapp.domain.access.roles import LOOK_AFTER_ALL
from webapp.domain.refusal import Refusal

CARD_HOLDER: Final = "student"  # by whom something was done that nobody of the staff did

NOBODY: Final = people("nobody")
LEADERSHIP: Final = people("the leadership team", "senior-leader", "head", "administrator")
LEADERS: Final = people("leaders", "head-of-year", "sendco", "safeguarding-lead", LEADERSHIP)
DESK: Final = people("the office and the leadership team", "office", LEADERSHIP)
DESK_AND_LEADERS: Final = people("the office and the leaders", DESK, LEADERS)
DATA: Final = people("the office, the leadership team and safeguarding leads", DESK, "safeguarding-lead")
TEACHERS: Final = people("teaching staff", "teacher", "tutor", "teaching-assistant")
SHOP: Final = people("the office and the tuck shop", DESK, "tuck-shop")
TUTORS: Final = people("tutors", "tutor")
SCORERS: Final = people("teaching staff, the office and the leaders", TEACHERS, DESK_AND_LEADERS)
STAFF: Final = people("staff", SCORERS, "reception", "tuck-shop")
HEADS: Final = people("the head and administrators", *LOOK_AFTER_ALL)
SAFEGUARDS: Final = people("the head, safeguarding leads and administrators", "safeguarding-lead", HEADS)
KEEPERS: Final = people("the office, the head and administrators", "office", HEADS)
HOLDERS: Final = people("whoever holds the card", CARD_HOLDER)


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do something to anybody's, and who only to what is theirs. `what` is it that they alone do."""

    everything: People
    own: People = NOBODY
    what: str = "do this"

    def allows(self, role: str | None) -> bool:
        """Whether this role may do it at all."""
        return role in self.everything or role in self.own

    def only_own(self, role: str | None) -> bool:
        """Whether this role may do it to what is its own alone."""
        return role not in self.everything

    def refusal(self) -> Refusal:
        return Refusal("not-allowed", f"Only {self.everything.words} {self.what}.")


ANYBODY: Final = Right(people("anybody"))
"""Of pages that ask for themselves who is there: signed in or not, on which tablet, with which card."""


# One line each, so that the tables can be read down.
# fmt: off
PAGES: Final[dict[str, Right]] = {
    # What a browser needs before anybody is known, and what watches over the server.
    "static":                   ANYBODY,
    "offline.worker":           ANYBODY,
    "offline.manifest":         ANYBODY,
    "offline.enrol":            ANYBODY,
    "health.tell_machines":     ANYBODY,

    # On a fresh server the code from its console opens these, until somebody can sign in.
    "setup.start":              ANYBODY,
    "setup.enter_code":         ANYBODY,
    "setup.found_school":       ANYBODY,
    "setup.make_administrator": ANYBODY,

    # The floor asks for itself who holds the tablet, as the worker does.
    "floor.home":               ANYBODY,
    "floor.install":            ANYBODY,
    "floor.sign_in":            ANYBODY,
    "floor.try_sign_in":        ANYBODY,
    "floor.hold":               ANYBODY,
    "floor.change_pin":         ANYBODY,
    "floor.sign_out":           ANYBODY,
    "floor.today":              ANYBODY,
    "floor.day":                ANYBODY,
    "floor.lesson":             ANYBODY,
    "floor.lesson_guest":       ANYBODY,
    "floor.invite":             ANYBODY,
    "floor.mark":               ANYBODY,
    "floor.mark_all":           ANYBODY,
    "floor.undo":               ANYBODY,
    "floor.student":            ANYBODY,
    "floor.ask_for":            ANYBODY,
    "floor.choose_option":      ANYBODY,
    "floor.award":              ANYBODY,
    "floor.limit":              ANYBODY,
    "floor.lift":               ANYBODY,
    "floor.spaces":             ANYBODY,
    "floor.spaces_ask":         ANYBODY,
    "floor.ask":                ANYBODY,
    "floor.enter":              ANYBODY,
    "floor.cancel":             ANYBODY,
    "floor.take_over":          ANYBODY,
    "floor.assist":             ANYBODY,
    "floor.hear":               ANYBODY,
    "floor.stay":               ANYBODY,
    "floor.hand_over":          ANYBODY,
    "floor.leave":              ANYBODY,
    "floor.tuck":               ANYBODY,
    "floor.take_back_sale":     ANYBODY,
    "floor.count_shelf":        ANYBODY,
    "floor.tuck_student":       ANYBODY,
    "floor.sell":               ANYBODY,
    "floor.take_back_from":     ANYBODY,
    "floor.room":               ANYBODY,
    "floor.leave_room":         ANYBODY,
    "floor.room_student":       ANYBODY,
    "floor.admit":              ANYBODY,
    "floor.open_card":          ANYBODY,
    "floor.waiting":            ANYBODY,
    "floor.settle":             ANYBODY,

    # A card holder is known by the token alone; what is for one tablet or for the desk asks for itself.
    "student.card_page":        ANYBODY,
    "student.card_points":      ANYBODY,
    "student.card_option":      ANYBODY,
    "student.card_worker":      ANYBODY,
    "student.kiosk":            ANYBODY,
    "student.hall":             ANYBODY,

    # A tablet is known by its cookie, which the protocol checks itself.
    "sync.enrol_device":        ANYBODY,
    "sync.sign_in":             ANYBODY,
    "sync.push":                ANYBODY,
    "sync.pull_rows":           ANYBODY,
    "sync.live_events":         ANYBODY,

    # Whoever has shown the password, or has a link of the desk's: both ask for themselves.
    "code.ask":                 ANYBODY,
    "code.take":                ANYBODY,
    "provider.start":           ANYBODY,
    "provider.back":            ANYBODY,
    "link.show":                ANYBODY,
    "link.choose":              ANYBODY,

    # One's own account.
    "account.home":             Right(STAFF),
    "account.change_password":  Right(STAFF),
    "account.end_session":      Right(STAFF),
    "account.second_factor_page":     Right(STAFF),
    "account.show_second_factor":     Right(STAFF),
    "account.confirm_second_factor":  Right(STAFF),
    "account.new_recovery_codes":     Right(STAFF),
    "account.switch_off":       Right(STAFF),

    # The desk: today.
    "office.home":              Right(STAFF),
    "office.needs_attention":   Right(DESK),
    "office.settle":            Right(DESK),
    "office.settle_tablet":     Right(DESK),
    "office.list_records":      Right(LEADERS),
    "office.complete_record":   Right(LEADERS),
    "office.list_plans":        Right(DESK),
    "office.make_plan":         Right(DESK),
    "office.end_plan":          Right(DESK),
    "office.list_pairs":        Right(DESK_AND_LEADERS),
    "office.keep_apart":        Right(DESK_AND_LEADERS),
    "office.end_pair":          Right(DESK_AND_LEADERS),

    # The desk: students.
    "office.list_cards":        Right(DESK),
    "office.issue_cards":       Right(DESK),
    "contacts.list_orders":     Right(SAFEGUARDS),
    "rewards.list_limits":      Right(DESK_AND_LEADERS),
    "rewards.lift_limit":       Right(LEADERS),
    "corrections.find_entries":   Right(DESK_AND_LEADERS),
    "corrections.one_mark":       Right(DESK_AND_LEADERS),
    "corrections.correct_mark":   Right(DESK_AND_LEADERS),
    "corrections.one_stay":       Right(DESK_AND_LEADERS),
    "corrections.correct_stay":   Right(DESK_AND_LEADERS),
    "corrections.one_sale":       Right(DESK_AND_LEADERS),
    "corrections.take_back_sale": Right(DESK_AND_LEADERS),

    # The desk: rewards.
    "rewards.tuck_shop":        Right(SHOP),
    "rewards.change_item":      Right(SHOP),
    "rewards.count_item":       Right(SHOP),
    "rewards.take_back":        Right(SHOP),
    "rewards.export_sales":     Right(SHOP),
    "rewards.move_till":        Right(DESK_AND_LEADERS),
    "rewards.options_lists":    Right(STAFF),
    "rewards.export_options":   Right(STAFF),
    "rewards.trip":             Right(DESK_AND_LEADERS),
    "rewards.decide_trip":      Right(LEADERS),
    "rewards.export_trip":      Right(DESK_AND_LEADERS),
    "office.hall_board":        Right(DESK_AND_LEADERS, own=TUTORS),
    "office.name_on_board":     Right(DESK_AND_LEADERS, own=TUTORS),

    # The desk: insight.
    "insight.means":            Right(DESK_AND_LEADERS),
    "insight.lessons_behind":   Right(DESK_AND_LEADERS),
    "insight.export_means":     Right(DESK_AND_LEADERS),
    "insight.weekly_tracker":   Right(DESK_AND_LEADERS, own=TEACHERS),
    "insight.export_weekly":    Right(DESK_AND_LEADERS, own=TEACHERS),
    "office.tracker":           Right(DESK_AND_LEADERS),
    "office.export_stays":      Right(DESK_AND_LEADERS),
    "attendance.list_attendance": Right(DESK_AND_LEADERS, own=TUTORS),
    "attendance.give_awards":   Right(DESK_AND_LEADERS, own=TUTORS),

    # The desk: school.
    "students.list_students":  Right(DESK),
    "students.new_student":    Right(DESK),
    "students.add_student":    Right(DESK),
    "students.show_student":   Right(DESK),
    "students.change_student": Right(DESK),
    "students.leave":          Right(DESK),
    "students.come_back":      Right(DESK),
    "students.add_part_time":  Right(DESK),
    "students.end_part_time":  Right(DESK),
    "merges.choose":           Right(DESK),
    "merges.merge":            Right(DESK),
    "merges.undo":             Right(DESK),
    "staff.list_staff":        Right(DESK),
    "staff.new_person":        Right(DESK),
    "staff.add_person":        Right(DESK),
    "staff.show_person":       Right(DESK),
    "staff.change_person":     Right(DESK),
    "staff.give_groups":       Right(DESK),
    "groups.list_groups":      Right(DESK),
    "groups.add_group":        Right(DESK),
    "groups.show_group":       Right(DESK),
    "groups.change_group":     Right(DESK),
    "groups.move_students":    Right(DESK),
    "roll_over.show":          Right(DESK),
    "roll_over.prepare":       Right(DESK),
    "roll_over.undo":          Right(DESK),
    "cover.show_cover":        Right(DESK),
    "cover.give_cover":        Right(DESK),
    "calendar.show_calendar":   Right(DESK),
    "calendar.new_entry":       Right(DESK),
    "calendar.add_entry":       Right(DESK),
    "calendar.show_entry":      Right(DESK),
    "calendar.change_entry":    Right(DESK),
    "calendar.remove_entry":    Right(DESK),
    "bells.show_bells":         Right(DESK),
    "bells.new_period":         Right(DESK),
    "bells.add_period":         Right(DESK),
    "bells.show_period":        Right(DESK),
    "bells.change_period":      Right(DESK),
    "bells.remove_period":      Right(DESK),
    "timetable.show_week":      Right(DESK),
    "timetable.show_lesson":    Right(DESK),
    "timetable.save_lesson":    Right(DESK),
    "timetable.remove_lesson":  Right(DESK),
    "data.show_data":           Right(DATA),
    "data.give_out_student":    Right(DATA),
    "retention.list_rules":     Right(DATA),
    "retention.preview":        Right(DATA),
    "retention.report":         Right(DATA),
    "retention.delete_now":     Right(KEEPERS),
    "health.tell_people":       Right(DATA),
    "audit.read_trail":         Right(SAFEGUARDS),
    "audit.export_trail":       Right(SAFEGUARDS),
    "setup.overview":           Right(DESK),
    "setup.choose_year":        Right(DESK),
    "setup.save_year":          Right(DESK),
    "setup.choose_bells":       Right(DESK),
    "setup.save_bells":         Right(DESK),
    "setup.bring_people":       Right(DESK),
    "setup.first_tablet":       Right(DESK),
    "imports.choose_file":      Right(DESK),
    "imports.bring_file":       Right(DESK),
    "imports.look_at_file":     Right(DESK),
    "imports.choose_columns":   Right(DESK),
    "imports.choose_day":       Right(DESK),
    "imports.choose_layout":    Right(DESK),
    "imports.import_file":      Right(DESK),
    "imports.begin_again":      Right(DESK),
    "imports.drop_file":        Right(DESK),
    "imports.show_run":         Right(DESK),
    "imports.undo_run":         Right(DESK),
    "policy.in_words":          Right(STAFF),
    "policy.history":           Right(STAFF),
    "policy.draft":             Right(LEADERSHIP),
    "policy.keep_draft":        Right(LEADERSHIP),
    "policy.leave_draft":       Right(LEADERSHIP),
    "policy.preview":           Right(LEADERSHIP),
    "policy.adopt":             Right(LEADERSHIP),
    "policy.withdraw":          Right(LEADERSHIP),
    "office.list_tablets":      Right(DESK),
    "accounts.list_accounts":   Right(KEEPERS),
    "accounts.account":         Right(KEEPERS),
    "accounts.unlock":          Right(KEEPERS),
    "accounts.new_link":        Right(KEEPERS),  # for whom, `roles.may_look_after` says
    "accounts.sign_out":        Right(KEEPERS),
    "accounts.change_email":    Right(KEEPERS),
    "accounts.reset_second_factor":   Right(KEEPERS),
    "accounts.require_second_factor": Right(HEADS),
    "office.new_code":          Right(DESK),
    "office.rename_tablet":     Right(DESK),
    "office.revoke_tablet":     Right(DESK),
}
# fmt: on

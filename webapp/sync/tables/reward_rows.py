"""The rows of the rewards as tablets hold them (docs/protocol.md, "Rows")."""

import json

from webapp.domain.time.moment import instant
from webapp.domain.wire.rewards import AdmissionRow, AwardRow, CardRow, ChoiceRow, ItemRow, RedemptionRow, TillRow
from webapp.models import Admission, Award, Card, Item, OptionChoice, Redemption, Till
from webapp.policies import Pack

CARD_KEY = 24  # characters of a digest that tell cards apart; tablets hold no more of it


def card_row(card: Card, _pack: Pack) -> CardRow:
    return {"id": str(card.student_id), "student": str(card.student_id), "key": card.digest[:CARD_KEY]}


def item_row(item: Item, _pack: Pack) -> ItemRow | None:
    if item.gone:
        return None
    return {
        "id": item.id,
        "name": item.name,
        "price": item.price,
        "stock": item.stock,
        "allergens": json.loads(item.allergens),
        "picture": item.picture,
    }


def redemption_row(sale: Redemption, _pack: Pack) -> RedemptionRow:
    return {
        "id": sale.id,
        "student": str(sale.student_id),
        "item": sale.item,
        "price": sale.price,
        "day": sale.day.isoformat(),
        "device": sale.device,
        "by": sale.by,
        "at": instant(sale.at),
        "void": sale.voided_at is not None,
    }


def till_row(till: Till, _pack: Pack) -> TillRow:
    return {"id": till.group_id, "group": till.group_id, "device": till.device, "to": till.to}


def admission_row(admission: Admission, _pack: Pack) -> AdmissionRow:
    return {
        "id": admission.id,
        "student": str(admission.student_id),
        "window": admission.window,
        "by": admission.by,
        "at": instant(admission.at),
        "left": instant(admission.left) if admission.left else None,
        "again": admission.again,
    }


def choice_id(choice: OptionChoice) -> str:
    return f"{choice.student_id}.{choice.week}"


def choice_row(choice: OptionChoice, _pack: Pack) -> ChoiceRow:
    return {
        "id": choice_id(choice),
        "student": str(choice.student_id),
        "week": choice.week,
        "choice": choice.choice,
        "by": choice.by,
        "at": instant(choice.at),
    }


def award_row(award: Award, _pack: Pack) -> AwardRow | None:
    """Gone once it was withdrawn."""
    if award.withdrawn_at:
        return None
    return {
        "id": award.id,
        "student": str(award.student_id),
        "award": award.award,
        "note": award.note,
        "day": award.day.isoformat(),
        "by": award.by,
    }

"""滚动办: why a proposal is carried into the next year."""

from django.db.models import TextChoices


class CarryReason(TextChoices):
    """结转的原因: the first that holds, in this order; the hand-over book says the others, too."""

    IN_HAND = "in_hand", "还没有答复"
    REHANDLED = "rehandled", "重新办理没有完"
    CHALLENGED = "challenged", "又被提出，没有了结"
    PROMISED = "promised", "承诺没有兑现"
    LOOKED_AT = "looked_at", "回头看没有了结"
    PLANNED = "planned", "B 类，列入计划"
    LATER = "later", "C 类，条件所限"
    CONVENED = "convened", "当面协商没有了结"

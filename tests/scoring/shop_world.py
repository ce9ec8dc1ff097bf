"""Random histories of two counters beside a model of them: what was promised, spent and lost."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from congress.shared.actors import SYSTEM, Actor
from congress.shared.errors import Refused
from congress.shared.roles import Role
from deputies.models import Deputy
from scoring.actions import gifts, handing, redeeming
from scoring.models import Gift, Purse, Redemption, Reversal, WriteOff
from scoring.queries.audit_shop import shop_faults
from stations.models import Station
from tests import make
from tests.scoring import shop

FIRST = date(2026, 11, 28)
HELD, HANDED = "held", "handed_out"


@dataclass
class Model:
    """What the books should say, in plain numbers."""

    free: Counter[int] = field(default_factory=Counter)
    waits: Counter[int] = field(default_factory=Counter)
    shelf: Counter[int] = field(default_factory=Counter)
    promised: Counter[int] = field(default_factory=Counter)


class World:
    """Two counters, some gifts of few pieces, some deputies whose points do not reach far."""

    def __init__(self, dice: Random, deputies: int = 4) -> None:
        self.dice, self.today = dice, FIRST
        self.counters = [shop.station(f"第{make.serial()}联络站") for _ in range(2)]
        self.clerk = make.actor(Role.TOWNSHIP_CLERK)
        self.people = [make.deputy() for _ in range(deputies)]
        self.actors = {each.pk: make.as_deputy(each) for each in self.people}
        shop.purse(*self.people, grade="良好", today=FIRST)
        self.model = Model()
        self.gifts = [self._offer(*self.counters[n % 2]) for n in range(4)]
        for each in self.people:
            self.model.free[each.pk] = 60
        self.did: Counter[str] = Counter()
        self.wrong: list[str] = []

    def _offer(self, at: Station, keeper: Actor) -> Gift:
        count, price = self.dice.randrange(1, 4), self.dice.choice((10, 20, 30, 50))
        gift = shop.offered(
            at, keeper, name=f"奖品{make.serial()}", price=price, limit=2, count=count
        )
        self.model.shelf[gift.pk] = count
        return gift

    @property
    def steps(self) -> dict[str, Callable[[], None]]:
        return {
            "reserve": self.reserve,
            "hand_out": self.hand_out,
            "cancel": self.cancel,
            "expire": self.expire,
            "stock": self.stock,
            "write_off": self.write_off,
            "reverse": self.reverse,
            "day": self.a_day,
        }

    def step(self) -> None:
        """One act, which the real verb takes or refuses as the model expects."""
        name = self.dice.choices(tuple(self.steps), weights=(9, 5, 3, 3, 1, 2, 2, 2))[0]
        self.steps[name]()
        self.did[name] += 1

    def _try(self, expected: bool, act: Callable[[], object], words: str) -> bool:
        try:
            done = act() is not None
        except Refused as no:
            done, words = False, f"{words}: {no.reason}"
        if done != expected:
            self.wrong.append(f"{words}: {'done' if done else 'refused'}, not as the model has it")
        return done

    def reserve(self) -> None:
        gift, person = self.dice.choice(self.gifts), self.dice.choice(self.people)
        model = self.model
        had = Redemption.objects.filter(
            gift=gift, purse__deputy=person, state__in=(HELD, HANDED)
        ).count()
        left = model.shelf[gift.pk] - model.promised[gift.pk]
        good = self.today.year == FIRST.year
        may = good and left > 0 and model.free[person.pk] >= gift.price and had < 2
        keeper = self.counters[self.gifts.index(gift) % 2][1]
        by = self.dice.choice((self.actors[person.pk], keeper))
        token = UUID(int=self.dice.getrandbits(128))

        def act() -> object:
            return redeeming.reserve(gift, deputy=person, token=token, by=by, today=self.today)

        if self._try(may, act, "reserve"):
            model.promised[gift.pk] += 1
            self._move(person, gift.price)

    def _move(self, person: Deputy, points: int, *, free: int = -1, waits: int = 1) -> None:
        self.model.free[person.pk] += free * points
        self.model.waits[person.pk] += waits * points

    def _one(self, *states: str) -> Redemption | None:
        rows = Redemption.objects.filter(gift__in=self.gifts).select_related(
            "gift__station", "purse__deputy"
        )
        found = list((rows.filter(state__in=states) if states else rows).order_by("pk"))
        return self.dice.choice(found) if found else None

    def hand_out(self) -> None:
        row = self._one(HELD, HELD, *(() if self.dice.random() < 0.8 else (HANDED, "cancelled")))
        if row is None:
            return
        at, keeper = self.dice.choice(self.counters)
        may = row.state == HELD and row.gift.station == at and self.today <= row.until
        may = may and row.reserved_by_id != keeper.user.pk
        clash = Redemption.objects.held().filter(code=row.code).exclude(pk=row.pk).exists()
        if clash:
            return

        def act() -> object:
            return handing.hand_out(at, code=row.code, by=keeper, today=self.today)

        if self._try(may, act, "hand out"):
            self.model.shelf[row.gift_id] -= 1
            self.model.promised[row.gift_id] -= 1
            self._move(row.purse.deputy, row.price, free=0, waits=-1)

    def _ends(self, row: Redemption, may: bool, act: Callable[[], object], words: str) -> None:
        if self._try(may, act, words):
            self.model.promised[row.gift_id] -= 1
            self._move(row.purse.deputy, row.price, free=1, waits=-1)

    def cancel(self) -> None:
        if row := self._one():
            by = self.actors[row.purse.deputy_id]
            self._ends(row, row.state == HELD, lambda: redeeming.cancel_hold(row, by=by), "cancel")

    def expire(self) -> None:
        if row := self._one():
            may = row.state == HELD and self.today > row.until
            self._ends(
                row,
                may,
                lambda: redeeming.expire_hold(row, by=SYSTEM, today=self.today),
                "expire",
            )

    def stock(self) -> None:
        gift, count = self.dice.choice(self.gifts), self.dice.randrange(1, 3)
        gifts.stock_gift(gift, count=count, note="", by=self.clerk, today=self.today)
        self.model.shelf[gift.pk] += count

    def write_off(self) -> None:
        gift = self.dice.choice(self.gifts)
        keeper = self.counters[self.gifts.index(gift) % 2][1]
        waiting = WriteOff.objects.waiting().filter(gift=gift).first()
        count = waiting.count if waiting else self.dice.randrange(1, 3)
        may = count <= self.model.shelf[gift.pk] - self.model.promised[gift.pk]
        if waiting is None:
            how = {"count": count, "reason": "坏了", "by": keeper, "today": self.today}
            self._try(may, lambda: gifts.ask_write_off(gift, **how), "ask to write off")
        elif self.dice.random() < 0.3:
            gifts.drop_write_off(waiting, by=keeper)
        elif self._try(
            may, lambda: gifts.write_off(waiting, by=self.clerk, today=self.today), "write off"
        ):
            self.model.shelf[gift.pk] -= count

    def reverse(self) -> None:
        asked = Reversal.objects.waiting().filter(redemption__gift__in=self.gifts).first()
        if asked is None:
            if row := self._one():
                how = {"came_back": self.dice.random() < 0.5, "reason": "发错了"}
                how |= {"by": self.clerk, "today": self.today}
                self._try(row.state == HANDED, lambda: handing.ask_reversal(row, **how), "ask")
            return
        keeper = next(by for at, by in self.counters if at == asked.redemption.gift.station)
        self._try(
            False,
            lambda: handing.reverse_hand_out(asked, by=self.clerk, today=self.today),
            "reverse alone",
        )
        if self._try(
            True,
            lambda: handing.reverse_hand_out(asked, by=keeper, today=self.today),
            "reverse",
        ):
            row = asked.redemption
            self.model.shelf[row.gift_id] += int(asked.came_back)
            self._move(row.purse.deputy, row.price, free=1, waits=0)

    def a_day(self) -> None:
        self.today += timedelta(days=self.dice.randrange(1, 6))

    def wrongs(self) -> list[str]:
        """What the books say otherwise than the model, and what the nightly audit would find."""
        model, found = self.model, list(self.wrong)
        for gift in Gift.objects.filter(pk__in=[each.pk for each in self.gifts]):
            said = (gift.on_shelf, gift.held)
            wanted = (model.shelf[gift.pk], model.promised[gift.pk])
            found += [f"{gift}: {said}, not {wanted}"] if said != wanted else []
        for purse in Purse.objects.filter(deputy__in=self.people):
            said = (purse.available, purse.held)
            wanted = (model.free[purse.deputy_id], model.waits[purse.deputy_id])
            found += [f"{purse}: {said}, not {wanted}"] if said != wanted else []
        return found + shop_faults()

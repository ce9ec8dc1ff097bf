"""Who acts: a person in one of their posts, or the system's own clock."""

from dataclasses import dataclass

from congress.shared.models import Post, User
from congress.shared.models.places import OrganisationKind
from congress.shared.roles import DESK, STAFF, Role


@dataclass(frozen=True)
class Actor:
    """A person together with the post that acts; `SYSTEM` has neither."""

    user: User | None = None
    post: Post | None = None
    posts: tuple[Post, ...] = ()

    @property
    def role(self) -> Role | None:
        return Role(self.post.role) if self.post else None

    @property
    def is_staff(self) -> bool:
        """Of the committee's deputy-affairs office."""
        return self.role in STAFF

    @property
    def at_deputy_office(self) -> bool:
        """Of 代工委 itself: a special committee's people have the same roles and read no rating."""
        kind = self.post.organisation.kind if self.post else None
        return self.is_staff and kind == OrganisationKind.COMMITTEE

    @property
    def directs_office(self) -> bool:
        """代工委主任: not who directs a special committee."""
        return self.role == Role.STAFF_DIRECTOR and self.at_deputy_office

    @property
    def at_the_desk(self) -> bool:
        """May enter the browser admin, if only to read."""
        return self.role in DESK

    @property
    def in_an_office(self) -> bool:
        """At the committee's desk, or of a township's 人大, which decides what is raised there."""
        return self.at_the_desk or self.role == Role.TOWNSHIP_CLERK

    @property
    def organisation_id(self) -> int | None:
        return self.post.organisation_id if self.post else None

    @property
    def area_id(self) -> int | None:
        return self.post.organisation.area_id if self.post else None

    @property
    def name(self) -> str:
        return self.user.name if self.user else "系统"

    @property
    def title(self) -> str:
        """The acting post in words, as the trail keeps it."""
        return str(self.post) if self.post else ""

    def is_a(self, *roles: Role) -> bool:
        """Whether the acting post is one of these roles."""
        return self.role in roles

    def same_person(self, user_id: int | None) -> bool:
        """Whether `user_id` is this very person, whatever the post."""
        return self.user is not None and self.user.pk == user_id


SYSTEM = Actor()
"""What beat's tasks act as."""

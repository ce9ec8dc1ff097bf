"""账号与任职 in the browser admin: who may sign in, and as what."""

import secrets
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from congress.shared import accounts
from congress.shared.admin.base import ReferenceAdmin
from congress.shared.middleware import acting
from congress.shared.models import Post, User
from congress.shared.roles import Role

SYLLABLES = (
    "ba",
    "da",
    "fu",
    "ge",
    "he",
    "ji",
    "ke",
    "lu",
    "mi",
    "na",
    "qi",
    "ru",
    "ti",
    "xi",
    "yu",
)


def new_password() -> str:
    """Easy to read out over the telephone, too long to guess: four syllables and four digits."""
    words = "".join(secrets.choice(SYLLABLES) for _ in range(4))
    return f"{words}{secrets.randbelow(10_000):04}"


@admin.register(User)
class UserAdmin(ReferenceAdmin[User]):
    """账号: opened with a first password that is shown once."""

    list_display = ("username", "name", "email", "last_login")
    search_fields = ("username", "name")
    fields = ("username", "name", "email")
    actions = ("reset_password",)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A new account has a first password; an existing one keeps its own."""
        if change:
            super().save_model(request, obj, form, change)
            return
        password = new_password()
        user = accounts.open_account(
            username=obj.username,
            name=obj.name,
            email=obj.email,
            password=password,
            by=acting(request),
        )
        obj.pk = user.pk
        obj._state.adding = False
        self.message_user(
            request,
            f"{user.name}的初始密码是 {password}，只显示这一次，请当面交给本人。"
            "再到“任职”安排岗位。",
            messages.WARNING,
        )

    @admin.action(description="重设密码")
    def reset_password(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Each chosen account has a new first password, shown once."""
        for user in chosen:
            password = new_password()
            accounts.reset_password(user, password=password, by=acting(request))
            self.message_user(
                request, f"{user.name}（{user.username}）的新密码是 {password}", messages.WARNING
            )


@admin.register(Post)
class PostAdmin(ReferenceAdmin[Post]):
    """任职: given from a day on; ended by its last day, never deleted."""

    list_display = ("user", "organisation", "role", "from_on", "to_on")
    list_select_related = ("user", "organisation")
    list_filter = ("role",)
    search_fields = ("user__name", "user__username", "organisation__name")
    autocomplete_fields = ("user", "organisation")

    def get_readonly_fields(self, request: HttpRequest, obj: Post | None = None) -> Any:
        """A post that was given can only be ended, and once ended it stays as it is."""
        if obj is None:
            return ("to_on",)
        given = ("user", "organisation", "role", "from_on")
        return (*given, "to_on") if obj.to_on else given

    def save_model(self, request: HttpRequest, obj: Post, form: Any, change: bool) -> None:
        """A new post is given by its verb, and ended by its verb."""
        if change:
            if obj.to_on and "to_on" in form.changed_data:
                accounts.end_post(obj, to_on=obj.to_on, by=acting(request))
            return
        post = accounts.give_post(
            obj.user,
            organisation=obj.organisation,
            role=Role(obj.role),
            from_on=obj.from_on,
            by=acting(request),
        )
        obj.pk = post.pk
        obj._state.adding = False

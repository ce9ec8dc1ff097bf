"""Accounts, and the posts that give them rights."""

from datetime import date
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from congress.shared.models.places import Organisation
from congress.shared.roles import Role


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """账号: one person. What they may do comes from the post that acts, never from here."""

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    email = models.EmailField("电子邮箱", blank=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """False for Django's own checks: the admin asks for the acting post instead."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """False: rights come from posts. The admin's pages ask `request.actor`."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class PostQuerySet(models.QuerySet["Post"]):
    def of(self, user: User) -> Self:
        """This person's posts, past and present."""
        return self.filter(user=user)

    def open_in(self, organisation: Organisation, role: Role) -> Self:
        """Posts of this role there whose end is not set."""
        return self.filter(organisation=organisation, role=role, to_on=None)

    def administrators(self) -> Self:
        """The system administrators whose end is not set."""
        return self.filter(role=Role.SYSADMIN, to_on=None)

    def other_administrators(self, post: "Post") -> Self:
        """Who would still administer the system without this post."""
        return self.administrators().exclude(pk=post.pk)

    def in_force(self, today: date) -> Self:
        """Posts held on that day: one that ended yesterday gives no right today."""
        return self.filter(from_on__lte=today).exclude(to_on__lt=today)


class Post(models.Model):
    """任职: who acts for which organisation in which role, from when to when."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="账号")
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name="机构")
    role = models.CharField("角色", max_length=20, choices=Role)
    from_on = models.DateField("开始日期")
    to_on = models.DateField("结束日期", null=True, blank=True, help_text="当天仍在任")

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ("user", "from_on")
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_begins",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.UniqueConstraint(
                name="post_once_per_user_role_and_organisation_while_open",
                fields=("user", "organisation", "role"),
                condition=Q(to_on__isnull=True),
                violation_error_message="此人已有这项任职。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}·{self.get_role_display()}"

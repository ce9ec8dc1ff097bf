"""案卷: a session's proposals bound into one file, made when the office asks for it."""

from django.db import models
from django.db.models import Q

from congress.shared import clock
from congress.shared.models import Post, Session, User
from congress.shared.workflow import Stepped
from proposals.states import VOLUME_STEPS, VolumeState


class Volume(Stepped):
    """案卷 of one session; what was made last can be read while it is made anew."""

    STEPS = VOLUME_STEPS
    state = models.CharField("状态", max_length=20, choices=VolumeState, default=VolumeState.ASKED)
    session = models.OneToOneField(Session, models.PROTECT, verbose_name="会次")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="谁要的")
    asked_post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="职务")
    asked_at = models.DateTimeField("什么时候要的", default=clock.now)
    tries = models.PositiveSmallIntegerField("开始过几次", default=0)
    cases = models.PositiveIntegerField("件数", default=0)
    pdf = models.CharField("案卷文件", max_length=120, blank=True)
    book = models.CharField("目录文件", max_length=120, blank=True)
    made_at = models.DateTimeField("生成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "案卷"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                name="volume_has_both_files_and_their_moment_or_none",
                condition=Q(pdf="", book="", made_at__isnull=True)
                | (~Q(pdf="") & ~Q(book="") & Q(made_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="volume_made_has_its_files",
                condition=~Q(state=VolumeState.MADE) | ~Q(pdf=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session.full_name}案卷"

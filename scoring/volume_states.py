"""States of bound volumes. docs/workflows.md is drawn from these."""

from collections.abc import Mapping, Set

from django.db.models import TextChoices


class VolumeState(TextChoices):
    ASKED = "asked", "正在生成"
    MADE = "made", "已生成"
    FAILED = "failed", "没有生成成功"


VOLUME_STEPS: Mapping[str, Set[str]] = {
    VolumeState.ASKED: {VolumeState.MADE, VolumeState.FAILED},
    VolumeState.MADE: {VolumeState.ASKED},
    VolumeState.FAILED: {VolumeState.ASKED},
}
"""任期卷、小组年册: which state may follow which. Made anew, it replaces the last one."""

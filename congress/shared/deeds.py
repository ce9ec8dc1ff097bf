"""办理痕迹 in words: the trail keeps short codes, and people read what they mean."""

from django.apps import apps

DEEDS = {
    "opened": "开户",
    "account": "开户",
    "given": "任职",
    "ended": "卸任",
    "password_changed": "改了密码",
    "password_reset": "重设密码",
    "added": "新增",
    "changed": "修改",
    "edited": "修改",
    "restored": "撤回导入",
    "roster_exported": "导出名册",
    "faults_exported": "下载错误行",
    "row_mended": "改了一行",
    "row_restored": "还原一行",
    "row_told_apart": "辨认同名",
    "enrolled": "登记入册",
    "mended": "更新资料",
    "convenor_released": "召集人离任",
    "leader_released": "组长离任",
    "dropped": "随资格撤下",
    "spell_dropped": "编组随资格撤下",
    "spell_restored": "恢复编组",
    "announced": "公告",
    "opened_term": "换届",
    "seats_set": "确定名额",
    "term_ended": "任期届满",
    "term_reopened": "撤销换届",
    "convenor_named": "指定召集人",
    "regrouped": "调组",
    "renamed": "改名",
    "dissolved": "撤销",
    "reopened": "恢复",
    "code_renewed": "更换代表码",
    "pledged": "填写承诺",
    "contact_revealed": "看联系方式",
    "appointed": "任职",
    "stepped_down": "卸任",
    "assigned": "安排联系",
    "ended_contact": "结束联系",
    "contacted": "登记联系",
    "contact_withdrawn": "撤回联系登记",
    "joined": "加入",
    "left": "退出",
    "leader_named": "指定组长",
    "answered_yes": "回复参加",
    "answered_no": "回复不能参加",
    "found": "写下发现",
    "finding_withdrawn": "撤回发现",
    "keeper_named": "指定站长",
    "described": "更新家站资料",
    "placed": "建家站、排进驻",
    "classed": "归类",
    "unclassed": "取消归类",
    "anchored": "制作月报",
    "audit_asked": "请查账",
    "unit_reminded": "催单位打开",
    "registered": "登记到场",
    "cosigned": "附议",
    "invited": "邀请附议",
    "reworded": "修改正文",
    "attached": "加上附件",
    "detached": "删去附件",
    "split": "拆分请求",
    "took_in": "并入另一件",
    "let_go": "分出一件",
    "withheld": "定为不公开",
    "withholding_lifted": "改为公开",
    "met_before": "登记办前见面",
    "met_during": "登记办中见面",
    "met_after": "登记办后见面",
    "confirmed_before": "确认办前见面",
    "confirmed_during": "确认办中见面",
    "confirmed_after": "确认办后见面",
    "denied_before": "不认可办前见面",
    "denied_during": "不认可办中见面",
    "denied_after": "不认可办后见面",
    "waived_before": "免去办前见面",
    "waived_during": "免去办中见面",
    "waived_after": "免去办后见面",
    "draft_saved": "保存答复稿",
    "handed_on": "转给同事",
    "opined": "报送意见",
    "countersigned": "会签",
    "replied": "答复",
    "replied_again": "又一次答复",
    "assigned_along": "并案的已交办",
    "reassigned": "改交",
    "reassigned_along": "并案的已改交",
    "replied_along": "并案的又一份答复",
    "template_saved": "存常用语",
    "template_deleted": "删除常用语",
    "rated": "评价答复",
    "alike_repeat": "认定重复提出",
    "alike_continuation": "认定接续提出",
    "alike_partly": "认定部分相同",
    "alike_apart": "认定不是同一件",
    "share_changed": "交办单上改分工",
    "objected": "提异议",
    "paused": "暂停计时",
    "resumed": "恢复计时",
    "pause_ended": "暂停终止",
    "extension_asked": "申请延期",
    "extension_consented": "代表同意延期",
    "extension_declined": "代表不同意延期",
    "recomputed": "期限随日历调整",
    "opinion_moved": "意见期限随答复期限调整",
    "adopted": "启用",
    "amended": "改草案",
    "reversed": "冲销",
    "reminded": "提醒召集人",
    "corrected": "改正",
    "added_words": "补充",
    "appraised_self": "本人自评",
    "appraised_group": "小组核校",
    "appraised_township": "乡镇参评",
    "graded": "评定",
    "archived": "归档",
    "audit_given_up": "没有查完",
    "counts_no_more": "不再算数",
    "counts_again": "又算数",
    # No verb writes these any more; a trail once written keeps them.
    "objection_upheld": "采纳异议改交",
    "objection_dismissed": "不采纳异议",
    "extension_granted": "批准延期",
    "extension_refused": "不同意延期",
}
"""Deeds that are no change of state; a state's word stands with its model."""


def subject_words(subject: str) -> str:
    """建议 for proposals.Proposal; what is no longer a model keeps its name."""
    try:
        return str(apps.get_model(subject)._meta.verbose_name)
    except LookupError:
        return subject


def deed_words(subject: str, code: str) -> str:
    """What was done, or which state it is: the state's own label first."""
    return _states(subject).get(code) or DEEDS.get(code, code)


def _states(subject: str) -> dict[str, str]:
    try:
        fields = apps.get_model(subject)._meta.get_fields()
    except LookupError:
        return {}
    choices = next((f.flatchoices for f in fields if f.name == "state"), ())
    return {str(code): str(label) for code, label in choices}

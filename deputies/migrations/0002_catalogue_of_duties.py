from datetime import date

from django.db import migrations

BEFORE_ALL = date(1954, 1, 1)
# code, name: of the policy and of the official wording of 2025; both share two
CATEGORIES = [
    ("meetings", "参加会议"),
    ("sittings", "出席会议"),
    ("activities", "参加活动"),
    ("inspections", "调研视察"),
    ("proposals", "提出建议"),
    ("voters", "联系群众"),
    ("constituents", "联系选民"),
    ("self", "自身建设"),
    ("groups", "小组活动"),
    ("bonus", "附加"),
]
# code, category, item, short name, unit, evidence, organiser may, deputy may, per day, note
ITEMS = [
    ("M1", "meetings", "出席县人民代表大会会议", "出席人代会", "次", "签到", True, False, None, "经批准请假不得分不记缺席；未经批准缺席不得分并记缺席一次（法定两次终止资格，第一次即预警）"),
    ("M2", "meetings", "会议审议发言", "审议发言", "次", "发言记录", True, False, None, "同一次会议计一次"),
    ("M3", "meetings", "列席县人大常委会会议、专委会会议", "列席会议", "次", "签到", True, False, None, ""),
    ("M4", "meetings", "参加代表团、代表小组会议", "小组会议", "次", "签到", True, False, None, ""),
    ("A1", "activities", "参加常委会组织的视察、调研、执法检查", "视察调研检查", "次", "签到", True, False, None, ""),
    ("A2", "activities", "参加代表小组活动（统一定题）", "小组活动", "次", "签到", True, False, None, ""),
    ("A3", "activities", "参加代表小组活动（自由选题、小分队）", "小分队活动", "次", "签到", True, True, None, ""),
    ("A4", "activities", "参加专业代表小组活动", "专业小组活动", "次", "签到", True, False, None, ""),
    ("A5", "activities", "参加重点建议督办、办理回头看", "督办回头看", "次", "签到", True, False, None, ""),
    ("P1", "proposals", "领衔提出议案", "领衔议案", "件", "立案", False, False, None, ""),
    ("P2", "proposals", "领衔提出建议（受理立案）", "领衔建议", "件", "受理", False, False, None, "合并办理的各自计分"),
    ("P3", "proposals", "联名附议建议", "附议建议", "件", "受理", False, False, None, "领衔与联名差异化"),
    ("P4", "proposals", "按时评价办理情况、参加三见面", "见面和评价", "件", "见面记录", False, False, None, "是否评价计入，评价内容不影响得分；背靠背窗口关闭后统一入账"),
    ("P5", "proposals", "提出闭会期间建议或代表行动意见", "闭会建议", "件", "受理", False, False, None, ""),
    ("C1", "voters", "逢十接待日进家进站接待选民", "接待选民", "次", "接待登记", True, True, None, ""),
    ("C2", "voters", "走访联系选民", "走访选民", "户", "走访记录", False, True, 5, "同日最多五户"),
    ("C3", "voters", "办结群众反映问题", "办结群众反映", "件", "答复记录", True, True, None, ""),
    ("C4", "voters", "组织或参加场院会、楼栋议事会", "场院会议事", "次", "会议记录", True, True, None, ""),
    ("C5", "voters", "向选民述职", "向选民述职", "次", "述职材料", True, True, None, ""),
    ("S1", "self", "参加履职培训学习", "培训学习", "次", "签到", True, True, None, ""),
    ("S2", "self", "完成网上学习任务", "网上学习", "项", "学习记录", False, False, None, ""),
    ("S3", "self", "遵纪守法、按时报告个人履职计划和小结", "计划和小结", "年", "核实", True, False, None, "有违纪违法的当年不计"),
    ("B1", "bonus", "所提建议被列为年度重点建议（领衔）", "重点建议领衔", "件", "主任会议纪要", False, False, None, "上不封顶"),
    ("B2", "bonus", "所提建议被列为年度重点建议（联名）", "重点建议联名", "件", "主任会议纪要", False, False, None, ""),
    ("B3", "bonus", "建议办理由B类C类转为A类且代表全程参与", "推动转为A类", "件", "回头看记录", True, False, None, ""),
    ("B4", "bonus", "获国家级表彰（与履职有关）", "国家级表彰", "项", "证书", True, True, None, "同一事项取最高级"),
    ("B5", "bonus", "获省级表彰", "省级表彰", "项", "证书", True, True, None, ""),
    ("B6", "bonus", "获市级表彰", "市级表彰", "项", "证书", True, True, None, ""),
    ("B7", "bonus", "获县级表彰", "县级表彰", "项", "证书", True, True, None, ""),
    ("B8", "bonus", "履职经验被市级以上媒体或简报刊发", "经验被刊发", "篇", "刊发稿", True, True, None, ""),
    ("B9", "bonus", "在常委会专题询问、工作评议中作主题发言", "主题发言", "次", "发言记录", True, False, None, ""),
]


def fill(apps, schema_editor):
    category = apps.get_model("deputies", "DutyCategory")
    item = apps.get_model("deputies", "DutyItem")
    placement = apps.get_model("deputies", "Placement")
    categories = {
        code: category.objects.create(code=code, name=name, position=position)
        for position, (code, name) in enumerate(CATEGORIES, start=1)
    }
    items = item.objects.bulk_create(
        item(
            code=code,
            name=name,
            short_name=short,
            unit=unit,
            evidence=evidence,
            organiser_may_report=organiser,
            deputy_may_report=deputy,
            per_day=per_day,
            note=note,
            position=position,
        )
        for position, (
            code,
            _of,
            name,
            short,
            unit,
            evidence,
            organiser,
            deputy,
            per_day,
            note,
        ) in enumerate(ITEMS, start=1)
    )
    placement.objects.bulk_create(
        placement(item=row, category=categories[of], from_on=BEFORE_ALL)
        for row, (_code, of, *_rest) in zip(items, ITEMS, strict=True)
    )


def empty(apps, schema_editor):
    apps.get_model("deputies", "Placement").objects.all().delete()
    apps.get_model("deputies", "DutyItem").objects.all().delete()
    apps.get_model("deputies", "DutyCategory").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("deputies", "0001_people_groups_duties")]

    operations = [migrations.RunPython(fill, empty)]

"""封存以后: a correction that the committee decided, and a digest to be compared."""

from django import forms

from congress.shared.forms import LineField
from scoring.queries.archive import tidy_digest


class AmendArchiveForm(forms.Form):
    """内容更正."""

    text = forms.CharField(
        label="更正内容",
        max_length=360,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写清档案里哪一处、原来怎么写、应该怎么写。",
    )
    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    minute = LineField(
        label="会议纪要号", max_length=60, help_text="更正由常委会研究决定，填这次会议的纪要号。"
    )


class DigestForm(forms.Form):
    """核对电子文件: the SHA-256 of a file, computed where the file is."""

    sha256 = LineField(
        label="文件摘要（SHA-256）",
        required=False,
        max_length=200,
        help_text="64 位数字和字母；选好文件会自动填上，也可以自己算好填进来。",
    )

    def clean_sha256(self) -> str:
        typed = str(self.cleaned_data["sha256"]).strip()
        if typed and not tidy_digest(typed):
            raise forms.ValidationError("摘要应是 64 位，只有数字和字母 a 到 f。请再抄一遍。")
        return tidy_digest(typed)

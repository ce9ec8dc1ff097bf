"""导入家站表: the file."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from deputies.sheets import MOST_BYTES


class StationsForm(forms.Form):
    """One sheet of places."""

    file = forms.FileField(
        label="家站表",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        allow_empty_file=True,
        max_length=200,
        help_text="要有“乡镇”“名称”两列；“类别”“地址”“开放时间”“经度”“纬度”"
        "“接待时间”（8:30—11:30）可有可无。导出的家站台账改过以后可以直接导入。",
        error_messages={"required": "请选择表格文件。", "max_length": "文件名太长，请改短一些。"},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("文件超过 30 MB，请检查是不是选错了文件。")
        return file

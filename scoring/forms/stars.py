"""亮星榜: what its address may say."""

from django import forms

from congress.shared.forms import LineField


def _number() -> forms.IntegerField:
    return forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)


class BoardFilterForm(forms.Form):
    """Which review, which township, which star or number of stars."""

    cycle = _number()
    area = _number()
    star = forms.SlugField(max_length=50, required=False)
    lit = forms.ChoiceField(choices=[("", ""), ("0", ""), ("1", "")], required=False)
    count = forms.IntegerField(min_value=0, max_value=10, required=False)
    q = LineField(max_length=30, required=False)
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False)

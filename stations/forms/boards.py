"""家站活跃度 narrowed down and put in order."""

from django import forms

from stations.queries.boards import ORDERS

SHOWS = (("", "全部"), ("idle", "没有动静的"))


class BoardForm(forms.Form):
    """Which year, whose places, and what stands first."""

    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    area = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    show = forms.ChoiceField(choices=SHOWS, required=False)
    order = forms.ChoiceField(choices=ORDERS, required=False)
    page = forms.IntegerField(min_value=1, max_value=10**6, required=False)

"""大屏: what keepers and offices fill in."""

from django import forms

from stations.forms.rota import reason_field
from stations.queries.screens import SHOWS


class EndScreenForm(forms.Form):
    """Why the address shows nothing any more."""

    reason = reason_field("停用原因", 100)


class ScreenFilterForm(forms.Form):
    """大屏一览 narrowed down."""

    area = forms.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    show = forms.ChoiceField(choices=SHOWS, required=False)

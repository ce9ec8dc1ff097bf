"""What a public address may ask for; anything else is no list of ours."""

from django import forms

from congress.shared.forms import LineField

MOST = 2**31 - 1


class PublicFilterForm(forms.Form):
    """家站 narrowed down."""

    q = LineField(max_length=64, required=False)
    area = forms.IntegerField(min_value=1, max_value=MOST, required=False)

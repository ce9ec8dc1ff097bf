"""What a public address may ask for; anything else is no list of ours."""

from django import forms

MOST = 2**31 - 1


class PublicFilterForm(forms.Form):
    """家站 narrowed down."""

    q = forms.CharField(max_length=64, required=False)
    area = forms.IntegerField(min_value=1, max_value=MOST, required=False)

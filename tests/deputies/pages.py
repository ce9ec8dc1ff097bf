"""What tests of pages say for short."""

from django.urls import reverse


def url(name, *args):
    return reverse(f"deputies:{name}", args=args)

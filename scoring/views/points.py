from django.http import HttpResponse

from congress.shared.http import Request


def points(request: Request) -> HttpResponse:
    return HttpResponse()

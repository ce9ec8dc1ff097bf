"""Signing in, choosing the post that acts, big type, and the pages for what went wrong."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congress.shared import accounts, clock, notices
from congress.shared.desk import at_the_desk, framed
from congress.shared.errors import NoSuchAddress
from congress.shared.http import (
    UNPROCESSABLE,
    Request,
    kept_fields,
    row_number,
    sent_files,
    sent_from_here,
)
from congress.shared.kept import kept_words
from congress.shared.local_rules import field_of, in_force
from congress.shared.middleware import POST_KEY
from congress.shared.models import Notice, Post, User
from congress.shared.origins import note_sign_in
from congress.shared.roles import Role

ELDER = "elder"
A_YEAR = 365 * 24 * 3600


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """登录: everybody's one door."""

    template_name = "registration/login.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Whence a unit's account comes is kept as a digest (代评线索)."""
        user = form.get_user()
        if isinstance(user, User):
            note_sign_in(self.request, user, clock.today())
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """A wrong password is the visitor's mistake, the account name kept."""
        return render(
            self.request, self.template_name, self.get_context_data(form=form), status=UNPROCESSABLE
        )


class OwnPasswordForm(PasswordChangeForm):
    """Django's rules for a good password, and our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        new, again = self.fields["new_password1"], self.fields["new_password2"]
        self.fields["old_password"].label = "现在的密码"
        new.label, again.label = "新密码", "新密码再写一遍"
        new.help_text = "至少 8 个字，不能全是数字，不要用姓名和常见的密码。"
        again.help_text = ""


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """退出: the browser forgets this account's pages and pictures; unsent records stay."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The phone's own store is emptied by worker.js, which sees this request pass."""
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache"'
        return response


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: Request) -> HttpResponse:
    """改密码: everybody chooses their own; the old one is asked for, and this login stays."""
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["new_password1"]
        update_session_auth_hash(request, accounts.change_password(new, by=request.actor))
        messages.success(request, "密码已经改好，下次登录用新密码。")
        return redirect("home:front")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "registration/password.html", {"form": form}, status=status)


@require_POST
def act_as(request: Request) -> HttpResponse:
    """换身份: the session carries another of this person's posts in force."""
    posts = Post.objects.of(request.user).in_force(clock.today())
    post = get_object_or_404(posts, pk=row_number(request.POST.get("post", "")))
    request.session[POST_KEY] = post.pk
    return redirect("home:front")


@login_not_required
@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """长者模式: bigger type on this device, until switched back."""
    target = request.POST.get("next", "/")
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(target if allowed and target.startswith("/") else "/")
    if request.COOKIES.get(ELDER):
        response.delete_cookie(ELDER)
    else:
        response.set_cookie(ELDER, "1", max_age=A_YEAR, samesite="Lax")
    return response


@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    """The notice is read, and the person is where it points."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    notices.mark_read(notice, clock.now())
    return redirect(notice.link)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Says only whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("正常", content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    reason = exception.reason if isinstance(exception, NoSuchAddress) else ""
    return render(request, "400.html", {"reason": reason}, status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


@requires_csrf_token
def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """再交一次: a form with an old token comes back whole, with a fresh one.

    Only to our own page: another site's form is shown, but never made ready to send. What had
    files is not sent without them: they are asked for again beside the button.
    """
    context: dict[str, object] = {"words": kept_words(request), "files": sent_files(request)}
    if sent_from_here(request):
        context |= {"kept": kept_fields(request), "path": request.get_full_path()}
    return render(request, "stale.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@requires_csrf_token
def fault(request: HttpRequest) -> HttpResponse:
    """A fault is a 503 that keeps the form: what was typed can be sent again with one click.

    Files have to be chosen again before that.
    """
    context = {
        "files": sent_files(request),
        "kept": kept_fields(request),
        "words": kept_words(request),
        "method": request.method,
        "path": request.get_full_path(),
        "csrf_token": get_token(request),
        "chrome": {"county": settings.COUNTY, "elder": bool(request.COOKIES.get(ELDER))},
        "signed_in": _known_already(request),
    }
    # Without the request there are no context processors: the fault may well be theirs.
    return HttpResponse(render_to_string("503.html", context), status=503)


def _known_already(request: HttpRequest) -> str:
    """Who is signed in, as far as it was known before the fault: nothing is asked for it now."""
    actor = getattr(request, "actor", None)
    return actor.name if actor and actor.user else ""


@require_safe
@at_the_desk
def local_rules(request: Request) -> HttpResponse:
    """本地规则: every figure with its name, what is in force today and what will be."""
    rows = in_force(clock.today())
    groups = [(name, list(of)) for name, of in groupby(rows, lambda each: field_of(each.rule))]
    may = request.actor.is_a(Role.STAFF_DIRECTOR, Role.SYSADMIN)
    context = {"title": "本地规则", "groups": groups, "may": may}
    return framed(request, "local_rules.html", context)

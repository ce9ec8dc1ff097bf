"""One letter through an open connection: sent or not, and never an address in the log."""

import logging
from collections.abc import Mapping
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)


def sent(
    post: BaseEmailBackend,
    to: str,
    subject: str,
    text: str,
    *,
    named: str,
    headers: Mapping[str, str] | None = None,
) -> bool:
    """Whether it went out; what the server refuses stops no other letter. The log says `named`."""
    letter = EmailMessage(subject, text, None, [to], connection=post, headers=dict(headers or {}))
    try:
        letter.send()
    except (SMTPException, ValueError) as fault:  # ValueError: an address no letter can carry
        logger.warning("%s not mailed: %s", named, type(fault).__name__)
        post.close()  # the server may have hung up
        post.open()
        return False
    return True

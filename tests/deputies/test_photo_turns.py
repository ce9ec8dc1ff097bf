"""照片轮流: who keeps or drops a photo waits for their turn before holding any row."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from congress.shared.workflow import in_turn
from deputies.actions import photos
from deputies.models import Evidence
from tests.deputies import walk
from tests.deputies.test_duplicates_again import until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(verb, *args):
    """The verb in a transaction of another connection."""
    try:
        with transaction.atomic():
            return verb(*args)
    finally:
        connection.close()


def test_dropping_a_photo_waits_for_its_turn_and_holds_no_row_meanwhile():
    record = walk.report()
    photo = record.evidence.get()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            in_turn("photos")
            other = pool.submit(elsewhere, photos.drop, record, [photo.pk])
            until_somebody_waits()
            assert Evidence.objects.select_for_update(nowait=True).get() == photo
        other.result()
    assert not Evidence.objects.exists()


def test_without_photos_nobody_waits():
    record = walk.report()
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        in_turn("photos")
        assert pool.submit(elsewhere, photos.keep, record, []).result(timeout=20) == []
        assert pool.submit(elsewhere, photos.drop, record, []).result(timeout=20) is None


def test_what_is_kept_is_compared_when_the_turn_comes():
    record = walk.report()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            in_turn("photos")
            other = pool.submit(elsewhere, photos.keep, record, [walk.photo("navy")])
            until_somebody_waits()
            assert record.evidence.count() == 1
        (kept,) = other.result()
    assert kept.file.storage.exists(kept.file.name)

"""照片相似: a photo used again is found, however it was sent on; another of the room is not."""

import io
import sys
from datetime import date

import pytest
from django.core.management import call_command
from PIL import ExifTags, Image

from congress.shared import clock
from deputies.actions import duplicates, duties, looks, on_behalf, photos
from deputies.models import DutyRecord, Evidence
from deputies.queries.photos import look_alikes
from deputies.rules import PHOTO_BITS
from tests import make
from tests.deputies import scenes, walk
from tests.race import at_once
from tests.scoring.facts import on

ROOMS = range(8)
DAY = date(2026, 5, 20)


def read(sent: bytes) -> photos.Photo:
    return photos.read(io.BytesIO(sent), len(sent))


def shot(number: int, of: int = 0) -> photos.Photo:
    return read(scenes.sent(scenes.room(number, of)))


def apart(one: photos.Photo, other: photos.Photo) -> int:
    """By how many bits the other one differs, however it lies."""
    return min(((one.phash ^ look) & (2**64 - 1)).bit_count() for look in other.looks)


def doubts(record):
    row = DutyRecord.objects.with_doubts().get(pk=record.pk)
    return row.has_used_photo, row.has_like_photo, row.has_odd_photo


@pytest.mark.timeout(300)
def test_photos_used_again_are_found_and_other_photos_mostly_not():
    most, first = PHOTO_BITS.default, {number: shot(number) for number in ROOMS}
    again = {name: [] for name in (*scenes.CHANGES, *scenes.TURNS)}
    same_room = []
    for number in ROOMS:
        for name, change in scenes.CHANGES.items():
            used = read(change(scenes.room(number)))
            again[name].append(apart(first[number], used) <= most)
        for name, turn in scenes.TURNS.items():
            used = read(scenes.sent(scenes.room(number).transpose(turn)))
            again[name].append(apart(first[number], used) <= most)
        same_room += [apart(first[number], shot(number, of)) <= most for of in (1, 2)]
    others = [apart(first[a], first[b]) <= most for a in ROOMS for b in ROOMS if a < b]
    found = [hit for hits in again.values() for hit in hits]
    recall = sum(found) / len(found)
    by_change = (f"  {name}: {sum(hits)} of {len(hits)}" for name, hits in again.items())
    lines = [
        f"recall {recall:.3f} of {len(found)} photos used again",
        *by_change,
        f"false alarms: {sum(same_room)} of {len(same_room)} in the same room,"
        f" {sum(others)} of {len(others)} elsewhere",
    ]
    sys.stdout.write("\n".join(["", *lines, ""]))
    assert recall >= 0.95
    assert sum(same_room) / len(same_room) <= 0.05
    assert not any(others)


def test_a_picture_that_shows_nothing_resembles_nothing():
    assert walk.photo("teal").phash is None


@pytest.mark.django_db
def test_a_photo_sent_on_by_another_deputy_is_flagged_on_both_records():
    first = walk.report(photos=[shot(1)])
    other = walk.report(photos=[shot(2)])
    used = read(scenes.CHANGES["cropped and sent on"](scenes.room(1)))
    second = walk.report(photos=[used])
    assert second.evidence.get().resembles == first.evidence.get()
    assert doubts(first) == doubts(second) == (False, True, False)
    assert doubts(other) == (False, False, False)
    duties.withdraw(second, by=make.as_deputy(second.deputy))
    assert doubts(first) == (False, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(scenes.TURNS))
def test_a_mirrored_or_turned_photo_is_flagged_and_laid_beside(name):
    first = walk.report(photos=[shot(1)])
    turned = scenes.room(1).transpose(scenes.TURNS[name])
    second = walk.report(photos=[read(scenes.sent(turned))])
    assert second.evidence.get().resembles == first.evidence.get()
    assert doubts(first) == doubts(second) == (False, True, False)
    words = "很相似，像是翻转或者转过方向的同一张"
    assert [each.words for each in look_alikes(first)] == [words]
    assert [each.words for each in look_alikes(second)] == [words]


@pytest.mark.django_db
def test_a_turned_photo_is_handed_to_the_next_when_the_first_counts_no_more():
    first = walk.report(photos=[shot(1)])
    second = walk.report(photos=[read(scenes.CHANGES["resized"](scenes.room(1)))])
    turned = scenes.room(1).transpose(Image.Transpose.ROTATE_180)
    third = walk.report(photos=[read(scenes.sent(turned))])
    withdrawn(first)
    assert third.evidence.get().resembles == second.evidence.get()


@pytest.mark.django_db(transaction=True)
def test_of_two_alike_at_one_moment_the_later_sees_the_earlier():
    people = [make.deputy(), make.deputy()]
    sent = iter([walk.typed(people[0], photos=[shot(1)]), walk.typed(people[1], photos=[shot(1)])])
    who = iter(people)
    assert at_once(2, lambda: duties.report(next(who), **next(sent))) == ["done"] * 2
    assert Evidence.objects.exclude(resembles=None).count() == 1


@pytest.mark.django_db
def test_the_very_photo_on_a_withdrawn_record_is_no_doubt():
    first = walk.report(photos=[shot(1)])
    duties.withdraw(first, by=make.as_deputy(first.deputy))
    again = walk.report(first.deputy, photos=[shot(1)])
    assert doubts(again) == (False, False, False)


@pytest.mark.django_db
def test_a_photo_left_out_hands_its_followers_to_the_next():
    first = walk.report(photos=[shot(1), shot(3)])
    second = walk.report(photos=[read(scenes.CHANGES["resized"](scenes.room(1)))])
    third = walk.report(photos=[read(scenes.CHANGES["brightened"](scenes.room(1)))])
    assert third.evidence.get().resembles == first.evidence.first()
    duties.send_back(first, reason="换一张。", by=walk.township_clerk())
    first.refresh_from_db()
    gone = first.evidence.first().pk
    duties.resubmit(first, **walk.mended(first, photos=[], drop=[gone]))
    assert second.evidence.get().resembles is None
    assert third.evidence.get().resembles == second.evidence.get()


def withdrawn(record):
    return duties.withdraw(record, by=make.as_deputy(record.deputy))


def denied(record):
    return on_behalf.deny(record, words="那天没有去。", by=make.as_deputy(record.deputy))


def found_double(record):
    stays = walk.report(record.deputy, done_on=record.done_on)
    return duplicates.mark_duplicate(record, stays=stays, by=make.actor())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "gone"),
    [(walk.report, withdrawn), (walk.entered, denied), (walk.report, found_double)],
)
def test_a_record_that_counts_no_more_hands_its_followers_to_the_next(told, gone):
    first = told(make.deputy(), photos=[shot(1)])
    second = walk.report(photos=[read(scenes.CHANGES["resized"](scenes.room(1)))])
    third = walk.report(photos=[read(scenes.CHANGES["brightened"](scenes.room(1)))])
    assert third.evidence.get().resembles == first.evidence.get()
    gone(first)
    assert second.evidence.get().resembles is None
    assert third.evidence.get().resembles == second.evidence.get()
    assert doubts(second) == doubts(third) == (False, True, False)


@pytest.mark.django_db
def test_photos_kept_before_there_were_hashes_are_looked_at_and_a_second_run_finds_none(capsys):
    first, second = walk.report(photos=[shot(1)]), walk.report(photos=[shot(2)])
    third = walk.report(photos=[read(scenes.CHANGES["recompressed"](scenes.room(1)))])
    hashes = dict(Evidence.objects.values_list("pk", "phash"))
    Evidence.objects.update(phash=None, resembles=None)
    call_command("hash_photos")
    assert capsys.readouterr().out.strip() == '{"hashed": 3}'
    assert dict(Evidence.objects.values_list("pk", "phash")) == hashes
    assert third.evidence.get().resembles == first.evidence.get()
    assert second.evidence.get().resembles is None
    assert looks.look_again() == 0


@pytest.mark.django_db
def test_a_photo_whose_file_is_gone_is_passed_over():
    kept = walk.report(photos=[shot(1)]).evidence.get()
    Evidence.objects.update(phash=None)
    kept.file.storage.delete(kept.file.name)
    assert looks.look_again() == 0


def taken(words: str, kind: str = "JPEG") -> photos.Photo:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "某牌手机"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = words
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (32.0, 13.0, 30.0)
    return read(walk.picture(kind=kind, exif=exif))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_what_the_camera_wrote_only_the_day_is_kept(kind):
    photo = taken("2026:04:30 09:12:44", kind)
    assert photo.taken_on == date(2026, 4, 30)
    assert not Image.open(io.BytesIO(photo.content)).getexif()


@pytest.mark.parametrize("words", ["", "0000:00:00 00:00:00", "昨天", "2026-04-30", "2026:13:41"])
def test_a_day_that_does_not_exist_is_no_day(words):
    assert taken(words).taken_on is None


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "odd"), [(18, True), (19, False), (20, False), (21, False)])
def test_a_photo_of_another_day_is_a_doubt(day, odd):
    with on(date(2026, 5, 21)):
        record = walk.report(done_on=DAY, photos=[taken(f"2026:05:{day} 09:00:00")])
        assert clock.today() > DAY
    assert doubts(record) == (False, False, odd)

"""Two officials, or two projects, that are one."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from articles.editorial import merge, rebuild_appearances
from articles.editorial.roles import CHIEF, EDITOR, HEAD, REPORTER
from articles.models import (
    Article,
    Attendance,
    OfficialAppearance,
    Project,
    ProjectAppearance,
    Stop,
)
from people.models import Appointment, Official
from tests.support.searching import found, is_indexed

pytestmark = pytest.mark.usefixtures("bulletin")


def traces():
    """All derived rows."""
    officials = set(OfficialAppearance.objects.values_list("official", "issued_on", "article"))
    return officials, set(ProjectAppearance.objects.values_list("project", "issued_on", "article"))


def test_two_officials_become_one(client):
    kept, gone = Official.objects.get(name="苏建设"), Official.objects.get(name="唐莉军")
    former = gone.get_absolute_url()
    attended = Attendance.objects.filter(official__in=[kept, gone]).count()

    merge(kept, gone, person=None)

    assert not Official.objects.filter(name="唐莉军").exists()
    assert Attendance.objects.filter(official=kept).count() == attended
    assert kept.aliases == "唐莉军"
    assert client.get(former)["Location"] == kept.get_absolute_url()
    assert Official.objects.search("唐莉军").get() == kept
    before = traces()
    rebuild_appearances(Article.objects.all())
    assert traces() == before
    assert is_indexed()
    assert found(Official.objects.public(), "唐莉军") == {kept.pk}


def test_what_both_had_stands_once():
    kept, gone = Official.objects.get(name="陈红民"), Official.objects.get(name="时博")
    body = kept.appointments.get().organisation
    Appointment.objects.create(official=gone, organisation=body, title="区委书记")
    merge(kept, gone, person=None)
    titles = list(kept.appointments.values_list("title", flat=True))
    assert titles == ["区委书记", "区委副书记"]


def test_two_projects_become_one_at_a_stop_that_shows_both(client):
    kept, gone = Project.objects.get(name="亚星南岸大厦"), Project.objects.get(name="南岸商务中心")
    merge(kept, gone, person=None)
    stop = Stop.objects.get(place__contains="亚星")
    assert list(stop.projects.all()) == [kept]
    assert ProjectAppearance.objects.filter(project=kept).count() == 1
    assert client.get(kept.get_absolute_url()).status_code == 200


def test_one_row_is_not_merged_with_itself_or_another_kind():
    official = Official.objects.first()
    with pytest.raises(ValueError, match="cannot merge"):
        merge(official, Official.objects.get(pk=official.pk), person=None)
    with pytest.raises(ValueError, match="cannot merge"):
        merge(official, Project.objects.first(), person=None)


def selected(*rows, **more):
    """What the list posts for the action."""
    return {
        "action": "merge_selected",
        "_selected_action": [row.pk for row in rows],
        **more,
    }


def test_the_desk_asks_which_stays_and_logs(at_desk):
    rows = kept, gone = list(Official.objects.filter(name__in=["兰海", "武永祥"]).order_by("pk"))
    address = reverse("admin:people_official_changelist")
    client = at_desk(HEAD)
    assert "请至少选两个" in client.post(address, selected(kept), follow=True).text
    assert "保留哪一个" in client.post(address, selected(*rows)).text
    assert Official.objects.filter(pk=gone.pk).exists()
    client.post(address, selected(*rows, kept=kept.pk))
    assert not Official.objects.filter(pk=gone.pk).exists()
    assert gone.name in LogEntry.objects.get(object_id=kept.pk).change_message


@pytest.mark.parametrize("role", [REPORTER, EDITOR])
def test_it_is_refused_without_permission(at_desk, role):
    rows = list(Project.objects.all()[:2])
    address = reverse("admin:articles_project_changelist")
    at_desk(role).post(address, selected(*rows, kept=rows[0].pk))
    assert Project.objects.count() == 15


@pytest.mark.parametrize("role", [HEAD, CHIEF])
def test_projects_are_merged_by_who_may_delete_them(at_desk, role):
    rows = list(Project.objects.all()[:2])
    address = reverse("admin:articles_project_changelist")
    at_desk(role).post(address, selected(*rows, kept=rows[0].pk))
    assert Project.objects.count() == 14

"""The timer: each hour by itself, whatever becomes of the others and whoever else runs it."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.editorial import Refused, execute, publish_due, schedule
from articles.models import Article
from articles.versions import row_at_work
from newsroom.environment import VARIABLES
from tests.bench.sets import ROOT
from tests.support.scenes import Scenes
from tests.support.serving import database_url

TIMER = [sys.executable, "manage.py", "publish_due"]


@pytest.fixture
def due(account):
    """Live stories, each with a signed change whose hour has come."""
    scenes = Scenes(account)
    stories = [scenes.waiting(headline=f"新桥{number}号通车") for number in "一二三"]
    Article.objects.exclude(scheduled_for=None).update(scheduled_for=timezone.now())
    return stories


def published(stories):
    """Which of them readers have with the change."""
    return [Article.objects.get(pk=story.pk).headline.endswith("改题") for story in stories]


def test_whatever_goes_wrong_with_one_the_others_come(due, monkeypatch, capsys, caplog):
    def take_over(name, copy, **options):
        if copy.copy_of == due[1]:
            raise ZeroDivisionError
        return execute(name, copy, **options)

    monkeypatch.setattr(schedule, "execute", take_over)
    call_command("publish_due")
    assert published(due) == [True, False, True]
    output = capsys.readouterr().out
    assert output.count(": published") == 2
    assert output.count("新桥二号通车: not published: 出了错") == 1
    assert any(
        isinstance((line.exc_info or [None, None])[1], ZeroDivisionError) for line in caplog.records
    )
    copy = row_at_work(due[1])
    assert copy.scheduled_for
    assert "已经记录下来" in copy.failure
    monkeypatch.undo()
    call_command("publish_due")
    assert published(due) == [True, True, True]


def test_what_was_refused_is_logged(due, caplog):
    Article.objects.filter(pk=row_at_work(due[0]).pk).update(body="<p>没有签过的。</p>")
    assert [bool(result.failure) for result in publish_due()] == [True, False, False]
    [line] = [one for one in caplog.records if one.levelname == "WARNING"]
    assert "新桥一号通车" in line.getMessage()
    assert "失效" in line.getMessage()


@pytest.mark.parametrize("chore", ["forget_senders", "empty_bin", "forget_failures"])
def test_no_chore_of_the_timer_keeps_a_story_from_its_hour(chore, due, monkeypatch, caplog):
    def fail():
        raise ZeroDivisionError

    fail.__name__ = chore
    monkeypatch.setattr(f"articles.management.commands.publish_due.{chore}", fail)
    call_command("publish_due")
    assert published(due) == [True, True, True]
    assert [one.getMessage() for one in caplog.records if one.exc_info] == [f"Failed: {chore}"]


def test_an_hour_that_was_taken_back_meanwhile_does_not_come(due, account):
    at = timezone.now()
    copy = row_at_work(due[0])
    execute("unschedule", copy, person=Scenes(account).chief)
    with pytest.raises(Refused, match="取消"):
        execute("publish", copy, person=Scenes(account).chief, accepted=True, due=at)
    assert published(due) == [False, False, False]


@pytest.mark.django_db(transaction=True)
def test_two_timers_at_once_publish_each_story_once_and_say_nothing_false(due, tmp_path):
    clean = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    environment = {
        **clean,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": database_url(tmp_path),
    }
    timers = [
        subprocess.Popen(
            TIMER,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [timer.communicate(timeout=120) for timer in timers]
    assert "".join(errors for _output, errors in said) == ""
    lines = sorted("".join(output for output, _errors in said).splitlines())
    assert len(lines) == 3
    assert all(line.endswith(": published") for line in lines), lines

"""A paper with all that pages can show, the address of each kind of page, and views that fail."""

import re

import psycopg2
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.management import call_command
from django.db import OperationalError
from django.urls import path

from articles.models import Article, Bulletin, ErrorReport, Inspection, Meeting, Page, Project
from articles.public.base import PER_PAGE
from newsroom import urls
from people.models import Official, Reporter
from tests.support.pictures import stored
from tests.support.stories import live
from tests.support.worlds import load_bulletin

LISTS = """
/ /articles/ /articles/?page=2 /articles/?quarter=2021q1&q=项目 /articles/?quarter=2021q7
/articles/?q=没有 /articles/2021/ /articles/2021/04/ /articles/2021/04/06/ /sections/hui-yi/
/projects/ /inspections/ /meetings/ /quarters/ /quarters/2021q1/ /quarters/2021q1/print/
/officials/ /reporters/ /bulletins/ /feeds/
""".split()
SUBJECTS = (Inspection, Meeting, Project, Official, Reporter, Bulletin, Page)
#: Addresses of this module, which is a URLconf, with what they answer.
ERRORS = {"/400/": 400, "/403/": 403, "/no/such/page/": 404, "/500/": 500, "/503/": 503}
#: All that the editor can write, its table too wide for a telephone.
BODY = f"""
<p><strong>文</strong>字<em>着重</em><a href="/articles/">出处</a></p><h2>一</h2><h3>二</h3>
<ul><li><p>甲</p></li></ul><ol><li><p>乙</p></li></ol><blockquote><p>引</p></blockquote><hr>
<table><tbody>
<tr>{"<th><p>时间安排</p></th>" * 12}</tr><tr>{"<td><p>二</p></td>" * 12}</tr>
</tbody></table>
"""


def print_paper():
    """The bulletin, stories enough for a second page, and one with all that a story can have."""
    load_bulletin()
    call_command("loaddata", "pages", verbosity=0)
    for number in range(PER_PAGE - Article.objects.count()):
        live(headline=f"短讯{number}")
    report = {"wrong": "区长苏建社", "right": "区长苏建设"}
    ErrorReport.objects.create(article=Article.objects.live().first(), **report)
    full = {"kicker": "引题", "subhead": "副题", "summary": "提要", "keywords": "桥 路"}
    return live(stored(caption="工地", credit="记者 摄"), headline="全有", body=BODY, **full)


def public_pages(*stories):
    """Address of each kind of public page."""
    things = [
        Article.objects.live().first(),
        *(model.objects.public().first() for model in SUBJECTS),
    ]
    story = things[0].get_absolute_url()
    of_story = [f"{story}{page}" for page in ("correct/", "correct/received/")]
    return [*LISTS, *of_story, *(thing.get_absolute_url() for thing in (*things, *stories))]


def as_read(answers):
    """Texts of a crawl by address, without the token that makes a form differ each time."""
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    return {address: token.sub("", answer.text) for address, answer in answers.items()}


def names_whole(page):
    """HTML of a page without the marks of where a name may break."""
    return re.sub(r'<span class="unbroken">([^<]*)</span>', r"\1", page.replace("<wbr>", ""))


def fail(error):
    """View that raises."""

    def view(_request):
        raise error

    return view


#: As Django hands on what psycopg2 says of a server that does not answer.
AWAY = OperationalError("secret host")
AWAY.__cause__ = psycopg2.OperationalError("secret host")

urlpatterns = [
    path("400/", fail(SuspiciousOperation("no"))),
    path("403/", fail(PermissionDenied("no"))),
    path("500/", fail(RuntimeError("secret detail"))),
    path("503/", fail(AWAY)),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

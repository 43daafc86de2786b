"""A paper with all that pages can show, and the address of each kind of public page."""

from django.core.management import call_command

from articles.models import Article, Bulletin, ErrorReport, Inspection, Meeting, Page, Project
from articles.public.base import PER_PAGE
from people.models import Official, Reporter
from tests.conftest import load_bulletin
from tests.library import live, stored

LISTS = """
/ /articles/ /articles/?page=2 /articles/?quarter=2021q1&q=项目 /articles/?quarter=2021q7
/articles/?q=没有 /articles/2021/ /articles/2021/04/ /articles/2021/04/06/ /sections/hui-yi/
/projects/ /inspections/ /meetings/ /quarters/ /quarters/2021q1/ /officials/ /reporters/ /bulletins/
""".split()
SUBJECTS = (Inspection, Meeting, Project, Official, Reporter, Bulletin, Page)
#: Addresses of tests.failures, with what they answer.
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

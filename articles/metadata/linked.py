"""Things of the paper in the words of schema.org; what a text does not say is left out."""

from django.conf import settings
from django.utils import timezone

from articles.models.choices import BylineRole

#: Who writes, as against who edits and who takes the pictures.
AUTHORS = (
    BylineRole.REPORTER,
    BylineRole.TRAINEE,
    BylineRole.CORRESPONDENT,
    BylineRole.COMMENTATOR,
)


def thing(kind, **properties) -> dict:
    """A thing with those of its properties that have a value."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}


def moment(at) -> str:
    """An hour with its zone; empty for none."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def day(date) -> str:
    """A day; empty for none."""
    return date.isoformat() if date else ""


def page_of(site, far) -> str:
    """Address of the page of something that a row may know; empty where it does not."""
    return site.address(far) if far else ""


def trail_of(site, way) -> dict:
    """The way from the front page: ``way`` has a name and a path for each step after it."""
    steps = [(site.name, "/"), *way]
    items = [
        thing("ListItem", position=number, name=name, item=site.address(path))
        for number, (name, path) in enumerate(steps, 1)
    ]
    return thing("BreadcrumbList", itemListElement=items)


def paper(site) -> dict:
    """The paper, and who publishes it where that is set."""
    owner = settings.SITE_OWNER and thing("Organization", name=settings.SITE_OWNER)
    return thing(
        "NewsMediaOrganization", name=site.name, url=site.address("/"), parentOrganization=owner
    )


def website(site) -> dict:
    """The site."""
    return thing(
        "WebSite",
        name=site.name,
        url=site.address("/"),
        inLanguage="zh-Hans",
        publisher=paper(site),
    )


def article(site, story, rows, picture) -> dict:
    """A story with who signed it, whom it names and what it records.

    ``rows`` are those of articles.views.story.
    """
    signed = {
        role: [byline for byline in rows["bylines"] if byline.role == role] for role in BylineRole
    }
    issue = story.bulletin
    return thing(
        "NewsArticle",
        headline=story.headline,
        alternativeHeadline=story.subhead,
        description=story.summary,
        url=site.address(story),
        mainEntityOfPage=site.address(story),
        datePublished=moment(story.published_at),
        dateModified=moment(story.updated_at),
        articleSection=story.section and story.section.name,
        keywords=words_of(story),
        author=[_signer(site, one) for role in AUTHORS for one in signed[role]],
        contributor=[_signer(site, one) for one in signed[BylineRole.PHOTOGRAPHER]],
        editor=[_signer(site, one) for one in signed[BylineRole.EDITOR]],
        publisher=paper(site),
        sourceOrganization=story.source and thing("Organization", name=story.source),
        image=picture and site.address(picture.path),
        inLanguage="zh-Hans",
        isPartOf=issue
        and thing(
            "PublicationIssue",
            name=issue.title,
            datePublished=day(issue.issued_on),
            url=site.address(issue),
        ),
        pagination=story.page,
        about=[
            *(
                thing(
                    "Event",
                    name=str(one),
                    url=site.address(one),
                    startDate=day(one.held_on),
                    endDate=day(one.ends_on),
                )
                for one in [*rows["inspections"], *rows["meetings"]]
            ),
            *(thing("Project", name=one.name, url=site.address(one)) for one in rows["projects"]),
        ],
        mentions=[
            _person(site, one.printed_name, one.title, one.official) for one in rows["mentions"]
        ],
    )


def words_of(story) -> list[str]:
    """Keywords of a story, one by one."""
    return story.keywords.replace("、", " ").split()


def event(site, happening, place, organisers=()) -> dict:
    """A meeting or an inspection, laid out as its page shows it, with its stories."""
    return thing(
        "Event",
        name=str(happening),
        description=happening.summary,
        url=site.address(happening),
        startDate=day(happening.held_on),
        endDate=day(happening.ends_on),
        location=place and thing("Place", name=place),
        organizer=[thing("Organization", name=one) for one in organisers],
        attendee=[
            _person(site, row.printed_name, row.title, row.official)
            for row in happening.present
            if row.printed_name
        ],
        subjectOf=[
            thing("NewsArticle", headline=story.headline, url=site.address(story))
            for story in happening.stories
        ],
    )


def official(site, someone, posts) -> dict:
    """An official and the posts on record, each with what is known of its term."""
    return thing(
        "Person",
        name=someone.name,
        alternateName=someone.aliases.split(),
        url=site.address(someone),
        memberOf=[
            thing(
                "OrganizationRole",
                roleName=post.title,
                startDate=day(post.starts),
                endDate=day(post.ends),
                memberOf=thing("Organization", name=post.body),
            )
            for post in posts
        ],
    )


def reporter(site, someone) -> dict:
    """Someone who signs stories."""
    return thing(
        "Person",
        name=someone.name,
        jobTitle=someone.get_kind_display(),
        url=site.address(someone),
        affiliation=someone.unit and thing("Organization", name=someone.unit),
    )


def _signer(site, byline):
    return _person(site, byline.printed_name, byline.get_role_display(), byline.reporter)


def _person(site, name, title, far):
    return thing("Person", name=name, jobTitle=title, url=page_of(site, far))

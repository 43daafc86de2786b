"""What pages show, in the words of schema.org (JSON-LD); what a text does not say is left out."""

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


def node(kind, **properties) -> dict:
    """A node of the graph, with those of its properties that have a value."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}


def iso_moment(at) -> str:
    """Local time with its offset; empty for None."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""


def iso_day(date) -> str:
    """ISO date; empty for None."""
    return date.isoformat() if date else ""


def url_of(site, far) -> str:
    """Absolute URL of ``far``, the object a row links; empty for None."""
    return site.address(far) if far else ""


def breadcrumbs(site, way) -> dict:
    """BreadcrumbList from the front page; ``way`` has name and path of each later step."""
    steps = [(site.name, "/"), *way]
    items = [
        node("ListItem", position=number, name=name, item=site.address(path))
        for number, (name, path) in enumerate(steps, 1)
    ]
    return node("BreadcrumbList", itemListElement=items)


def paper(site) -> dict:
    """The paper, and who publishes it where that is set."""
    owner = settings.SITE_OWNER and node("Organization", name=settings.SITE_OWNER)
    return node(
        "NewsMediaOrganization", name=site.name, url=site.address("/"), parentOrganization=owner
    )


def website(site) -> dict:
    return node(
        "WebSite",
        name=site.name,
        url=site.address("/"),
        inLanguage="zh-Hans",
        publisher=paper(site),
    )


def article(site, story, record, picture) -> dict:
    """A story with who signed it, whom it names and what it records."""
    issue = story.bulletin
    return node(
        "NewsArticle",
        headline=story.headline,
        alternativeHeadline=story.subhead,
        description=story.summary,
        url=site.address(story),
        mainEntityOfPage=site.address(story),
        datePublished=iso_moment(story.published_at),
        dateModified=iso_moment(story.updated_at),
        articleSection=story.section and story.section.name,
        keywords=keywords_of(story),
        author=_signers(site, record, *AUTHORS),
        contributor=_signers(site, record, BylineRole.PHOTOGRAPHER),
        editor=_signers(site, record, BylineRole.EDITOR),
        publisher=paper(site),
        sourceOrganization=story.source and node("Organization", name=story.source),
        image=picture and site.address(picture.path),
        inLanguage="zh-Hans",
        isPartOf=issue
        and node(
            "PublicationIssue",
            name=issue.title,
            datePublished=iso_day(issue.issued_on),
            url=site.address(issue),
        ),
        pagination=story.page,
        about=_subjects(site, record),
        mentions=[
            _person(site, one.printed_name, one.title, one.official) for one in record.mentions
        ],
    )


def _signers(site, record, *roles):
    """Who signed in those roles, by role."""
    return [
        _person(site, byline.printed_name, byline.get_role_display(), byline.reporter)
        for role in roles
        for byline in record.bylines
        if byline.role == role
    ]


def _subjects(site, record):
    """Events and projects of a story."""
    events = (
        node(
            "Event",
            name=str(event),
            url=site.address(event),
            startDate=iso_day(event.held_on),
            endDate=iso_day(event.ends_on),
        )
        for event in (one.event for one in record.events)
    )
    projects = (
        node("Project", name=project.name, url=site.address(project)) for project in record.projects
    )
    return [*events, *projects]


def keywords_of(story) -> list[str]:
    """Keywords of a story as a list."""
    return story.keywords.replace("、", " ").split()


def event(site, record, place, organisers=()) -> dict:
    """A meeting or an inspection, with who was there and the stories that say so."""
    happening = record.event
    return node(
        "Event",
        name=str(happening),
        description=happening.summary,
        url=site.address(happening),
        startDate=iso_day(happening.held_on),
        endDate=iso_day(happening.ends_on),
        location=place and node("Place", name=place),
        organizer=[node("Organization", name=one) for one in organisers],
        attendee=[_person(site, row.printed_name, row.title, row.official) for row in record.named],
        subjectOf=[
            node("NewsArticle", headline=story.headline, url=site.address(story))
            for story in record.stories
        ],
    )


def official(site, someone, posts) -> dict:
    """An official and the posts on record, each with what is known of its term."""
    return node(
        "Person",
        name=someone.name,
        alternateName=someone.aliases.split(),
        url=site.address(someone),
        memberOf=[
            node(
                "OrganizationRole",
                roleName=post.title,
                startDate=iso_day(post.starts),
                endDate=iso_day(post.ends),
                memberOf=node("Organization", name=post.body),
            )
            for post in posts
        ],
    )


def reporter(site, someone) -> dict:
    return node(
        "Person",
        name=someone.name,
        jobTitle=someone.get_kind_display(),
        url=site.address(someone),
        affiliation=someone.unit and node("Organization", name=someone.unit),
    )


def _person(site, name, title, far):
    return node("Person", name=name, jobTitle=title, url=url_of(site, far))

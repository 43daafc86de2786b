"""我要纠错: the form by which readers report an error in a story."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from articles.editorial import take_report
from articles.models import ErrorReport
from articles.public.base import PublicPage
from articles.public.seo import PageMetadata, page_metadata
from articles.public.story import live_story_at

TOO_MANY = 429


class ReportForm(forms.ModelForm):
    """What is wrong, what is right; and a field that only a machine fills in."""

    website = forms.CharField(
        label=gettext_lazy("请不要填这一格"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    class Meta:
        model = ErrorReport
        fields = ("wrong", "right", "contact")
        labels = {"contact": gettext_lazy("怎样联系您")}
        help_texts = {
            "wrong": gettext_lazy("抄下有错的那句话，我们好找到它。"),
            "right": gettext_lazy("您知道的写法或事实；有出处的请一并写上。"),
            "contact": gettext_lazy("可以不填。填了，编辑部核实时可能找您；不对外公开。"),
        }
        widgets = {
            "wrong": forms.Textarea(attrs={"rows": 3}),
            "right": forms.Textarea(attrs={"rows": 4}),
            "contact": forms.TextInput(attrs={"autocomplete": "email"}),
        }
        error_messages = {
            "wrong": {"required": gettext_lazy("请写出哪里有错。")},
            "right": {"required": gettext_lazy("请写出应该是什么；不能确定的，写“请核实”。")},
        }

    def clean_website(self) -> str:
        """Nothing; a person is told, should a browser have filled it in."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("有一格请留空，您的浏览器可能自动填了它。清空后再提交一次。"))
        return ""


class PageAboutStory(PublicPage):
    """A page about the live story of its address; kept by no cache."""

    here = "articles"

    def is_keepable(self) -> bool:
        """Never: its form has a token."""
        return False

    title = ""

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs) -> HttpResponse:
        self.story = live_story_at(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(story=self.story, **context)

    def page_metadata(self, site, context) -> PageMetadata:
        """What it is for; nothing that a search engine should list."""
        title = self.title
        if "form" in context and context["form"].errors:
            title = _("有错：%(title)s") % {"title": title}
        return page_metadata(title, is_indexed=False)


class ErrorReportPage(PageAboutStory, FormView):
    title = gettext_lazy("我要纠错")
    template_name = "articles/error_report.html"
    form_class = ReportForm

    def form_invalid(self, form) -> HttpResponse:
        """The form again, at the first field that is wrong."""
        for name in form.errors:
            if name in form.fields:
                form.fields[name].widget.attrs["autofocus"] = True
                break
        return super().form_invalid(form)

    def form_valid(self, form) -> HttpResponse:
        """Take the report in and thank for it, or say that it is one too many."""
        report = form.instance
        report.article = self.story
        if take_report(report, address=self.request.META.get("REMOTE_ADDR", "")):
            return HttpResponseRedirect(reverse("received", kwargs=self.kwargs))
        form.add_error(
            None, _("您这一小时里已经提交了好几条，请过一小时再来。写好的内容还在下面。")
        )
        return self.render_to_response(self.get_context_data(form=form), status=TOO_MANY)


class ErrorReportReceived(PageAboutStory, TemplateView):
    title = gettext_lazy("纠错已经收到")
    template_name = "articles/error_report_received.html"

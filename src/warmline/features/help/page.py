"""Help pages as HTML that needs no script: plain forms, headings in order, everything escaped. Pure."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from urllib.parse import urlencode, urlsplit

from msgspec import Struct

from warmline.domain.journey.interface import FormField
from warmline.features.help.walk import Card, View, Way
from warmline.features.help.words import WORDS, Words
from warmline.kernel.locale import LOCALES, Locale

LANGUAGE_NAMES: dict[Locale, str] = {"ko": "한국어", "ja": "日本語", "en": "English"}
MOST_DESCRIPTION = 160
FEW_OPTIONS = 7  # shown at once; more are chosen from a list
FIELD = "f."  # before the name of an entry in a form
GIVEN = "p."  # before the name of what a site's form gives along
_MODES = {"digits": "numeric", "number": "decimal", "order_number": "text"}
_LINK = re.compile(r"https?://[^\s<>\"'）)]+[^\s<>\"'）).,。、]")


class Site(Struct, frozen=True):
    """Where a page stands: its company, its addresses, and how it was opened.

    `root`: the origin that addresses for search engines begin with; `key`: the widget that was named, if one was;
    `home`: the company's own site, where there is one apart from this;
    `hosts`: the company's own, to which texts may link; `phones`: name and number of its lines.
    """

    company: Mapping[str, str]
    root: str
    widget_key: str
    key: str = ""
    embed: bool = False
    hosts: frozenset[str] = frozenset()
    phones: tuple[tuple[Mapping[str, str], str], ...] = ()
    version: str = ""
    home: str = ""

    def name(self, locale: Locale) -> str:
        return self.company.get(locale) or next(iter(self.company.values()), "")

    def path(self, locale: str, slug: str = "", *, tail: str = "", **query: str) -> str:
        """Return the address of a page on this site; what is empty in `query` is left out."""
        given = {"key": self.key, "embed": "1" if self.embed else "", **query}
        asked = urlencode({name: value for name, value in given.items() if value})
        place = f"/help/{locale}" + (f"/{slug}" if slug else "") + tail
        return place + (f"?{asked}" if asked else "")

    def lasting(self, locale: str, slug: str = "") -> str:
        """Return the address that search engines shall know a page by."""
        place = f"{self.root}/help/{locale}" + (f"/{slug}" if slug else "")
        return place + (f"?{urlencode({'key': self.key})}" if self.key else "")


class Entry(Struct, frozen=True):
    """A page in the list of pages."""

    slug: str
    title: str
    description: str


class Shown(Struct, frozen=True):
    """Everything a page shows: where somebody is, and what they were told since."""

    slug: str
    title: str
    view: View
    way: Way
    token: str
    at_start: bool
    notice: str = ""
    thanks: str = ""  # yes, no
    talk: bool = False


def describe(view: View) -> str:
    """Return the first thing a page says, short enough for a list of search results."""
    for piece in (*view.pieces, *(() if view.card is None else (view.card,))):
        text = piece if isinstance(piece, str) else " ".join(piece.texts) or piece.title
        line = " ".join(text.split())
        if line:
            return line if len(line) <= MOST_DESCRIPTION else line[: MOST_DESCRIPTION - 1].rstrip() + "…"
    return ""


def index_page(
    site: Site, locale: Locale, entries: Sequence[Entry], *, words: str = "", found: int = 0, number: int = 1,
    lists: int = 1,
) -> str:  # fmt: skip
    """Return a list of help pages, or of the `found` ones for `words`: the `number`th of `lists`."""
    t = WORDS[locale]
    title = t.index_title.format(company=site.name(locale))
    told = ""
    if words:
        text = t.found if entries else t.found_nothing
        told = f'<p role="status">{escape(text.format(words=words, count=found))}</p>'
    elif not entries:
        told = f"<p>{escape(t.no_pages)}</p>"
    items = "".join(
        f'<li><a href="{_attr(site.path(locale, one.slug))}"><h2>{escape(one.title)}</h2>'
        f"<p>{escape(one.description)}</p></a></li>"
        for one in entries
    )
    hidden = f'<input type="hidden" name="key" value="{_attr(site.key)}">' if site.key else ""
    body = (
        f"<h1>{escape(title)}</h1><p class=lead>{escape(t.index_lead)}</p>"
        f'<form role="search" method="get" action="/help/{locale}">{hidden}'
        f'<label for="q">{escape(t.search)}</label><div class="search">'
        f'<input id="q" name="q" type="search" maxlength="100" value="{_attr(words)}">'
        f"<button>{escape(t.find)}</button></div></form>{told}"
        + (f'<ul class="pages">{items}</ul>' if items else "")
        + (_lists(t, site, locale, words, number, lists) if lists > 1 else "")
    )
    return _document(site, locale, title, t.index_lead, body, slug="", indexed=not words and number == 1, at="")


def help_page(site: Site, locale: Locale, shown: Shown) -> str:
    """Return a help page at one place of its way."""
    t, view = WORDS[locale], shown.view
    lang = "" if view.locale == locale else f' lang="{view.locale}"'
    parts = [_piece(piece, site, shown) for piece in view.pieces]
    if view.card is not None:
        parts.append(_form(view.card, site, locale, shown))
    if view.lists and not shown.at_start:
        address = _attr(site.path(locale, shown.slug, tail="/list.txt", at=shown.token))
        parts.append(f'<p class="keep"><a href="{address}" download>{escape(t.keep)}</a></p>')
    body = (
        f"<h1>{escape(shown.title)}</h1>{_notice(shown.notice)}<div{lang}>{''.join(parts)}</div>"
        + _answers(t, shown)
        + (_feedback(t, site, locale, shown) if view.over else "")
        + _talk(t, site, locale, shown)
    )
    if not shown.at_start:
        along = {f"{GIVEN}{name}": value for name, value in shown.way.given.items()}
        anew = _attr(site.path(locale, shown.slug, field=shown.way.field, **along))
        body += f'<p class="again"><a href="{anew}">{escape(t.begin_again)}</a></p>'
    indexed = shown.at_start and not shown.notice
    at = "" if shown.at_start and not shown.way.given and not shown.way.field else shown.token
    return _document(site, locale, shown.title, describe(view), body, slug=shown.slug, indexed=indexed, at=at)


def kept_list(site: Site, locale: Locale, shown: Shown, day: date) -> str:
    """Return the answers and the lists of a way as plain text, to keep."""
    t = WORDS[locale]
    lines = [shown.title, f"{site.name(locale)} · {t.kept_on.format(day=day.isoformat())}", ""]
    if shown.way.answers:
        lines += [t.your_answers, *(f"- {one.label}: {one.entry}" for one in shown.way.answers), ""]
    for one in shown.view.lists:
        lines += [one.title, *(f"{n}. {text}" for n, text in enumerate(one.texts, 1)), ""]
    return "\n".join([*lines, site.lasting(locale, shown.slug), ""])


def failed_page(site: Site | None, locale: Locale, title: str, text: str) -> str:
    """Return a page that says why there is nothing to see, and where to go on."""
    body = f"<h1>{escape(title)}</h1><p>{escape(text)}</p>"
    if site is not None:
        body += f'<p><a href="{_attr(site.path(locale))}">{escape(WORDS[locale].all_pages)}</a></p>'
    return _document(site, locale, title, text, body, slug="", indexed=False, at="")


def told_along(shown: Shown) -> dict[str, str]:
    """Return what the chat is opened with: attributes by name, 500 letters each at most."""
    answers = "\n".join(f"{one.label}: {one.entry}" for one in shown.way.answers)
    told = {"help_page": shown.title, "help_field": shown.way.field, "help_answers": answers}
    return {name: value[:500] for name, value in told.items() if value}


# --- parts -----------------------------------------------------------------------------------------


def _document(
    site: Site | None,
    locale: Locale,
    title: str,
    description: str,
    body: str,
    *,
    slug: str,
    indexed: bool,
    at: str,
) -> str:
    t = WORDS[locale]
    company = "" if site is None else site.name(locale)
    embed = site is not None and site.embed
    whole = title if not company or company in title else f"{title} · {company}"
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escape(whole)}</title>",
        f'<meta name="description" content="{_attr(description)}">',
        f'<link rel="stylesheet" href="/help/help.css?v={site.version if site else ""}">',
    ]
    languages = ""
    if site is not None:
        if indexed and not embed:
            head.append(f'<link rel="canonical" href="{_attr(site.lasting(locale, slug))}">')
            head += [
                f'<link rel="alternate" hreflang="{one}" href="{_attr(site.lasting(one, slug))}">'
                for one in LOCALES
            ]
            head.append(f'<link rel="alternate" hreflang="x-default" href="{_attr(site.lasting("en", slug))}">')
        head.append('<script async src="/widget/help-page.js"></script>')
        if not embed:
            head.append(
                f'<script async src="/widget/loader.js" data-key="{_attr(site.widget_key)}"'
                f' data-locale="{locale}"></script>'
            )
            links = "".join(
                f'<li><a lang="{one}" hreflang="{one}" href="{_attr(site.path(one, slug, at=at))}"'
                + (' aria-current="true"' if one == locale else "")
                + f">{LANGUAGE_NAMES[one]}</a></li>"
                for one in LOCALES
            )
            languages = f'<nav aria-label="{_attr(t.language)}"><ul>{links}</ul></nav>'
    if not indexed or embed:
        head.append('<meta name="robots" content="noindex">')
    home = ""
    if site is not None and embed:
        address = _attr(Site(site.company, site.root, site.widget_key, site.key).path(locale, slug))
        home = f'<a href="{address}" target="_blank" rel="noopener">{escape(t.new_window)}</a>'
    elif site is not None:
        home = f'<a href="{_attr(site.path(locale))}">{escape(t.index_title.format(company=company))}</a>'
    return (
        f'<!doctype html><html lang="{locale}"><head>{"".join(head)}</head>'
        f'<body{" class=embed" if embed else ""}><a class="skip" href="#main">{escape(t.skip)}</a>'
        f'<header>{home}{languages}</header><main id="main" tabindex="-1">{body}</main></body></html>'
    )


def _notice(text: str) -> str:
    return f'<p class="notice" role="status">{escape(text)}</p>' if text else ""


def _piece(piece: str | Card, site: Site, shown: Shown) -> str:
    if isinstance(piece, str):
        return "".join(f"<p>{_linked(line, site)}</p>" for line in piece.split("\n") if line.strip())
    title = "" if piece.title == shown.title else f"<h2>{escape(piece.title)}</h2>"
    texts = [_linked(text, site) for text in piece.texts]
    if len(texts) > 1:
        told = f"<ol>{''.join(f'<li>{text}</li>' for text in texts)}</ol>"
    else:
        told = "".join(f"<p>{text}</p>" for text in texts)
    return f'<section class="list">{title}{told}</section>'


def _lists(t: Words, site: Site, locale: Locale, words: str, number: int, lists: int) -> str:
    """Return the way to the lists before and after this one."""
    ways = [f'<span aria-current="page">{escape(t.list_of.format(number=number, lists=lists))}</span>']
    around = {"prev": (number - 1, t.before), "next": (number + 1, t.after)}
    for rel, (one, text) in around.items():
        if 1 <= one <= lists:
            address = site.path(locale, q=words, page=str(one) if one > 1 else "")
            way = f'<a rel="{rel}" href="{_attr(address)}">{escape(text)}</a>'
            ways.insert(0 if rel == "prev" else len(ways), way)
    return f'<nav class="lists" aria-label="{_attr(t.all_pages)}">{"".join(ways)}</nav>'


def _form(card: Card, site: Site, locale: Locale, shown: Shown) -> str:
    t = WORDS[locale]
    title = "" if card.title == shown.title else f"<h2>{escape(card.title)}</h2>"
    texts = "".join(f"<p>{_linked(text, site)}</p>" for text in card.texts if text.strip())
    problem = f'<p class="problem" role="alert">{escape(card.problem)}</p>' if card.problem else ""
    fields = "".join(_field(t, field, number) for number, field in enumerate(card.fields))
    several = len(card.buttons) > 1
    buttons = "".join(
        f'<button name="button" value="{_attr(one.value)}">{escape(one.label)}</button>' for one in card.buttons
    )
    kind = "choices" if several and not card.fields else "buttons"
    return (
        f'{title}{texts}<form method="post" action="{_attr(site.path(locale, shown.slug))}">'
        f'<input type="hidden" name="at" value="{_attr(shown.token)}">{problem}{fields}'
        f'<div class="{kind}">{buttons}</div></form>'
    )


def _field(t: Words, field: FormField, number: int) -> str:
    at, name = f"f{number}", _attr(FIELD + field.name)
    label = escape(field.label) + ("" if field.required else f" <small>({escape(t.optional)})</small>")
    problem = f'<p class="problem" id="{at}-p">{escape(field.problem)}</p>' if field.problem else ""
    wrong = f' aria-invalid="true" aria-describedby="{at}-p"' if field.problem else ""
    required = " required" if field.required else ""
    if field.options and len(field.options) <= FEW_OPTIONS:
        radios = "".join(
            f'<label class="radio"><input type="radio" name="{name}" value="{_attr(one.value)}"{required}'
            + (" checked" if one.value == field.value else "")
            + f"> <span>{escape(one.label)}</span></label>"
            for one in field.options
        )
        return f"<fieldset{wrong}><legend>{label}</legend>{problem}{radios}</fieldset>"
    if field.options:
        options = "".join(
            f'<option value="{_attr(one.value)}"{" selected" if one.value == field.value else ""}>'
            f"{escape(one.label)}</option>"
            for one in field.options
        )
        control = (
            f'<select id="{at}" name="{name}"{required}{wrong}><option value="">{escape(t.choose)}</option>'
            f"{options}</select>"
        )
    elif field.kind == "text":
        control = (
            f'<textarea id="{at}" name="{name}" rows="3" maxlength="1000"{required}{wrong}>'
            f"{escape(field.value)}</textarea>"
        )
    else:
        kind = "date" if field.kind == "date" else "text"
        mode = f' inputmode="{_MODES[field.kind]}"' if field.kind in _MODES else ""
        control = (
            f'<input id="{at}" name="{name}" type="{kind}"{mode} maxlength="200" autocomplete="off"'
            f' value="{_attr(field.value)}"{required}{wrong}>'
        )
    return f'<div class="field"><label for="{at}">{label}</label>{problem}{control}</div>'


def _answers(t: Words, shown: Shown) -> str:
    if not shown.way.answers:
        return ""
    rows = "".join(f"<div><dt>{escape(a.label)}</dt><dd>{escape(a.entry)}</dd></div>" for a in shown.way.answers)
    return f"<details><summary>{escape(t.your_answers)}</summary><dl>{rows}</dl></details>"


def _feedback(t: Words, site: Site, locale: Locale, shown: Shown) -> str:
    if shown.thanks:
        return _notice(t.thanks_yes if shown.thanks == "yes" else t.thanks_no)
    address = _attr(site.path(locale, shown.slug, tail="/feedback"))
    return (
        f'<form class="feedback" method="post" action="{address}">'
        f'<input type="hidden" name="at" value="{_attr(shown.token)}"><h2>{escape(t.helped)}</h2>'
        f'<div class="buttons"><button name="helped" value="yes">{escape(t.yes)}</button>'
        f'<button name="helped" value="no">{escape(t.no)}</button></div></form>'
    )


def _talk(t: Words, site: Site, locale: Locale, shown: Shown) -> str:
    if not shown.talk:
        address = _attr(site.path(locale, shown.slug, tail="/talk"))
        return (
            f'<form class="talk" method="post" action="{address}">'
            f'<input type="hidden" name="at" value="{_attr(shown.token)}">'
            f"<button>{escape(t.talk)}</button><p>{escape(t.talk_lead)}</p></form>"
        )
    # The script opens the chat with these; without it, the other ways are all there is.
    told = _attr(json.dumps(told_along(shown), ensure_ascii=False))
    ways = [
        f"<li>{escape(t.call)} · {escape(name.get(locale) or next(iter(name.values()), ''))}:"
        f' <a href="tel:{_attr(number)}">{escape(number)}</a></li>'
        for name, number in site.phones
    ]
    if site.home:
        ways.append(
            f'<li>{escape(t.site)}: <a href="{_attr(site.home)}">{escape(urlsplit(site.home).netloc)}</a></li>'
        )
    if site.embed:
        # A site may have no chat of its own: the page by itself always has.
        whole = Site(site.company, site.root, site.widget_key, site.key or site.widget_key)
        address = _attr(whole.path(locale, shown.slug, at=shown.token, talk="1"))
        ways.insert(0, f'<li><a href="{address}" target="_blank" rel="noopener">{escape(t.talk_window)}</a></li>')
    elsewhere = f"<p>{escape(t.talk_elsewhere)}</p><ul>{''.join(ways)}</ul>" if ways else ""
    return (
        f'<section class="talk" id="talk" data-warmline-talk="{told}"><h2>{escape(t.talk)}</h2>'
        f'<p class="opening" role="status" hidden>{escape(t.talk_opened)}</p>'
        f"{elsewhere}</section>"
    )


def _linked(text: str, site: Site) -> str:
    """Escape a text. Addresses on the company's own hosts become links, others stay text."""
    found, end = "", 0
    for match in _LINK.finditer(text):
        address = match.group()
        found += escape(text[end : match.start()])
        own = _leads_home(address, site)
        found += f'<a href="{_attr(address)}">{escape(address)}</a>' if own else escape(address)
        end = match.end()
    return found + escape(text[end:])


def _leads_home(address: str, site: Site) -> bool:
    try:
        return urlsplit(address).netloc in site.hosts
    except ValueError:  # `https://[order]`: it only looks like an address
        return False


def _attr(text: str) -> str:
    return escape(text, quote=True)

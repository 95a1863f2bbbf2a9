"""What list and form pages share: one page of a long list, a list as a file, refusals beside their fields."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from huanfa.core.errors import NotAllowed

PAGE = 30
LONGEST_FILE = 20_000
LAST = "last"
# A cell that begins so is run as a formula by spreadsheet programs.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Keys = Mapping[str, Callable[[str], Any]]


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and where the pages before and after begin ("" if there is none)."""

    rows: list[Any]
    newer: str
    older: str


def page(rows: QuerySet, keys: Keys, cursor: str = "", *, size: int = PAGE, ascending: bool = False) -> Page:
    """One page, newest first (or smallest first), found by the keys of its first or last row, never by counting rows.

    `keys` are the columns the list is ordered by, each with what reads it back from an address; together they must be
    unique. The cursor "last" is the end of the list; one that cannot be read shows the first page.
    """
    direction, at = _read(cursor, keys)
    last = cursor == LAST
    back = last or (direction == "newer" and bool(at))
    up = back != ascending
    wanted = rows.filter(_beyond(keys, at, "gt" if up else "lt")) if at else rows
    found = list(wanted.order_by(*(key if up else f"-{key}" for key in keys))[: size + 1])
    more, found = len(found) > size, found[:size]
    if back and not more:
        return page(rows, keys, size=size, ascending=ascending)
    if back:
        found.reverse()
    newer = _write("newer", found[0], keys) if found and (more if back else at) else ""
    older = _write("older", found[-1], keys) if found and not last and (back or more) else ""
    return Page(found, newer, older)


def address(request: HttpRequest, cursor: str) -> str:
    """The address of another page of the list just shown, with the same filters; "" without a cursor."""
    if not cursor:
        return ""
    query = request.GET.copy()
    query["page"] = cursor
    return f"?{query.urlencode()}"


def csv_file(name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> HttpResponse:
    """A list as a file that spreadsheet programs open as it is: UTF-8 with its mark, no cell taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def refuse(form: forms.BaseForm, refusal: NotAllowed) -> None:
    """Put every reason of a refusal beside the field it belongs to, or on top of the form."""
    for reason in refusal.reasons:
        form.add_error(reason.field if reason.field in form.fields else None, str(reason))


def see_other(name: str, *args: object) -> HttpResponseRedirect:
    """After a deed, to a page that can be reloaded without doing it again."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _beyond(keys: Keys, at: list[Any], how: str) -> Q:
    """Rows past `at`: smaller (greater) in the first key, or equal there and past it in the next."""
    found, same = Q(), {}
    for key, value in zip(keys, at, strict=True):
        found |= Q(**same, **{f"{key}__{how}": value})
        same[key] = value
    return found


def _read(cursor: str, keys: Keys) -> tuple[str, list[Any]]:
    direction, *parts = cursor.split("~")
    if direction not in ("newer", "older") or len(parts) != len(keys):
        return "", []
    try:
        return direction, [read(part) for read, part in zip(keys.values(), parts, strict=True)]
    except ValueError:
        return "", []


def _write(direction: str, row: Any, keys: Keys) -> str:
    return "~".join([direction, *(str(getattr(row, key)) for key in keys)])

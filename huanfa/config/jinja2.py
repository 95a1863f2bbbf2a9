"""The one template environment. A name a page forgot to hand over is a fault, never an empty place on a paper."""

from functools import lru_cache
from typing import Any

import jinja2
from django.templatetags.static import static
from django.urls import reverse


def environment(**options: Any) -> jinja2.Environment:
    """Escaping on, undefined names refused, block lines leave no blank lines behind."""
    options["autoescape"] = True
    options["undefined"] = jinja2.StrictUndefined
    env = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, **options)
    env.globals.update(static=static, url=url)
    return env


@lru_cache(maxsize=8192)
def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page: `url("case", case.pk)`. Addresses do not change while the process runs."""
    return reverse(name, args=args, kwargs=kwargs)

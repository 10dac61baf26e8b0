"""The short lines at the head of an article, where dates and bylines stand."""

from lxml.html import HtmlElement


def element_text(element: HtmlElement | None) -> str:
    """Return the text of an element on one line; empty where there is none."""
    return " ".join(element.text_content().split()) if element is not None else ""


def head_lines(article: HtmlElement) -> list[str]:
    """Return the short texts at the head of the article, where dates and bylines stand."""
    found = []
    for element in article.iter("p", "span", "div", "time", "address", "li"):
        if len(element) > 4 or len(text := element_text(element)) > 120:
            continue
        if text:
            found.append(text)
        if len(found) >= 12:
            break
    return found

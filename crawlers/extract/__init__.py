"""From a page's bytes to an article: title, text, time, author, address, kind of page.

One parse per page. The page's own data (JSON-LD, meta tags, time elements, byline) is read
here; the body comes from trafilatura on the same tree and goes through a filter for the lines
that Indonesian sites put between paragraphs.
"""

from crawlers.extract.article import Article, extract_article

__all__ = ["Article", "extract_article"]

"""Words that somebody might put into a document, a name or a question so that Slack does what they want."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

M = TypeVar("M", bound=BaseModel)
_PINGS = (
    "<!channel>", "<!here>", "<!everyone>", "<@U012AB3CD>", "<@W012AB3CD|boss>", "<#C012AB3CD>", "<#C012AB3CD|plans>",
    "<!subteam^S012AB3CD>", "<!subteam^S012AB3CD|@all>", "<!date^1392734382^{date}|soon>", "&lt;!channel&gt;",
    "&#60;!here&#62;", "&#x3c;!everyone&#x3e;", "<<!channel>>", "<!channel", "!channel>", "<\u200b!channel>",
    "@channel",
    "@here and @everyone", "\\<!channel>", "<!channel\\>", "`<!here>`", "[<!here>](https://evil.example)",
)  # fmt: skip
_LINKS = (
    "<https://evil.example|gov.uk>", "<javascript:alert(1)|x>", "[gov.uk](https://evil.example)",
    "[x](javascript:alert(1))", "![x](https://evil.example/a.png)", "[a]: https://evil.example", "[1]: javascript:x",
    "<mailto:a@evil.example|a>", "<tel:+1|call>", "https://evil.example/<!channel>", "https://u:p@evil.example/",
    "https://evil.example/a(b)c)d", "https://evil.example/a|b", "https://evil.example/?a=1&lt;2", "[x][1]",
    "[[1]](x)",
    "[x](https://a.example) [y](https://b.example)", "<https://evil.example>", "[x](<https://evil.example> 't')",
    "]( https://evil.example", "[ ](https://evil.example)", "www.evil.example", "https://evil.example/_a_*b*~c~`d`",
)  # fmt: skip
_MARKS = (
    "*bold*", "_italic_", "~struck~", "**bold**", "__bold__", "***both***", "~~struck~~", "`code`", "```\ncode\n```",
    "~~~\ncode\n~~~", "# Heading", "## Heading ##", "> quote", ">>> quote", "- item", "* item", "+ item", "1. item",
    "7) item", "- [ ] task", "---", "***", "===", "| a | b |\n| --- | --- |\n| 1 | 2 |", "    indented code",
    "\tcode",
    "a\n\n# b", "a\n- b\n- c", "a\n===", "a\n---", "a  \nb", "a\\\nb", "\\", "\\\\", "\\*a\\*", "*_~`", "**", "__",
    "`",
    "``", "a*b*c", "a_b_c", "2*3*4 = 24", "snake_case_name", "[1]", "[1] at the start", "[1][2]", "![1]", "a|b|c",
)  # fmt: skip
_SIGNS = (
    "&", "&amp;", "&amp;amp;", "&lt;b&gt;", "<b>bold</b>", "<script>alert(1)</script>", "<!-- x -->", "<img src=x>",
    "a < b > c & d", "\u202eevil\u202c", "\u200b\u200d\ufeff", "\x00\x07\x1b[31m", "\U000e0041\U000e0042",
    "é" * 50, "👩‍👩‍👧" * 30,
    "中文字" * 40, ":rotating_light:", ":here:", "{{ 7 * 7 }}", "{} {0} {text}", "%s %d %(x)s",
    "'; DROP TABLE answers; --", "line\r\nline\nline", "\n\n\n", " ", "\u3164", "\u00a0", "…", "“quoted”", "$(id)",
)  # fmt: skip
_LONG = (
    "word " * 4_000, "x" * 20_000, "*" * 13_000, "<" * 13_000, "&" * 13_000, "[" * 6_000 + "]" * 6_000,
    "<!here> " * 2_000,
    "https://evil.example/" + "a" * 4_000, "https://evil.example/" + "(" * 1_200, "\\" * 9_000, "\n" * 5_000,
    "a&lt;" * 3_000, "— " * 3_000, "1. " * 3_000,
)  # fmt: skip
HOSTILE = (*_PINGS, *_LINKS, *_MARKS, *_SIGNS, *_LONG)


_OURS = frozenset("kind status evidence type state check id answer_id fact value".split())  # words of the house


def poisoned(model: M, text: str) -> M:
    """`model` with `text` in every field that holds free words, however deep."""
    made: dict[str, Any] = {}
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        free = field.annotation in (str, str | None) and name not in _OURS
        made[name] = (text if value is not None else None) if free else _poisoned(value, text)
    return model.model_copy(update=made)


def _poisoned(value: Any, text: str) -> Any:
    if isinstance(value, BaseModel):
        return poisoned(value, text)
    if isinstance(value, tuple):
        return tuple(text if type(v) is str else _poisoned(v, text) for v in value)
    return value

"""Pages that host the widget: plain, themed, hostile, strict, one that takes the element away and puts it back."""

from __future__ import annotations

from html import escape

from assistant.widget_file import widget_integrity

BARE = "body { margin: 0 } main { padding: 1rem; max-width: 46rem; margin: auto }"
THEME = """
html { font-size: 62.5% } body { font: 1.6rem/1.8 Georgia; color: #333; margin: 0 }
main { padding: 1rem; max-width: 76rem; margin: auto }
button, input, textarea { background: pink; border: 5px dashed red; text-transform: uppercase; letter-spacing: 0.3em }
h2, h3, p, li { margin: 4rem; color: rebeccapurple } ul { list-style: square } a { color: orange }
lsip-assistant { --lsip-accent: #7a1f5c; --lsip-accent-text: #ffffff; --lsip-radius: 4px; --lsip-muted: #cccccc }
"""
HOSTILE = """
* { color: red !important; font-size: 40px !important; display: none !important; opacity: 0.1 !important;
  transform: rotate(3deg) !important; text-transform: uppercase !important; direction: rtl;
  pointer-events: none !important; visibility: hidden !important }
html, body, main, head, title { display: block !important; visibility: visible !important; opacity: 1 !important;
  transform: none !important; pointer-events: auto !important }
button { display: none !important } dialog { display: none !important }
"""


def page(name: str, api: str, script: str, query: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The page of that name and its headers. `mode`, `site` and others become attributes of the element."""
    headers = {"Cache-Control": "no-store"}
    style = {"theme": THEME, "hostile": HOSTILE, "strict": ""}.get(name, BARE)
    if name == "strict":
        headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src {api}; connect-src {api}; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
    tag = query.pop("tag", "lsip-assistant")
    attributes = {"site": "dorset"} | query
    given = "".join(f' {k}="{escape(v)}"' for k, v in attributes.items() if v and k.isalpha())
    element = f'<{tag}{given}><a href="{api}/">Ask a question</a></{tag}>'
    second = f'<lsip-checker site="dorset" check="lsip-duties" level="2"><a href="{api}/">Check</a></lsip-checker>'
    html = f"""<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>A host page</title>{f"<style>{style}</style>" if style else ""}
<script type="module" src="{api}{script}" integrity="{widget_integrity()}" crossorigin="anonymous"></script>
</head><body><main><h1>A host page</h1><p>Words of the host. <a href="#top">A link of the host</a></p>
{element}
{second if name == "two" else ""}
</main></body></html>"""
    return html, headers

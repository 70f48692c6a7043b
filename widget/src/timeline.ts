/** The dates of an answer as a picture, fetched and drawn only when asked for; a list beside it says the same. */

import { bdi, button, el, svg } from "./dom.ts";
import type { Session } from "./session.ts";
import type { Answer, TimelineEvent } from "./types.ts";
import { words } from "./words.ts";

const WIDTH = 600;
const ROW = 26;
const MOST = 30;

/** The button, where the answer rests on dated events; else null. */
export function timelineButton(answer: Answer, session: Session): HTMLElement | null {
  const wanted = new Set(
    (answer.findings ?? []).flatMap((f) => (f.engine === "timeline" ? (f.events ?? []).map((e) => e.id) : [])),
  );
  if (!wanted.size) return null;
  const place = el("div", { class: "picture" });
  const show = button(words.picture, async () => {
    show.disabled = true;
    try {
      const query = new URLSearchParams({ as_of: answer.as_of, ...(answer.area ? { area: answer.area.id } : {}) });
      const { events } = await session.get<{ events: TimelineEvent[] }>(`/v1/timeline?${query}`);
      const chosen = events.filter((e) => wanted.has(e.id)).slice(0, MOST);
      if (!chosen.length) throw new Error();
      const list = listed(chosen);
      place.replaceChildren(picture(chosen, answer.as_of), list);
      list.focus();
    } catch {
      show.disabled = false;
      place.replaceChildren(show, el("p", { class: "error", role: "alert" }, words.pictureNone));
      show.focus();
    }
  });
  place.append(show);
  return place;
}

function listed(events: TimelineEvent[]): HTMLElement {
  return el(
    "ul",
    { tabindex: "-1" },
    ...events.map((e) => el("li", {}, el("b", {}, bdi(e.when)), ": ", bdi(e.title), ` (${words.states[e.state] ?? ""})`)),
  );
}

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

function picture(events: TimelineEvent[], asOf: string): SVGElement {
  const now = day(asOf);
  const spans = events.map((e) => [day(e.start), day(e.end)] as const);
  const first = Math.min(now, ...spans.map((s) => s[0])) - 60;
  const last = Math.max(now, ...spans.map((s) => s[1])) + 60;
  const at = (d: number): number => ((d - first) / (last - first)) * WIDTH;
  const height = events.length * ROW + 30;
  const drawn = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${height}`,
    role: "img",
    "aria-label": words.pictureOf(events.length),
    class: "timeline",
  });
  for (let year = new Date(first * 86_400_000).getUTCFullYear() + 1; at(day(`${year}-01-01`)) < WIDTH; year += 1) {
    const x = at(day(`${year}-01-01`)).toFixed(1);
    drawn.append(
      svg("line", { class: "grid", x1: x, x2: x, y1: 20, y2: height }),
      svg("text", { x, y: 14, "text-anchor": "middle" }, String(year)),
    );
  }
  const x = at(now).toFixed(1);
  drawn.append(svg("line", { class: "now", x1: x, x2: x, y1: 18, y2: height }));
  spans.forEach(([start, end], row) => {
    const width = Math.max(10, at(end) - at(start));
    const state = events[row]!.state;
    const mark = { x: at(start).toFixed(1), y: 26 + row * ROW, width: width.toFixed(1), height: 14, rx: 4 };
    drawn.append(svg("rect", { ...mark, class: words.states[state] ? state : "past" }));
  });
  return drawn;
}

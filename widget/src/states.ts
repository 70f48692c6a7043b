/** What stands where an answer would: the notice of trouble, with what can be done about it. */

import { button, el } from "./dom.ts";
import { link } from "./links.ts";
import type { Trouble } from "./trouble.ts";
import { words } from "./words.ts";

const NO_RETRY = new Set(["refused", "pending"]);

export interface Ways {
  retry(): void;
  /** The page that needs no script, if the host named one. */
  fallback: string | null;
}

/** The notice. Its words are read out once as they come in; what can be pressed is not. */
export function notice(trouble: Trouble, ways: Ways): HTMLElement {
  const [title, text] = words.troubles[trouble.kind] ?? words.troubles.failed!;
  const wait = trouble.retryAfter ? ` ${words.retryIn(trouble.retryAfter)}` : "";
  const acts = el("div", { class: "line" });
  if (!NO_RETRY.has(trouble.kind)) acts.append(button(words.again, ways.retry));
  if (ways.fallback && trouble.kind !== "pending") acts.append(link(words.plainPage, ways.fallback));
  return el(
    "div",
    { class: `notice ${trouble.kind}` },
    el("p", { role: "alert" }, el("b", {}, title), ` ${text}${wait}`),
    acts.childElementCount ? acts : null,
  );
}

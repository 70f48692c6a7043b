/** One vote on an answer, which can be taken back; reasons and a comment only from who wants to give them. */

import type { Announcer } from "./announcer.ts";
import { button, el, fresh } from "./dom.ts";
import type { Session } from "./session.ts";
import { ofError } from "./trouble.ts";
import { words } from "./words.ts";

type Vote = "up" | "down" | null;

export function feedback(answerId: string, session: Session, announcer: Announcer): HTMLElement {
  let vote: Vote = null;
  const path = `/v1/answers/${encodeURIComponent(answerId)}/feedback`;
  const error = el("p", { class: "error", role: "alert" });
  const label = fresh("useful");
  const up = button(words.yes, () => cast("up"), { "aria-pressed": "false", "aria-describedby": label });
  const down = button(words.no, () => cast("down"), { "aria-pressed": "false", "aria-describedby": label });
  const node = el(
    "div",
    { class: "feedback" },
    el("div", { class: "line" }, el("span", { id: label }, words.useful), up, down),
  );
  const more = form(send);
  node.append(more.node, error);

  async function save(body: { vote: Vote; reasons: string[]; comment: string }, said: string): Promise<boolean> {
    error.textContent = "";
    try {
      await session.send("PUT", path, body);
      announcer.say(said);
      return true;
    } catch (caught) {
      const trouble = ofError(caught);
      error.textContent = trouble.kind === "invalid" && trouble.detail ? words.error(trouble.detail) : words.notSaved;
      return false;
    }
  }

  async function cast(wanted: "up" | "down"): Promise<void> {
    const before = vote;
    show(vote === wanted ? null : wanted);
    if (!(await save({ vote, reasons: [], comment: "" }, vote ? words.thanks : words.takenBack))) show(before);
  }

  function show(now: Vote): void {
    vote = now;
    up.setAttribute("aria-pressed", String(now === "up"));
    down.setAttribute("aria-pressed", String(now === "down"));
    more.node.hidden = now !== "down";
  }

  async function send(reasons: string[], comment: string): Promise<void> {
    if (!(await save({ vote, reasons, comment }, words.sent))) return;
    more.node.hidden = true;
    down.focus();
  }

  return node;
}

function form(send: (reasons: string[], comment: string) => void): { node: HTMLElement } {
  const id = fresh("comment");
  const boxes = Object.entries(words.reasons).map(([value, label]) => {
    const box = el("input", { type: "checkbox", value, id: fresh("reason") });
    return { box, row: el("div", { class: "choice" }, box, el("label", { for: box.id }, label)) };
  });
  const comment = el("textarea", { id, rows: 2, maxlength: 500, "aria-describedby": `${id}-hint` });
  const node = el(
    "form",
    { class: "reasons", hidden: true, novalidate: true },
    el("fieldset", {}, el("legend", {}, words.whatWasWrong), ...boxes.map((b) => b.row)),
    el("label", { for: id }, words.comment),
    el("span", { class: "hint", id: `${id}-hint` }, words.commentHint),
    comment,
    el("div", { class: "line" }, el("button", { type: "submit" }, words.send)),
  );
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send(
      boxes.filter((b) => b.box.checked).map((b) => b.box.value),
      comment.value.trim(),
    );
  });
  return { node };
}

/** `<lsip-assistant>`: the chat in the page, or behind a button in a panel that becomes the screen where room is short. */

import { Chat } from "./chat.ts";
import { button, el, svg } from "./dom.ts";
import { webAddress } from "./links.ts";
import { Memory } from "./memory.ts";
import { Session, serverOf } from "./session.ts";
import { rootOf } from "./sheet.ts";
import { Theme } from "./theme.ts";
import { words } from "./words.ts";

const SMALL = "(max-width: 639.98px), (max-height: 499.98px)";

const PINNED = "(min-width: 640px) and (min-height: 720px)"; // as in the style sheet

export class LsipAssistant extends HTMLElement {
  #chat: Chat | null = null;
  #theme: Theme | null = null;
  #dialog: HTMLDialogElement | null = null;
  #launcher: HTMLButtonElement | null = null;
  #small = matchMedia(SMALL);
  #pinned = matchMedia(PINNED);
  #refit = (): void => this.#fit();

  connectedCallback(): void {
    if (!this.#chat) this.#build();
    this.#theme?.start();
    for (const media of [this.#small, this.#pinned]) media.addEventListener("change", this.#refit);
    this.#tell("ready");
  }

  disconnectedCallback(): void {
    this.#theme?.stop();
    for (const media of [this.#small, this.#pinned]) media.removeEventListener("change", this.#refit);
    queueMicrotask(() => {
      if (this.isConnected) return; // only moved within the page
      this.#chat?.stop();
      this.#dialog?.close();
    });
  }

  /** Opens the panel; in the page it moves to the question. */
  open(): void {
    if (this.#dialog && !this.#dialog.open) {
      this.#showDialog();
      this.#launcher?.setAttribute("aria-expanded", "true");
      this.#tell("open");
    }
    void this.#chat?.open();
    this.#chat?.focus();
  }

  close(): void {
    if (!this.#dialog?.open) return;
    this.#dialog.close();
    this.#launcher?.setAttribute("aria-expanded", "false");
    this.#launcher?.focus();
    this.#tell("close");
  }

  ask(text: string): void {
    this.open();
    const question = String(text).trim();
    if (question) void this.#chat?.ask(question);
  }

  clear(): void {
    this.#chat?.clear();
  }

  #build(): void {
    const launcher = this.getAttribute("mode") === "launcher";
    const root = rootOf(this, launcher ? "floating" : "inline");
    const site = this.getAttribute("site") ?? "";
    const session = new Session(serverOf(this.getAttribute("server"), import.meta.url), site, new Memory(site));
    const level = Number(this.getAttribute("level")) || 2;
    this.#theme = new Theme(this, root);
    const chat = new Chat(session, {
      title: this.getAttribute("heading") || words.title,
      level: Math.min(4, Math.max(1, Math.round(level))),
      pinned: () => launcher && this.#pinned.matches,
      fallback: webAddress(this.querySelector("a")?.href),
      tell: (event, detail) => this.#tell(event, detail),
      ofSite: (theme) => this.#theme?.ofSite(theme),
    });
    this.#chat = chat;
    if (launcher) this.#float(root, chat);
    else {
      root.append(el("section", { class: "panel", part: "panel", "aria-labelledby": chat.titleId }, chat.node));
      // In the page, the first touch of the form is what opens the widget: until then nothing is asked of anyone.
      root.addEventListener("focusin", () => void chat.open(), { once: true });
    }
  }

  #float(root: HTMLElement, chat: Chat): void {
    const close = button([cross(), words.close], () => this.close(), { class: "close" });
    const dialog = el(
      "dialog",
      { class: "panel", part: "panel", "aria-labelledby": chat.titleId },
      el("div", { class: "bar" }, close),
      chat.node,
    );
    const label = this.getAttribute("label") || words.launcher;
    const launcher = button([bubble(), label], () => (dialog.open ? this.close() : this.open()), {
      class: "launcher",
      part: "launcher",
      "aria-expanded": "false",
      "aria-haspopup": "dialog",
    });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.close();
    });
    this.#dialog = dialog;
    this.#launcher = launcher;
    root.append(el("section", { class: "corner", "aria-label": label }, launcher), dialog);
  }

  /** A panel beside the page where there is room; else the whole screen, with the page behind it out of reach. */
  #showDialog(): void {
    const dialog = this.#dialog;
    if (!dialog) return;
    dialog.classList.toggle("whole", this.#small.matches);
    if (this.#small.matches) dialog.showModal();
    else dialog.show();
  }

  /** The window was turned or zoomed while the panel is open. */
  #fit(): void {
    this.#chat?.fit();
    if (!this.#dialog?.open || this.#dialog.classList.contains("whole") === this.#small.matches) return;
    const held = this.shadowRoot?.activeElement as HTMLElement | null;
    this.#dialog.close();
    this.#showDialog();
    held?.focus();
  }

  #tell(name: string, detail: Record<string, unknown> = {}): void {
    this.dispatchEvent(new CustomEvent(`lsip-${name}`, { bubbles: true, composed: true, detail }));
  }
}

function icon(path: string): SVGElement {
  return svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "icon" }, svg("path", { d: path }));
}

const bubble = (): SVGElement => icon("M4 5h16v11H10l-5 4v-4H4zM8 9.5h8M8 12.5h5");
const cross = (): SVGElement => icon("M6 6l12 12M18 6L6 18");

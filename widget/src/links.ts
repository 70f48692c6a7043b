/** Addresses: only plain web addresses become links, and each says that it opens in a new tab. */

import { bdi, el, unseen } from "./dom.ts";
import { words } from "./words.ts";

const ADDRESS = /https?:\/\/[^\s<>"'“”‘’]+/gi;

/** The address, if it is a plain http(s) one without credentials; else null. */
export function webAddress(value: string | null | undefined): string | null {
  if (!value || value.length > 2048 || /[\s\\\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(value)) {
    return null;
  }
  try {
    const url = new URL(value);
    const plain = (url.protocol === "https:" || url.protocol === "http:") && !url.username && !url.password;
    return plain && url.hostname && /^https?:\/\//i.test(value) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link, or the bare text where the address is none. */
export function link(text: string, address: string | null | undefined, name = ""): HTMLElement {
  const href = webAddress(address);
  if (!href) return bdi(text);
  const made = el("a", { target: "_blank", rel: "noopener noreferrer", class: "out" }, bdi(text));
  if (name) made.append(unseen(` ${name}`));
  made.append(unseen(` ${words.newTab}`));
  made.href = href;
  return made;
}

/** Text with its web addresses as links. */
export function linked(text: string): DocumentFragment {
  const made = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    let address = found[0].replace(/[.,;:!?]+$/, "");
    while (address.endsWith(")") && address.split(")").length > address.split("(").length) {
      address = address.slice(0, -1).replace(/[.,;:!?]+$/, "");
    }
    if (!webAddress(address)) continue;
    made.append(text.slice(at, found.index), link(address, address));
    at = found.index + address.length;
  }
  made.append(text.slice(at));
  return made;
}

/** Where the service shows a stored text, with a stretch of it marked. */
export function viewer(server: string, document: string, version: string, start: number, end: number): string {
  const id = document.split("/").map(encodeURIComponent).join("/");
  return `${server}/documents/${id}/${encodeURIComponent(version)}?quote=${Number(start)}-${Number(end)}`;
}

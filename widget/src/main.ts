/** Defines the two elements; nothing else happens until one of them is used. */

import { LsipChecker } from "./checker.ts";
import { LsipAssistant } from "./element.ts";

for (const [name, made] of [
  ["lsip-assistant", LsipAssistant],
  ["lsip-checker", LsipChecker],
] as const) {
  if (!customElements.get(name)) customElements.define(name, made);
}

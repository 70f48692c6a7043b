/** The host's colours, taken only where they can be read; the scheme, which follows the page and not only the device. */

export interface Colour {
  r: number;
  g: number;
  b: number;
}

const COLOURS = ["accent", "accent-text", "surface", "text", "muted", "line", "focus"] as const;
type Name = (typeof COLOURS)[number];
const FONT = /^[\w\s,"'.-]{1,200}$/;
const LENGTH = /^\d{1,3}(\.\d{1,3})?(px|rem|em)$/;
const CHECKED: [Name, Name, number][] = [
  ["text", "surface", 4.5],
  ["muted", "surface", 4.5],
  ["accent", "surface", 4.5],
  ["accent-text", "accent", 4.5],
  ["line", "surface", 3],
  ["focus", "surface", 3],
];

function luminance({ r, g, b }: Colour): number {
  const [x, y, z] = [r, g, b].map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

/** The contrast of two colours, 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** A colour as the browser computes it; null where it is none or is see-through. */
function parse(probe: HTMLElement, value: string): Colour | null {
  if (!value || value.length > 100 || /url|var|env/i.test(value)) return null;
  probe.style.color = "";
  probe.style.color = value;
  if (!probe.style.color) return null;
  const found = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(getComputedStyle(probe).color);
  return found ? { r: Number(found[1]), g: Number(found[2]), b: Number(found[3]) } : null;
}

const css = ({ r, g, b }: Colour): string => `rgb(${r}, ${g}, ${b})`;

const mixed = (one: Colour, other: Colour, part: number): Colour => ({
  r: Math.round(one.r * part + other.r * (1 - part)),
  g: Math.round(one.g * part + other.g * (1 - part)),
  b: Math.round(one.b * part + other.b * (1 - part)),
});

export class Theme {
  #host: HTMLElement;
  #root: HTMLElement;
  #site: Record<string, string> = {};
  #warned = new Set<string>();
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #again = (): void => this.apply();

  constructor(host: HTMLElement, root: HTMLElement) {
    this.#host = host;
    this.#root = root;
  }

  start(): void {
    this.#dark.addEventListener("change", this.#again);
    this.apply();
  }

  stop(): void {
    this.#dark.removeEventListener("change", this.#again);
  }

  /** What the site is set to; the page's own style sheet comes before it. */
  ofSite(theme: Record<string, string>): void {
    this.#site = theme ?? {};
    this.apply();
  }

  apply(): void {
    const root = this.#root;
    for (const name of [...root.style]) root.style.removeProperty(name);
    root.dataset.scheme = this.#scheme();
    const given = new Map<Name, Colour>();
    for (const name of COLOURS) {
      const value = this.#given(name);
      const colour = parse(root, value);
      if (colour) given.set(name, colour);
      else if (value) this.#warn(name, "is no opaque colour");
    }
    root.style.removeProperty("color");
    this.#colours(given);
    const set = (name: string, pattern: RegExp): void => {
      const value = this.#given(name);
      if (!value) return;
      if (pattern.test(value)) root.style.setProperty(`--_${name}`, value);
      else this.#warn(name, "cannot be used");
    };
    set("font", FONT);
    set("heading-font", FONT);
    set("radius", LENGTH);
    set("size", LENGTH);
  }

  /** Takes colours pair by pair; one of the host's that cannot be read is left out. */
  #colours(given: Map<Name, Colour>): void {
    const root = this.#root;
    const own = (name: Name): Colour =>
      parse(root, getComputedStyle(root).getPropertyValue(`--_${name}`).trim()) ?? { r: 0, g: 0, b: 0 };
    const standard = new Map(COLOURS.map((name) => [name, own(name)]));
    root.style.removeProperty("color");
    if (!given.size) return;
    const taken = new Map(given);
    const now = (name: Name): Colour => taken.get(name) ?? (standard.get(name) as Colour);
    const wash = (): Colour => mixed(now("accent"), now("surface"), 0.08);
    for (let round = 0; round < COLOURS.length; round += 1) {
      const failing = CHECKED.find(
        ([one, other, least]) =>
          contrast(now(one), now(other)) < least ||
          (other === "surface" && least > 4 && contrast(now(one), wash()) < least),
      );
      if (!failing) break;
      const culprit = taken.has(failing[0]) ? failing[0] : taken.has(failing[1]) ? failing[1] : "accent";
      if (!taken.delete(culprit)) break;
      this.#warn(culprit, `has too little contrast (${failing[0]} on ${failing[1]})`);
    }
    for (const [name, colour] of taken) root.style.setProperty(`--_${name}`, css(colour));
    if (taken.has("accent") || taken.has("surface")) root.style.setProperty("--_wash", css(wash()));
    if (taken.has("accent")) {
      root.style.setProperty("--_accent-hover", css(mixed(now("accent"), now("text"), 0.8)));
    }
  }

  #given(name: string): string {
    const host = getComputedStyle(this.#host).getPropertyValue(`--lsip-${name}`).trim();
    return host || String(this.#site[name] ?? "").trim();
  }

  #scheme(): "light" | "dark" {
    const wanted = this.#host.getAttribute("scheme");
    if (wanted === "light" || wanted === "dark") return wanted;
    const page = getComputedStyle(document.documentElement).colorScheme;
    const follows = wanted === "auto" || page.includes("dark");
    return follows && this.#dark.matches ? "dark" : "light";
  }

  #warn(name: string, why: string): void {
    if (this.#warned.has(name)) return;
    this.#warned.add(name);
    console.warn(`lsip: --lsip-${name} ${why} and is left out.`);
  }
}

import { describe, expect, it } from "vitest";
import { CONSOLE_STYLESHEET } from "../../../src/pages/assets/console-stylesheet.ts";
import { STYLESHEET } from "../../../src/pages/assets/stylesheet.ts";

/** The named colors of each scheme: the first block is light, the one behind the media query dark. */
const schemesOf = (stylesheet: string): Record<string, string>[] =>
  [...stylesheet.matchAll(/:root \{([^}]*)\}/g)].map(([, block = ""]) =>
    Object.fromEntries(
      [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = "", color = ""]) => [name, color]),
    ),
  );

const [light = {}, dark = {}] = schemesOf(STYLESHEET).map((colors, scheme) => ({
  ...colors,
  ...schemesOf(CONSOLE_STYLESHEET)[scheme],
}));

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [brighter = 0, darker = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (brighter + 0.05) / (darker + 0.05);
}

const TEXT = ["ink", "quiet", "accent", "good", "bad", "get", "post", "put", "patch", "delete"];

describe.each([
  ["light", light],
  ["dark", dark],
])("in the %s scheme", (_, colors) => {
  it.each(TEXT)("%s can be read on paper and on what is raised", (name) => {
    for (const ground of ["paper", "raised"]) {
      expect(contrast(colors[name] ?? "", colors[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each([
    ["good", "good-ground"],
    ["bad", "bad-ground"],
    // What warns is amber, as PUT is.
    ["put", "warn-ground"],
    ["ink", "good-ground"],
    ["ink", "bad-ground"],
    ["ink", "warn-ground"],
    ["button-ink", "accent"],
  ])("%s can be read on %s in the console", (name, ground) => {
    expect(contrast(colors[name] ?? "", colors[ground] ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it("shows where the focus is", () => {
    expect(contrast(colors["focus"] ?? "", colors["paper"] ?? "")).toBeGreaterThanOrEqual(3);
  });
});

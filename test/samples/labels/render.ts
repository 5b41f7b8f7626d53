// Renders the labels of designs.ts in several fonts and takes "photos" of them: with blur, turned, with noise.
// Development only: needs Chromium and ImageMagick. FONTS may name a folder with @fontsource packages in node_modules.
//
//   node test/samples/labels/render.ts OUT_DIR          every design, font and degree
//   node test/samples/labels/render.ts OUT_DIR NAME...  only pictures of these names, as us-cereal--arimo--clean
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DESIGNS } from "./designs.ts";
import type { LabelDesign } from "./label-design.ts";

const CHROMIUM = process.env["CHROMIUM"] ?? "chromium";
const CONVERT = existsSync("/usr/bin/convert") ? "/usr/bin/convert" : "convert";
const PACKAGES = join(process.env["FONTS"] ?? ".", "node_modules/@fontsource");

const FONTS = ["arimo", "roboto", "roboto-condensed", "open-sans", "tinos"];

/** What ImageMagick does to the clean picture of 1000 × 1300 pixels, in which small print is about 24 pixels high. */
const DEGREES: Record<string, string[]> = {
  clean: [],
  "blur-1": ["-blur", "0x1"],
  "blur-2": ["-blur", "0x2"],
  "blur-3": ["-blur", "0x3"],
  "turn-1": ["-background", "#c9c2b6", "-rotate", "1"],
  "turn-3": ["-background", "#c9c2b6", "-rotate", "-3"],
  "turn-6": ["-background", "#c9c2b6", "-rotate", "6"],
  "noise-1": ["-attenuate", "0.3", "+noise", "Gaussian"],
  "noise-2": ["-attenuate", "0.8", "+noise", "Gaussian"],
  "small-60": ["-resize", "60%"],
  "small-45": ["-resize", "45%"],
  "large-200": ["-resize", "200%"],
  phone: [
    ["-background", "#b9b0a2", "-rotate", "1.5", "-virtual-pixel", "edge"],
    ["-distort", "Perspective", "0,0 18,10  %w,0 %[fx:w-30],0  0,%h 0,%[fx:h-6]  %w,%h %w,%[fx:h-24]"],
    ["(", "+clone", "-sparse-color", "Bilinear", "0,0 #ffffff %w,0 #d8d8d8 0,%h #c4c4c4 %w,%h #9a9a9a", ")"],
    ["-compose", "Multiply", "-composite", "-blur", "0x1", "-attenuate", "0.25", "+noise", "Gaussian"],
  ].flat(),
};

const fontFace = (font: string): string => {
  const face = (weight: number) =>
    `@font-face{font-family:F;font-weight:${weight};src:url(file://${PACKAGES}/${font}/files/${font}-latin-${weight}-normal.woff2)}`;
  return existsSync(join(PACKAGES, font)) ? face(400) + face(700) : "";
};

const cell = (text: string, position: number): string => `<td${position > 0 ? ' class="n"' : ""}>${text}</td>`;

function html(design: LabelDesign, font: string): string {
  const preface = design.preface.map((line) => {
    const [left, right] = line.split("|");
    const big = left === "Calories" ? ' class="big"' : "";
    return `<p${big}>${left}${right === undefined ? "" : `<b>${right}</b>`}</p>`;
  });
  const table = [design.heads, ...design.rows]
    .filter((row) => row.length > 0)
    .map((row, index) => `<tr${index === 0 ? ' class="h"' : ""}>${row.map(cell).join("")}</tr>`);
  return `<!doctype html><meta charset="utf-8"><style>${fontFace(font)}
    body{margin:0;width:1000px;height:1300px;background:#d9d4ca;font:26px F,DejaVu Sans;color:#111}
    section{position:absolute;left:60px;top:40px;width:820px;padding:24px 30px;background:#fdfcf8;border:3px solid #111}
    h2{font-size:34px;margin:0 0 12px} h1{font-size:44px;margin:0;border-bottom:3px solid #111}
    p{margin:8px 0} p b{float:right} .big{font-size:46px;font-weight:700} table{width:100%;border-collapse:collapse}
    td{border-bottom:2px solid #444;padding:6px 0} .n{text-align:right;padding-left:14px} .h{font-weight:700} small{font-size:19px}
    </style><section>${design.product === null ? "" : `<h2>${design.product}</h2>`}<h1>${design.title}</h1>
    ${preface.join("")}<table>${table.join("")}</table>${design.footnotes.map((note) => `<p><small>${note}</small></p>`).join("")}</section>`;
}

function renderClean(design: LabelDesign, font: string, folder: string): string {
  const page = join(folder, `${design.name}--${font}.html`);
  const picture = page.replace(/html$/u, "png");
  writeFileSync(page, html(design, font));
  const options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files"];
  execFileSync(CHROMIUM, [...options, `--screenshot=${picture}`, "--window-size=1000,1300", `file://${page}`], {
    stdio: "ignore",
  });
  return picture;
}

const [out, ...wanted] = process.argv.slice(2);
if (out === undefined) throw new Error("name a folder to write the pictures to");
mkdirSync(out, { recursive: true });
const work = mkdtempSync(join(tmpdir(), "labels-"));
for (const design of DESIGNS) {
  for (const font of FONTS) {
    const name = (degree: string): string => `${design.name}--${font}--${degree}`;
    const degrees = Object.entries(DEGREES).filter(([degree]) => wanted.length === 0 || wanted.includes(name(degree)));
    if (degrees.length === 0) continue;
    const clean = renderClean(design, font, work);
    for (const [degree, options] of degrees) {
      const quality = ["-seed", "1", "-strip", "-quality", "80"];
      execFileSync(CONVERT, [clean, "-trim", "+repage", "-bordercolor", "#d9d4ca", "-border", "50", ...options, ...quality, join(out, `${name(degree)}.jpg`)]);
    }
  }
}
rmSync(work, { recursive: true });

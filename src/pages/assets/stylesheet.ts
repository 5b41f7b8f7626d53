/**
 * The one stylesheet of all pages. Colours are named by role and have a contrast of at least 4.5 : 1 against what they
 * stand on, in both schemes (WCAG 2.2, 1.4.3). Fonts are those of the system, so that nothing moves while a page loads.
 */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --raised: #f6f4f1;
  --ink: #1d1a17;
  --quiet: #655d55;
  --line: #e3ddd6;
  --accent: #a8480a;
  --focus: #1a5fb4;
  --good: #1b6e3c;
  --bad: #b3261e;
  --get: #1a5fb4;
  --post: #1b6e3c;
  --put: #865000;
  --patch: #7b3fa0;
  --delete: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171513;
    --raised: #211e1b;
    --ink: #ece7e1;
    --quiet: #aaa198;
    --line: #38332e;
    --accent: #f2994f;
    --focus: #8ab8f5;
    --good: #77cf95;
    --bad: #ff9c93;
    --get: #8ab8f5;
    --post: #77cf95;
    --put: #e5b567;
    --patch: #d2a3f0;
    --delete: #ff9c93;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  overflow-wrap: break-word;
}
code, pre { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:has(> code) { text-underline-offset: 0.4em; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
[hidden] { display: none !important; }
.skip { position: absolute; left: -99rem; top: 0; padding: 0.5rem 1rem; background: var(--paper); z-index: 2; }
.skip:focus { left: 0; }

.masthead {
  position: sticky;
  top: 0;
  z-index: 1;
  display: flex;
  align-items: center;
  gap: 0.5rem 2rem;
  min-height: 3.5rem;
  padding: 0.25rem clamp(1rem, 3vw, 2rem);
  background: var(--paper);
  border-bottom: 1px solid var(--line);
}
.brand { display: flex; align-items: center; gap: 0.5rem; font-weight: 650; font-size: 1.125rem; color: var(--ink); text-decoration: none; }
.brand img { display: block; }
.masthead nav { display: flex; gap: 1.25rem; margin-left: auto; font-size: 0.9375rem; }
.masthead nav a { color: var(--quiet); text-decoration: none; padding: 0.5rem 0; }
.masthead nav a:hover, .masthead nav a[aria-current] { color: var(--ink); }
.masthead nav a[aria-current] { box-shadow: 0 2px 0 var(--accent); }

.frame { max-width: 46rem; margin: 0 auto; padding: 2rem clamp(1rem, 3vw, 2rem) 5rem; }
.with-aside { max-width: 78rem; display: grid; grid-template-columns: 16rem minmax(0, 1fr); gap: 3.5rem; padding-top: 0; }
.with-aside main { padding-top: 2rem; max-width: 50rem; min-width: 0; }

.contents { position: sticky; top: 3.5rem; align-self: start; max-height: calc(100vh - 3.5rem); overflow-y: auto; scrollbar-width: thin; scrollbar-color: var(--line) transparent; padding: 1.5rem 0.25rem 2rem; font-size: 0.875rem; }
.contents ul { list-style: none; margin: 0; padding: 0; }
.contents li > a { display: block; padding: 0.1875rem 0; color: var(--quiet); text-decoration: none; }
.contents nav > ul > li > a { color: var(--ink); font-weight: 600; margin-top: 0.75rem; }
.contents li > a:hover { color: var(--accent); }
.search label { display: block; font-weight: 600; margin-bottom: 0.25rem; }
.search input { width: 100%; font: inherit; padding: 0.4375rem 0.625rem; color: inherit; background: var(--raised); border: 1px solid var(--quiet); border-radius: 0.375rem; }
.search ::placeholder { color: var(--quiet); opacity: 1; }
.search p { margin: 0.25rem 0 0.5rem; min-height: 1.4em; }
@media (scripting: none) { .search { display: none; } }

h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 5vw, 2.25rem); letter-spacing: -0.02em; margin: 0 0 1rem; }
h2 { font-size: 1.5rem; letter-spacing: -0.01em; margin: 2.5rem 0 0.75rem; }
.with-aside section:not([hidden]) ~ section { border-top: 1px solid var(--line); margin-top: 3rem; }
h3 { font-size: 1.1875rem; margin: 2.5rem 0 0.5rem; }
h4 { font-size: 0.9375rem; margin: 1.5rem 0 0.25rem; }
p { margin: 0.5rem 0; }
.lead { font-size: 1.125rem; color: var(--quiet); }
.eyebrow { color: var(--quiet); margin: 0 0 0.25rem; }
.anchor { color: var(--quiet); text-decoration: none; opacity: 0; font-weight: 400; }
h3:hover .anchor, .anchor:focus { opacity: 1; }
.type { color: var(--quiet); font-size: 0.875rem; font-weight: 400; }
.note { color: var(--accent); font-size: 0.8125rem; }

p > code, dd > code, li > code, .type > code { background: var(--raised); padding: 0.1em 0.3em; border-radius: 0.25rem; }
pre { margin: 0.5rem 0; padding: 0.875rem 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: 0.5rem; overflow-x: auto; tab-size: 2; }
pre code { font-size: 0.8125rem; }
figure { margin: 1rem 0 0; }
figcaption { font-size: 0.875rem; color: var(--quiet); }
figure pre { margin-top: 0.25rem; }
details { margin: 0.25rem 0; }
summary { cursor: pointer; font-size: 0.875rem; color: var(--accent); width: max-content; max-width: 100%; }

dl { margin: 0.25rem 0; }
dd { margin: 0; }
.fields > div { padding: 0.5rem 0; border-top: 1px solid var(--line); }
.fields > div:first-child { border-top: 0; }
.fields dt { display: flex; flex-wrap: wrap; gap: 0 0.625rem; align-items: baseline; }
.fields dt > code { font-weight: 600; }
.fields dd { font-size: 0.9375rem; }
.fields .fields { margin-left: 0.25rem; padding-left: 0.875rem; border-left: 2px solid var(--line); }
.answers > div { display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: 0.5rem; padding: 0.25rem 0; }
.answers p { margin: 0; }
.status { font-weight: 600; color: var(--good); font-variant-numeric: tabular-nums; }
.status.bad { color: var(--bad); }
.terms > div { display: grid; grid-template-columns: minmax(0, 16rem) minmax(0, 1fr); gap: 0.25rem 1rem; padding: 0.4375rem 0; border-top: 1px solid var(--line); }
.route { font-size: 1rem; }
.route code { overflow-wrap: anywhere; }
.method { font: 700 0.75rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; border: 1px solid; border-radius: 0.25rem; padding: 0.125rem 0.375rem; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); } .delete { color: var(--delete); }

@media (max-width: 56rem) {
  .with-aside { display: block; }
  .contents { position: static; max-height: none; padding: 1rem 0 0; }
  .contents ul ul { display: none; }
  .contents nav > ul { display: flex; flex-wrap: wrap; gap: 0.375rem; }
  .contents nav > ul > li > a { margin: 0; padding: 0.375rem 0.75rem; border: 1px solid var(--line); border-radius: 1rem; font-weight: 500; }
  .with-aside main { padding-top: 1.5rem; }
}
@media (max-width: 32rem) {
  .masthead { position: static; flex-wrap: wrap; padding-block: 0.5rem; }
  .masthead nav { margin-left: 0; flex-wrap: wrap; gap: 0 1.25rem; }
  html { scroll-padding-top: 1rem; }
  .terms > div { grid-template-columns: minmax(0, 1fr); }
}
`;

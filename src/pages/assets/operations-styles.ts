/** What the pages of records, deliveries and usage need besides: timelines, photos, figures and charts. */
export const OPERATIONS_STYLES = `
.filters .grow { flex: 1 1 16rem; }
.name { font-weight: 600; text-decoration: none; }
.name:hover { text-decoration: underline; }
.pairs { margin-bottom: 1.5rem; gap: 0.75rem 2rem; }
.pairs dt { font-size: 0.8125rem; font-weight: 600; }
.pairs dd { color: var(--ink); }
.photo { display: block; width: 100%; max-height: 26rem; object-fit: contain; background: var(--raised); border-radius: 0.5rem; margin-bottom: 0.5rem; }
blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid var(--line); font-size: 1.0625rem; }
.card > ul { padding-left: 1.25rem; }
.card .pairs { margin: 0.5rem 0 0; }
.table ~ .card, .pages ~ .card, .empty ~ .card { margin-top: 1.5rem; }

.timeline { list-style: none; margin: 1rem 0 0; padding: 0; }
.timeline li { position: relative; padding: 0 0 1rem 1.5rem; border-left: 2px solid var(--line); margin-left: 0.375rem; overflow-wrap: anywhere; }
.timeline li:last-child { padding-bottom: 0; border-color: transparent; }
.timeline li::before { content: ""; position: absolute; left: calc(-0.375rem - 1px); top: 0.375rem; width: 0.75rem; height: 0.75rem; border-radius: 50%; background: var(--paper); border: 2px solid var(--quiet); }
.timeline li.good::before { background: var(--good); border-color: var(--good); }
.timeline li.bad::before { background: var(--bad); border-color: var(--bad); border-radius: 2px; }
.timeline time { display: block; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }

.figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1rem; margin: 0 0 1.5rem; }
.figure { margin: 0; padding: 1rem 1.25rem; }
.figure dt { font-size: 0.8125rem; font-weight: 600; color: var(--quiet); }
.figure .value { font-size: 1.625rem; font-weight: 650; line-height: 1.3; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; }
.segments { display: flex; flex-wrap: wrap; border: 1px solid var(--quiet); border-radius: 0.4375rem; overflow: hidden; }
.segments a { padding: 0.375rem 0.875rem; font-size: 0.9375rem; color: var(--ink); text-decoration: none; border-left: 1px solid var(--line); }
.segments a:first-child { border-left: 0; }
.segments a:hover { background: var(--raised); }
.segments a[aria-current] { background: var(--accent); color: var(--button-ink); }
.segments a:focus-visible { outline-offset: -3px; }

.chart { margin: 0 0 1.5rem; padding: 1.25rem clamp(1rem, 2.5vw, 1.5rem); border: 1px solid var(--line); border-radius: 0.75rem; box-shadow: var(--shade); min-width: 0; }
.chart figcaption { color: var(--ink); }
.chart h2 { font-size: 1.0625rem; margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; list-style: none; margin: 0.25rem 0 0; padding: 0; font-size: 0.8125rem; color: var(--quiet); }
.legend li { display: flex; align-items: center; gap: 0.375rem; }
.swatch { width: 0.75rem; height: 0.75rem; border-radius: 2px; }
.plot { position: relative; margin-top: 1.75rem; height: 10rem; border-bottom: 1px solid var(--quiet); }
.plot svg { display: block; width: 100%; height: 100%; }
.plot .top { position: absolute; left: 0; top: -1.375rem; font-size: 0.75rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.axis { display: flex; justify-content: space-between; margin: 0.25rem 0 0.75rem; font-size: 0.75rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.chart .grid { stroke: var(--line); stroke-width: 1; vector-effect: non-scaling-stroke; }
.chart g:hover rect { opacity: 0.75; }
rect.good { fill: var(--good); } rect.bad { fill: var(--bad); } rect.quiet { fill: var(--quiet); }
rect.strong { fill: var(--accent); } rect.soft { fill: color-mix(in srgb, var(--accent) 45%, var(--paper)); }
th[scope="row"] { background: none; border-top: 1px solid var(--line); font-size: inherit; font-weight: 500; color: inherit; }

progress { width: 100%; height: 0.75rem; accent-color: var(--accent); }
.excerpt { max-height: 12rem; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
dl.headers { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.125rem 1rem; font-size: 0.8125rem; }
dl.headers dd { overflow-wrap: anywhere; }
@media (max-width: 68rem) { .figures { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
@media (max-width: 32rem) {
  .figures { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0.75rem; }
  .figure { padding: 0.75rem 0.875rem; }
  .figure .value { font-size: 1.375rem; }
  .filters .field { flex: 1 1 9rem; }
  dl.headers { grid-template-columns: minmax(0, 1fr); }
  .segments a { padding-inline: 0.625rem; }
}
`;

/**
 * What the console's pages need beyond the common stylesheet, with its colors: navigation, forms, tables, badges, notices,
 * cards and empty places.
 */
export const CONSOLE_STYLESHEET = `
:root { --warn: var(--put); --good-ground: #eaf5ee; --bad-ground: #fcedec; --warn-ground: #fbf3e2; --button-ink: #ffffff; --shade: 0 1px 2px rgb(0 0 0 / 0.06); }
@media (prefers-color-scheme: dark) {
  :root { --good-ground: #14271b; --bad-ground: #33191a; --warn-ground: #2d2412; --button-ink: #1d1206; --shade: none; }
}

.masthead nav[aria-label="Console"] { margin-left: 0; }
.masthead nav[aria-label="Console"] a { white-space: nowrap; }
.sign-out { display: flex; align-items: center; gap: 0.875rem; margin-left: auto; font-size: 0.875rem; color: var(--quiet); white-space: nowrap; }
.sign-out a { color: var(--quiet); text-decoration: none; }
.sign-out a:hover { color: var(--ink); }
.sign-out span { overflow: hidden; text-overflow: ellipsis; max-width: 14rem; }
.wide { max-width: 72rem; }
.sign-in { max-width: 26rem; margin: clamp(1rem, 8vh, 5rem) auto 0; }

.title { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; margin-bottom: 1.5rem; }
.title h1 { margin: 0; }
.title > .push { margin-left: auto; }
.title h2 { margin: 0; }
.crumbs { font-size: 0.875rem; margin: 0 0 0.5rem; }
.crumbs a { color: var(--quiet); }
.quiet { color: var(--quiet); }
.small { font-size: 0.875rem; }
.number, .time { font-variant-numeric: tabular-nums; white-space: nowrap; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 2.5rem; padding: 0.375rem 1rem;
  font: inherit; font-size: 0.9375rem; font-weight: 550; line-height: 1.3; color: var(--ink); background: var(--paper);
  border: 1px solid var(--quiet); border-radius: 0.4375rem; text-decoration: none; cursor: pointer; white-space: nowrap;
}
button:hover, .button:hover { background: var(--raised); }
button.primary, .button.primary { color: var(--button-ink); background: var(--accent); border-color: var(--accent); }
button.primary:hover, .button.primary:hover { background: color-mix(in srgb, var(--accent) 88%, var(--ink)); }
button.danger { color: var(--bad); border-color: var(--bad); }
button.danger:hover { background: var(--bad-ground); }
button.plain { min-height: 2.25rem; padding: 0.25rem 0.625rem; border-color: transparent; color: var(--accent); background: none; }
button.plain:hover { background: var(--raised); }
button.plain.danger { color: var(--bad); }
button[aria-disabled] { opacity: 0.55; cursor: progress; }
.ask { flex: none; margin: 0; }
.ask[open] { flex: 1 1 100%; }
.ask > summary { padding: 0.375rem 0.625rem; font-size: 0.9375rem; font-weight: 550; border-radius: 0.4375rem; }
.ask > summary:hover { background: var(--raised); }
.ask > summary.danger { color: var(--bad); }
.asked { margin: 0.5rem 0 0.75rem; padding: 0.25rem 0.875rem 0.875rem; border-left: 3px solid var(--line); font-size: 0.9375rem; }
.asked > .filters { margin-bottom: 0; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; margin-top: 1.25rem; }

.fields-form { display: grid; gap: 1.25rem; }
.fields-form > button { justify-self: start; }
.field { display: grid; gap: 0.25rem; align-content: start; }
.field > label, legend { font-weight: 600; font-size: 0.9375rem; padding: 0; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
.hint { margin: 0; font-size: 0.875rem; color: var(--quiet); }
.error { margin: 0; font-size: 0.875rem; color: var(--bad); font-weight: 550; }
input:not([type="checkbox"], [type="radio"], [type="hidden"]), select, textarea {
  width: 100%; min-height: 2.5rem; padding: 0.375rem 0.6875rem; font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--quiet); border-radius: 0.4375rem;
}
input[type="number"] { font-variant-numeric: tabular-nums; }
input[aria-invalid="true"], select[aria-invalid="true"] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
input[type="checkbox"], input[type="radio"] { accent-color: var(--accent); width: 1.0625rem; height: 1.0625rem; margin: 0.25rem 0 0; flex: none; }
input.secret { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.9375rem; background: var(--raised); }
::placeholder { color: var(--quiet); opacity: 1; }
.check { display: flex; gap: 0.625rem; align-items: flex-start; padding: 0.1875rem 0; font-size: 0.9375rem; }
.check code { line-height: 1.5rem; }
fieldset > .in-row { margin-top: 0.75rem; }
.checks { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: 0 1rem; }
.in-row { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem 1.25rem; }
.with-button { display: flex; gap: 0.5rem; }
.with-button input { flex: 1; min-width: 0; }
.short { max-width: 11rem; }
.filters { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem 1rem; margin-bottom: 1.25rem; }
.filters .field { flex: 0 1 13rem; }
.card .filters { margin: 0.75rem 0 0; }

.card { padding: 1.25rem clamp(1rem, 2.5vw, 1.5rem) 1.5rem; margin-bottom: 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 0.75rem; box-shadow: var(--shade); }
.card h2 { font-size: 1.1875rem; margin: 0; }
.card > h2 + form { margin-top: 1rem; }
.card > .title { margin-bottom: 0.5rem; }
.card.reading { max-width: 46rem; }
.card h3 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
.card > h2 + p { margin-top: 0.25rem; font-size: 0.9375rem; color: var(--quiet); }
.card > :first-child { margin-top: 0; }
.card > :last-child, .card > section:last-child > :last-child { margin-bottom: 0; }
.answer > :first-child { margin-top: 1.25rem; margin-bottom: 1rem; }
.card.danger-zone { border-color: var(--bad); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 1.5rem; align-items: start; }
.rows { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 0.75rem; box-shadow: var(--shade); }
.rows > li { padding: 1rem clamp(1rem, 2.5vw, 1.5rem); border-top: 1px solid var(--line); }
.rows > li:first-child { border-top: 0; }
.card .rows { margin: 0.75rem 0; box-shadow: none; }
.card .rows > li { padding: 0.625rem 1rem; }
.rows .key { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 1rem; font-size: 0.9375rem; }
.rows .head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.75rem; }
.rows .head a { font-weight: 600; font-size: 1.0625rem; text-decoration: none; }
.rows .head a:hover { text-decoration: underline; }
.facts { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; margin: 0.25rem 0 0; font-size: 0.875rem; color: var(--quiet); }
.facts > * { margin: 0; overflow-wrap: anywhere; }

.badge { display: inline-flex; align-items: center; gap: 0.375rem; padding: 0.0625rem 0.5625rem; font-size: 0.8125rem; font-weight: 550; line-height: 1.5; border-radius: 1rem; color: var(--quiet); background: var(--raised); white-space: nowrap; }
.badge::before { content: ""; width: 0.4375rem; height: 0.4375rem; border-radius: 50%; background: currentColor; }
.badge.good { color: var(--good); background: var(--good-ground); }
.badge.bad { color: var(--bad); background: var(--bad-ground); }
.badge.warn { color: var(--warn); background: var(--warn-ground); }

.notice { margin: 0 0 1.5rem; padding: 0.75rem 1rem; border-left: 3px solid var(--focus); border-radius: 0.4375rem; background: var(--raised); }
.notice.good { border-color: var(--good); background: var(--good-ground); }
.notice.bad { border-color: var(--bad); background: var(--bad-ground); }
.notice.warn { border-color: var(--warn); background: var(--warn-ground); }
.notice > :first-child { margin-top: 0; }
.notice > :last-child { margin-bottom: 0; }
.empty { padding: clamp(2rem, 8vw, 4rem) 1.5rem; text-align: center; border: 1px dashed var(--line); border-radius: 0.75rem; }
.empty h2 { margin: 0 0 0.25rem; font-size: 1.1875rem; }
.empty p { color: var(--quiet); max-width: 34rem; margin-inline: auto; }
.empty .actions { justify-content: center; }

.table { overflow-x: auto; border: 1px solid var(--line); border-radius: 0.75rem; box-shadow: var(--shade); }
.card .table { margin-top: 0.75rem; box-shadow: none; }
table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; line-height: 1.45; }
th { padding: 0.5rem 1rem; text-align: left; font-size: 0.8125rem; font-weight: 600; color: var(--quiet); background: var(--raised); white-space: nowrap; }
td { padding: 0.6875rem 1rem; border-top: 1px solid var(--line); vertical-align: top; }
tbody tr:hover td { background: color-mix(in srgb, var(--raised) 50%, var(--paper)); }
th.number, td.number { text-align: right; }
td.end { text-align: right; white-space: nowrap; padding-block: 0.25rem; vertical-align: middle; }
td code { white-space: nowrap; }
td.actor { min-width: 8rem; }
td > .small { margin: 0.125rem 0 0; color: var(--quiet); }
.pages { display: flex; justify-content: space-between; gap: 1rem; margin-top: 1rem; font-size: 0.9375rem; }
[aria-busy="true"] { opacity: 0.5; }

@media (max-width: 60rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .masthead:has(.sign-out) { position: static; flex-wrap: wrap; }
  .masthead:has(.sign-out) .brand { order: 1; }
  .masthead .sign-out { order: 2; }
  .masthead nav[aria-label="Console"] { order: 3; width: 100%; overflow-x: auto; flex-wrap: nowrap; scrollbar-width: none; }
  .masthead:has(.sign-out) { padding-bottom: 0; row-gap: 0; }
}
@media (max-width: 32rem) {
  .sign-out span { display: none; }
  .title > a.push { margin-left: 0; }
  .masthead nav[aria-label="Console"] { gap: 0.625rem; justify-content: space-between; font-size: 0.8125rem; }
  .stacks thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stacks tr { display: block; padding: 0.75rem 1rem; border-top: 1px solid var(--line); }
  .stacks tr:first-child { border-top: 0; }
  .stacks td { display: block; padding: 0; border: 0; text-align: left; }
  .stacks td:empty { display: none; }
  .stacks td[data-name]::before { content: attr(data-name) " "; color: var(--quiet); }
  .with-button { flex-wrap: wrap; }
  .with-button input { flex-basis: 100%; }
}
`;

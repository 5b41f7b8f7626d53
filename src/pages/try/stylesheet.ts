/** What the try-it page has beside the stylesheet of all pages, in that one's colors. */
export const TRY_STYLESHEET = `
.frame:has(.hero), .frame:has(.outcome), .frame:has(.trouble) { max-width: 72rem; }
form { margin: 0; }
.quiet { color: var(--quiet); font-size: 0.875rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0; }
.visually-hidden th { position: static; }
@media (scripting: enabled) { .scriptless { display: none; } }
@media (scripting: none) { .scripted, .shoot { display: none !important; } }

button, .button { display: inline-flex; align-items: center; justify-content: center; gap: 0.5rem; min-height: 2.5rem; padding: 0.375rem 1rem; font: inherit; font-weight: 550; color: var(--ink); background: var(--raised); border: 1px solid var(--line); border-radius: 0.5rem; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { border-color: var(--accent); }
button.plain, button.danger { background: none; border-color: transparent; color: var(--bad); padding-inline: 0.5rem; font-weight: 450; }
button.plain:hover, button.danger:hover { text-decoration: underline; }
input[type=number], input:not([type]) { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 0.5rem; padding: 0.375rem 0.625rem; min-height: 2.5rem; }

.hero { font-size: clamp(2rem, 6vw, 3.25rem); margin-bottom: 0.75rem; }
.hero + .lead { max-width: 40rem; margin-bottom: 1.75rem; }
.drop { margin: 0 0 2.5rem; }
.zone { position: relative; display: grid; justify-items: center; align-content: center; gap: 0.25rem; min-height: 15rem; padding: 2rem 1rem; text-align: center; background: var(--raised); border: 2px dashed var(--quiet); border-radius: 1rem; }
.zone label { font-size: 1.25rem; font-weight: 650; }
.zone p { margin: 0; color: var(--quiet); }
.zone input { position: absolute; inset: 0; width: 100%; height: 100%; opacity: 0; cursor: pointer; }
.zone:has(input:focus-visible) { outline: 3px solid var(--focus); outline-offset: 3px; }
.zone:hover, .dragging .zone { border-color: var(--accent); }
.dragging .zone { border-style: solid; }
.camera { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; margin-bottom: 0.5rem; }
.shoot { display: none; width: 100%; margin-top: 0.75rem; position: relative; }
.shoot:focus-within { outline: 2px solid var(--focus); outline-offset: 2px; }
@media (pointer: coarse) { .shoot { display: inline-flex; } }
@media (scripting: none) { .zone { min-height: 10rem; } .zone input { position: static; width: auto; height: auto; opacity: 1; max-width: 100%; } .zone .ways { display: none; } .drop > .scriptless { margin-top: 0.75rem; } }

.samples, .posts, .ingredients, .alternatives { list-style: none; margin: 0; padding: 0; }
.samples { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 0.75rem; }
.samples button { display: block; width: 100%; padding: 0 0 0.5rem; overflow: hidden; font-size: 0.875rem; line-height: 1.4; text-align: center; }
.samples img { display: block; width: 100%; height: auto; aspect-ratio: 4 / 3; object-fit: cover; margin-bottom: 0.5rem; background: var(--line); }
.samples form[aria-busy=true] { opacity: 0.6; }
.aside { margin-top: 2rem; padding: 1rem 1.25rem; background: var(--raised); border-left: 3px solid var(--accent); border-radius: 0 0.5rem 0.5rem 0; }
.aside h2 { margin-top: 0; font-size: 1.25rem; }
.posts { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem; margin-top: 2rem; }
.posts li { padding: 1rem 1.25rem; background: var(--raised); border: 1px solid var(--line); border-radius: 0.75rem; }
.posts a { font-weight: 650; font-size: 1.125rem; }

.outcome { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); gap: 2.5rem; align-items: start; }
.outcome[data-result] .beside, .outcome > .plate { position: sticky; top: 5.5rem; }
.plate { position: relative; aspect-ratio: 4 / 3; overflow: hidden; background: var(--raised); border: 1px solid var(--line); border-radius: 1rem; }
.plate img { display: block; width: 100%; height: 100%; object-fit: contain; }
.boxes { position: absolute; inset: 0; width: 100%; height: 100%; filter: drop-shadow(0 0 1px #000); pointer-events: none; }
.boxes rect { fill: none; stroke: #fff; stroke-width: 2; vector-effect: non-scaling-stroke; }
.boxes text { fill: #fff; stroke: #000; stroke-width: 0.8; paint-order: stroke; font-weight: 650; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin: 1rem 0 0; }
.outcome h1 { margin-bottom: 0.5rem; }
.outcome h1::first-letter { text-transform: uppercase; }
h1:focus { outline: none; }
.outcome h2 { font-size: 1.25rem; margin-top: 2.5rem; }
.outcome[aria-busy=true] .figures, .outcome[aria-busy=true] .macros { opacity: 0.5; }

progress { appearance: none; display: block; width: 100%; height: 0.625rem; margin: 0.75rem 0 1.5rem; border: 0; border-radius: 1rem; background: var(--line); overflow: hidden; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--accent); border-radius: 1rem; }
progress::-moz-progress-bar { background: var(--accent); border-radius: 1rem; }
.now { font-size: 1.125rem; color: var(--quiet); min-height: 1.6em; margin: 0; }
.steps { list-style: none; margin: 0; padding: 0; }
.steps li { position: relative; padding: 0.375rem 0 0.375rem 2rem; color: var(--quiet); }
.steps li::before { content: ""; position: absolute; left: 0.25rem; top: 0.875rem; width: 0.75rem; height: 0.75rem; border: 2px solid var(--quiet); border-radius: 50%; }
.steps li[data-note]::after { content: attr(data-note); margin-left: 0.75rem; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
.steps li.done::before { background: var(--good); border-color: var(--good); }
.steps li[aria-current] { color: var(--ink); font-weight: 600; }
.steps li[aria-current]::before { border-color: var(--accent); background: var(--accent); }
@media (prefers-reduced-motion: no-preference) {
  progress::-webkit-progress-value { transition: inline-size 0.2s; }
  .steps li[aria-current]::before { animation: pulse 1.2s ease-in-out infinite; }
  @keyframes pulse { 50% { transform: scale(0.6); } }
}

.figures { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; align-items: start; justify-content: space-between; margin-top: 1rem; }
.energy { flex: 1 1 14rem; max-width: 22rem; }
.energy p { margin: 0; }
.energy strong { font-size: 2.75rem; line-height: 1.1; letter-spacing: -0.03em; font-variant-numeric: tabular-nums; }
.range { display: block; width: 100%; height: 0.5rem; margin: 0.5rem 0 0.375rem; border-radius: 1rem; }
.track { fill: var(--line); }
.range .span { fill: var(--accent); opacity: 0.55; }
.range .value { fill: var(--ink); }
.macros { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1px; margin: 1.5rem 0 0.75rem; background: var(--line); border: 1px solid var(--line); border-radius: 0.75rem; overflow: hidden; }
.macros > div { padding: 0.625rem 1rem; background: var(--paper); }
.macros dt { font-size: 0.875rem; color: var(--quiet); }
.macros dd { font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.score { display: inline-grid; gap: 0.375rem; justify-items: center; }
.score-name { font-size: 0.75rem; font-weight: 650; letter-spacing: 0.04em; text-transform: uppercase; color: var(--quiet); }
.grades { display: flex; align-items: center; }
.grade { display: grid; place-items: center; width: 1.75rem; height: 2rem; font-weight: 750; color: #1d1a17; }
.grade:first-child { border-radius: 0.5rem 0 0 0.5rem; } .grade:last-child { border-radius: 0 0.5rem 0.5rem 0; }
.grade.is { width: 2.75rem; height: 3rem; font-size: 1.75rem; border-radius: 0.625rem; box-shadow: 0 0 0 3px var(--paper), 0 0 0 5px var(--ink); z-index: 0; margin: 0 0.25rem; }
.grade:not(.is) { opacity: 0.65; }
.grade-a { background: #4fae74; } .grade-b { background: #9acb4d; } .grade-c { background: #fbd13c; } .grade-d { background: #f2953d; } .grade-e { background: #ee6a4d; }

.warnings { margin-top: 1.5rem; padding: 0.875rem 1.25rem; background: var(--raised); border-left: 3px solid var(--accent); border-radius: 0 0.5rem 0.5rem 0; font-size: 0.9375rem; }
.outcome .warnings h2 { margin: 0 0 0.25rem; font-size: 1rem; }
.warnings ul { margin: 0; padding-left: 1.125rem; }
.complaint { padding: 0.625rem 1rem; color: var(--bad); border: 1px solid; border-radius: 0.5rem; }

.ingredient { padding: 1rem 0; border-top: 1px solid var(--line); }
.ingredient-head { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between; }
.ingredient h3 { margin: 0; overflow-wrap: anywhere; }
.grams { display: flex; align-items: center; gap: 0.375rem; }
.grams input { width: 6.5rem; text-align: right; font-variant-numeric: tabular-nums; appearance: textfield; }
.grams input::-webkit-inner-spin-button { display: none; }
.grams button:not(.scriptless) { width: 2.5rem; padding: 0; font-size: 1.25rem; }
.source { display: flex; flex-wrap: wrap; gap: 0 0.75rem; margin: 0.375rem 0; font-size: 0.875rem; color: var(--quiet); }
.source strong { color: var(--ink); }
.alternatives { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0.75rem 0; }
.alternatives button { min-height: 2.25rem; font-size: 0.875rem; font-weight: 450; text-align: left; overflow-wrap: anywhere; }
.other { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: end; justify-content: space-between; margin: 0.75rem 0; }
.other form { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.other label { flex-basis: 100%; font-size: 0.875rem; font-weight: 600; }

table { width: 100%; border-collapse: collapse; font-size: 0.9375rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.375rem 0; text-align: left; font-weight: 400; border-top: 1px solid var(--line); }
tbody .group th { padding-top: 1.25rem; font-weight: 650; border-top: 0; }
.part th { padding-left: 1rem; color: var(--quiet); }
.amount { width: 7rem; text-align: right; white-space: nowrap; }
.share { width: 45%; padding-left: 1.5rem; }
.share .bar { display: inline-block; vertical-align: middle; width: calc(100% - 4rem); height: 0.5rem; border-radius: 1rem; }
.share span { display: inline-block; width: 3.75rem; text-align: right; vertical-align: middle; }
.share .quiet { width: 100%; }
.bar .filled { fill: var(--good); }
.bar.over .filled { fill: var(--accent); }

.outcome details { border-top: 1px solid var(--line); margin: 0; padding: 0.5rem 0; }
.ingredient details { border-top: 0; padding: 0; }
.outcome pre { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 28rem; overflow-y: auto; }
.code { position: relative; }
.copy { position: absolute; top: 0.5rem; right: 0.5rem; min-height: 2rem; padding: 0 0.75rem; font-size: 0.8125rem; background: var(--paper); }
.code pre { padding-top: 0.875rem; }
.code pre > code { display: block; padding-right: 4rem; }
.trouble { max-width: 40rem; }

@media (max-width: 56rem) {
  .outcome { grid-template-columns: minmax(0, 1fr); gap: 1.5rem; }
  .outcome[data-result] .beside, .outcome > .plate { position: static; }
  .outcome[data-result] .beside { display: contents; }
  .outcome[data-result] .actions { order: 1; margin: 0; }
  .samples { grid-template-columns: repeat(3, minmax(0, 1fr)); }
  .posts { grid-template-columns: minmax(0, 1fr); }
}
@media (max-width: 32rem) {
  .share { width: 40%; padding-left: 0.75rem; }
  .share .bar { width: calc(100% - 3.5rem); }
  .share span { width: 3.125rem; }
  .macros > div { padding: 0.5rem 0.625rem; }
  .macros dt { font-size: 0.8125rem; }
  .amount { width: 5.5rem; }
}
`;

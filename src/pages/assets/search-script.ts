/**
 * Plain browser JavaScript, served as it is: shows the entries of the documentation that have every word of the search,
 * and hides the others. `?q=` searches at once, "/" goes to the field, Escape empties it.
 */
export const SEARCH_SCRIPT = `"use strict";
const field = document.querySelector("#search");
const count = document.querySelector("[data-count]");
const entries = [...document.querySelectorAll("[data-entry]")].map((element) => ({
  element,
  text: element.textContent.toLowerCase(),
}));
const links = [...document.querySelectorAll(".contents li")];

function search() {
  const words = field.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
  let found = 0;
  for (const { element, text } of entries) {
    element.hidden = !words.every((word) => text.includes(word));
    if (!element.hidden) found += 1;
  }
  for (const section of document.querySelectorAll("main > section")) {
    section.hidden = words.length > 0 && section.querySelector("[data-entry]:not([hidden])") === null;
  }
  for (const item of links) {
    const target = document.getElementById(item.querySelector("a").hash.slice(1));
    item.hidden = words.length > 0 && (target === null || target.closest("[hidden]") !== null);
  }
  count.textContent = words.length === 0 ? "" : found === 1 ? "1 entry" : found + " entries";
}

field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", search);
field.form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  field.value = "";
  search();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.matches("input, textarea")) return;
  event.preventDefault();
  field.focus();
});
if (field.value !== "") search();
`;

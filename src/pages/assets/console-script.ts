/**
 * Plain browser JavaScript, served as it is. Every page of the console works without it; with it, a button copies what
 * is shown once, a form that waits for someone else's answer shows it without a new page, and the others are sent once.
 */
export const CONSOLE_SCRIPT = `"use strict";
for (const button of document.querySelectorAll("[data-copies]")) {
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copies);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Press Ctrl+C";
    }
    setTimeout(() => { button.textContent = name; }, 2000);
  });
}

async function replacePart(form) {
  const button = form.querySelector("button");
  const id = form.dataset.replaces;
  const part = document.getElementById(id);
  button.setAttribute("aria-disabled", "true");
  part.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.getElementById(id);
    if (next === null) throw new Error("no such part");
    part.replaceChildren(...next.childNodes);
  } catch {
    form.submit();
  } finally {
    button.removeAttribute("aria-disabled");
    part.removeAttribute("aria-busy");
  }
}

for (const form of document.querySelectorAll("[data-replaces]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.querySelector("button[aria-disabled]") === null) replacePart(form);
  });
}

/* A double click is one act. Who comes back to the page may act again. */
const others = document.querySelectorAll("form[method=post]:not([data-replaces])");
for (const form of others) {
  form.addEventListener("submit", (event) => {
    if ("sent" in form.dataset) event.preventDefault();
    form.dataset.sent = "";
  });
}
addEventListener("pageshow", () => {
  for (const form of others) delete form.dataset.sent;
});

document.querySelector("[data-focus]")?.focus();
`;

const BACK_AFTER_MS = 2_000;

/** Copies the code beside a button, and says so on it. */
async function copy(button: HTMLElement): Promise<void> {
  const text = button.parentElement?.querySelector("code")?.textContent ?? "";
  await navigator.clipboard.writeText(text);
  const said = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = said), BACK_AFTER_MS);
}

/** Lets code be copied by a click. Pages on plain http of another machine have no clipboard: there it is selected by hand. */
export function listenForCopies(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-copy]");
    if (button !== null) copy(button).catch(() => button.remove());
  });
}

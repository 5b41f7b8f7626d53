/** Lives as long as the page, so that screen readers know it before there is something to say. */
const speaker = document.createElement("p");
speaker.setAttribute("role", "status");
speaker.className = "visually-hidden";
document.body.append(speaker);

/** Announces a change to screen readers. */
export function announce(text: string): void {
  speaker.textContent = text;
}

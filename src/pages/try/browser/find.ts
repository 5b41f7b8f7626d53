/** The element that a page of ours always has; its absence is a bug of the page. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as querySelector's own, it says what is found
export function find<Found extends Element = HTMLElement>(selector: string, within: ParentNode = document): Found {
  const found = within.querySelector<Found>(selector);
  if (found === null) throw new Error(`The page has no ${selector}.`);
  return found;
}

/** A copy of what a template of the page holds. */
export function copyOf(templateId: string): HTMLElement {
  const { content } = find<HTMLTemplateElement>(`#${templateId}`);
  return document.importNode(content, true).firstElementChild as HTMLElement;
}

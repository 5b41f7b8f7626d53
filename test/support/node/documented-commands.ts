/** A command of the documentation's page, under the operation that it calls. */
export interface DocumentedCommand {
  operation: string;
  command: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

const unescaped = (html: string): string =>
  html.replaceAll(/&(#39|\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);

const codeIn = (html: string): string[] =>
  [...html.matchAll(/<pre tabindex="0"><code>(.*?)<\/code><\/pre>/gs)].map(([, code = ""]) => unescaped(code));

/** The commands of "Getting started". */
export const firstSteps = (page: string): string => codeIn(page)[0] ?? "";

/** Every command of the operations, in the page's order. */
export const documentedCommands = (page: string): DocumentedCommand[] =>
  page.split('<article class="operation"').flatMap((article) => {
    const [, operation = ""] = /aria-labelledby="(\w+)"/.exec(article) ?? [];
    const commands = [...article.matchAll(/<figure>(.*?)<\/figure>/gs)].flatMap(([, figure = ""]) => codeIn(figure));
    return commands.map((command) => ({ operation, command }));
  });

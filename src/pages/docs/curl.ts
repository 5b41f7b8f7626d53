import type { ApiContent, ApiExample, ApiParameter, PlacedOperation } from "../../openapi/api-document.ts";

/** A command to paste. */
export interface Command {
  /** What it does; null when there is only one way. */
  summary: string | null;
  text: string;
}

/** A text in single quotes, as every POSIX shell reads it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The photo of a JSON example is taken from a file: half a megabyte is too long to paste. */
const PHOTO_FROM_FILE = `'"$(base64 < photo.jpg | tr -d '\\n')"'`;
const PHOTO_MARK = "photo.jpg as base64";
/** Texts of examples that are longer than this are photos. */
const LONGEST_TEXT = 200;

const withoutPhotos = (_: string, value: unknown): unknown =>
  typeof value === "string" && value.length > LONGEST_TEXT ? PHOTO_MARK : value;

/** A value as JSON to read; photos are named and not shown. */
export const shownJson = (value: unknown): string => JSON.stringify(value, withoutPhotos, 2);

const jsonBody = (value: unknown): string[] => [
  "-H 'Content-Type: application/json'",
  `-d ${quoted(JSON.stringify(value, withoutPhotos)).replaceAll(PHOTO_MARK, PHOTO_FROM_FILE)}`,
];

const exampleOf = ({ example, schema }: ApiParameter): string => String(example ?? schema?.examples?.[0] ?? 1);

/** The path with its examples, and with those of the query that it cannot do without. */
function exampleUrl({ path, parameters }: PlacedOperation, origin: string): string {
  const filled = parameters
    .filter((parameter) => parameter.in === "path")
    .reduce((url, parameter) => url.replace(`{${parameter.name}}`, exampleOf(parameter)), path);
  const needed = parameters.filter((parameter) => parameter.in === "query" && parameter.required === true);
  const query = needed.map((parameter) => `${parameter.name}=${encodeURIComponent(exampleOf(parameter))}`).join("&");
  return `${origin}${filled}${query === "" ? "" : `?${query}`}`;
}

const TOKENS: Readonly<Record<string, string>> = {
  token: '-H "Authorization: Bearer $TOKEN"',
  administrator: '-H "Authorization: Bearer $ADMIN_TOKEN"',
};

function commandsOf(mediaType: string, { examples = {} }: ApiContent): { summary: string; body: string[] }[] {
  const named = Object.values(examples).filter((example): example is ApiExample => "value" in example);
  if (mediaType === "application/json") return named.map(({ summary, value }) => ({ summary, body: jsonBody(value) }));
  if (mediaType === "multipart/form-data") return [{ summary: "A form", body: ["-F image=@photo.jpg"] }];
  return [{ summary: "A raw photo", body: [`-H 'Content-Type: ${mediaType}'`, "--data-binary @photo.jpg"] }];
}

/** How to call an operation from a terminal: one command for each example of its body, or one without a body. */
export function curlCommands(operation: PlacedOperation, origin: string): Command[] {
  const [scheme] = operation.security.flatMap((each) => Object.keys(each));
  const method = operation.method === "get" ? "" : `-X ${operation.method.toUpperCase()} `;
  const start = [`curl ${method}${quotedUrl(exampleUrl(operation, origin))}`, TOKENS[scheme ?? ""] ?? ""].filter(
    Boolean,
  );
  const content = Object.entries(operation.requestBody?.content ?? {});
  // One kind of raw photo stands for all of them.
  const firstRaw = content.find(([mediaType]) => mediaType.startsWith("image/"));
  const shown = content.filter((entry) => !entry[0].startsWith("image/") || entry === firstRaw);
  const bodies = shown.flatMap(([mediaType, each]) => commandsOf(mediaType, each));
  const commands = bodies.length === 0 ? [{ summary: null, body: [] as string[] }] : bodies;
  return commands.map(({ summary, body }) => ({ summary, text: [...start, ...body].join(" \\\n  ") }));
}

/** A URL with a query holds characters that a shell would take for its own. */
const quotedUrl = (url: string): string => (/[?&]/.test(url) ? quoted(url) : url);

import { SAMPLE_HMAC_KEY } from "../../openapi/samples.ts";
import type { ApiContent, ApiExample, ApiParameter, PlacedOperation } from "../../openapi/api-document.ts";

/** A command to paste. */
export interface Command {
  /** What it does; null when there is only one way. */
  summary: string | null;
  text: string;
}

/** A text in single quotes, as every POSIX shell reads it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Stands for a photo in a text. */
const PHOTO_MARK = "photo.jpg as base64";
/** Texts of examples that are longer than this are photos. */
const LONGEST_TEXT = 200;

const withoutPhotos = (_: string, value: unknown): unknown =>
  typeof value === "string" && value.length > LONGEST_TEXT ? PHOTO_MARK : value;

/** A value as JSON to read; photos are named and not shown. */
export const shownJson = (value: unknown): string => JSON.stringify(value, withoutPhotos, 2);

/** How a command gets its body. */
interface SentBody {
  /** What has to run before. */
  before?: string;
  options: string[];
}

const JSON_TYPE = "-H 'Content-Type: application/json'";

/** A photo goes through a pipe: as base64 it is longer than a command line may be. */
function photoBody(json: string): SentBody {
  const [start = "", end = ""] = json.split(PHOTO_MARK).map(quoted);
  const pieces = `printf %s ${start}; base64 < photo.jpg | tr -d '\\n'; printf %s ${end}`;
  return { before: `{ ${pieces}; } |`, options: [JSON_TYPE, "-d @-"] };
}

/** A login with a time is signed when it is sent. */
function timedLoginBody(login: { application_user_id: string }): SentBody {
  const json = quoted(JSON.stringify({ ...login, timestamp: "TIMESTAMP", signature: "SIGNATURE" }));
  const inserted = json.replace('"TIMESTAMP"', `'"$TIMESTAMP"'`).replace("SIGNATURE", `'"$SIGNATURE"'`);
  const before = [
    "TIMESTAMP=$(date +%s)",
    `SIGNATURE=$(printf %s "$TIMESTAMP.${login.application_user_id}" |`,
    `  openssl dgst -sha256 -hmac ${SAMPLE_HMAC_KEY} -hex | sed 's/.* //')`,
  ];
  return { before: before.join("\n"), options: [JSON_TYPE, `-d ${inserted}`] };
}

const isTimedLogin = (value: unknown): value is { application_user_id: string } =>
  typeof value === "object" && value !== null && "timestamp" in value && "application_user_id" in value;

function jsonBody(value: unknown): SentBody {
  if (isTimedLogin(value)) return timedLoginBody(value);
  const text = JSON.stringify(value, withoutPhotos);
  return text.includes(PHOTO_MARK) ? photoBody(text) : { options: [JSON_TYPE, `-d ${quoted(text)}`] };
}

/** An example of a parameter; each that a command needs has one. */
function exampleOf({ name, example, schema }: ApiParameter): string {
  const value = example ?? schema?.examples?.[0];
  if (value === undefined) throw new Error(`the parameter ${name} has no example`);
  return String(value);
}

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

function commandsOf(mediaType: string, { examples = {} }: ApiContent): { summary: string | null; body: SentBody }[] {
  const named = Object.values(examples).filter((example): example is ApiExample => "value" in example);
  if (mediaType === "application/json") return named.map(({ summary, value }) => ({ summary, body: jsonBody(value) }));
  if (mediaType === "multipart/form-data") return [{ summary: "A form", body: { options: ["-F image=@photo.jpg"] } }];
  const options = [`-H 'Content-Type: ${mediaType}'`, "--data-binary @photo.jpg"];
  return [{ summary: "A raw photo", body: { options } }];
}

/** A terminal shows no photo. */
const outputOf = ({ responses }: PlacedOperation): string[] =>
  Object.keys(responses["200"]?.content ?? {}).some((mediaType) => mediaType.startsWith("image/"))
    ? ["--output stored.jpg"]
    : [];

/** How to call an operation from a terminal: one command for each example of its body, or one without a body. */
export function curlCommands(operation: PlacedOperation, origin: string): Command[] {
  const [scheme] = operation.security.flatMap((each) => Object.keys(each));
  const method = operation.method === "get" ? "" : `-X ${operation.method.toUpperCase()} `;
  const start = [
    `curl ${method}${quotedUrl(exampleUrl(operation, origin))}`,
    TOKENS[scheme ?? ""] ?? "",
    ...outputOf(operation),
  ].filter(Boolean);
  const content = Object.entries(operation.requestBody?.content ?? {});
  // One kind of raw photo stands for all of them.
  const firstRaw = content.find(([mediaType]) => mediaType.startsWith("image/"));
  const shown = content.filter((entry) => !entry[0].startsWith("image/") || entry === firstRaw);
  const bodies = shown.flatMap(([mediaType, each]) => commandsOf(mediaType, each));
  const commands = bodies.length === 0 ? [{ summary: null, body: { options: [] } as SentBody }] : bodies;
  return commands.map(({ summary, body: { before, options } }) => {
    const call = [...start, ...options].join(" \\\n  ");
    return { summary, text: before === undefined ? call : `${before}\n${call}` };
  });
}

/** A URL with a query holds characters that a shell would take for its own. */
const quotedUrl = (url: string): string => (/[?&]/.test(url) ? quoted(url) : url);

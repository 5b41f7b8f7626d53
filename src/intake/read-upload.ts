import { z } from "zod";
import type { InputType } from "../records/record.ts";
import { labelRequestSchema, uploadRequestSchema, type UploadRequest } from "../records/upload-options.ts";
import { encodingProblem } from "../problems/content-encoding.ts";
import { PROBLEMS } from "../problems/problem-kinds.ts";
import { invalidFields, problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { readRequestBody } from "../request-body.ts";
import { MAX_BASE64_LENGTH, MAX_OPTIONS_BYTES, MAX_PHOTO_BYTES, megabytes } from "../bounds.ts";
import { isWideAround, jsonIssue, parseJson } from "../json-bounds.ts";
import { withoutUnset } from "../schema-core.ts";
import { fromTextFields } from "../text-fields.ts";
import { readParts, type FormPart } from "./multipart.ts";

/** Where the photo of an upload is: in memory, still on its way with a known length, or behind a URL. */
export type PhotoSource =
  | { kind: "bytes"; bytes: Uint8Array }
  | { kind: "stream"; body: ReadableStream<Uint8Array>; length: number }
  | { kind: "url"; url: string };

/** What a photo is of: a meal, or the nutrition label of one. */
export type PhotoInput = Extract<InputType, "image" | "label">;

export interface Upload {
  inputType: PhotoInput;
  photo: PhotoSource;
  request: UploadRequest;
  /** Whether it becomes a record: every meal does, and a label on demand, or when nobody waits for what it says. */
  isRecord: boolean;
}

/** The options, that of labels included. */
type Options = UploadRequest & { create_record?: boolean };
type Read = Result<{ photo: PhotoSource; request: Options }, Problem>;

const OPTIONS = { image: uploadRequestSchema, label: labelRequestSchema } as const satisfies Record<
  PhotoInput,
  unknown
>;

/** Judges the options of an upload; `root` says where they were. */
function parseOptions(inputType: PhotoInput, fields: unknown, root: string): Result<Options, Problem> {
  const parsed = OPTIONS[inputType].safeParse(fields);
  return parsed.success ? ok(parsed.data) : fail(invalidFields(parsed.error.issues, root, fields));
}

/** The same for the texts of a query or a form. */
function parseTexts(
  inputType: PhotoInput,
  texts: Iterable<readonly [string, string]>,
  root: string,
): Result<Options, Problem> {
  const { fields, issues } = fromTextFields(OPTIONS[inputType], texts);
  const found = issues[0] ?? jsonIssue(fields);
  return found === null ? parseOptions(inputType, fields, root) : fail(invalidFields([found], root));
}

/** The photo of a JSON upload, beside its options: exactly one of the two. */
export const jsonPhotoSchema = z.object({
  body: z
    .string()
    .min(1, "the photo as base64")
    .optional()
    .meta({
      description: `The photo as base64, with or without a \`data:\` prefix; at most ${megabytes(MAX_BASE64_LENGTH)}.`,
    }),
  body_url: z
    .string()
    .min(1, "the photo's URL")
    .optional()
    .meta({
      description: `An https URL to fetch the photo from, instead of \`body\`; at most ${megabytes(MAX_PHOTO_BYTES)}.`,
    }),
});

/** The photo of a form, beside its options. */
export const imagePartSchema = z.object({
  image: z
    .unknown()
    .meta({ type: "string", format: "binary", description: `The photo, at most ${megabytes(MAX_PHOTO_BYTES)}.` }),
});

const DATA_URI_PREFIX = /^data:[^,]*;base64,/i;

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(text.replace(DATA_URI_PREFIX, ""));
  } catch {
    return null;
  }
}

const ONE_OF_TWO = "send either the photo as base64 in `body` or its URL in `body_url`";

function readJsonPhoto(json: unknown): Result<PhotoSource, Problem> {
  const refused = (message: string) => fail(invalidFields([{ path: ["body"], message }], "body"));
  const parsed = jsonPhotoSchema.safeParse(json);
  if (!parsed.success) return fail(invalidFields(parsed.error.issues, "body", json));
  const { body, body_url: url } = parsed.data;
  if (body === undefined) return url === undefined ? refused(ONE_OF_TWO) : ok({ kind: "url", url });
  if (url !== undefined) return refused(ONE_OF_TWO);
  if (body.length > MAX_BASE64_LENGTH) return fail(problem("photo_too_large"));
  const bytes = decodeBase64(body);
  return bytes === null ? refused("is not valid base64") : ok({ kind: "bytes", bytes });
}

async function readJson(request: Request, inputType: PhotoInput): Promise<Read> {
  const bytes = await readRequestBody(request, MAX_BASE64_LENGTH + MAX_OPTIONS_BYTES, "photo_too_large");
  if (!bytes.ok) return bytes;
  if (isWideAround(bytes.value, MAX_OPTIONS_BYTES)) return fail(problem("body_too_large"));
  const json = parseJson(bytes.value);
  if (!json.ok) return fail(problem("malformed_request", "The body is not valid JSON."));
  const issue = jsonIssue(json.value);
  if (issue !== null) return fail(invalidFields([issue], "body"));
  const fields = withoutUnset(jsonPhotoSchema, withoutUnset(OPTIONS[inputType], json.value, true), false);
  const photo = readJsonPhoto(fields);
  if (!photo.ok) return photo;
  const options = parseOptions(inputType, fields, "body");
  return options.ok ? ok({ photo: photo.value, request: options.value }) : options;
}

async function readMultipart(request: Request, inputType: PhotoInput): Promise<Read> {
  const bytes = await readRequestBody(request, MAX_PHOTO_BYTES + MAX_OPTIONS_BYTES, "photo_too_large");
  if (!bytes.ok) return bytes;
  const parts = readParts(bytes.value, request.headers.get("content-type") ?? "");
  if (!parts.ok) return parts;
  const refused = (message: string) => fail(invalidFields([{ path: ["image"], message }], "body"));
  const [photo, ...others] = parts.value.filter(({ name }) => name === "image");
  if (photo === undefined) return refused(`a part named "image" is required${namesOf(parts.value)}`);
  if (others.length > 0) return refused("only one photo can be sent");
  const fields = parts.value.filter(({ name }) => name !== "image");
  if (fields.reduce((sum, field) => sum + field.bytes.length, 0) > MAX_OPTIONS_BYTES) {
    return fail(problem("body_too_large"));
  }
  const texts = fields.map((field) => [field.name, new TextDecoder().decode(field.bytes)] as const);
  const options = parseTexts(inputType, texts, "body");
  return options.ok ? ok({ photo: { kind: "bytes", bytes: photo.bytes }, request: options.value }) : options;
}

const MAX_NAMES = 5;
const MAX_NAME_LENGTH = 30;

/** The names of the parts that came, for an error. */
const namesOf = (parts: readonly FormPart[]): string =>
  parts.length === 0
    ? ""
    : `; the form has ${parts
        .slice(0, MAX_NAMES)
        .map(({ name }) => `"${name.slice(0, MAX_NAME_LENGTH)}"`)
        .join(", ")}`;

function readRaw(request: Request, inputType: PhotoInput): Read {
  const options = parseTexts(inputType, new URL(request.url).searchParams, "query");
  if (!options.ok) return options;
  const length = request.headers.get("content-length");
  if (length === null || !/^\d{1,15}$/.test(length)) return fail(problem("length_required"));
  if (Number(length) > MAX_PHOTO_BYTES) return fail(problem("photo_too_large"));
  if (request.body === null) return fail(problem("malformed_request", "The photo is empty."));
  return ok({ photo: { kind: "stream", body: request.body, length: Number(length) }, request: options.value });
}

const MAX_CONTENT_TYPE_LENGTH = 80;

/** Why a body of this type is refused. */
function unsupportedType(contentType: string): Problem {
  const { help } = PROBLEMS.unsupported_content_type;
  if (contentType === "") return problem("unsupported_content_type", `The request has no Content-Type. ${help}`);
  const shown = contentType.slice(0, MAX_CONTENT_TYPE_LENGTH);
  const hint =
    contentType === "application/x-www-form-urlencoded"
      ? " It is what curl sends with -d: add -H 'content-type: application/json', or send the photo with --data-binary and its own content type."
      : "";
  return problem("unsupported_content_type", `The Content-Type is ${shown}.${hint} ${help}`);
}

async function readByType(request: Request, inputType: PhotoInput): Promise<Read> {
  const encoding = encodingProblem(request);
  if (encoding !== null) return fail(encoding);
  const contentType = request.headers.get("content-type")?.toLowerCase().split(";")[0]?.trim() ?? "";
  if (contentType === "application/json") return readJson(request, inputType);
  if (contentType === "multipart/form-data") return readMultipart(request, inputType);
  if (contentType.startsWith("image/") || contentType === "application/octet-stream")
    return readRaw(request, inputType);
  return fail(unsupportedType(contentType));
}

/** Parses the four ways of an upload into one form. Nothing of it is judged as a picture yet. */
export async function readUpload(request: Request, inputType: PhotoInput): Promise<Result<Upload, Problem>> {
  const read = await readByType(request, inputType);
  if (!read.ok) return read;
  const { create_record: isWanted = false, ...options } = read.value.request;
  const isRecord = inputType === "image" || isWanted || !options.wait_on_process;
  return ok({ inputType, photo: read.value.photo, request: options, isRecord });
}

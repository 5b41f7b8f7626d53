import { z } from "zod";
import type { InputType } from "../records/record.ts";
import {
  fromTextFields,
  labelRequestSchema,
  uploadRequestSchema,
  type UploadRequest,
} from "../records/upload-options.ts";
import { invalidFields, problem, type Problem } from "../problems/problem.ts";
import { fail, ok, type Result } from "../result.ts";
import { MAX_BASE64_LENGTH, MAX_PHOTO_BYTES, megabytes } from "../bounds.ts";

/** Room for the options around a photo. */
const OPTIONS_BYTES = 64 * 1024;

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
}

type Read = Result<Pick<Upload, "photo" | "request">, Problem>;

/** Reads the options of an upload from its fields, of which `root` says where they stand. */
type ParseOptions = (fields: unknown, root: string) => Result<UploadRequest, Problem>;

/**
 * The body, if it is no longer than `limit` bytes; null otherwise. A body that states its length is judged by it unread;
 * one that does not is read up to the limit.
 */
async function within(limit: number, request: Request): Promise<Pick<Body, "json" | "formData"> | null> {
  const stated = request.headers.get("content-length");
  if (stated !== null) return Number(stated) > limit ? null : request;
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > limit) return null;
    chunks.push(chunk);
  }
  return new Response(new Blob(chunks), { headers: { "content-type": request.headers.get("content-type") ?? "" } });
}

const OPTIONS = { image: uploadRequestSchema, label: labelRequestSchema } as const satisfies Record<
  PhotoInput,
  unknown
>;

const optionsOf =
  (inputType: PhotoInput): ParseOptions =>
  (fields, root) => {
    const parsed = OPTIONS[inputType].safeParse(fields);
    return parsed.success ? ok(parsed.data) : fail(invalidFields(parsed.error.issues, root, fields));
  };

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
    .custom<Blob>((part) => part instanceof Blob, 'a file part named "image" is required')
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

async function readJson(request: Request, parseOptions: ParseOptions): Promise<Read> {
  const content = await within(MAX_BASE64_LENGTH + OPTIONS_BYTES, request);
  if (content === null) return fail(problem("photo_too_large"));
  let json: unknown;
  try {
    json = await content.json();
  } catch {
    return fail(problem("malformed_request", "The body is not valid JSON."));
  }
  const photo = readJsonPhoto(json);
  if (!photo.ok) return photo;
  const options = parseOptions(json, "body");
  return options.ok ? ok({ photo: photo.value, request: options.value }) : options;
}

async function readMultipart(request: Request, parseOptions: ParseOptions): Promise<Read> {
  const content = await within(MAX_PHOTO_BYTES + OPTIONS_BYTES, request);
  if (content === null) return fail(problem("photo_too_large"));
  let form: FormData;
  try {
    form = await content.formData();
  } catch {
    return fail(problem("malformed_request", "The body is not a complete multipart form."));
  }
  const part = imagePartSchema.safeParse({ image: form.get("image") });
  if (!part.success) return fail(invalidFields(part.error.issues, "body"));
  const texts = [...form.entries()].filter((field): field is [string, string] => typeof field[1] === "string");
  const options = parseOptions(fromTextFields(texts), "body");
  if (!options.ok) return options;
  return ok({
    photo: { kind: "bytes", bytes: await part.data.image.bytes() },
    request: options.value,
  });
}

function readRaw(request: Request, parseOptions: ParseOptions): Read {
  const options = parseOptions(fromTextFields(new URL(request.url).searchParams), "query");
  if (!options.ok) return options;
  const length = request.headers.get("content-length");
  if (length === null || !/^\d+$/.test(length)) return fail(problem("length_required"));
  if (Number(length) > MAX_PHOTO_BYTES) return fail(problem("photo_too_large"));
  if (request.body === null) return fail(problem("malformed_request", "The photo is empty."));
  return ok({ photo: { kind: "stream", body: request.body, length: Number(length) }, request: options.value });
}

async function readByType(request: Request, parseOptions: ParseOptions): Promise<Read> {
  const contentType = request.headers.get("content-type")?.toLowerCase().split(";")[0]?.trim() ?? "";
  if (contentType === "application/json") return readJson(request, parseOptions);
  if (contentType === "multipart/form-data") return readMultipart(request, parseOptions);
  if (contentType.startsWith("image/")) return readRaw(request, parseOptions);
  return fail(problem("unsupported_content_type"));
}

/** Parses the four ways of an upload into one form. Nothing of it is judged as a picture yet. */
export async function readUpload(request: Request, inputType: PhotoInput): Promise<Result<Upload, Problem>> {
  const read = await readByType(request, optionsOf(inputType));
  return read.ok ? ok({ inputType, ...read.value }) : read;
}

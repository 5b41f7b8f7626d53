import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { PhotoResponse } from "./judge.ts";

/** How long one request lets the service hold the response; it grants at most 60 s. */
const WAIT_SECONDS = 30;
/** A service that does not know `Prefer: wait` answers at once; then this long until the next question. */
const POLL_PAUSE_MS = 250;
/** A photo that takes longer counts as failed. */
const MAX_SECONDS = 300;

const NUTRIENTS = "energy_kcal,protein_g,fat_total_g,carbohydrate_g";
const OPTIONS = `include_ingredients=true&ignore_cache=true&include_nutrition_fields=${NUTRIENTS}`;

const share = z.number().min(0).max(1);

/** What is read of a record; the whole shape is in the OpenAPI document. */
const recordSchema = z.object({
  record_id: z.string(),
  status: z.string(),
  failure_code: z.string().nullish(),
  dish_name: z.string().nullish(),
  serving_size: z.number().nullish(),
  nutritional_fields: z.record(z.string(), z.number()).nullish(),
  ingredients: z.array(z.object({ name: z.string(), serving_size: z.number() })).nullish(),
  analysis: z
    .object({
      confidence: share,
      energy_kcal_range: z.tuple([z.number(), z.number()]).nullable(),
      ingredients: z.array(z.object({ name: z.string(), confidence: share.nullable() })),
    })
    .nullish(),
});
type RecordResponse = z.output<typeof recordSchema>;

const acceptedSchema = z.object({ record_id: z.string() });
const problemSchema = z.object({ code: z.string() });

export interface ServiceAccess {
  origin: string;
  /** "Bearer …" */
  authorization: string;
}

const OPEN_STATUSES: ReadonlySet<string> = new Set(["pending", "processing"]);

const nothing = (outcome: string, seconds: number): PhotoResponse => ({
  outcome,
  dishName: null,
  foods: [],
  grams: null,
  kcal: null,
  kcalRange: null,
  confidence: null,
  seconds,
});

function toResponse(record: RecordResponse, seconds: number): PhotoResponse {
  if (record.status !== "completed") return nothing(record.failure_code ?? record.status, seconds);
  return {
    outcome: "completed",
    dishName: record.dish_name ?? "",
    foods: (record.ingredients ?? []).map(({ name, serving_size: grams }, index) => ({
      name,
      grams,
      confidence: record.analysis?.ingredients[index]?.confidence ?? null,
    })),
    grams: record.serving_size ?? null,
    kcal: record.nutritional_fields?.["energy_kcal"] ?? null,
    kcalRange: record.analysis?.energy_kcal_range ?? null,
    confidence: record.analysis?.confidence ?? null,
    seconds,
  };
}

async function readRefusal(response: Response): Promise<string> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  return `refused: ${problem.success ? problem.data.code : response.status}`;
}

/**
 * Uploads a photo, waits for its analysis and reads it. A photo that the service refuses or fails to analyze is a
 * response too; a service that cannot be reached, or that says no more than an error, throws.
 */
export async function analyzePhoto(
  { origin, authorization }: ServiceAccess,
  photo: { bytes: Uint8Array; contentType: string },
): Promise<PhotoResponse> {
  const started = performance.now();
  const elapsed = (): number => (performance.now() - started) / 1000;
  // wrangler compresses responses, and a compressed one waits for the thread that the local model computes on.
  const headers = { authorization, prefer: `wait=${WAIT_SECONDS}`, "accept-encoding": "identity" };
  const accepted = await fetch(`${origin}/nutrition_records/image?${OPTIONS}`, {
    method: "POST",
    headers: { ...headers, "content-type": photo.contentType },
    body: Uint8Array.from(photo.bytes),
  });
  if (accepted.status >= 500) throw new Error(`the upload failed with status ${accepted.status}`);
  if (!accepted.ok) return nothing(await readRefusal(accepted), elapsed());
  const { record_id: id } = acceptedSchema.parse(await accepted.json());
  while (elapsed() < MAX_SECONDS) {
    const response = await fetch(`${origin}/nutrition_records/${id}`, { headers });
    if (!response.ok) throw new Error(`reading record ${id} failed with status ${response.status}`);
    const record = recordSchema.parse(await response.json());
    if (!OPEN_STATUSES.has(record.status)) return toResponse(record, elapsed());
    await sleep(POLL_PAUSE_MS);
  }
  return nothing(`no response in ${MAX_SECONDS} s`, elapsed());
}

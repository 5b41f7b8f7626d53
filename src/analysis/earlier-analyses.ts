import { fingerprintOf } from "../digest.ts";
import { log } from "../log.ts";
import type { AnalysisReport, NutritionRecord, RecordContent } from "../records/record.ts";
import type { RecognitionHints } from "./recognizers/recognizer.ts";
import { DAY_SECONDS } from "../time.ts";

/** How long an analysis is found again. Models and prompts are part of the key; the food table, which may change, is not. */
const KEPT_SECONDS = DAY_SECONDS;

/** Everything that the analysis of a photo depends on: two records with equal values would be analyzed identically. */
export interface AnalysisInput {
  /** Never shared across applications. */
  applicationId: number;
  /** Of the stored bytes, hex. */
  photoSha256: string;
  orientation: number;
  mode: AnalysisReport["mode"];
  /** The models that are meant to answer, each with the version of its prompt. */
  models: readonly (readonly [model: string, promptVersion: string | null])[];
  hints: RecognitionHints;
  languageCode: string | null;
}

export type AnalyzedContent = RecordContent & { analysis: AnalysisReport };

/** Analyses of the last day in this data center. Never throws: without it, everything is analyzed again. */
export interface EarlierAnalyses {
  /** The earlier analysis of the same photo; null if none is cached, or if its record was deleted or changed. */
  find(input: AnalysisInput): Promise<AnalyzedContent | null>;
  /** Caches which record has the analysis; it need not be stored yet. */
  remember(input: AnalysisInput, recordId: string): Promise<void>;
}

/** The original analysis, if the record is unchanged since: a user's changes belong to that user alone. */
function analyzedContent(record: NutritionRecord | null, applicationId: number): AnalyzedContent | null {
  if (record?.status !== "completed" || record.applicationId !== applicationId) return null;
  const { content } = record;
  return content?.analysis == null ? null : { ...content, analysis: content.analysis };
}

/**
 * `caches.default` as the memory: no row, no object and no cost, one per data center (none on `workers.dev`). It holds
 * record ids only, under the hash of the input and a host that no route serves. The analysis itself stays in its record
 * and is read from there: when that is deleted, nothing of it is left to be found.
 */
export function createEarlierAnalyses(
  cache: Pick<Cache, "match" | "put">,
  recordById: (id: string) => Promise<NutritionRecord | null>,
): EarlierAnalyses {
  const keyOf = async (input: AnalysisInput): Promise<string> =>
    `https://analysis-cache.invalid/${input.applicationId}/${await fingerprintOf(input)}`;
  return {
    async find(input) {
      try {
        const remembered = await cache.match(await keyOf(input));
        return remembered === undefined
          ? null
          : analyzedContent(await recordById(await remembered.text()), input.applicationId);
      } catch (error) {
        log("warn", "analysis_cache.read_failed", "reading cached analyses failed", {}, error);
        return null;
      }
    },
    async remember(input, recordId) {
      try {
        const headers = { "cache-control": `max-age=${KEPT_SECONDS}` };
        await cache.put(await keyOf(input), new Response(recordId, { headers }));
      } catch (error) {
        log("warn", "analysis_cache.write_failed", "caching an analysis failed", {}, error);
      }
    },
  };
}

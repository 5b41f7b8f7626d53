import type { TextUpload, UploadImageQuery } from "./types.ts";

/** Whether the response waits for the analysis. */
interface Waiting {
  /** Whether the response is the finished record, when it is ready in time. */
  wait_on_process?: boolean;
  /** The bound of that wait, 1 to 60; 30 if omitted. */
  max_duration_seconds?: number;
}

/** The options of a photo. */
export interface UploadOptions extends UploadImageQuery, Waiting {
  /** Whether to ignore an earlier analysis of the same photo. */
  ignore_cache?: boolean;
}

/** Options of a text record. */
export type TextOptions = Omit<TextUpload, "text"> & Waiting;

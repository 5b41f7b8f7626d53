import type { TextUpload, UploadImageQuery } from "./types.ts";

/** Whether the answer waits for the analysis. */
interface Waiting {
  /** Whether the answer is the finished record, when it is ready in time. */
  wait_on_process?: boolean;
  /** The bound of that wait, 1 to 60; 30 when left out. */
  max_duration_seconds?: number;
}

/** The options of a photo. */
export interface UploadOptions extends UploadImageQuery, Waiting {
  /** Whether an earlier analysis of the same photo is left aside. */
  ignore_cache?: boolean;
}

/** The options of a sentence. */
export type TextOptions = Omit<TextUpload, "text"> & Waiting;

/** The platform bindings and settings of the Worker, as wrangler.toml declares them. */
export interface Env {
  /** Records, applications, foods and deliveries. */
  DB: D1Database;
  /** The photos' bytes, key `{application_id}/{record_id}`. */
  PHOTOS: R2Bucket;
  /** Wake-up calls for the analysis; messages carry ids only. */
  ANALYSIS_QUEUE: Queue;
  /** One sequencer per record, named by the record's id. */
  RECORDS: DurableObjectNamespace;
  /** Workers AI in production, the `local-ai` Worker under `npm start`. */
  AI: Ai;
  /** Downscales photos that are too large to decode or to send to a model. */
  IMAGES: ImagesBinding;
  /** Twenty shares of a quota a minute for each key, in each Cloudflare location; see `limits/rate-limiter.ts`. */
  RATE_LIMITS: RateLimit;
  /** Which version of the program is deployed. */
  VERSION?: WorkerVersionMetadata;
  /** Counts of finished records and of webhook attempts, if such a dataset is wanted; see `usage/counters.ts`. */
  COUNTERS?: AnalyticsEngineDataset;
  PUBLIC_URL?: string;
  PRECISE_MODELS?: string;
  FAST_MODELS?: string;
  TEXT_MODELS?: string;
  LABEL_MODELS?: string;
  TRANSLATION_MODEL?: string;
  AI_GATEWAY?: string;
  /** The id of the application for visitors of the front page; empty = the demo is disabled. */
  TRY_IT_APPLICATION_ID?: string;
  TOKEN_KEYS?: string;
  MASTER_KEYS?: string;
  ADMIN_TOKEN?: string;
  /** Both or none: the Cloudflare Access application before `/console` and `/admin`. */
  ACCESS_TEAM_DOMAIN?: string;
  ACCESS_AUD?: string;
  /** For how many hours an analysis is retried whose cause may pass; 24 if omitted. */
  GIVE_UP_HOURS?: string;
  /** "true" ends an analysis whose model is misconfigured, instead of waiting; set by `npm start` alone. */
  FAIL_FAST?: string;
  /** Both or none: where operators want their events, and the key that signs them; see `operations/settings.ts`. */
  OPERATIONS_WEBHOOK_URL?: string;
  OPERATIONS_WEBHOOK_KEY?: string;
  /** "true" lets webhooks and `body_url` reach plain http on loopback; set by `npm start` alone. */
  ALLOW_LOOPBACK_HTTP?: string;
}

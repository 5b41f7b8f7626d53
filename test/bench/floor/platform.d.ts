/** The little of the Workers platform that the floor Workers use; everything else of the bench is Node code. */

declare module "cloudflare:workers" {
  export const WorkerEntrypoint: new () => object;
}

interface CacheStorage {
  readonly default: Cache;
}

interface FloorEnv {
  PHOTOS: { put(key: string, body: unknown): Promise<unknown> };
  DB: { prepare(sql: string): { bind(...values: unknown[]): { run(): Promise<unknown> } } };
  QUEUE: { send(body: unknown): Promise<unknown> };
  TOKEN_KEY: string;
  WEBHOOK_URL: string;
}

interface FloorBatch {
  messages: { body: { record_id: string } }[];
}

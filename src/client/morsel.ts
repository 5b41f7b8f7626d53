import { systemClock, type Clock } from "./clock.ts";
import { readTagged } from "./etags.ts";
import { followEvents, type FollowPorts, type ListenOptions } from "./events.ts";
import { toHex } from "./hex.ts";
import { listPages } from "./pages.ts";
import { photoType, readPhoto, type Photo } from "./photo.ts";
import type { TextOptions, UploadOptions } from "./requests.ts";
import { RECORDS, recordPath } from "./record-path.ts";
import { isFinal } from "./statuses.ts";
import { createTokenSource, type GetToken } from "./tokens.ts";
import { createTransport, type Call } from "./transport.ts";
import type {
  AcceptedUpload,
  AccessToken,
  CanceledRecord,
  DaySummary,
  IngredientChange,
  LabelReading,
  ListRecordsQuery,
  Login,
  NutritionRecord,
  RecordChange,
  RecordStatus,
  SummariseDayQuery,
  TypedMeal,
} from "./types.ts";
import type { Fetch, OnProgress } from "./upload.ts";
import { waitUntilOver, withTimeLimit, type WaitOptions } from "./wait.ts";

const DEFAULT_MAX_RETRIES = 3;
const KEY_BYTES = 16;
const UNKNOWN_VERSION =
  "ifMatch is undefined: the version of this record is not known. Read it with readRecord and pass etagOf(record), or omit ifMatch to change whatever version there is.";

/** Where the service is, and who calls it. */
export interface MorselOptions {
  /** Such as `https://morsel.example.com`. */
  baseUrl: string;
  /** An access token for one user; it is never renewed. */
  token?: string | undefined;
  /** Called when a token is needed, and again when the service says that it has expired. */
  getToken?: GetToken | undefined;
  /** Replaces the platform's `fetch`, for example with a Worker's service binding. */
  fetch?: Fetch | undefined;
  /** How often a call is retried, if that may help; 3 by default. */
  maxRetries?: number | undefined;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** For calls that create a record: the same key creates one record, however often the request is sent. */
export interface CreateOptions extends CallOptions {
  /** 1 to 255 printable characters; generated if omitted. */
  idempotencyKey?: string | undefined;
}

export interface UploadCallOptions extends CreateOptions {
  onProgress?: OnProgress | undefined;
}

/** For calls that change a record. */
export interface ChangeOptions extends CallOptions {
  /**
   * Only while the record is as it was then: the `etagOf` a record that was read. Otherwise `version_mismatch`. When it
   * is given, it must not be undefined: a version that is not known would be overwritten.
   */
  ifMatch?: string | undefined;
}

/** For calls that read one. */
export interface ReadOptions extends CallOptions {
  /** Hold the response until the status changes, for at most this many seconds (1 to 60). */
  waitSeconds?: number | undefined;
}

/**
 * Not `crypto.randomUUID`: browsers have that on secure origins only, and a phone that tries out a laptop is on none.
 */
const createKey = (): string => toHex(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));

const preferOf = (waitSeconds: number | undefined): string | undefined =>
  waitSeconds === undefined ? undefined : `wait=${waitSeconds}`;

/** A client of one Morsel service for one user. */
export class Morsel {
  readonly #ports: FollowPorts;

  constructor({ baseUrl, token, getToken, fetch, maxRetries }: MorselOptions, clock: Clock = systemClock) {
    const transport = createTransport({
      baseUrl: baseUrl.replace(/(?<!\/)\/+$/, ""),
      tokens: createTokenSource(getToken ?? token),
      maxRetries: maxRetries ?? DEFAULT_MAX_RETRIES,
      clock,
      fetch,
    });
    this.#ports = { transport, clock };
  }

  /**
   * Uploads a photo and waits for its analysis: the record `completed`, or `failed` with its reason. Rejects with a
   * MorselProblem that carries the `recordId` when the wait, but not the upload, has failed.
   */
  async analyze(
    photo: Photo,
    options: UploadOptions = {},
    call: UploadCallOptions & WaitOptions = {},
  ): Promise<NutritionRecord> {
    return withTimeLimit(this.#ports.clock, call, async (signal) => {
      const upload = await this.uploadImage(photo, options, { ...call, signal });
      if (isFinal(upload.status)) return upload as NutritionRecord;
      return waitUntilOver(this.#ports, upload.record_id, signal, call.onStatus);
    });
  }

  /** Waits until a record's analysis is over; see `analyze`. */
  waitForRecord(id: string, call: WaitOptions = {}): Promise<NutritionRecord> {
    return withTimeLimit(this.#ports.clock, call, (signal) => waitUntilOver(this.#ports, id, signal, call.onStatus));
  }

  /**
   * Starts the analysis of a photo. With `wait_on_process` the response is the record, as it is when the wait is over.
   */
  uploadImage(
    photo: Photo,
    options: UploadOptions = {},
    call: UploadCallOptions = {},
  ): Promise<AcceptedUpload | NutritionRecord> {
    return this.#upload(`${RECORDS}/image`, photo, options, call);
  }

  /** Reads a nutrition-facts label from a photo; with `wait_on_process: false` it is a record like any other. */
  readLabel(
    photo: Photo,
    options: UploadOptions & { wait_on_process: false },
    call?: UploadCallOptions,
  ): Promise<AcceptedUpload>;
  readLabel(photo: Photo, options?: UploadOptions, call?: UploadCallOptions): Promise<LabelReading>;
  readLabel(photo: Photo, options: UploadOptions = {}, call: UploadCallOptions = {}): Promise<unknown> {
    return this.#upload(`${RECORDS}/ingredients/label`, photo, options, call);
  }

  /** Starts the analysis of a sentence, such as "two eggs and a slice of toast". */
  createTextRecord(
    text: string,
    options: TextOptions = {},
    call: CreateOptions = {},
  ): Promise<AcceptedUpload | NutritionRecord> {
    return this.#create(`${RECORDS}/text`, { ...options, text }, call);
  }

  /** A manually entered record; it is `completed` immediately. */
  createManualRecord(meal: TypedMeal, call: CreateOptions = {}): Promise<NutritionRecord> {
    return this.#create(`${RECORDS}/manual`, meal, call);
  }

  readRecord(id: string, { signal, waitSeconds }: ReadOptions = {}): Promise<NutritionRecord> {
    const headers = { prefer: preferOf(waitSeconds) };
    return this.#send({ method: "GET", path: recordPath(id), headers, signal });
  }

  readStatus(id: string, { signal, waitSeconds }: ReadOptions = {}): Promise<RecordStatus> {
    const headers = { prefer: preferOf(waitSeconds) };
    return this.#send({ method: "GET", path: recordPath(id, "/status"), headers, signal });
  }

  /** The record's current status and every change, until its analysis is over. */
  readEvents(id: string, call: ListenOptions = {}): AsyncIterable<RecordStatus> {
    return followEvents(this.#ports, id, call);
  }

  /**
   * The user's records, oldest first, page after page as they are asked for. A list names no versions: to change one of
   * its records with `ifMatch`, read that first.
   */
  listRecords(query: ListRecordsQuery = {}, { signal }: CallOptions = {}): AsyncIterable<NutritionRecord> {
    return listPages(this.#ports.transport, RECORDS, query, signal);
  }

  /** Changes the portion or meal time. */
  changeRecord(id: string, change: RecordChange, call: ChangeOptions = {}): Promise<NutritionRecord> {
    return this.#change({ method: "PATCH", path: recordPath(id), body: change, repeatable: true }, call);
  }

  /** Replaces the content with a manual entry. */
  replaceRecord(id: string, meal: TypedMeal, call: ChangeOptions = {}): Promise<NutritionRecord> {
    return this.#change({ method: "PUT", path: recordPath(id), body: meal, repeatable: true }, call);
  }

  /** Corrects one ingredient; they are numbered from 0, and those after a removed one move up. */
  correctIngredient(
    id: string,
    n: number,
    change: IngredientChange,
    call: ChangeOptions = {},
  ): Promise<NutritionRecord> {
    const repeatable = change.remove !== true;
    return this.#change({ method: "PATCH", path: recordPath(id, `/ingredients/${n}`), body: change, repeatable }, call);
  }

  /** Re-analyzes a record, with a hint from the user. `waitForRecord` waits for that too. */
  reanalyzeRecord(id: string, hint?: string, call: ChangeOptions = {}): Promise<RecordStatus> {
    const body = { hint };
    return this.#change({ method: "POST", path: recordPath(id, "/reanalyze"), body }, call);
  }

  /** Stops an analysis. */
  cancelRecord(id: string, { signal }: CallOptions = {}): Promise<CanceledRecord> {
    return this.#send({ method: "POST", path: recordPath(id, "/cancel"), signal });
  }

  /** Deletes a record with its photo; succeeds whether or not it exists. */
  async deleteRecord(id: string, { signal }: CallOptions = {}): Promise<void> {
    const call = { method: "DELETE", path: recordPath(id), repeatable: true, signal } as const;
    await this.#ports.transport.send(call, () => Promise.resolve());
  }

  /** The stored photo, without its metadata. */
  readImage(id: string, { signal }: CallOptions = {}): Promise<Blob> {
    const call = { method: "GET", path: recordPath(id, "/image"), signal } as const;
    return this.#ports.transport.send(call, (response) => response.blob());
  }

  /** A day's totals; today's, when none is named. */
  readSummary(query: SummariseDayQuery = {}, { signal }: CallOptions = {}): Promise<DaySummary> {
    return this.#send({ method: "GET", path: `${RECORDS}/summary`, query: { ...query }, repeatable: true, signal });
  }

  /** An access token for the user of a `signLogin`; needs no token itself. */
  logIn(login: Login, { signal }: CallOptions = {}): Promise<AccessToken> {
    return this.#send({ method: "POST", path: "/auth/hmac", body: login, repeatable: true, anonymous: true, signal });
  }

  /** Revokes all of the user's tokens issued so far. */
  async revokeTokens({ signal }: CallOptions = {}): Promise<void> {
    const call = { method: "POST", path: "/auth/revoke", signal } as const;
    await this.#ports.transport.send(call, () => Promise.resolve());
  }

  #send<Answer extends object>(call: Call): Promise<Answer> {
    return this.#ports.transport.send(call, (response) => readTagged<Answer>(response));
  }

  /** A change with `ifMatch` is sent once: a retry would be rejected because of the first attempt. */
  async #change<Answer extends object>(call: Call, options: ChangeOptions): Promise<Answer> {
    const { signal, ifMatch } = options;
    if ("ifMatch" in options && ifMatch === undefined) throw new TypeError(UNKNOWN_VERSION);
    const repeatable = call.repeatable === true && ifMatch === undefined;
    return this.#send({ ...call, headers: { "if-match": ifMatch }, repeatable, signal });
  }

  #create<Answer extends object>(
    path: string,
    body: object,
    { signal, idempotencyKey }: CreateOptions,
  ): Promise<Answer> {
    const headers = { "idempotency-key": idempotencyKey ?? createKey() };
    return this.#send({ method: "POST", path, headers, body, repeatable: true, signal });
  }

  /** Photos go as raw bytes, which the service streams into storage; their options are the query. */
  async #upload<Answer extends object>(
    path: string,
    photo: Photo,
    options: UploadOptions,
    call: UploadCallOptions,
  ): Promise<Answer> {
    if ("url" in photo) return this.#create(path, { ...options, body_url: photo.url }, call);
    const { signal, onProgress, idempotencyKey } = call;
    const body = await readPhoto(photo);
    const headers = { "content-type": photoType(body), "idempotency-key": idempotencyKey ?? createKey() };
    const query = { ...options };
    return this.#send({ method: "POST", path, query, headers, body, repeatable: true, signal, onProgress });
  }
}

/** One kind of error. */
export interface ProblemKind {
  status: 400 | 401 | 403 | 404 | 405 | 409 | 411 | 412 | 413 | 414 | 415 | 421 | 422 | 429 | 431 | 500 | 503;
  title: string;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** The summary on the page behind the `type` URI. */
  help: string;
}

/** The webhook attempt that an object is making, so that a deletion can break it off. */
export class AttemptUnderWay {
  #withdrawal: AbortController | null = null;
  #over: Promise<unknown> = Promise.resolve();

  /** Makes an attempt with the signal that breaks it off; rejects as `attempt` does. */
  async make(attempt: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const withdrawal = new AbortController();
    const made = attempt(withdrawal.signal);
    this.#withdrawal = withdrawal;
    this.#over = made.catch(() => undefined);
    await made;
  }

  /** Breaks off what is being sent, and resolves when it is over. */
  async withdraw(): Promise<void> {
    this.#withdrawal?.abort();
    await this.#over;
  }
}

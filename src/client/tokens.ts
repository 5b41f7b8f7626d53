/** Gets an access token, usually from your own server. */
export type GetToken = () => Promise<string>;

/** The access token of the moment. */
export interface TokenSource {
  get(): Promise<string>;
  /** Drops an expired token; false if there is no way to get another. */
  expire(token: string): boolean;
}

/** Asks for a token once, however many calls wait for it, and again when that one has run out. */
export function createTokenSource(given: string | GetToken | undefined): TokenSource {
  if (typeof given !== "function") {
    const get = () =>
      given === undefined ? Promise.reject(new TypeError("A token is required.")) : Promise.resolve(given);
    return { get, expire: () => false };
  }
  let asked: Promise<string> | null = null;
  let known: string | null = null;
  async function ask(getToken: GetToken): Promise<string> {
    try {
      return (known = await getToken());
    } catch (error) {
      asked = null;
      throw error;
    }
  }
  return {
    get: () => (asked ??= ask(given)),
    expire(token) {
      // Another call may have got the next one already.
      if (token === known) asked = known = null;
      return true;
    },
  };
}

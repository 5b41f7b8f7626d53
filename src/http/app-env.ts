import type { KnownApplication } from "../auth/application-directory.ts";
import type { Administrator } from "../auth/administrator.ts";
import type { Session } from "../auth/session.ts";
import type { Caller } from "../auth/tokens.ts";
import type { Deps } from "../wiring/deps.ts";
import type { Env } from "../env.ts";

/** What the Hono app carries through a request. */
export interface AppEnv {
  Bindings: Env;
  Variables: {
    deps: Deps;
    requestId: string;
    /** Set by `requireToken`. */
    caller: Caller;
    /** Set by `requireToken`: the caller's application. */
    application: KnownApplication;
    /** Set by `requireAdministrator` and `requireConsole`. */
    administrator: Administrator;
    /** Set by `requireConsole`; `formToken` goes into every form. */
    session: Session & { formToken: string };
  };
}

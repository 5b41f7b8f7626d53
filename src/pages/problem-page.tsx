import type { Context } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { PROBLEMS } from "../problems/problem-kinds.ts";
import type { Problem } from "../problems/problem.ts";
import { respondWithConsolePage } from "./console/console-response.ts";
import { ConsolePage } from "./console/console-page.tsx";
import type { ConsoleSession } from "./form.tsx";

/** Responds with a problem as a page of the console: what an API's client gets as a problem document. */
export function respondWithProblemPage(c: Context<AppEnv>, { code, detail, retryAfterSeconds }: Problem): Response {
  const { status, title } = PROBLEMS[code];
  const session = (c.get("session") as ConsoleSession | undefined) ?? null;
  if (retryAfterSeconds !== undefined) c.header("retry-after", String(retryAfterSeconds));
  const page = (
    <ConsolePage title={title} session={session}>
      <p class="eyebrow">
        {status} · <a href={`/problems/${code}`}>{code}</a>
      </p>
      <h1>{title}</h1>
      <p class="lead">{detail}</p>
      <p>
        <a href="/console">Back to applications</a>
      </p>
      <p class="quiet">
        Request id: <code>{c.var.requestId}</code>
      </p>
    </ConsolePage>
  );
  return respondWithConsolePage(c, page, status);
}

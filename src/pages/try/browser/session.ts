import { Morsel } from "../../../client/morsel.ts";
import { MorselProblem } from "../../../client/problem.ts";
import type { AccessToken, Problem } from "../../../client/types.ts";

async function refusal(response: Response): Promise<MorselProblem> {
  const body = (await response.json()) as Problem;
  return new MorselProblem({ ...body, requestId: body.request_id, retryAfterSeconds: null });
}

/** An access token for the visitor. The first one comes with the cookie that makes them known. */
async function getToken(): Promise<string> {
  const response = await fetch("/try/session", { method: "POST" });
  if (!response.ok) throw await refusal(response);
  return ((await response.json()) as AccessToken).access_token;
}

/** Calls the API as the visitor. */
export const morsel = new Morsel({ baseUrl: location.origin, getToken });

import { call } from "./tenant.ts";

export const ADMIN_TOKEN = "test-admin-token-0123456789";

/** A signed-in browser: one cookie. */
export interface OpenConsole {
  cookie: string;
  get(path: string): Promise<Response>;
}

/** Signs in with the administrator's token. */
export async function openConsole(): Promise<OpenConsole> {
  const response = await call("/console/sign-in", {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ token: ADMIN_TOKEN }),
  });
  const [cookie = ""] = (response.headers.get("set-cookie") ?? "").split(";");
  if (cookie === "") throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  return { cookie, get: (path) => call(path, { headers: { cookie }, redirect: "manual" }) };
}

/** The token that the forms of this session carry. */
export async function formTokenOn(console: OpenConsole): Promise<string> {
  const page = await (await console.get("/console/audit")).text();
  return / name="form_token" value="([0-9a-f]+)"/.exec(page)?.[1] ?? "";
}

/** Sends a form of the console, as a page of this session would. */
export const submit = async (
  console: OpenConsole,
  path: string,
  fields: Record<string, string> | [string, string][],
  headers: Record<string, string> = {},
): Promise<Response> =>
  call(path, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: console.cookie, ...headers },
    body: new URLSearchParams([
      ...Object.entries({ form_token: await formTokenOn(console) }),
      ...new URLSearchParams(fields),
    ]),
  });

/** The keys that a page shows this once. */
export const secretsIn = (html: string): string[] =>
  [...html.matchAll(/class="secret" type="text" value="([^"]+)"/g)].map(([, value = ""]) => value);
/** The hidden fields of the form on a page that is sent there, as a browser sends them. */
export function hiddenFields(html: string, action: string): Record<string, string> {
  const form = html.split("<form").find((part) => part.includes(`action="${action}"`)) ?? "";
  const [inside = ""] = form.split("</form>");
  const fields = [...inside.matchAll(/type="hidden" name="(?!form_token)([^"]+)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = "", value = ""]) => [name, value]));
}

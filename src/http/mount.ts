import type { Hono, MiddlewareHandler } from "hono";
import { z } from "zod";
import type { AppEnv } from "./app-env.ts";
import { requireAdministrator, requireToken } from "./authentication.ts";
import type { Operation } from "./operation.ts";
import { limitRate } from "./rate-limit.ts";

/**
 * What a path parameter may look like, as a pattern of the router; "" for any text without a slash. No number of a path has
 * more than nine digits (`MAX_APPLICATION_ID`).
 */
function patternOf(schema: unknown): string {
  if (schema instanceof z.ZodNumber) return "{[0-9]{1,9}}";
  if (schema instanceof z.ZodEnum) return `{${schema.options.join("|")}}`;
  return "";
}

/** A documented path as the router writes it: `/applications/{id}` becomes `/applications/:id{[0-9]+}`. */
const routerPath = (path: string, { shape }: Pick<z.ZodObject, "shape">): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => `:${name}${patternOf(shape[name])}`);

/** What a request must pass before the handler sees it. */
function guardsOf({ security, rate }: Operation): MiddlewareHandler<AppEnv>[] {
  if (security === "token") return [requireToken, limitRate(rate)];
  return security === "administrator" ? [requireAdministrator] : [];
}

const NO_PARAMETERS = { shape: {} };

/**
 * Mounts operations with their aliases under `prefix`, each behind its guards and then `middleware`. Paths without a
 * parameter come first: `/nutrition_records/summary` is not the id of a record.
 */
export function mountOperations(
  app: Hono<AppEnv>,
  prefix: "" | "/v3",
  operations: readonly Operation[],
  middleware: readonly MiddlewareHandler<AppEnv>[] = [],
): void {
  const routes = operations.flatMap((operation) =>
    [operation.path, ...(operation.aliases ?? [])].map((path) => ({ operation, path })),
  );
  const hasParameter = ({ path }: { path: string }): boolean => path.includes("{");
  for (const { operation, path } of [...routes.filter((each) => !hasParameter(each)), ...routes.filter(hasParameter)]) {
    const { method, pathParameters = NO_PARAMETERS, handler } = operation;
    const handlers = [...guardsOf(operation), ...middleware, handler];
    app.on(
      method.toUpperCase(),
      prefix + routerPath(path, pathParameters),
      ...(handlers as [MiddlewareHandler<AppEnv>]),
    );
  }
}

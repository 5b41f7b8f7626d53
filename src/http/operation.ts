import type { Context } from "hono";
import type { OperationContract } from "../openapi/operation.ts";
import type { AppEnv } from "./app-env.ts";

/** A documented path as the router writes it: `/{id}` becomes `/:id`. */
type RouterPath<Path extends string> = Path extends `${infer Head}{${infer Name}}${infer Tail}`
  ? `${Head}:${Name}${RouterPath<Tail>}`
  : Path;

type Handler<Path extends string> = (c: Context<AppEnv, RouterPath<Path>>) => Response | Promise<Response>;

/** A route: what it promises and what it does, in one place. */
export type Operation = OperationContract & { handler: Handler<string> };

/** Declares a route. Its handler knows the parameters that are in its path. */
export const operation = <const Path extends string>(
  declared: OperationContract & { path: Path; handler: Handler<Path> },
): Operation => declared;

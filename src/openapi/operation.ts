import type { z } from "zod";
import type { RateClass } from "../applications/rate-limits.ts";
import type { ProblemCode } from "../problems/problem-kinds.ts";
import type { ResponseHeader, RequestHeader } from "./headers.ts";

/** The groups of the documentation, in its order, each with the sentence under its heading. */
export const TAGS = {
  "Access tokens":
    "An application's server signs its user's id and exchanges it for a token, which the user's app sends with each request.",
  "Creating records": "A record is one meal: a photo to analyze, a label, a sentence, or a manual entry.",
  "Reading records": "Records, a small status for polling, photos, and lists.",
  "Changing records":
    "Corrections by the user. Every call accepts `If-Match`, to detect concurrent changes to the same record.",
  Applications: "Tenants and their keys, for the administrator of the service.",
  Webhooks: "What an application's endpoint receives, what was sent to it, and redelivery.",
  Operations: "Usage of the service and the history of individual records, for the administrator.",
  Service: "Health, this document, and the pages behind the errors.",
} as const;

export type Tag = keyof typeof TAGS;

/** A working value: the contract test sends each request's example and expects a successful response. */
export interface Example {
  summary: string;
  value: unknown;
}

/** One form of a body. Without a schema it is bytes, which the media type alone describes. */
export interface Content {
  schema?: z.ZodType;
  examples?: Readonly<Record<string, Example>>;
}

/** One successful response. Every response also has `x-request-id`. */
export interface SuccessResponse {
  description: string;
  headers?: readonly ResponseHeader[];
  /** By media type; absent when there is no body. */
  content?: Readonly<Record<string, Content>>;
}

/** Who may call, and for the owner of a token, which of its quotas a request counts against. */
type Access = { security: "token"; rate: RateClass } | { security: "administrator" | "public"; rate?: never };

/** The owner of a token, the administrator, or everybody. */
export type Security = Access["security"];

interface Promised {
  id: string;
  method: "get" | "post" | "put" | "patch" | "delete";
  /** With parameters in braces: `/nutrition_records/{id}`. */
  path: string;
  /** Other paths that do the same. */
  aliases?: readonly string[];
  tag: Tag;
  /** Says what it is for, in a few words without a full stop. */
  summary: string;
  /** Paragraphs are separated by an empty line; `code` is in backticks. */
  description?: string;
  /** Integers and enumerations are matched by the router: any other text is another path, and not found. */
  pathParameters?: z.ZodObject;
  query?: z.ZodObject;
  /** Query parameters that belong to one form of the body only, as the options of a raw photo do, are not required. */
  headers?: readonly RequestHeader[];
  /** The forms of the body, by media type. */
  body?: Readonly<Record<string, Content>>;
  responses: Readonly<Partial<Record<200 | 201 | 202 | 204 | 304, SuccessResponse>>>;
  /** The errors of this operation besides 401 and 500, which follow from `security`. */
  problems: readonly ProblemCode[];
}

/**
 * What a route promises. The schemas of parameters and bodies are those that validate, the schemas of responses those
 * that type the presenting functions.
 */
export type OperationContract = Promised & Access;

/** A body of a request or a response in JSON. */
export const json = (schema: z.ZodType, examples?: Readonly<Record<string, Example>>): Record<string, Content> => ({
  "application/json": { schema, ...(examples !== undefined && { examples }) },
});

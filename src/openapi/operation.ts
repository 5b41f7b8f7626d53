import type { z } from "zod";
import type { ProblemCode } from "../problems/problem-kinds.ts";
import type { AnswerHeader, RequestHeader } from "./headers.ts";

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

/** A value that really works: the contract test sends each request's example and expects a good answer. */
export interface Example {
  summary: string;
  value: unknown;
}

/** One form of a body. Without a schema it is bytes, which the media type alone describes. */
export interface Content {
  schema?: z.ZodType;
  examples?: Readonly<Record<string, Example>>;
}

/** One good answer. Every answer also has `x-request-id`. */
export interface Answer {
  description: string;
  headers?: readonly AnswerHeader[];
  /** By media type; absent when there is no body. */
  content?: Readonly<Record<string, Content>>;
}

/** Who may call: the owner of a token, the administrator, or everybody. */
export type Security = "token" | "administrator" | "nobody in particular";

/**
 * What a route promises, declared beside its handler. Schemas of parameters and bodies are those that validate, schemas
 * of answers those that type the presenting functions. 401 and 500 follow from `security` and are not repeated here.
 */
export interface Operation {
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
  security: Security;
  pathParameters?: z.ZodObject;
  query?: z.ZodObject;
  /** Query parameters that belong to one form of the body only, as the options of a raw photo do, are not required. */
  headers?: readonly RequestHeader[];
  /** The forms of the body, by media type. */
  body?: Readonly<Record<string, Content>>;
  answers: Readonly<Partial<Record<200 | 201 | 202 | 204 | 304, Answer>>>;
  /** The errors that this operation answers besides 401 and 500. */
  problems: readonly ProblemCode[];
}

/** Declares an operation, and lets the compiler check it. */
export const operation = (declared: Operation): Operation => declared;

/** A body or an answer in JSON. */
export const json = (schema: z.ZodType, examples?: Readonly<Record<string, Example>>): Record<string, Content> => ({
  "application/json": { schema, ...(examples !== undefined && { examples }) },
});

import type { z } from "zod";
import { PROBLEMS, type ProblemCode } from "../problems/problem-kinds.ts";
import { presentProblem, problem, problemSchema } from "../problems/problem.ts";
import type { ApiDocument } from "./api-document.ts";
import { RESPONSE_HEADERS, REQUEST_HEADERS, type ResponseHeader } from "./headers.ts";
import { SchemaRegistry, type Direction } from "./json-schema.ts";
import { TAGS, type Content, type OperationContract, type Security, type SuccessResponse } from "./operation.ts";
import { describeWebhooks } from "./webhook.ts";

/** What the whole document is about, apart from its operations. */
export interface About {
  title: string;
  version: string;
  description: string;
  /** Where the service is reached, without a trailing slash. */
  origin: string;
}

type Json = Record<string, unknown>;

/** The errors that come before any handler, by who may call. */
const REFUSALS: Record<Security, readonly ProblemCode[]> = {
  token: [
    "malformed_authorization",
    "invalid_token",
    "expired_token",
    "unknown_application",
    "inactive_application",
    "rate_limited",
  ],
  // The other two where Cloudflare Access lets administrators in.
  administrator: ["not_an_administrator", "foreign_request", "temporarily_unavailable"],
  public: [],
};

const SECURITY: Record<Security, Json[]> = {
  token: [{ token: [] }],
  administrator: [{ administrator: [] }],
  public: [],
};

const SECURITY_SCHEMES = {
  token: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "An access token of `POST /auth/hmac`." },
  administrator: {
    type: "http",
    scheme: "bearer",
    description:
      "The administrator token. Behind Cloudflare Access, the JWT that Access adds to each request is accepted instead.",
  },
};

/** The request id of examples. */
const EXAMPLE_REQUEST_ID = RESPONSE_HEADERS["x-request-id"].example;
/** Every response to a token holder states the remaining limits, errors included. */
const LIMITS: Record<Security, readonly ResponseHeader[]> = {
  token: ["RateLimit-Policy", "RateLimit"],
  administrator: [],
  public: [],
};

/** These statuses say when to come back. */
const WITH_RETRY_AFTER: ReadonlySet<number> = new Set([429, 503]);

/** What every request may meet. */
const OF_ALL = ["url_too_long", "headers_too_large", "internal_error"] as const;

/** Every error that an operation answers, the common ones included. */
const problemsOf = ({ security, body, problems }: OperationContract): ProblemCode[] => [
  ...new Set([
    ...REFUSALS[security],
    ...(body === undefined ? [] : (["body_too_large", "unsupported_encoding"] as const)),
    ...problems,
    ...OF_ALL,
  ]),
];

const mapValues = <From, To>(from: Readonly<Record<string, From>>, change: (value: From, key: string) => To) =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value, key)] as const));

class Assembly {
  readonly registry = new SchemaRegistry();
  /** The problems that operations answer, each once. */
  readonly examples: Record<string, Json> = {};
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  operation(operation: OperationContract, alias: boolean): Json {
    const { id, tag, summary, description, security, body } = operation;
    return {
      operationId: alias ? `${id}Alias` : id,
      tags: [tag],
      summary,
      ...(description !== undefined && { description }),
      security: SECURITY[security],
      parameters: this.#parameters(operation),
      ...(body !== undefined && { requestBody: { required: true, content: this.#content(body, "input") } }),
      responses: {
        ...mapValues(operation.responses, (answer) => this.#answer(answer, security)),
        ...this.#problems(operation),
      },
    };
  }

  #parameters({ pathParameters, query, headers = [] }: OperationContract): Json[] {
    return [
      ...(pathParameters === undefined ? [] : this.#fields(pathParameters, "path")),
      ...(query === undefined ? [] : this.#fields(query, "query")),
      ...headers.map((name) => ({ name, in: "header", ...REQUEST_HEADERS[name] })),
    ];
  }

  /** The fields of an object as parameters, each with its own description. Objects travel as JSON text. */
  #fields(fields: z.ZodObject, where: "path" | "query"): Json[] {
    const { properties = {}, required = [] } = this.registry.present(fields, "input");
    return Object.entries(properties).map(([name, { description, examples, ...schema }]) => ({
      name,
      in: where,
      ...(description !== undefined && { description }),
      required: where === "path" || required.includes(name),
      ...(schema.type === "array" && { style: "form", explode: false }),
      ...(schema.type === "object" ? { content: { "application/json": { schema } } } : { schema }),
      ...(Array.isArray(examples) && { example: examples[0] }),
    }));
  }

  #content(content: Readonly<Record<string, Content>>, io: Direction): Json {
    return mapValues(content, ({ schema, examples }) => ({
      ...(schema !== undefined && { schema: this.registry.present(schema, io) }),
      ...(examples !== undefined && { examples }),
    }));
  }

  #answer({ description, headers = [], content }: SuccessResponse, security: Security): Json {
    return {
      description,
      headers: headerLinks(["x-request-id", ...LIMITS[security], ...headers]),
      ...(content !== undefined && { content: this.#content(content, "output") }),
    };
  }

  /** One response per status, with one example per code. */
  #problems(operation: OperationContract): Json {
    const codes = problemsOf(operation);
    const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))];
    return Object.fromEntries(
      statuses.map((status) => {
        const own = codes.filter((code) => PROBLEMS[code].status === status);
        return [
          String(status),
          {
            description: own.map((code) => `\`${code}\`: ${PROBLEMS[code].title}.`).join(" "),
            headers: headerLinks([
              "x-request-id",
              ...(status === 401 ? [] : LIMITS[operation.security]),
              ...(WITH_RETRY_AFTER.has(status) ? (["Retry-After"] as const) : []),
            ]),
            content: {
              "application/problem+json": {
                schema: this.registry.present(problemSchema, "output"),
                examples: Object.fromEntries(own.map((code) => [code, this.#problemExample(code)])),
              },
            },
          },
        ];
      }),
    );
  }

  #problemExample(code: ProblemCode): Json {
    this.examples[code] = {
      summary: PROBLEMS[code].title,
      value: presentProblem(problem(code), this.#origin, EXAMPLE_REQUEST_ID),
    };
    return { $ref: `#/components/examples/${code}` };
  }
}

const headerLinks = (names: readonly ResponseHeader[]): Json =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** The paths that are mounted a second time under `/v3`. */
const UNDER_V3 = /^\/(auth|nutrition_records)\b/;

/** The OpenAPI 3.1 document of these operations and of the webhooks. Throws when two of them contradict each other: a bug. */
export function openApiDocument(operations: readonly OperationContract[], { origin, ...info }: About): ApiDocument {
  const assembly = new Assembly(origin);
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    for (const path of [operation.path, ...(operation.aliases ?? [])]) {
      const item = (paths[path] ??= UNDER_V3.test(path) ? {} : { servers: [{ url: origin }] });
      if (item[operation.method] !== undefined) throw new Error(`${operation.method} ${path} is described twice`);
      item[operation.method] = assembly.operation(operation, path !== operation.path);
    }
  }
  const document: Json = {
    openapi: "3.1.1",
    info: { ...info, license: { name: "MIT", identifier: "MIT" } },
    servers: [
      { url: origin, description: "All endpoints." },
      { url: `${origin}/v3`, description: "Records and tokens, for migrating clients that use this path." },
    ],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    webhooks: describeWebhooks(assembly.registry),
    components: {
      schemas: assembly.registry.components,
      examples: assembly.examples,
      headers: mapValues(RESPONSE_HEADERS, (header) => ({ ...header })),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
  return document as unknown as ApiDocument;
}

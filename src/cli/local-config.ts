import { parseOperationsSettings } from "../operations/settings.ts";
import { LOCAL_SECRETS } from "../secrets.ts";

/** A parsed wrangler configuration; wrangler itself validates what this file does not touch. */
export type WranglerConfig = Record<string, unknown>;

/** The Worker that stands in for Workers AI and completes the simulation of Images, as src/local-ai names itself. */
const LOCAL_AI = "morsel-local-ai";
const LOCAL_AI_ENTRYPOINT = { service: LOCAL_AI, entrypoint: "LocalAI" };
const LOCAL_IMAGES_ENTRYPOINT = { service: LOCAL_AI, entrypoint: "LocalImages" };

/** The embedded detector and reader of print, the only models that need neither network nor key. */
const EMBEDDED_MODEL = "@local/centernet-coco";
const EMBEDDED_OCR = "@local/tesseract";
/** The model behind `LOCAL_VLM_URL`. */
const OWN_MODEL = "@local/vlm";

/** What `npm start` passes on to the local Worker, so that it asks a vision model at a server of the user's own. */
export type ChatServerVars = { LOCAL_VLM_URL?: string; LOCAL_VLM_MODEL?: string; LOCAL_VLM_API_KEY?: string };

/** What `npm start` passes on to the service, so that it sends operational events. */
export type OperationsVars = { OPERATIONS_WEBHOOK_URL?: string; OPERATIONS_WEBHOOK_KEY?: string };

/** The variables of a chat server that are set, or a sentence that says what is wrong with them. */
export function readChatServerVars(environment: Record<string, string | undefined>): ChatServerVars | string {
  const { LOCAL_VLM_URL: url, LOCAL_VLM_MODEL: model, LOCAL_VLM_API_KEY: key } = environment;
  if (url === undefined || url === "") return {};
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) {
    return `LOCAL_VLM_URL must be the URL of an OpenAI-compatible server, such as http://localhost:11434, not "${url}".`;
  }
  return { LOCAL_VLM_URL: url, ...(model && { LOCAL_VLM_MODEL: model }), ...(key && { LOCAL_VLM_API_KEY: key }) };
}

/** The settings of the operators' webhook that are set, or a sentence that says what is wrong with them. */
export function readOperationsVars(environment: Record<string, string | undefined>): OperationsVars | string {
  const { OPERATIONS_WEBHOOK_URL, OPERATIONS_WEBHOOK_KEY } = environment;
  const parsed = parseOperationsSettings({ OPERATIONS_WEBHOOK_URL, OPERATIONS_WEBHOOK_KEY }, true);
  if (!parsed.ok) return `${parsed.error}.`;
  if (parsed.value === null) return {};
  return { OPERATIONS_WEBHOOK_URL: parsed.value.url, OPERATIONS_WEBHOOK_KEY: parsed.value.key };
}

/** The token of the local administrator. */
export const LOCAL_ADMIN_TOKEN = LOCAL_SECRETS.ADMIN_TOKEN;
/** The application that `npm start` makes. */
export const LOCAL_APPLICATION_ID = 1;

/**
 * The service's local configuration, derived from the production one: Workers AI, which has no local simulation,
 * and Images, whose simulation leaves steps out, become service bindings to the local Worker, and the variables become
 * local ones. Everything else stays as it is
 * written. `pathToRoot` leads from the derived file's folder to the production file's.
 */
export function deriveLocalConfig(
  production: WranglerConfig,
  pathToRoot: string,
  port: number,
  chatServer: ChatServerVars = {},
  operations: OperationsVars = {},
): WranglerConfig {
  const visionModel = chatServer.LOCAL_VLM_URL === undefined ? EMBEDDED_MODEL : OWN_MODEL;
  const { ai, images, observability: _ofDeploymentsOnly, ...shared } = production;
  return {
    ...moveConfig(shared, pathToRoot),
    services: [
      ...tables(shared["services"]),
      { binding: (ai as { binding: string }).binding, ...LOCAL_AI_ENTRYPOINT },
      { binding: (images as { binding: string }).binding, ...LOCAL_IMAGES_ENTRYPOINT },
    ],
    vars: {
      ...(shared["vars"] as WranglerConfig),
      ...LOCAL_SECRETS,
      ...operations,
      PRECISE_MODELS: visionModel,
      FAST_MODELS: visionModel,
      TEXT_MODELS: chatServer.LOCAL_VLM_URL === undefined ? "" : OWN_MODEL,
      LABEL_MODELS: chatServer.LOCAL_VLM_URL === undefined ? EMBEDDED_OCR : `${OWN_MODEL},${EMBEDDED_OCR}`,
      TRANSLATION_MODEL: "",
      ALLOW_LOOPBACK_HTTP: "true",
      FAIL_FAST: "true",
      TRY_IT_APPLICATION_ID: String(LOCAL_APPLICATION_ID),
      PUBLIC_URL: `http://localhost:${port}`,
    },
  };
}

/**
 * The local queue hands out one batch after the other, where the platform has many consumers: what runs side by side
 * there comes in one batch here. The places for whole photos (`analysis/photo-slots.ts`) are the same for both.
 */
const LOCAL_BATCH_SIZE = 10;

function widenBatches(queues: unknown): unknown {
  const { consumers, ...others } = (queues ?? {}) as WranglerConfig;
  const widened = tables(consumers).map((consumer) =>
    Object.assign({}, consumer, { max_batch_size: Math.max(Number(consumer["max_batch_size"]), LOCAL_BATCH_SIZE) }),
  );
  return { ...others, consumers: widened };
}

/** The same configuration for a file in another folder: its paths are relative to the file that names them. */
export function moveConfig(config: WranglerConfig, pathToOrigin: string): WranglerConfig {
  const moved = (path: unknown) => `${pathToOrigin}/${String(path)}`;
  const databases = tables(config["d1_databases"]).map((database) =>
    Object.assign({}, database, { migrations_dir: moved(database["migrations_dir"]) }),
  );
  return {
    ...config,
    main: moved(config["main"]),
    ...(databases.length > 0 && { d1_databases: databases }),
    ...(config["queues"] !== undefined && { queues: widenBatches(config["queues"]) }),
  };
}

const tables = (value: unknown): WranglerConfig[] => (value ?? []) as WranglerConfig[];

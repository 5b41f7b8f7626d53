import { WorkerEntrypoint } from "cloudflare:workers";
import { createChatModel } from "./chat-server.ts";
import { detect } from "./detector.ts";
import { readText } from "./text-reader.ts";
import { noSuchModel } from "./workers-ai-error.ts";

export { LocalImages } from "./images.ts";

type Model = (input: Record<string, unknown>) => Promise<unknown>;

const MODELS = new Map<string, Model>([
  ["@local/centernet-coco", detect],
  ["@local/tesseract", readText],
]);

/** The settings of the local Worker; `npm start` passes them on from its environment. */
interface LocalAIEnv {
  LOCAL_VLM_URL?: string;
  LOCAL_VLM_MODEL?: string;
  LOCAL_VLM_API_KEY?: string;
}

const orNull = (text: string | undefined): string | null => (text === undefined || text === "" ? null : text);

/** A vision model at a server of the user's own, if there is one. */
function chatModelOf(env: LocalAIEnv): Model | undefined {
  const url = orNull(env.LOCAL_VLM_URL);
  if (url === null) return undefined;
  const server = { url, model: orNull(env.LOCAL_VLM_MODEL), apiKey: orNull(env.LOCAL_VLM_API_KEY) };
  return createChatModel(server, (input, init) => fetch(input, init));
}

/** Stands in for the `AI` binding: the same `run` as `env.AI.run`, with models that need no network. */
export class LocalAI extends WorkerEntrypoint<LocalAIEnv> {
  /** Answers as the model does. Rejects with the codes of Workers AI, 5007 for a model that is not here. */
  async run(model: string, input: Record<string, unknown>, _options?: Record<string, unknown>): Promise<unknown> {
    const answer = model === "@local/vlm" ? chatModelOf(this.env) : MODELS.get(model);
    if (answer === undefined) throw noSuchModel(model);
    return await answer(input);
  }
}

export default {
  fetch: () => new Response("local-ai is available only through its LocalAI entrypoint.\n"),
} satisfies ExportedHandler;

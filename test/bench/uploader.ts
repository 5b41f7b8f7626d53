import { Agent, request, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { numbered, type EncodedPhoto } from "./photo.ts";

/** Sends photos, each different, over connections that stay open. Not with `fetch`, which takes more of the machine from the server. */
export interface Uploader {
  /** Resolves with the record's id; rejects unless the answer is 202. */
  upload(): Promise<string>;
  close(): void;
}

/** `photo` is raw. */
export function createUploader(origin: string, authorization: string, photo: EncodedPhoto): Uploader {
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization, "content-type": photo.contentType, "content-length": photo.body.length };
  let sent = 0;
  const send = (): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      request(`${origin}/nutrition_records/image`, { method: "POST", agent, headers }, resolve)
        .on("error", reject)
        .end(numbered(photo.body, sent++));
    });
  return {
    async upload() {
      const response = await send();
      const body = (await json(response)) as { record_id: string };
      if (response.statusCode !== 202) throw new Error(`upload: ${response.statusCode} ${JSON.stringify(body)}`);
      return body.record_id;
    },
    close: () => agent.destroy(),
  };
}

import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Morsel, signLogin } from "../../src/client/index.ts";
import { ROOT, startMorsel } from "../support/node/running-morsel.ts";

const ORANGE = join(ROOT, "test/samples/orange.jpg");
const LOCAL = { applicationId: 1, hmacKey: "local-hmac-key-0123456789" };

it("analyses a photo from a path, a Blob and a Buffer against the running service", async () => {
  const { origin } = await startMorsel();
  const ada: Morsel = new Morsel({
    baseUrl: origin,
    getToken: async () => (await ada.logIn(await signLogin({ ...LOCAL, userId: "ada" }))).access_token,
  });
  const photos = [{ path: ORANGE }, await openAsBlob(ORANGE), await readFile(ORANGE)];
  const ids: string[] = [];
  for (const photo of photos) {
    const statuses: string[] = [];
    const progress: number[] = [];
    const record = await ada.analyze(
      photo,
      { metadata: { from: "client.test.ts" } },
      {
        onStatus: ({ status }) => statuses.push(status),
        onProgress: ({ sentBytes, totalBytes }) => progress.push(sentBytes / totalBytes),
      },
    );
    expect(record).toMatchObject({ status: "completed", dish_name: "orange", metadata: { from: "client.test.ts" } });
    expect(record.analysis?.boxes?.length).toBeGreaterThan(0);
    expect(statuses.at(-1)).toBe("completed");
    expect(progress.at(-1)).toBe(1);
    ids.push(record.record_id);
  }

  const listed: string[] = [];
  for await (const { record_id } of ada.listRecords({ limit: 2 })) listed.push(record_id);
  expect(listed.toSorted()).toEqual(ids.toSorted());
}, 180_000);

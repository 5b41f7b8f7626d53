import { PHOTO_BYTES, type Bench } from "./bench.ts";
import { compareUnderLoad, type Contest } from "./contest.ts";
import { encodings, photoOf, type EncodedPhoto } from "./photo.ts";
import type { Row } from "./report.ts";
import { startServer } from "./servers.ts";
import { moveIn } from "./tenant.ts";
import { serviceWithoutConsumer, uploadsFloor } from "./workers.ts";

const CONNECTIONS = 8;
const MAX_OWN_MICROSECONDS = 1000;

/** Fresh servers that take photos in and do nothing more with them. */
async function uploadContest(bench: Bench, photo: EncodedPhoto): Promise<Contest> {
  const floor = await startServer(bench.stateRoot, uploadsFloor());
  const service = await startServer(bench.stateRoot, serviceWithoutConsumer(bench.service));
  const load = {
    path: "/nutrition_records/image",
    successStatus: 202,
    method: "POST" as const,
    headers: { authorization: await moveIn(service.origin), "content-type": photo.contentType },
    body: photo.body,
    connections: CONNECTIONS,
  };
  return { name: `uploads, ${photo.encoding}`, floor, service, load, maxOwnMicroseconds: MAX_OWN_MICROSECONDS };
}

/** Uploads a second, in each encoding. */
export async function measureUploads(bench: Bench): Promise<Row[]> {
  const rows: Row[] = [];
  for (const photo of await encodings(photoOf(PHOTO_BYTES))) {
    rows.push(...(await compareUnderLoad(bench, await uploadContest(bench, photo))));
  }
  return rows;
}

import { LOCAL_ADMIN_TOKEN } from "./local-config.ts";

interface Welcome {
  origin: string;
  authorizationFile: string;
  logFile: string;
}

/** What `npm start` prints once everything responses. The first line is a promise to scripts: they wait for it. */
export function welcomeText({ origin, authorizationFile, logFile }: Welcome): string {
  const asDemo = `curl -s -H @${authorizationFile}`;
  return `Morsel is ready on ${origin}

  Try it        ${origin}/
  Console       ${origin}/console
  Admin token   ${LOCAL_ADMIN_TOKEN}
  Log           ${logFile}

Upload a photo as user "demo" of the local application, from this folder in another terminal:

  ID=$(${asDemo} -H 'content-type: image/jpeg' --data-binary @test/samples/orange.jpg ${origin}/nutrition_records/image | sed 's/.*"record_id":"\\([^"]*\\)".*/\\1/'); echo $ID

Read what came of it:

  ${asDemo} ${origin}/nutrition_records/$ID

Have webhooks sent to a receiver of yours:

  curl -s -X PATCH -H 'authorization: Bearer ${LOCAL_ADMIN_TOKEN}' -H 'content-type: application/json' -d '{"webhook_url":"http://127.0.0.1:9099/hook"}' ${origin}/admin/applications/1

Ctrl-C stops it; the records stay.
`;
}

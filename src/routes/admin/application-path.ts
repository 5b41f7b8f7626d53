import { z } from "zod";
import { SAMPLE_APPLICATION } from "../../openapi/samples.ts";

/** What a path of the administrator's names an application by. */
export const applicationPath = z.object({
  id: z.int().meta({ description: "The application's id.", examples: [SAMPLE_APPLICATION.id] }),
});

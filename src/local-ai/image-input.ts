import { z } from "zod";
import { invalidInput } from "./workers-ai-error.ts";

/** `image` is a JPEG, PNG or WebP file in any form that Workers AI takes bytes in; `orientation` its EXIF value. */
const inputSchema = z.object({
  image: z.union(
    [
      z.instanceof(Uint8Array),
      z.instanceof(ArrayBuffer).transform((buffer) => new Uint8Array(buffer)),
      z.array(z.int().min(0).max(255)).transform((bytes) => Uint8Array.from(bytes)),
    ],
    "expected bytes",
  ),
  orientation: z.int().min(1).max(8).default(1),
});

/** Throws 5004, as Workers AI does, for an input of another shape. */
export function parseImageInput(input: Record<string, unknown>): z.infer<typeof inputSchema> {
  const parsed = inputSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
}

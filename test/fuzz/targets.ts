import type { Target } from "./target.ts";
import { answer } from "./targets/model-output.ts";
import { cursor } from "./targets/cursor.ts";
import { image } from "./targets/image.ts";
import { label } from "./targets/label.ts";
import { metadata } from "./targets/metadata.ts";
import { multipart } from "./targets/multipart.ts";
import { text } from "./targets/text.ts";

export const TARGETS: Readonly<Record<string, Target>> = { image, metadata, multipart, cursor, label, text, answer };

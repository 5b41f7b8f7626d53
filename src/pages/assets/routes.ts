import { Hono } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { CONSOLE_SCRIPT } from "./console-script.ts";
import { CONSOLE_STYLESHEET } from "./console-stylesheet.ts";
import { ICON } from "./icon.ts";
import { OPERATIONS_STYLES } from "./operations-styles.ts";
import { TRY_SCRIPT } from "../try/script.ts";
import { TRY_STYLESHEET } from "../try/stylesheet.ts";
import {
  CONSOLE_SCRIPT_PATH,
  CONSOLE_STYLESHEET_PATH,
  ICON_PATH,
  SEARCH_SCRIPT_PATH,
  STYLESHEET_PATH,
  TRY_SCRIPT_PATH,
  TRY_STYLESHEET_PATH,
} from "./paths.ts";
import { SEARCH_SCRIPT } from "./search-script.ts";
import { STYLESHEET } from "./stylesheet.ts";

/** The pages' own files, each with its media type. They change with a deployment only. */
const ASSETS: readonly [path: string, contentType: string, text: string][] = [
  [STYLESHEET_PATH, "text/css; charset=utf-8", STYLESHEET],
  [CONSOLE_STYLESHEET_PATH, "text/css; charset=utf-8", CONSOLE_STYLESHEET + OPERATIONS_STYLES],
  [CONSOLE_SCRIPT_PATH, "text/javascript; charset=utf-8", CONSOLE_SCRIPT],
  [SEARCH_SCRIPT_PATH, "text/javascript; charset=utf-8", SEARCH_SCRIPT],
  [TRY_STYLESHEET_PATH, "text/css; charset=utf-8", TRY_STYLESHEET],
  [TRY_SCRIPT_PATH, "text/javascript; charset=utf-8", TRY_SCRIPT],
  [ICON_PATH, "image/svg+xml", ICON],
];

export const assetRoutes = new Hono<AppEnv>();

for (const [path, contentType, text] of ASSETS) {
  assetRoutes.get(path, (c) =>
    c.body(text, 200, {
      "content-type": contentType,
      "cache-control": "public, max-age=300",
    }),
  );
}

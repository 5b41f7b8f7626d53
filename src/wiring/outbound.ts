import type { Config } from "../config.ts";
import { createOutbound, type Outbound } from "../outbound/outbound.ts";
import { callOut, resolve } from "./platform.ts";

/** Requests to addresses that others name, under the rules of this installation. */
export const outboundOf = ({ allowLoopbackHttp }: Config): Outbound =>
  createOutbound({ fetch: callOut, resolve, allowLoopbackHttp });

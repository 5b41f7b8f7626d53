export { etagOf } from "./etags.ts";
export { Morsel } from "./morsel.ts";
export type {
  CallOptions,
  ChangeOptions,
  CreateOptions,
  MorselOptions,
  ReadOptions,
  UploadCallOptions,
} from "./morsel.ts";
export type { ListenOptions } from "./events.ts";
export type { Photo, PhotoData } from "./photo.ts";
export { MorselProblem } from "./problem.ts";
export type { ClientProblemCode, ProblemFacts } from "./problem.ts";
export type * from "./requests.ts";
export { signLogin } from "./sign-login.ts";
export type { LoginInput } from "./sign-login.ts";
export type { GetToken } from "./tokens.ts";
export type * from "./types.ts";
export type { Fetch, OnProgress, UploadProgress } from "./upload.ts";
export { verifyWebhook } from "./verify-webhook.ts";
export type {
  ReceivedWebhook,
  VerifyOptions,
  WebhookHeaders,
  WebhookRefusal,
  WebhookVerdict,
} from "./verify-webhook.ts";
export type { OnStatus, WaitOptions } from "./wait.ts";

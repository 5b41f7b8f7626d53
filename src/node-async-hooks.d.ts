/** The one class of Node's async_hooks that the Worker uses; the Workers types leave Node's modules out. */
declare module "node:async_hooks" {
  /** A value for as long as some work continues, seen by everything that the work calls, awaits or leaves running. */
  export class AsyncLocalStorage<Value> {
    run<Returned>(value: Value, work: () => Returned): Returned;
    getStore(): Value | undefined;
  }
}

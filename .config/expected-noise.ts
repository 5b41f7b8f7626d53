/**
 * What workerd itself reports, with a stack, when a test cuts an upload off, lets a model fail, stops an object or calls
 * an endpoint that breaks the connection. The tests judge the outcome; everything that is not listed here still reaches
 * the terminal.
 */
const EXPECTED = [
  "fixed-length pipe ended prematurely",
  "read end of pipe was aborted",
  "stack = Error: Network connection lost.",
  "ScriptedAI.run",
  "a test stopped this object",
  "rust/worker/ffi.rs:110: disconnected",
  "TLS handshake failed",
];

/** Keeps the expected reports off this process's terminal, which is where the test pool writes them. */
export function silenceExpectedNoise(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array, ...rest: never[]): boolean =>
      EXPECTED.some((report) => chunk.toString().includes(report)) || write(chunk, ...rest);
  }
}

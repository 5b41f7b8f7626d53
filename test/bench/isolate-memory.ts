/** What V8 says of an isolate (Chrome DevTools Protocol, Runtime.getHeapUsage), bytes. */
interface HeapUsage {
  usedSize: number;
  embedderHeapUsedSize: number;
  /** The bytes of its ArrayBuffers, which lie outside of the heap. */
  backingStorageSize: number;
}

interface Target {
  id: string;
  webSocketDebuggerUrl: string;
}

const bytesOf = ({ usedSize, embedderHeapUsedSize, backingStorageSize }: HeapUsage): number =>
  usedSize + embedderHeapUsedSize + backingStorageSize;

/** Opens the inspector of one Worker's isolate. Throws when there is no such Worker. */
async function openInspector(inspector: URL, worker: string): Promise<WebSocket> {
  const targets = (await (await fetch(new URL("/json", `http://${inspector.host}`))).json()) as Target[];
  const target = targets.find(({ id }) => id === `core:user:${worker}`);
  if (target === undefined) throw new Error(`workerd has no Worker ${worker} to inspect`);
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("error", () => reject(new Error(`the inspector of ${worker} cannot be reached`)));
  });
  return socket;
}

function nextUsage(socket: WebSocket, id: number): Promise<HeapUsage> {
  const answer = new Promise<HeapUsage>((resolve) => {
    socket.addEventListener(
      "message",
      ({ data }) => resolve((JSON.parse(String(data)) as { result: HeapUsage }).result),
      { once: true },
    );
  });
  socket.send(JSON.stringify({ id, method: "Runtime.getHeapUsage" }));
  return answer;
}

/**
 * Asks an isolate again and again what it holds: its heap and its buffers, not what the rest of workerd does, where the
 * local R2 keeps whole photos. Returns how to end the watch, which tells the peak in bytes.
 */
export async function watchIsolate(inspector: URL, worker: string): Promise<() => Promise<number>> {
  const socket = await openInspector(inspector, worker);
  let peak = 0;
  const end = new AbortController();
  const watch = async (): Promise<void> => {
    for (let id = 1; !end.signal.aborted; id++) peak = Math.max(peak, bytesOf(await nextUsage(socket, id)));
  };
  const watched = watch();
  return async () => {
    end.abort();
    await watched;
    socket.close();
    return peak;
  };
}

import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** The unit of the times in /proc: Linux shows them in hundredths of a second on every architecture. */
const TICK_MICROSECONDS = 10_000;

/** The fields of /proc/PID/stat behind the command's name, which may hold spaces itself (proc(5)). */
const statFields = (pid: number): string[] => {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
};

/** User and system time that a process has used so far, microseconds; NaN where there is no /proc. */
export function cpuMicroseconds(pid: number | null): number {
  if (pid === null) return Number.NaN;
  const fields = statFields(pid);
  return (Number(fields[11]) + Number(fields[12])) * TICK_MICROSECONDS;
}

/** The workerd processes that this one has started; none where there is no /proc. */
export function workerdChildren(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => isOwnWorkerd(pid));
  } catch {
    return [];
  }
}

function isOwnWorkerd(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8") === "workerd\n" && Number(statFields(pid)[1]) === process.pid;
  } catch {
    // It ended between the listing and the reading.
    return false;
  }
}

const statusBytes = (pid: number, field: "VmRSS" | "VmHWM"): number =>
  Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;

/**
 * Begins to watch the memory of a process. Returns how to ask for its peak above what it held at the beginning, bytes;
 * NaN where there is no /proc.
 */
export function watchMemory(pid: number | null): () => number {
  if (pid === null) return () => Number.NaN;
  // 5 resets the peak (proc(5), clear_refs).
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const idleBytes = statusBytes(pid, "VmRSS");
  return () => statusBytes(pid, "VmHWM") - idleBytes;
}

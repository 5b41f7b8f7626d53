// Loaded into wrangler's processes (`--import`). Their standard input is a pipe from the launcher, which never writes to
// it: it ends when the launcher is gone, even by `kill -9`, and then the whole process group, workerd included, must go.
process.stdin.on("end", () => process.kill(0, "SIGKILL"));
process.stdin.resume().unref();

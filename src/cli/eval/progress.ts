/** Reports progress; on a terminal in one line that is overwritten, otherwise every tenth item. */
export function showProgress(what: string, total: number): (done: number) => void {
  let lastTenth = -1;
  return (done) => {
    const tenth = Math.floor((done * 10) / total);
    if (process.stderr.isTTY) process.stderr.write(`\r${what}: ${done}/${total}${done === total ? "\n" : ""}`);
    else if (tenth !== lastTenth) process.stderr.write(`${what}: ${done}/${total}\n`);
    lastTenth = tenth;
  };
}

// What all connections of one behaviour server share.
export const state = {
  counter: 0,
  opened: 0,
  closed: 0,
  pings: 0,
  running: new Set(),
  cancelled: [],
  tools: new Map(),
  connections: new Set(),
};

export function stats() {
  const { counter, opened, closed, pings, running, cancelled } = state;
  return { pid: process.pid, open: opened - closed, opened, closed, pings, counter, running: [...running], cancelled };
}

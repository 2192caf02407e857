// stub-router.mjs PORT FIXTURE_URL: passes http://localhost:PORT/servers/fixture/mcp on to FIXTURE_URL unchanged, to prove
// that the gate passes a router that changes nothing. BREAK makes it wrong in one way, to prove that the gate can fail:
//   drop-progress  progress notifications vanish      no-sessions   DELETE is answered, but the session lives on
//   drop-defs      schemas lose their $defs           no-resume     GET with Last-Event-ID finds no stream
//   json-answers   an event stream that begins with the answer becomes plain JSON
import { createServer, request } from 'node:http';

const [port, fixture] = [Number(process.argv[2]), new URL(process.argv[3])];
const fault = process.env.BREAK;

const lossy = {
  'drop-progress': (line) => (line.includes('notifications/progress') ? '' : line),
  'drop-defs': (line) => line.replaceAll('"$defs"', '"defs"'),
}[fault];

function refused(req) {
  if (fault === 'no-sessions' && req.method === 'DELETE') return 200;
  if (fault === 'no-resume' && req.headers['last-event-id']) return 405;
  return undefined;
}

function relayLines(answer, res) {
  let rest = '';
  answer.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) res.write(`${lossy(line)}\n`);
  });
  answer.on('end', () => res.end(lossy(rest)));
}

function relayAsJson(answer, res) {
  let body = '';
  answer.on('data', function decide(chunk) {
    body += chunk;
    const first = body.match(/^data: (\{.*\})\n/m)?.[1];
    if (first === undefined) return;
    answer.off('data', decide);
    const { 'transfer-encoding': _, ...headers } = answer.headers;
    if (!JSON.parse(first).method) {
      res.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(first);
      return;
    }
    res.writeHead(200, answer.headers).write(body);
    answer.pipe(res);
  });
  answer.on('end', () => res.headersSent || res.writeHead(200, answer.headers).end(body));
}

function relay(req, answer, res) {
  const streamed = answer.headers['content-type'] === 'text/event-stream';
  if (fault === 'json-answers' && req.method === 'POST' && streamed) return relayAsJson(answer, res);
  res.writeHead(answer.statusCode, answer.headers);
  res.flushHeaders();
  return lossy ? relayLines(answer, res) : answer.pipe(res);
}

const listener = createServer((req, res) => {
  const status = req.url === '/servers/fixture/mcp' ? refused(req) : 404;
  if (status) return res.writeHead(status).end();
  const options = { host: fixture.hostname, port: fixture.port, path: fixture.pathname };
  const onward = request({ ...options, method: req.method, headers: req.headers }, (answer) => relay(req, answer, res));
  onward.on('error', () => res.headersSent || res.writeHead(502).end());
  res.on('close', () => onward.destroy());
  req.pipe(onward);
});
listener.listen(port, '127.0.0.1', () => console.log(`ready ${listener.address().port}`));

import { createServer } from 'node:http';
import { listenOnLoopback } from '../loopbackServer.ts';

// What a flood costs where nothing looks at it: answers 401 on the port it is given, without reading a body.
const server = createServer((_request, response) => {
  response.writeHead(401, { 'content-type': 'application/json' });
  response.end('{"code":"unauthorized"}');
});
await listenOnLoopback(server, Number(process.argv[2]));

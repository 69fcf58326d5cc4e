// Preloaded into programs that would listen on every interface: a demo is for this machine alone.
const { Server } = require('node:net');

const listen = Server.prototype.listen;
Server.prototype.listen = function listenOnLoopback(port, ...rest) {
  if (typeof port !== 'number' && typeof port !== 'string') return listen.call(this, port, ...rest);
  return listen.call(
    this,
    { port: Number(port), host: '127.0.0.1' },
    ...rest.filter((one) => typeof one === 'function'),
  );
};

// Preload (node --import): every listen(port) WITHOUT a host binds 127.0.0.1 instead of all interfaces.
// Patches the low-level _listen2 so that server.address() stays available synchronously
// (the suite's fake servers read .address().port right after listen(0)).
import net from 'node:net';
const host = process.env.LOOPBACK_HOST || '127.0.0.1';
const orig = net.Server.prototype._listen2;
net.Server.prototype._listen2 = function (address, port, addressType, ...rest) {
  if ((address === null || address === undefined) && typeof port === 'number' && port >= 0) {
    address = host;
    addressType = host.includes(':') ? 6 : 4;
  }
  return orig.call(this, address, port, addressType, ...rest);
};

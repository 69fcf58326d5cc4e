// `npm run demo`: installs what is missing, then hands over to demo/main.ts on the project's own Node.
import { installPackages, ownNode } from './install/packages.js';
import { installRedisServer } from './install/redisServer.js';
import { runInstead } from './install/runInstead.js';

try {
  installPackages();
  installRedisServer();
  process.exitCode = await runInstead(ownNode, ['demo/main.ts', ...process.argv.slice(2)]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

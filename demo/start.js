// `npm run demo`: installs what is missing, then hands over to demo/main.ts on the project's own Node.
import { installPackages, ownNode } from './install/packages.js';
import { installRedisServer } from './install/redisServer.js';
import { runInstead } from './install/runInstead.js';

try {
  installPackages();
  installRedisServer();
  process.exitCode = await runInstead(ownNode, [
    // The chat page's modules lose their types by a part of Node that calls itself experimental.
    '--disable-warning=ExperimentalWarning',
    'demo/main.ts',
    ...process.argv.slice(2),
  ]);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

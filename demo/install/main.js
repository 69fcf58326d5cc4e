// Runs on the machine's own Node (18 or later), before there are packages: plain JavaScript, nothing imported but Node.
import { installBrowser } from './browser.js';
import { installPackages } from './packages.js';
import { installRedisServer } from './redisServer.js';
import { installTsql } from './tsql.js';

try {
  installPackages();
  installRedisServer();
  if (!process.argv.includes('--without-browser')) installBrowser();
  installTsql();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

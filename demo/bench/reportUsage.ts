import type { Usage } from './manySandboxes.ts';

// Loaded before a process that is measured: it answers whoever started it what it uses, since only it can say so on every platform.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const usage: Usage = {
    cpuMs: (user + system) / 1000,
    residentMegabytes: process.memoryUsage.rss() / 2 ** 20,
    connections: process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
  };
  process.send?.(usage);
});
// Who is only asked does not have to stay for that.
process.channel?.unref();

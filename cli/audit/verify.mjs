// Checks the files beside it: node verify.mjs. Needs nothing but Node; README.txt says the same in words.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const text = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const lines = (name) => text(name).split('\n').filter(Boolean);
const sha256 = (...parts) => createHash('sha256').update(parts.join('')).digest('hex');
const problems = [];
const unchecked = [];
const check = (holds, what) => holds || problems.push(what);

const chain = lines('chain.txt').map((line) => line.split(' '));
const records = lines('records.jsonl');
check(records.length === chain.length, 'records.jsonl and chain.txt have different lengths');
let previous = '0'.repeat(64);
for (const [index, line] of records.entries()) {
  const [seq, before, hash] = chain[index] ?? [];
  check(before === previous && hash === sha256(before, line), `record ${seq} does not follow`);
  previous = hash;
}
check(text('head.txt').trim() === previous, 'the head is another one');

const evidence = records.map((line) => JSON.parse(line).evidence);
const bound = evidence.at(-1)?.document;
check(!bound || bound === sha256(text('document.json')), 'document.json is not what the last record binds');
const binding = text('binding.json');
if (binding)
  check(sha256(binding) === JSON.parse(text('document.json')).plan.digest, 'the digest is not that of the plan');

const { first, hash: start } = JSON.parse(text('log-start.json'));
let running = start;
const log = lines('log.jsonl').map((line) => (running = sha256(running, line)));
for (const head of evidence.map((one) => one?.log).filter((one) => one && one.lines >= first))
  check(log[head.lines - first] === head.hash, `line ${head.lines} of the log is not what was bound`);

for (const { key, value, statement, seq } of lines('signatures.jsonl').map((line) => JSON.parse(line))) {
  const known = JSON.parse(text('keys.json'))[key];
  if (!known) {
    unchecked.push(`The signature of record ${seq} was not checked: the key ${key} is not in keys.json`);
    continue;
  }
  const own = createPublicKey({ key: Buffer.from(known, 'base64'), format: 'der', type: 'spki' });
  check(
    verify(null, Buffer.from(statement), own, Buffer.from(value, 'base64')),
    `the signature of record ${seq} is wrong`,
  );
  const record = JSON.parse(records[seq - 1]);
  const said = JSON.parse(statement);
  check(
    JSON.stringify(said.data) === JSON.stringify(record.data) && said.person.id === record.actor.id,
    `record ${seq} is not what was signed`,
  );
  check(
    said.runId === record.runId && said.seq === record.seq && said.event === record.event,
    `record ${seq} is not what was signed`,
  );
  check(said.previousHash === chain[seq - 1][1], `record ${seq} was signed elsewhere`);
}

for (const line of unchecked) console.log(line);
console.log(problems.length === 0 ? `Intact: ${records.length} records, head ${previous}` : problems.join('\n'));
process.exitCode = problems.length === 0 ? 0 : 1;

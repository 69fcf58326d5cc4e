import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { canonicalJson } from '../../engine/journal/canonicalJson.ts';
import type { RunReport } from '../../engine/journal/audit/examineRun.ts';
import type { RunMaterial } from '../../engine/journal/audit/material.ts';
import { CHAIN_START, hashedText } from '../../engine/journal/hashChain.ts';
import { isPersonsDecision, signedText, type VerifyingKey } from '../../engine/journal/signatures.ts';
import { shownText } from '../../engine/shownText.ts';
import { COVERAGE } from './coverage.ts';
import { describeRecord } from './describeRecord.ts';

/** The steps that a rule pack is carried out and proved in. */
const RULE_STEPS: ReadonlySet<string> = new Set(['sanitize', 'verify-sanitization', 'apply-target-settings']);

/** The evidence of one run as a zip archive that can be checked without Rewind. */
export function bundleOf(material: RunMaterial, report: RunReport, keys: readonly VerifyingKey[]): Uint8Array {
  const files = Object.entries(filesOf(material, report, keys)).map(([name, text]) => [name, strToU8(text)] as const);
  // As old as its last record.
  return zipSync(Object.fromEntries(files), { mtime: material.run.updatedAt });
}

function filesOf(
  { run, records, log, report: signed }: RunMaterial,
  { findings, notes, head }: RunReport,
  keys: readonly VerifyingKey[],
) {
  const { plan } = run;
  const bound = log.filter(({ previousHash }) => previousHash !== null);
  const told = [...findings.map(({ runId, text }) => `${runId ?? 'The journal'}: ${text}`), ...notes];
  return {
    'README.txt': `${[run.runId, run.target, run.state].map((said) => shownText(said)).join(', ')}\n\n${findings.length === 0 ? 'Intact' : 'NOT intact'}\n${told.map((line) => `- ${shownText(line)}\n`).join('')}\n${COVERAGE}\n\n${HOW_TO_VERIFY}`,
    'verify.mjs': readFileSync(join(import.meta.dirname, 'verify.mjs'), 'utf8'),
    'head.txt': `${head}\n`,
    'chain.txt': lines(records.map(({ seq, previousHash, hash }) => `${String(seq)} ${previousHash} ${hash}`)),
    'records.jsonl': lines(records.map(hashedText)),
    'records.txt': lines(records.map(describeRecord)),
    'document.json': canonicalJson(run),
    'binding.json': plan ? canonicalJson(plan.binding) : '',
    'plan.json': readable(plan ?? null),
    // With everything that its record carries: the way it came, and its signature.
    'decisions.json': readable(records.filter(isPersonsDecision)),
    'rules.json': readable({
      packs: plan?.binding.packsHash,
      cleared: plan?.cleared,
      keptFromTarget: plan?.keptFromTarget,
      steps: run.steps.filter(({ name }) => RULE_STEPS.has(name)),
      counts: log.filter(({ step }) => RULE_STEPS.has(step)).map(({ text }) => text),
    }),
    'log.txt': lines(log.map(({ at, step, text }) => `${at}  ${step.padEnd(22)}  ${shownText(text)}`)),
    'log.jsonl': lines(bound.map(({ at, step, text }) => canonicalJson({ at, step, text }))),
    'log-start.json': canonicalJson({ first: bound[0]?.seq ?? 1, hash: bound[0]?.previousHash ?? CHAIN_START }),
    'checklist.json': readable(run.checklist),
    ...(signed === undefined ? {} : { 'report.json': signed }),
    'signatures.jsonl': lines(
      records.flatMap(({ evidence, ...record }) =>
        evidence?.signature
          ? [canonicalJson({ ...evidence.signature, seq: record.seq, statement: signedText(record).toString() })]
          : [],
      ),
    ),
    'keys.json': readable(
      Object.fromEntries(
        keys.map(({ id, key }) => [id, key.export({ format: 'der', type: 'spki' }).toString('base64')]),
      ),
    ),
  };
}

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
const readable = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const HOW_TO_VERIFY = `How to verify this without Rewind (verify.mjs does it: node verify.mjs)

1. chain.txt: number, hash before, hash of each record. The first hash before is 64 zeros, each later one the hash of the line above.
2. The hash of a record is SHA-256, hex, of its hash before followed by its line of records.jsonl, byte for byte without the line end.
3. The last hash is that of head.txt. Compare it with the message in Teams or the line of REWIND_AUDIT_FILE for this run: that one
   was kept elsewhere when the run ended, and names the record that was the last then.
4. document.json is the run as cards show it; its SHA-256 is evidence.document of the last record. The SHA-256 of binding.json is the
   digest that was approved (plan.json, decisions.json).
5. The log: begin with the hash of log-start.json; for each line of log.jsonl, SHA-256 of the hash so far followed by the line. Behind
   line N that is evidence.log.hash of a record whose evidence.log.lines is N; log-start.json says the number of the first line.
6. signatures.jsonl: value is the Ed25519 signature (base64) of statement by the key of that name in keys.json. Take the public key from
   your own records, not from here.
7. report.json, where there is one: its SHA-256 is report.sha256 of the newest record called report-made; rewind report verify
   report.json checks its signature.
`;

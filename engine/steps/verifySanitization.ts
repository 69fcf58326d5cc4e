import { counted } from '../counted.ts';
import { tryOnCopy } from '../customizations/tryOnCopy.ts';
import { verifySanitization as verify, type RuleVerdict } from '../sanitization/verify.ts';
import { provedClosed } from '../sanitization/outside/provedClosed.ts';
import { writtenByProfile } from '../sanitization/profile/underRun.ts';
import { speaksOf } from '../sanitization/pack/rulePack.ts';
import { done, type Step } from '../runs/step.ts';
import { endOf, type Verdict } from '../runs/exceptions/judge.ts';
import { ColumnsUndecidedError, ProtectedValuesFoundError } from '../proofs/errors.ts';
import { findingsOf } from '../proofs/exceptions.ts';
import { holds } from '../proofs/proof.ts';
import { coverColumns, provedConditions, searchWhole } from '../proofs/proveCopy.ts';
import { SanitizationUnprovedError } from '../sanitization/errors.ts';

/**
 * On fresh connections every rule's post-condition holds, nothing that the rules protect is found, and what the sandbox alone enforces
 * admits the rows, or there is no switch. Behind one the rules are tried again, or nobody is let in.
 */
export const verifySanitization: Step = {
  name: 'verify-sanitization',
  title: 'Prove the sanitization',
  onFailure: 'keep-copy',
  async perform(context) {
    const { run, read, packs, target, log, now, record } = context;
    const isSwitched = run.swappedAt !== undefined;
    const side = isSwitched ? 'target' : 'incoming';
    await using application = await read(side, 'application');
    await using other = await read(side, 'financialReporting');
    const copy = { application, financialReporting: other };
    const startedAt = Date.parse(now());
    const rules = await verify({
      ...{ session: application, packs, sandbox: target },
      financialReporting: speaksOf(packs, 'financialReporting') ? other : undefined,
      ...(isSwitched ? { isSwitched, written: await writtenByProfile(context) } : {}),
    });
    const verdicts = [...rules, ...(isSwitched ? [] : await provedClosed(context))];
    for (const each of verdicts) log(lineOf(each));
    const seconds = (Date.parse(now()) - startedAt) / 1000;
    const conditions = provedConditions(verdicts, target.databases, seconds);
    const open = verdicts.filter(({ passed }) => !passed);
    const isFinished = open.length === 0 && !isSwitched;
    const remember = async (key: string, value: string) => void (await record({ kind: 'remember', key, value }));
    const tried = isFinished ? await tryOnCopy({ ...context, remember }) : undefined;
    // What is wrong already is not searched for hours first; behind the switch nobody knows any more what was sought.
    const covered = isFinished ? [await coverColumns({ ...context, copy })] : [];
    const searched = isFinished ? await searchWhole({ ...context, copy }) : [];
    await record({ kind: 'proved', step: 'verify-sanitization', proofs: [conditions, ...covered, ...searched] });
    if (open.length > 0) throw new SanitizationUnprovedError(open);
    const findings = findingsOf([...covered, ...searched]);
    const verdict: Verdict = findings.length === 0 ? NOTHING_FOUND : await context.judge(findings);
    if (verdict.kind === 'refuse')
      throw searched.every(holds) ? new ColumnsUndecidedError(findings) : new ProtectedValuesFoundError(findings);
    if (verdict.kind === 'ask') return { kind: 'ask-exception', findings };
    if (verdict.exceptions.length > 0) await record({ kind: 'exceptions-held', exceptions: verdict.exceptions });
    const all = provedWords(verdicts);
    if (isSwitched) return done(`${all}; what the sandbox keeps was proved before the switch`);
    const values = searched.reduce((sum, each) => sum + each.searched.values, 0);
    const how = searched.some(({ sampled }) => sampled) ? ' (sampled)' : '';
    const found =
      findings.length === 0
        ? `${all}, 0 of ${values.toLocaleString('en')} protected values found${how}`
        : `${all}; what was found (${String(findings.length)}) was accepted before, until ${endOf(verdict)}`;
    return done(tried === undefined ? found : `${found}; ${tried}`);
  },
};

const NOTHING_FOUND: Verdict = { kind: 'held', exceptions: [] };

type Told = Pick<RuleVerdict, 'ruleId' | 'passed' | 'offendingRows' | 'skipped'>;

function lineOf({ ruleId, passed, offendingRows, skipped }: Told): string {
  if (skipped !== undefined) return `nothing to look at: ${ruleId}, ${skipped}`;
  return `${passed ? 'proved' : 'NOT proved'}: ${ruleId}, ${counted(offendingRows, 'offending row')}`;
}

/** A rule whose table or column is nowhere is not counted as proved; the report counts in the same way. */
function provedWords(verdicts: readonly Told[]): string {
  const proved = new Set(verdicts.filter(({ skipped }) => skipped === undefined).map(({ ruleId }) => ruleId));
  const idle = new Set(verdicts.map(({ ruleId }) => ruleId)).size - proved.size;
  return `${counted(proved.size, 'rule')} proved${idle === 0 ? '' : `, ${String(idle)} had nothing to look at`}`;
}

import { counted } from '../counted.ts';
import { PlanDriftedError, PrerequisitesBlockedError } from '../prerequisites/errors.ts';
import { applyTargetSettings as apply } from '../sanitization/target/applyTargetSettings.ts';
import { provedClosed } from '../sanitization/outside/provedClosed.ts';
import { linesOf, tablesWritten, type AppliedProfile } from '../sanitization/profile/applyProfile.ts';
import { proveProfile } from '../sanitization/profile/proveProfile.ts';
import { approvedRows, openProfile } from '../sanitization/profile/underRun.ts';
import { speaksOf } from '../sanitization/pack/rulePack.ts';
import { verifySanitization } from '../sanitization/verify.ts';
import { done, type Step } from '../runs/step.ts';
import type { ProofResult } from '../contracts.ts';
import { ExceptionStaleError, ProtectedValuesFoundError } from '../proofs/errors.ts';
import { findingsOf, findingsOfSteps, foundSince, proofsOf } from '../proofs/exceptions.ts';
import { provedConditions, searchWritten } from '../proofs/proveCopy.ts';
import { LedgerLeftError, SanitizationUnprovedError } from '../sanitization/errors.ts';
import { dropLedger } from '../sanitization/passes/dropLedger.ts';
import { isLedgerLeft } from '../sanitization/passes/ledger.ts';

/** The last look before the switch: of what the target keeps, what was so at the plan and is so *now*, then everything is proved once more. */
export const applyTargetSettings: Step = {
  name: 'apply-target-settings',
  title: 'Carry over the sandbox’s settings',
  onFailure: 'keep-copy',
  async perform(context) {
    const { run, plan, provider, session, read, packs, target, checks, signal, log, now, record, makeReport } = context;
    // Days may lie between the approval and here: another refresh, or a restore by hand.
    const { identity } = await provider.measure(target);
    if (identity !== undefined && identity !== plan.binding.targetIdentity)
      throw new PlanDriftedError(run.runId, ['the databases of the target']);
    // Hours may lie between the decision and here as well.
    const stale = run.exceptions ? await context.notAccepted(findingsOfSteps(run.proofs)) : [];
    if (stale.length > 0) {
      await using hashes = await read('incoming', 'financialReporting');
      throw new ExceptionStaleError(stale, { canProveAnew: await isLedgerLeft(hashes) });
    }
    await using living = await read('target', 'application');
    await using copy = await session('incoming', 'application');
    // On sessions of their own, as every proof.
    await using proved = await read('incoming', 'application');
    await using beside = await read('incoming', 'financialReporting');
    const profile = await openProfile(context, copy);
    let applied: AppliedProfile | undefined;
    let searched: readonly ProofResult[] = [];
    const beforeDrop = async () => {
      applied = await profile?.apply(living);
      const own = { ...context, copy: { application: proved, financialReporting: beside } };
      searched = await searchWritten(own, tablesWritten(applied?.parts ?? []));
      // All that is known of the copy was accepted, or there would be no way here; the report asks once more.
      const found = foundSince(findingsOf(searched), proofsOf(run.proofs));
      if (found.length > 0) await record({ kind: 'proved', step: 'apply-target-settings', proofs: searched });
      if (found.length > 0) throw new ProtectedValuesFoundError(found);
      await using financialReporting = await session('incoming', 'financialReporting');
      // The key goes first: what is left of the rest is then nothing to anybody.
      await dropLedger(financialReporting);
    };
    // Nothing of the Financial Reporting database is kept from the target.
    const planned = await approvedRows(context);
    const kept = await apply({ target: living, copy, packs, sandbox: target, planned, signal, log, beforeDrop });
    const startedAt = Date.parse(now());
    const financialReporting = speaksOf(packs, 'financialReporting') ? beside : undefined;
    const parts = applied?.parts ?? [];
    const written = parts.flatMap((part) => part.written);
    const verdicts = [
      ...(await verifySanitization({
        ...{ session: proved, financialReporting, packs, sandbox: target, kept, written },
      })),
      ...(await proveProfile(proved, parts)),
      ...(await provedClosed(context)),
    ];
    if (await isLedgerLeft(beside)) throw new LedgerLeftError();
    const seconds = (Date.parse(now()) - startedAt) / 1000;
    const conditions = provedConditions(verdicts, target.databases, seconds);
    await record({ kind: 'proved', step: 'apply-target-settings', proofs: [conditions, ...searched] });
    const open = verdicts.filter((one) => !one.passed);
    if (open.length > 0) throw new SanitizationUnprovedError(open);
    const blocked = (await checks('copy')).filter((check) => check.outcome === 'blocked');
    if (blocked.length > 0) throw new PrerequisitesBlockedError(blocked);
    const report = await makeReport({ verdicts, kept, ...(applied === undefined ? {} : { profile: linesOf(parts) }) });
    log(`Report ${report.sha256}, ${report.key === undefined ? 'not signed' : `signed with ${report.key}`}`);
    const rows = kept.reduce((sum, one) => sum + one.rows, 0);
    // As everywhere, a rule is counted once, and where its table is nowhere it has kept nothing.
    const rules = new Set(kept.filter(({ skipped }) => skipped === undefined).map(({ ruleId }) => ruleId));
    const left = kept.reduce((sum, one) => sum + (one.left ?? 0), 0);
    const behind = left === 0 ? '' : `, ${left.toLocaleString('en')} left, added or changed since the plan`;
    const detail = `${counted(rows, 'row')} kept from the sandbox, by ${counted(rules.size, 'rule')}${behind}`;
    return applied === undefined ? done(detail) : { ...done(detail), profile: linesOf(parts) };
  },
};

import type { AcceptedException, NamedFinding, Profile, Run, StepProofs } from '../../../engine/contracts.ts';
import type { Session } from '../../../engine/environments/provider.ts';
import type { ProfileListKind } from '../../../engine/journal/besideRuns.ts';
import type { RunEvent } from '../../../engine/journal/events.ts';
import { notAccepted, openFindings } from '../../../engine/proofs/exceptions.ts';
import type { Found } from '../../../engine/runs/runReport.ts';
import type { StepContext, StepOutcome } from '../../../engine/runs/step.ts';
import { rulesOf, type RulePack } from '../../../engine/sanitization/pack/rulePack.ts';
import { digestOfList, textOfList } from '../../../engine/sanitization/profile/list.ts';
import { planProfile } from '../../../engine/sanitization/profile/planProfile.ts';
import { packsUnder } from '../../../engine/sanitization/profile/underProfile.ts';
import { isKept, planRows } from '../../../engine/sanitization/target/plannedRows.ts';
import { applyTargetSettings } from '../../../engine/steps/applyTargetSettings.ts';
import { sanitizeCopy } from '../../../engine/steps/sanitizeCopy.ts';
import { verifySanitization } from '../../../engine/steps/verifySanitization.ts';
import { aRun, aSandbox, aSource, NOOR } from '../../builders.ts';

export interface Databases {
  /** The sandbox as it is in use. */
  readonly living: Session;
  readonly copy: Session;
  readonly financialReporting: Session;
}

export interface Steps {
  sanitize(): Promise<StepOutcome>;
  verify(): Promise<StepOutcome>;
  apply(): Promise<StepOutcome>;
  /** Somebody accepts exactly these, whatever they are. */
  accept(findings: readonly NamedFinding[]): void;
  readonly lines: string[];
  readonly proofs: readonly StepProofs[];
  /** What each report was made of. */
  readonly reported: readonly Found[];
}

const STEPS = { sanitize: sanitizeCopy, verify: verifySanitization, apply: applyTargetSettings };

/** The three steps that write and prove a copy, over databases of a real server; what a journal would keep is kept in memory. */
export async function stepsOver(
  { living, copy, financialReporting }: Databases,
  packs: readonly RulePack[],
  profile?: Profile,
): Promise<Steps> {
  const lists = new Map<ProfileListKind, string>();
  const target = aSandbox(profile === undefined ? {} : { profile });
  const kept = JSON.stringify(await planRows(living, rulesOf(packs).filter(isKept), target));
  lists.set('kept', kept);
  const binding: { profile?: string; kept?: string } = { kept: digestOfList(kept) };
  if (profile !== undefined) {
    const text = textOfList((await planProfile(living, profile)).list);
    lists.set('planned', text);
    binding.profile = digestOfList(text);
  }
  const lines: string[] = [];
  const proofs: StepProofs[] = [];
  const reported: Found[] = [];
  const exceptions: AcceptedException[] = [];
  const now = () => new Date(performance.timeOrigin + performance.now()).toISOString();
  const occasion = { day: '2026-11-30', packsHash: 'of these packs' };
  const run = () => aRun({ proofs, ...(exceptions.length > 0 ? { exceptions } : {}) });
  const record = async (event: RunEvent): Promise<Run> => {
    if (event.kind === 'proved') proofs.push({ step: event.step, at: now(), proofs: event.proofs });
    return run();
  };
  const session = async (side: string, role: string) =>
    role === 'financialReporting' ? financialReporting : side === 'target' ? living : copy;
  const context = (): StepContext =>
    // As far as these steps ask.
    ({
      ...{ run: run(), target, source: aSource(), session, read: session, now, record },
      ...{ plan: { binding }, packs: packsUnder(profile, packs), signal: new AbortController().signal },
      provider: { measure: async () => ({}) },
      judge: async (findings: readonly NamedFinding[]) =>
        notAccepted(findings, exceptions, occasion).length === 0 ? { kind: 'held', exceptions: [] } : { kind: 'ask' },
      notAccepted: async (findings: readonly NamedFinding[]) => notAccepted(findings, exceptions, occasion),
      ...{ baseline: () => undefined, checks: async () => [] },
      async makeReport(found: Found) {
        if (openFindings(proofs, exceptions, occasion).length > 0)
          throw new Error('It would report what nobody accepts');
        reported.push(found);
        return { sha256: 'of a report' };
      },
      profileList: async (kind: ProfileListKind) => lists.get(kind),
      keepProfileList: async (kind: ProfileListKind, text: string) => void lists.set(kind, text),
      ...{ log: (text: string) => void lines.push(text), progress: () => undefined },
    }) as unknown as StepContext;
  const perform = (name: keyof typeof STEPS) => () => {
    // As the journal does when a step begins again.
    const again = proofs.findIndex(({ step }) => step === STEPS[name].name);
    if (again >= 0) proofs.splice(again);
    return STEPS[name].perform(context());
  };
  return {
    ...{ sanitize: perform('sanitize'), verify: perform('verify'), apply: perform('apply'), lines, proofs, reported },
    accept(findings) {
      const common = { reason: 'A test', until: '2026-12-31', at: now(), runId: 'R-1001' };
      exceptions.push({ ...common, by: NOOR, findings, packsHash: occasion.packsHash });
    },
  };
}

import { tryOnCopy } from '../customizations/tryOnCopy.ts';
import { verifySanitization as verify } from '../sanitization/verify.ts';
import { speaksOf } from '../sanitization/pack/rulePack.ts';
import { done, type Step } from '../runs/step.ts';
import { SanitizationUnprovedError } from '../sanitization/errors.ts';

/**
 * Every rule's post-condition holds on a fresh connection, and what the sandbox alone enforces admits the rows, or there is no
 * switch. Behind one the rules are tried again, or nobody is let in.
 */
export const verifySanitization: Step = {
  name: 'verify-sanitization',
  title: 'Prove the sanitization',
  onFailure: 'keep-copy',
  async perform(context) {
    const { run, read, packs, target, log, record } = context;
    const isSwitched = run.swappedAt !== undefined;
    const side = isSwitched ? 'target' : 'incoming';
    await using application = await read(side, 'application');
    await using other = speaksOf(packs, 'financialReporting') ? await read(side, 'financialReporting') : undefined;
    const proofs = await verify({
      ...{ session: application, financialReporting: other, packs, sandbox: target },
      ...(isSwitched ? { isSwitched } : {}),
    });
    for (const proof of proofs)
      log(`${proof.passed ? 'proved' : 'NOT proved'}: ${proof.ruleId}, ${String(proof.offendingRows)} offending rows`);
    const open = proofs.filter((proof) => !proof.passed);
    if (open.length > 0) throw new SanitizationUnprovedError(open);
    const all = `${String(proofs.length)} of ${String(proofs.length)} rules proved`;
    if (isSwitched) return done(`${all}; what the sandbox keeps was proved before the switch`);
    const remember = async (key: string, value: string) => void (await record({ kind: 'remember', key, value }));
    const tried = await tryOnCopy({ ...context, remember });
    return done(tried === undefined ? all : `${all}; ${tried}`);
  },
};

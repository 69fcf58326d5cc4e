import { verifySanitization as verify } from '../sanitization/verify.ts';
import { speaksOf } from '../sanitization/pack/rulePack.ts';
import { done, type Step } from '../runs/step.ts';
import { SanitizationUnprovedError } from '../sanitization/errors.ts';

/**
 * Every rule's post-condition holds on a fresh connection, or there is no switch; tried again behind one, or nobody is let in.
 */
export const verifySanitization: Step = {
  name: 'verify-sanitization',
  title: 'Prove the sanitization',
  onFailure: 'keep-copy',
  async perform({ run, read, packs, target, log }) {
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
    return done(isSwitched ? `${all}; what the sandbox keeps was proved before the switch` : all);
  },
};

import type { Installation } from '../../../engine/contracts.ts';
import { bad, good, type Finding } from '../finding.ts';

/** Whether every receiver of the file can be signed for here. None is called: each call would tell something. */
export const examineWebhooks = ({ webhooks = [] }: Pick<Installation, 'webhooks'>): readonly Finding[] =>
  webhooks.map(({ name, url, secret, events }) => {
    const subject = `webhook ${name}`;
    if (secret === '')
      return bad(subject, 'its secret is not set here, so it hears nothing', 'Set the variable that `secret` names.');
    return good(subject, `${new URL(url).host} hears ${events.join(', ')}`);
  });

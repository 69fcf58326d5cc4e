import { whoamiCard } from '../../cards/index.ts';
import { mayAskSomewhere } from '../rendering/access.ts';
import { rightsOf } from '../rendering/rights.ts';
import { defineCommand } from './command.ts';

export const whoami = defineCommand({
  name: 'whoami',
  description: 'What you may do on which sandbox, and who may approve',
  usages: [{ usage: '/whoami', does: 'What you may do on which sandbox, and who may approve there' }],
  async run(request, parts) {
    const { installation, chat, renderer } = parts;
    const { person } = request;
    const card = whoamiCard({
      ...renderer.readership(request),
      name: person.name,
      ...(chat.isPersonal(request.place.address) ? { id: person.id } : {}),
      rights: rightsOf(parts, person),
      mayAsk: mayAskSomewhere(installation, person),
    });
    return { card };
  },
});

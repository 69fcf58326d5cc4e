import type { Clock } from '../../engine/clock.ts';
import { createKept } from '../http/kept.ts';
import { createTokenBucket } from '../http/tokenBucket.ts';

/** As much as Teams lets a bot send to one thread: 60 messages in 30 seconds. Nobody types or clicks as fast. */
const RATE = { capacity: 60, perSecond: 2 };

const PEOPLE = 10_000;

export type Reaction = 'answer' | 'say-so' | 'be-silent';

/** How to meet one more message or click of a person: after too many, that is said once, then nothing until they have slowed down. */
export function createSenderLimit(clock: Clock): (personId: string) => Reaction {
  const of = createKept(() => ({ bucket: createTokenBucket(clock, RATE), wasTold: false }), PEOPLE);
  return (personId) => {
    const one = of(personId);
    if (one.bucket.take()) {
      one.wasTold = false;
      return 'answer';
    }
    if (one.wasTold) return 'be-silent';
    one.wasTold = true;
    return 'say-so';
  };
}

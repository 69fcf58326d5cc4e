import type { Clock } from '../../engine/clock.ts';
import { createTokenBucket } from '../http/tokenBucket.ts';

/** As much as Teams lets a bot send to one thread: 60 messages in 30 seconds. Nobody types as fast. */
const AT_ONCE = 60;
const PER_SECOND = 2;
const PEOPLE_REMEMBERED = 10_000;

export type Patience = 'answer' | 'say-so' | 'be-silent';

/** How to meet one more message of a person: after too many, that is said once, then nothing until they have slowed down. */
export function createPatience(clock: Clock): (personId: string) => Patience {
  const people = new Map<string, { readonly bucket: ReturnType<typeof createTokenBucket>; wasTold: boolean }>();
  return (personId) => {
    const one = people.get(personId) ?? {
      bucket: createTokenBucket(clock, { capacity: AT_ONCE, perSecond: PER_SECOND }),
      wasTold: false,
    };
    people.delete(personId);
    people.set(personId, one);
    const [longestQuiet] = people.keys();
    if (people.size > PEOPLE_REMEMBERED && longestQuiet !== undefined) people.delete(longestQuiet);
    if (one.bucket.take()) {
      one.wasTold = false;
      return 'answer';
    }
    if (one.wasTold) return 'be-silent';
    one.wasTold = true;
    return 'say-so';
  };
}

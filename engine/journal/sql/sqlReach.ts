import { randomUUID } from 'node:crypto';
import type { CardAddress, Person } from '../../contracts.ts';
import type { Journal } from '../journal.ts';
import type { Home, JournalReach } from '../reach.ts';
import { storable, type Reader, type JournalAccess } from '../access.ts';
import { insertMessage } from './insertMessages.ts';
import { keyOf } from './liesAt.ts';
import type { JournalTables } from './tables.ts';

/** Where people and sandboxes are found in a chat. */
export function sqlReach(access: JournalAccess): Pick<Journal, keyof JournalReach> {
  const forget = (db: Reader, personId: string) =>
    db.deleteFrom('personal_chat').where('person_id', '=', personId).execute();

  return {
    personalChat: (ids) =>
      access.read(async (db) => {
        const rows = await db
          .selectFrom('personal_chat')
          .selectAll()
          .where('person_id', 'in', [...ids])
          .execute();
        const [first] = ids.flatMap((id) => rows.filter((row) => row.person_id === id));
        return first && addressIn(first);
      }),

    async rememberPersonalChat(personId, address) {
      await access.change('A personal chat', async (change) => {
        await forget(change, personId);
        const seen_at = await access.now(change);
        await change
          .insertInto('personal_chat')
          .values({ person_id: personId, address: JSON.stringify(address), seen_at })
          .execute();
      });
    },

    forgetPersonalChat: (personId) =>
      access.read(async (db) => {
        await forget(db, personId);
      }),

    chatReader: (conversation) =>
      access.read((db) =>
        db
          .selectFrom('chat_reader')
          .select(['zone', 'locale'])
          .where('key', '=', keyOf(conversation))
          .executeTakeFirst(),
      ),

    async rememberReader(conversation, { zone, locale }) {
      const key = keyOf(conversation);
      await access.change('How a personal chat is read', async (change) => {
        await change.deleteFrom('chat_reader').where('key', '=', key).execute();
        await change.insertInto('chat_reader').values({ key, zone, locale }).execute();
      });
    },

    forgetReader: (conversation) =>
      access.read(async (db) => {
        await db.deleteFrom('chat_reader').where('key', '=', keyOf(conversation)).execute();
      }),

    newestAddress: () =>
      access.read(async (db) => {
        const row = await db
          .selectFrom('message')
          .select('address')
          .orderBy('added_at', 'desc')
          .offset(0)
          .fetch(1)
          .executeTakeFirst();
        return row && addressIn(row);
      }),

    welcomeOnce: (conversation, message) =>
      access.change('The first words in a conversation', async (change) => {
        const key = keyOf(conversation);
        const found = await change.selectFrom('welcome').select('key').where('key', '=', key).executeTakeFirst();
        if (found) return { isNew: false };
        await change
          .insertInto('welcome')
          .values({ key, said_at: await access.now(change) })
          .execute();
        await insertMessage(access, change, { ...message, id: randomUUID() });
        return { isNew: true };
      }),

    forgetWelcome: (conversation) =>
      access.read(async (db) => {
        await db.deleteFrom('welcome').where('key', '=', keyOf(conversation)).execute();
      }),

    home: async (target) => (await access.read((db) => homesOf(db, target)))[0],

    homes: (target) => access.read((db) => homesOf(db, target)),

    chooseHome: (target, home, farewell) =>
      access.change(`The home of ${target}`, async (change) => {
        const homes = await homesOf(change, target);
        const [former] = homes;
        if (former?.conversation === home.conversation) return { isNew: false };
        await change
          .insertInto('home')
          .values({
            target,
            number: homes.length + 1,
            conversation: home.conversation,
            address: JSON.stringify(home.address),
            chosen_by: storable(JSON.stringify(home.chosenBy)),
            chosen_at: await access.now(change),
          })
          .execute();
        if (former) await insertMessage(access, change, { ...farewell(former), id: randomUUID() });
        return { isNew: true };
      }),
  };
}

async function homesOf(db: Reader, target: string): Promise<readonly Home[]> {
  const rows = await db.selectFrom('home').selectAll().where('target', '=', target).orderBy('number', 'desc').execute();
  return rows.map((row) => ({
    conversation: row.conversation,
    address: addressIn(row),
    // Written by `chooseHome`.
    chosenBy: JSON.parse(row.chosen_by) as Person,
    chosenAt: row.chosen_at,
  }));
}

/** Written by `addMessage`, `rememberPersonalChat` or `chooseHome`. */
const addressIn = ({ address }: Pick<JournalTables['home'], 'address'>): CardAddress =>
  JSON.parse(address) as CardAddress;

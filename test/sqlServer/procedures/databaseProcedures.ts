import { sqlError } from '../sql/sqlError.ts';
import { isDbOwner } from '../state/permissions.ts';
import { required, type Procedure } from './operands.ts';

const member =
  (procedure: string, isAdded: boolean): Procedure =>
  async ({ session: { database, login } }, operands) => {
    const role = required(operands, procedure, '@rolename', 0);
    const name = required(operands, procedure, '@membername', 1);
    if (!isDbOwner(database, login)) throw sqlError(15247, 'User does not have permission to perform this action.');
    const principal = database.principals.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (!principal) throw sqlError(15410, `User or role '${name}' does not exist in this database.`);
    if (isAdded) principal.roles.add(role);
    else principal.roles.delete(role);
    return 0;
  };

export const databaseProcedures: Readonly<Record<string, Procedure>> = {
  sp_addrolemember: member('sp_addrolemember', true),
  sp_droprolemember: member('sp_droprolemember', false),
  async sp_changedbowner({ session, server }, operands) {
    const name = required(operands, 'sp_changedbowner', '@loginame', 0);
    if (!server.logins.some((login) => login.name === name))
      throw sqlError(
        15151,
        `Cannot find the principal '${name}', because it does not exist or you do not have permission.`,
      );
    session.database.owner = name;
    return 0;
  },
};

import { sqlError } from '../sql/sqlError.ts';
import type { Value } from '../sql/types.ts';
import { isDbOwner } from '../state/permissions.ts';
import type { Context } from '../execute/context.ts';
import { operandOf, required, type Procedure, type ProcedureOperand } from './operands.ts';

/** Properties of the database itself; those of tables and columns are not emulated. */
function read(
  context: Context,
  procedure: string,
  operands: readonly ProcedureOperand[],
): { name: string; value: Value; at: number } {
  const { database, login } = context.session;
  if (!isDbOwner(database, login)) throw sqlError(15247, 'User does not have permission to perform this action.');
  if ((operandOf(operands, '@level0type', 2) ?? null) !== null)
    throw sqlError(50_000, 'not emulated: extended properties of objects');
  const name = required(operands, procedure, '@name', 0);
  const at = database.properties.findIndex((each) => each.name.toLowerCase() === name.toLowerCase());
  return { name, value: operandOf(operands, '@value', 1) ?? null, at };
}

const missing = (name: string) =>
  sqlError(15217, `Property cannot be updated or deleted. Property '${name}' does not exist for 'object specified'.`);

export const extendedPropertyProcedures: Readonly<Record<string, Procedure>> = {
  async sp_addextendedproperty(context, operands) {
    const { name, value, at } = read(context, 'sp_addextendedproperty', operands);
    if (at !== -1)
      throw sqlError(15233, `Property cannot be added. Property '${name}' already exists for 'object specified'.`);
    context.session.database.properties.push({ name, value });
    return 0;
  },
  async sp_updateextendedproperty(context, operands) {
    const { name, value, at } = read(context, 'sp_updateextendedproperty', operands);
    const property = context.session.database.properties[at];
    if (!property) throw missing(name);
    property.value = value;
    return 0;
  },
  async sp_dropextendedproperty(context, operands) {
    const { name, at } = read(context, 'sp_dropextendedproperty', operands);
    if (at === -1) throw missing(name);
    context.session.database.properties.splice(at, 1);
    return 0;
  },
};

import type { Context } from '../execute/context.ts';
import { sqlError } from '../sql/sqlError.ts';
import type { SqlType, Value } from '../sql/types.ts';

export interface ProcedureOperand {
  /** With its `@`, in lower case; empty when given by place. */
  readonly name: string;
  readonly value: Value;
  readonly type: SqlType;
  readonly setOutput: (value: Value, type: SqlType) => void;
}

/** @returns the return status. */
export type Procedure = (context: Context, operands: readonly ProcedureOperand[]) => Promise<number>;

/** An operand by its name, or by its place among those without one. @throws SqlError 201 */
export function operandOf(operands: readonly ProcedureOperand[], name: string, place: number): Value | undefined {
  return (operands.find((each) => each.name === name) ?? (operands[place]?.name === '' ? operands[place] : undefined))
    ?.value;
}

export function required(
  operands: readonly ProcedureOperand[],
  procedure: string,
  name: string,
  place: number,
): string {
  const value = operandOf(operands, name, place);
  if (value === undefined)
    throw sqlError(201, `Procedure or function '${procedure}' expects parameter '${name}', which was not supplied.`);
  return String(value);
}

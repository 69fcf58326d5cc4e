import { readParameter, type Parameter, type Reader } from './readParameter.ts';

export interface ProcedureCall {
  readonly name: string;
  readonly parameters: readonly Parameter[];
}

export type TransactionRequest =
  | { readonly kind: 'begin'; readonly isolation: number; readonly name: string }
  | { readonly kind: 'commit' | 'rollback' }
  | { readonly kind: 'save'; readonly name: string };

/** The text of a batch, behind the headers that every request of TDS 7.2 and later begins with. */
export function readBatch(data: Buffer): string {
  return withoutHeaders(data).toString('utf16le');
}

const procedureNumbers: Readonly<Record<number, string>> = { 10: 'sp_executesql', 11: 'sp_prepare', 12: 'sp_execute' };

/** Reads an RPC request; of several in one message only the first, which is all that the drivers send. */
export function readCall(data: Buffer): ProcedureCall {
  const reader: Reader = { data: withoutHeaders(data), at: 2 };
  const length = reader.data.readUInt16LE(0);
  let name: string;
  if (length === 0xffff) {
    const number = reader.data.readUInt16LE(2);
    reader.at = 4;
    name = procedureNumbers[number] ?? `procedure number ${number}`;
  } else {
    reader.at = 2 + length * 2;
    name = reader.data.subarray(2, reader.at).toString('utf16le');
  }
  // Option flags.
  reader.at += 2;
  const parameters: Parameter[] = [];
  while (reader.at < reader.data.length) parameters.push(readParameter(reader));
  return { name, parameters };
}

export function readTransactionRequest(data: Buffer): TransactionRequest {
  const body = withoutHeaders(data);
  const kind = body.readUInt16LE(0);
  switch (kind) {
    case 5:
      return {
        kind: 'begin',
        isolation: body.readUInt8(2),
        name: body.subarray(4, 4 + body.readUInt8(3)).toString('utf16le'),
      };
    case 7:
      return { kind: 'commit' };
    case 8:
      return { kind: 'rollback' };
    case 9:
      return { kind: 'save', name: body.subarray(3, 3 + body.readUInt8(2)).toString('utf16le') };
    default:
      throw new RangeError(`Transaction manager request ${kind} is not emulated`);
  }
}

function withoutHeaders(data: Buffer): Buffer {
  return data.subarray(data.readUInt32LE(0));
}

/** What a client and a server say about encryption (MS-TDS 2.2.6.5). */
export const encryption = { off: 0, on: 1, notSupported: 2, required: 3 } as const;

const option = { version: 0, encryption: 1, instance: 2, thread: 3, mars: 4, fedAuth: 6 } as const;
const terminator = 0xff;

export interface Prelogin {
  /** What the client asks for; `off` when it says nothing. */
  readonly encryption: number;
  /** The client knows federated authentication. */
  readonly knowsFedAuth: boolean;
}

export function readPrelogin(data: Buffer): Prelogin {
  const values = new Map<number, number>();
  for (let at = 0; at + 5 <= data.length && data.readUInt8(at) !== terminator; at += 5) {
    if (data.readUInt16BE(at + 3) > 0) values.set(data.readUInt8(at), data.readUInt8(data.readUInt16BE(at + 1)));
  }
  return {
    encryption: values.get(option.encryption) ?? encryption.off,
    knowsFedAuth: values.get(option.fedAuth) === 1,
  };
}

/**
 * A client that wants encryption gets it; one that would encrypt its login only is told, as by a server with
 * "Force encryption", to encrypt everything; one that cannot is served in the clear.
 */
export function answerEncryption(asked: number, hasTls: boolean): number {
  if (!hasTls || asked === encryption.notSupported) return encryption.notSupported;
  return asked === encryption.off ? encryption.required : encryption.on;
}

export function preloginAnswer(
  version: readonly [number, number, number],
  encrypt: number,
  offersFedAuth: boolean,
): Buffer {
  const [major, minor, build] = version;
  const options: readonly (readonly [number, readonly number[]])[] = [
    [option.version, [major, minor, build >> 8, build & 0xff, 0, 0]],
    [option.encryption, [encrypt]],
    [option.instance, [0]],
    [option.thread, []],
    [option.mars, [0]],
    ...(offersFedAuth ? [[option.fedAuth, [1]] as const] : []),
  ];
  const table: number[] = [];
  const body: number[] = [];
  const bodyStart = options.length * 5 + 1;
  for (const [token, bytes] of options) {
    const offset = bodyStart + body.length;
    table.push(token, offset >> 8, offset & 0xff, 0, bytes.length);
    body.push(...bytes);
  }
  return Buffer.from([...table, terminator, ...body]);
}

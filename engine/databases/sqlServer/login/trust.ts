import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ServerSettingsError } from '../errors.ts';

/**
 * Certificates of authorities in the PEM that TLS takes. Windows exports `.cer` files as DER unless told otherwise: they are taken too.
 * @throws ServerSettingsError
 */
export function readAuthority(file: string, title: string): string {
  const bytes = readFile(file, title);
  const text = bytes.toString('utf8');
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  try {
    return new X509Certificate(bytes).toString();
  } catch {
    throw new ServerSettingsError(title, `ca=${file} holds no certificate (PEM or DER)`);
  }
}

function readFile(file: string, title: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ServerSettingsError(title, `ca=${file} cannot be read (${why})`);
  }
}

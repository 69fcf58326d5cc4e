/** What Node's TLS says (tls.html, X.509 certificate error codes), and what to do. */
export function distrustIn(
  codes: readonly string[],
  /** For a certificate that nobody trusted has signed: how an authority becomes trusted depends on the driver. */
  unsignedRemedy: string,
): readonly [why: string, remedy: string] | undefined {
  if (codes.includes('CERT_HAS_EXPIRED'))
    return ['it has expired', 'Give the server a new one; nothing changes here when the same authority signs it.'];
  if (codes.includes('CERT_NOT_YET_VALID'))
    return ['it is not valid yet', 'Compare the clocks of this machine and of the server.'];
  if (codes.includes('ERR_TLS_CERT_ALTNAME_INVALID'))
    return ['it is for another name', 'Write the server’s name into the address as its certificate has it.'];
  if (!codes.some((code) => UNSIGNED.test(code))) return undefined;
  return ['nobody whom this machine trusts has signed it', unsignedRemedy];
}

const UNSIGNED = /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY|CERT_SIGNATURE|CERT_UNTRUSTED|INVALID_CA/;

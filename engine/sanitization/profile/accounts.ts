/** Who is in USERINFO and is nobody's to enable: the packs say what becomes of them. */
const ADMIN = 'admin';

/** Microsoft, "Preconfigured system accounts": they stay as production has them, and keep the roles that the sandbox gives them. */
const SERVICE_ACCOUNTS: ReadonlySet<string> = new Set(
  [
    ...['Axping', 'Axrunner', 'DataSyncFrameworkApp', 'DataverseSearchApp', 'DynamicsMaintAppUser', 'FRServiceUser'],
    ...['MonitoringAppUser', 'PowerPlatformApp', 'PowerPlatformS2S', 'RetailServiceAccount', 'ScaleUnitManagement'],
    ...['ScaleUnitPipeline', 'SysHealthServiceUser'],
  ].map(fold),
);

/** As Finance & Operations compares: neither case nor trailing spaces count. */
export function fold(text: string): string {
  return text.trimEnd().toLowerCase();
}

export const isAdmin = (id: string): boolean => fold(id) === ADMIN;
export const isService = (id: string): boolean => SERVICE_ACCOUNTS.has(fold(id));
/** DBMovementAPI is the way in for whoever moves databases, Guest for whoever nobody knows. */
export const isReserved = (id: string): boolean =>
  isAdmin(id) || isService(id) || ['guest', 'dbmovementapi'].includes(fold(id));

/** System administrator (`-SYSADMIN-`) and whoever administers security, however a release spells them. */
const PRIVILEGED = /sysadmin|systemadmin|securityadmin|sysserver/;

export function isPrivileged({ role, title = '' }: { readonly role: string; readonly title?: string }): boolean {
  const letters = [role, title].map((text) => text.toLowerCase().replace(/[^a-z]/g, ''));
  return letters.some((text) => PRIVILEGED.test(text));
}

import type { Plan } from '../../engine/contracts.ts';
import { openAzureSqlProvider } from '../../engine/environments/azureSql/provider.ts';
import { surroundingChecks } from '../../engine/environments/azureSql/plan/checks.ts';
import { sourceSettings } from '../../engine/environments/azureSql/settings.ts';
import { systemClock } from '../../engine/clock.ts';
import { checks, plan } from './samples.ts';

const subscription = '00000000-0000-0000-0000-000000000000';
const sourceServer = { subscription, resourceGroup: 'rg-prod', server: 'contoso-prod' };
const targetServer = { subscription, resourceGroup: 'rg-uat', server: 'contoso-uat' };
const settings = sourceSettings.parse({
  ...sourceServer,
  closer: 'mssql://contoso-prod.database.windows.net?authentication=entra',
});

/** Of Azure SQL, in the provider's own sentences: where unsanitized data lies stands among them. */
export const planOfAzure: Plan = {
  ...plan,
  checks: [
    ...checks.filter(({ name, outcome }) => outcome === 'passed' && name !== 'space'),
    ...surroundingChecks({ source: { settings }, sourceServer, targetServer }, { sources: [], targets: [] }),
  ],
  chain: [
    'Azure’s backups of AxDB: restored as AxDB__rw_RUN on contoso-prod, copied to AxUAT__incoming_RUN on contoso-uat',
    'Azure’s backups of MRDB: restored as MRDB__rw_RUN on contoso-prod, copied to MRUAT__incoming_RUN on contoso-uat',
  ],
  guarantees: openAzureSqlProvider({ clock: systemClock }).guarantees,
};

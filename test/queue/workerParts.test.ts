import { expect, test } from 'vitest';
import { openWorkerParts } from '../../queue/workerParts.ts';

/** All that environments.example.yaml, which says signedReportsOnly, asks for. */
const variables = {
  REWIND_JOURNAL_URL: 'postgres://rewind:x@127.0.0.1:1/rewind',
  REWIND_REDIS_URL: 'redis://127.0.0.1:1',
  REWIND_ENVIRONMENTS: 'env/environments.example.yaml',
  PROD_BACKUP_READER: 'mssql://reader:x@127.0.0.1:1',
  UAT_SERVICE: 'mssql://rewind:x@127.0.0.1:1',
  TEST_SERVICE: 'mssql://rewind:x@127.0.0.1:1',
};

test('a worker › that cannot sign does not start where nothing is switched without a signed report', async () => {
  await expect(openWorkerParts(variables)).rejects.toMatchObject({
    code: 'configuration-invalid',
    problems: [{ place: 'REWIND_REPORT_KEY', reason: 'is missing, and environments.yaml says signedReportsOnly' }],
  });
});

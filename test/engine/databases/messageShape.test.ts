import { expect, test } from 'vitest';
import { readServerMessage as readPostgres } from '../../../engine/databases/postgres/messageShapes.ts';
import { readServerMessage as readSqlServer } from '../../../engine/databases/sqlServer/messageShapes.ts';

test('a message › that only begins like a known one is none', () => {
  const text =
    "Cannot insert the value NULL into column 'NAME', table 'AxDB.dbo.CUSTTABLE'; column does not allow nulls. INSERT fails.";
  expect(readSqlServer(515, text)?.names).toEqual(['NAME', 'AxDB.dbo.CUSTTABLE']);
  expect(readSqlServer(515, `${text} Meier`)).toBeUndefined();
  expect(readSqlServer(8114, 'Error converting data type Meier to int.')).toBeUndefined();
  expect(readSqlServer(2627, 'Violation')).toBeUndefined();
  expect(readPostgres('22003', 'Meier out of range', () => true)).toBeUndefined();
  expect(readPostgres('23505', 'Meier', () => true)).toBeUndefined();
  expect(readPostgres('P0001', 'duplicate key value violates unique constraint "i"', () => true)).toBeUndefined();
});

test('a message › whose value holds the signs around it tells nothing of it', () => {
  const text = "Conversion failed when converting the nvarchar value 'Meier' to data type int. ' to data type int.";
  expect(readSqlServer(245, text)?.text).toBe(
    "Conversion failed when converting the nvarchar value '…' to data type int.",
  );
});

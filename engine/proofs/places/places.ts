import type { Dialect } from '../../environments/provider.ts';
import type { PlatformPlaces } from './place.ts';
import { postgresPlaces } from './postgresPlaces.ts';
import { sqlServerPlaces } from './sqlServerPlaces.ts';

export const placesOf: Readonly<Record<Dialect, PlatformPlaces>> = {
  postgres: postgresPlaces,
  mssql: sqlServerPlaces,
};

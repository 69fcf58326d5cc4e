import { createRequire } from 'node:module';
import type * as Identity from '@azure/identity';
import type * as Tedious from 'tedious';

const require = createRequire(import.meta.url);

// Loaded when a SQL Server is first spoken to: the drivers bring all of Entra's packages along, which is half of the time
// that a command, or a service of the demo, takes to start where there is only PostgreSQL.
export const loadTedious = () => require('tedious') as typeof Tedious;
export const loadIdentity = () => require('@azure/identity') as typeof Identity;

import { toLocal } from '../state/serverTime.ts';
import { hasServerPermission } from '../state/permissions.ts';
import type { Login, Session } from '../state/model.ts';
import type { Look, View } from './view.ts';

/** A login without VIEW SERVER STATE sees itself only. */
function visible({ server, session }: Look): Session[] {
  const all = [...server.sessions.values()];
  return hasServerPermission(session.login, 'VIEW SERVER STATE') ? all : all.filter(({ id }) => id === session.id);
}

const sidOf = (login: Login) => Buffer.from(login.sid, 'hex');
const principalId = (look: Look, name: string) => 256 + look.server.logins.findIndex((login) => login.name === name);
const serverRoles = [
  'public',
  'sysadmin',
  'securityadmin',
  'serveradmin',
  'setupadmin',
  'processadmin',
  'diskadmin',
  'dbcreator',
  'bulkadmin',
];

export const sessionViews: readonly View[] = [
  {
    name: 'sys.dm_exec_background_job_queue',
    columns: { job_id: 'int', database_id: 'int', in_progress: 'smallint' },
    needs: 'VIEW SERVER STATE',
    rows: ({ server }) =>
      server.statisticsJobs
        .filter(({ until }) => until > Date.now())
        .map(({ id, databaseId }) => ({ job_id: id, database_id: databaseId, in_progress: 1 })),
  },
  {
    name: 'sys.dm_exec_sessions',
    columns: {
      session_id: 'smallint',
      login_time: 'datetime',
      host_name: 'nvarchar(128)',
      host_process_id: 'int',
      program_name: 'nvarchar(128)',
      login_name: 'nvarchar(128)',
      original_login_name: 'nvarchar(128)',
      nt_user_name: 'nvarchar(128)',
      status: 'nvarchar(30)',
      database_id: 'smallint',
      is_user_process: 'bit',
      open_transaction_count: 'int',
      last_request_start_time: 'datetime',
      security_id: 'varbinary(85)',
    },
    rows: (look) =>
      visible(look).map((session) => ({
        session_id: session.id,
        login_time: toLocal(look.server, session.loginTime),
        host_name: session.hostName,
        host_process_id: session.processId,
        program_name: session.programName,
        login_name: session.login.name,
        original_login_name: session.login.name,
        nt_user_name: null,
        status: session.request ? 'running' : 'sleeping',
        database_id: session.database.id,
        is_user_process: 1,
        open_transaction_count: session.transaction?.depth ?? 0,
        last_request_start_time: toLocal(look.server, session.request?.startedAt ?? session.loginTime),
        security_id: sidOf(session.login),
      })),
  },
  {
    name: 'sys.dm_exec_requests',
    columns: {
      session_id: 'smallint',
      request_id: 'int',
      start_time: 'datetime',
      status: 'nvarchar(30)',
      command: 'nvarchar(32)',
      sql_handle: 'varbinary(64)',
      database_id: 'smallint',
      user_id: 'int',
      blocking_session_id: 'smallint',
      wait_type: 'nvarchar(60)',
      wait_time: 'int',
      last_wait_type: 'nvarchar(60)',
      open_transaction_count: 'int',
      percent_complete: 'real',
      estimated_completion_time: 'bigint',
      total_elapsed_time: 'int',
      cpu_time: 'int',
    },
    rows: (look) =>
      visible(look).flatMap((session) => {
        const { request } = session;
        if (!request) return [];
        const elapsed = Math.max(look.server.now() - request.startedAt, 0);
        const left = request.percent > 0 ? Math.round((elapsed * (100 - request.percent)) / request.percent) : 0;
        return [
          {
            session_id: session.id,
            request_id: 0,
            start_time: toLocal(look.server, request.startedAt),
            status: session.id === look.session.id ? 'running' : 'suspended',
            command: request.command,
            sql_handle: null,
            database_id: session.database.id,
            user_id: 1,
            blocking_session_id: 0,
            wait_type: request.command.startsWith('RESTORE') ? 'BACKUPTHREAD' : null,
            wait_time: 0,
            last_wait_type: 'MISCELLANEOUS',
            open_transaction_count: session.transaction?.depth ?? 0,
            percent_complete: request.percent,
            estimated_completion_time: left,
            total_elapsed_time: elapsed,
            cpu_time: 0,
          },
        ];
      }),
  },
  {
    name: 'sys.dm_exec_connections',
    columns: {
      session_id: 'int',
      connect_time: 'datetime',
      net_transport: 'nvarchar(40)',
      encrypt_option: 'nvarchar(40)',
      auth_scheme: 'nvarchar(40)',
      client_net_address: 'varchar(48)',
    },
    rows: (look) =>
      visible(look).map((session) => ({
        session_id: session.id,
        connect_time: toLocal(look.server, session.loginTime),
        net_transport: 'TCP',
        encrypt_option: session.isEncrypted ? 'TRUE' : 'FALSE',
        auth_scheme: session.login.kind === 'windows' ? 'NTLM' : 'SQL',
        client_net_address: '127.0.0.1',
      })),
  },
  {
    name: 'sys.server_principals',
    columns: {
      name: 'sysname',
      principal_id: 'int',
      sid: 'varbinary(85)',
      type: 'char(1)',
      type_desc: 'nvarchar(60)',
      is_disabled: 'bit',
      is_fixed_role: 'bit',
      default_database_name: 'sysname',
      create_date: 'datetime',
    },
    rows: (look) => [
      ...look.server.logins.map((login, index) => ({
        name: login.name,
        principal_id: 256 + index,
        sid: sidOf(login),
        ...loginTypes[login.kind],
        is_disabled: login.isDisabled ? 1 : 0,
        is_fixed_role: 0,
        default_database_name: login.defaultDatabase,
        create_date: toLocal(look.server, 0),
      })),
      ...serverRoles.map((name, index) => ({
        name,
        principal_id: 2 + index,
        sid: Buffer.from([2 + index]),
        type: 'R',
        type_desc: 'SERVER_ROLE',
        is_disabled: 0,
        is_fixed_role: 1,
        default_database_name: null,
        create_date: toLocal(look.server, 0),
      })),
    ],
  },
  {
    name: 'sys.server_permissions',
    columns: { class: 'tinyint', grantee_principal_id: 'int', permission_name: 'nvarchar(128)', state: 'char(1)' },
    rows: (look) =>
      look.server.logins.flatMap((login) =>
        [...login.permissions].map((name) => ({
          ...{ class: 100, grantee_principal_id: principalId(look, login.name), permission_name: name, state: 'G' },
        })),
      ),
  },
  {
    name: 'sys.server_role_members',
    columns: { role_principal_id: 'int', member_principal_id: 'int' },
    rows: (look) =>
      look.server.logins.flatMap((login) =>
        [...login.roles].map((role) => ({
          role_principal_id: 2 + serverRoles.indexOf(role),
          member_principal_id: principalId(look, login.name),
        })),
      ),
  },
];

const loginTypes = {
  sql: { type: 'S', type_desc: 'SQL_LOGIN' },
  windows: { type: 'U', type_desc: 'WINDOWS_LOGIN' },
  entra: { type: 'E', type_desc: 'EXTERNAL_LOGIN' },
} as const;

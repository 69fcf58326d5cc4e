import { z } from 'zod';

const text = z.string().optional();
const sku = z.looseObject({ name: z.string(), tier: text, family: text, capacity: z.number().optional() });

/** As far as anything of it is used; which members are there differs with the service objective. */
export const databaseResource = z.looseObject({
  id: z.string(),
  name: z.string(),
  kind: text,
  location: z.string(),
  sku: sku.optional(),
  tags: z.record(z.string(), z.string()).optional(),
  properties: z.looseObject({
    status: z.string(),
    databaseId: z.string(),
    creationDate: text,
    earliestRestoreDate: text,
    maxSizeBytes: z.number().optional(),
    elasticPoolId: text,
    currentServiceObjectiveName: text,
    secondaryType: text,
  }),
});

export type DatabaseResource = z.infer<typeof databaseResource>;
export type Sku = z.infer<typeof sku>;

export const serverResource = z.looseObject({
  id: z.string(),
  name: z.string(),
  location: z.string(),
  properties: z.looseObject({ fullyQualifiedDomainName: z.string(), state: text, administratorLogin: text }),
});

export type ServerResource = z.infer<typeof serverResource>;

export const operationResource = z.looseObject({
  name: z.string(),
  properties: z.looseObject({ operation: z.string(), state: z.string(), startTime: text }),
});

export type OperationResource = z.infer<typeof operationResource>;

export const usageResource = z.looseObject({
  name: z.string(),
  properties: z.looseObject({ currentValue: z.number(), limit: z.number().optional() }),
});

export type UsageResource = z.infer<typeof usageResource>;

export const lockResource = z.looseObject({ id: z.string(), properties: z.looseObject({ level: z.string() }) });

export const permissionResource = z.looseObject({
  actions: z.array(z.string()).default([]),
  notActions: z.array(z.string()).default([]),
});

export type Granted = z.infer<typeof permissionResource>;

export const retentionResource = z.looseObject({ properties: z.looseObject({ retentionDays: z.number() }) });

export const longTermRetention = z.looseObject({
  properties: z.looseObject({ weeklyRetention: text, monthlyRetention: text, yearlyRetention: text }),
});

export const poolResource = z.looseObject({
  id: z.string(),
  sku: sku.optional(),
  properties: z.looseObject({ state: text }),
});

export const linkResource = z.looseObject({ properties: z.looseObject({ role: text, partnerRole: text }) });

export const failoverGroup = z.looseObject({
  name: z.string(),
  properties: z.looseObject({ databases: z.array(z.string()) }),
});

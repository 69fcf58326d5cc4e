/** Every database has these; tables in any other schema are shown under the number 5. */
export const schemas = ['dbo', 'guest', 'INFORMATION_SCHEMA', 'sys'];

export function schemaId(name: string): number {
  const at = schemas.findIndex((each) => each.toLowerCase() === name.toLowerCase());
  return at === -1 ? 5 : at + 1;
}

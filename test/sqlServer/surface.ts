import { tableFunctions } from './catalogue/tableFunctions.ts';
import { views } from './catalogue/views.ts';
import { constants, systemVariables } from './execute/constants.ts';
import { procedures } from './procedures/procedures.ts';
import { errorNumbers } from './sql/errorNumbers.ts';
import { plainFunctions, pureFunctions } from './sql/functions.ts';
import { sessionFunctions } from './state/sessionFunctions.ts';
import { families } from './statements/families.ts';

/** Everything of SQL Server that this test double knows by name, kind by kind, as its own tables have it. */
export const surface: Readonly<Record<string, readonly string[]>> = {
  statement: families.flatMap(({ starts }) => starts.map((words) => words.join(' '))),
  view: [...views.keys()],
  'table function': Object.keys(tableFunctions),
  procedure: ['sp_executesql', ...Object.keys(procedures)],
  function: [plainFunctions, pureFunctions, sessionFunctions, constants].flatMap((each) => Object.keys(each)),
  variable: Object.keys(systemVariables),
  error: Object.values(errorNumbers).flat().map(String),
};

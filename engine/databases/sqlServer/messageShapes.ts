import { readMessage, shapesByKey, type ShownMessage } from '../messageShape.ts';

/**
 * The texts of sys.messages that may be repeated, per number ("Database Engine events and errors"; the driver asks for
 * us_english). What a trigger raises itself (RAISERROR, THROW) has a number from 50000 on, and none of them stands here.
 */
const shapes = shapesByKey<number>([
  // Statements about rows. Names stand before the value, so no value can pass for one.
  [220, 'Arithmetic overflow error for data type %t, value = %v.'],
  [241, 'Conversion failed when converting date and/or time from character string.'],
  [242, 'The conversion of a %t data type to a %t data type resulted in an out-of-range value.'],
  [245, "Conversion failed when converting the %t value '%v' to data type %t."],
  [
    515,
    "Cannot insert the value NULL into column '%n', table '%n'; column does not allow nulls. INSERT fails.",
    "Cannot insert the value NULL into column '%n', table '%n'; column does not allow nulls. UPDATE fails.",
  ],
  [
    547,
    ...['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'ALTER TABLE'].flatMap((verb) =>
      ['FOREIGN KEY', 'REFERENCE', 'CHECK', 'SAME TABLE REFERENCE', 'FOREIGN KEY SAME TABLE'].flatMap((kind) =>
        [", column '%n'", ''].map(
          (column) =>
            `The ${verb} statement conflicted with the ${kind} constraint "%n". The conflict occurred in database "%n", table "%n"${column}.`,
        ),
      ),
    ),
  ],
  [
    1505,
    "The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name '%n' and the index name '%n'. The duplicate key value is %v.",
  ],
  [2601, "Cannot insert duplicate key row in object '%n' with unique index '%n'. The duplicate key value is %v."],
  [
    2627,
    ...['PRIMARY KEY', 'UNIQUE KEY'].map(
      (kind) =>
        `Violation of ${kind} constraint '%n'. Cannot insert duplicate key in object '%n'. The duplicate key value is %v.`,
    ),
  ],
  [2628, "String or binary data would be truncated in table '%n', column '%n'. Truncated value: '%v'."],
  [8114, 'Error converting data type %t to %t.'],
  [8115, 'Arithmetic overflow error converting %t to data type %t.'],
  [8134, 'Divide by zero error encountered.'],
  [8152, 'String or binary data would be truncated.'],
  [
    3616,
    'An error was raised during trigger execution. The batch has been aborted and the user transaction, if any, has been rolled back.',
  ],
  [3609, 'The transaction ended in the trigger. The batch has been aborted.'],
  // Not in the catalogue, so nobody knows whether it is a name: a trigger may have put its statement together from a row.
  [207, "Invalid column name '%v'."],
  [208, "Invalid object name '%v'."],
]);

/** @returns undefined where the text is withheld: its number has no shape, or the text another one. */
export const readServerMessage = (number: number, text: string): ShownMessage | undefined => {
  const known = shapes.get(number);
  return known === undefined ? undefined : readMessage(known, text.trimEnd());
};

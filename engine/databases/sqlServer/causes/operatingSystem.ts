interface SystemError {
  readonly said: string;
  readonly remedy: string;
}

/** Of Windows; SQL Server on Linux translates to these numbers. */
const errors: Readonly<Record<number, SystemError>> = {
  2: { said: 'not there', remedy: 'Put the file back, or correct its path.' },
  3: { said: 'no such folder', remedy: 'Create the folder, or name another one in the settings of the target.' },
  5: { said: 'access denied', remedy: 'Let the service account of SQL Server read and write the folder.' },
  19: { said: 'write protected', remedy: 'Name another folder in the settings of the target.' },
  21: { said: 'the device is not ready', remedy: 'Bring the volume online.' },
  32: { said: 'in use', remedy: 'Find out which program holds it: a virus scanner or a backup, most often.' },
  53: { said: 'share not found', remedy: 'Let the server reach the share.' },
  112: { said: 'no space', remedy: 'Free space on its volume, or name another folder in the settings of the target.' },
  1265: { said: 'no domain controller', remedy: 'Let the server reach its domain, or use a share that admits it.' },
  1326: { said: 'login refused', remedy: 'Let the share admit the service account of SQL Server.' },
};

export const describeSystemError = (number: number | undefined): string =>
  number === undefined
    ? ''
    : `, operating system error ${String(number)}${errors[number] === undefined ? '' : ` (${errors[number].said})`}`;

export const remedyOfSystemError = (number: number | undefined): string | undefined =>
  number === undefined ? undefined : errors[number]?.remedy;

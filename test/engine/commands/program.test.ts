import { describe, expect, test } from 'vitest';
import { programOf } from '../../../engine/commands/program.ts';

const onWindows = { platform: 'win32', variables: { SystemRoot: 'C:\\WINDOWS' } } as const;
const windows = (command: string, ...args: readonly string[]) =>
  programOf('Stopping uat', { command, args }, onWindows);

describe('a command on Windows', () => {
  test('that is a program › is started as it is', () => {
    expect(windows('C:\\Tools\\stop.exe', 'a "b"', '%PATH%')).toEqual({
      file: 'C:\\Tools\\stop.exe',
      args: ['a "b"', '%PATH%'],
      isVerbatim: false,
    });
  });

  test.for(['stop.cmd', 'STOP.BAT'])('that is a batch file (%s) › is given to cmd.exe, each word in quotes', (file) => {
    expect(windows(`C:\\Program Files\\AOS & more\\${file}`, 'uat', 'a b', '', '& calc.exe', '^|<>()')).toEqual({
      file: 'C:\\WINDOWS\\System32\\cmd.exe',
      args: ['/d', '/s', '/c', `""C:\\Program Files\\AOS & more\\${file}" "uat" "a b" "" "& calc.exe" "^|<>()""`],
      isVerbatim: true,
    });
  });

  test.for(['a"b', '%TEMP%', 'wow!', 'a\nb', 'a\r', '\0'])(
    'that is a batch file › is refused an argument that cmd.exe would take apart: %j',
    (argument) => {
      expect(() => windows('C:\\aos\\stop.cmd', 'uat', argument)).toThrow(
        'Stopping uat cannot be started: C:\\aos\\stop.cmd is a batch file, and its path or an argument holds ", %, ! or a line break',
      );
    },
  );

  test('that is a PowerShell script › is given to powershell.exe, under the machine’s own policy', () => {
    expect(windows('C:\\aos\\stop services.ps1', '-Target', 'u%a"t')).toEqual({
      file: 'C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      args: ['-NoProfile', '-NonInteractive', '-File', 'C:\\aos\\stop services.ps1', '-Target', 'u%a"t'],
      isVerbatim: false,
    });
  });

  test('that is started where SystemRoot is not told › looks in C:\\Windows', () => {
    const { file } = programOf('x', { command: 'a.cmd', args: [] }, { platform: 'win32', variables: {} });
    expect(file).toBe('C:\\Windows\\System32\\cmd.exe');
  });
});

test('a command elsewhere › is started as it is, whatever its name ends in', () => {
  const command = { command: '/opt/aos/stop.cmd', args: ['%a', '"'] };
  expect(programOf('x', command, { platform: 'linux', variables: {} })).toEqual({
    file: '/opt/aos/stop.cmd',
    args: ['%a', '"'],
    isVerbatim: false,
  });
});

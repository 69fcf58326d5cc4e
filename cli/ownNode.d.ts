export function findOwnNode(machine: {
  readonly platform: NodeJS.Platform;
  readonly version: string;
  readonly execPath: string;
  readonly exists?: (path: string) => boolean;
  readonly pinned?: () => string;
}): string | undefined;

/** Where a cloud of Azure is managed, and for which service its tokens are. */
export interface Cloud {
  readonly address: string;
  readonly audience: string;
}

export const CLOUD_NAMES = ['public', 'usGovernment', 'china'] as const;

const CLOUDS: Readonly<Record<(typeof CLOUD_NAMES)[number], string>> = {
  public: 'https://management.azure.com',
  usGovernment: 'https://management.usgovcloudapi.net',
  china: 'https://management.chinacloudapi.cn',
};

export const isNameOfCloud = (text: string): text is (typeof CLOUD_NAMES)[number] =>
  CLOUD_NAMES.some((name) => name === text);

/** A stand-in for Azure listens on this machine alone; anywhere else there is nothing but the clouds by their names. */
export const isStandInAddress = (text: string): boolean => /^http:\/\/127\.0\.0\.1:\d{1,5}$/.test(text);

/** `wanted`: a name of a cloud, or the address of a stand-in. */
export function cloudOf(wanted: string): Cloud {
  if (isNameOfCloud(wanted)) return { address: CLOUDS[wanted], audience: CLOUDS[wanted] };
  if (!isStandInAddress(wanted)) throw new TypeError(`${wanted} is no cloud of Azure`);
  return { address: wanted, audience: CLOUDS.public };
}

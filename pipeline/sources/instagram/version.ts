// Versions of the Graph API and the days on which they end; from developers.facebook.com/docs/graph-api/changelog/versions, read 2026-11-21.
import type { Notice } from "../../collecting/types.ts";

export const CURRENT = "v26.0";

/** Last day of a version; null where Meta has named none. */
const endsOn: Readonly<Record<string, string | null>> = {
  "v26.0": null,
  "v25.0": "2028-07-29",
  "v24.0": "2028-02-18",
  "v23.0": "2027-10-08",
  "v22.0": "2027-05-20",
  "v21.0": "2027-01-21",
  "v20.0": "2026-09-24",
  "v19.0": "2026-05-21",
  "v18.0": "2026-01-26",
};
const OLDEST = 18;
const WARN_DAYS = 90;

/** What is to be said of a version at an instant: nothing, a warning in its last 90 days, a refusal after them. A newer one than we know is left alone. */
export function versionNotices(version: string, at: string): Notice[] {
  const ends = endsOn[version];
  const mend = `Write version: ${CURRENT} under the source instagram in publication.yaml.`;
  if (ends === undefined && Number(version.slice(1)) < OLDEST)
    return [
      {
        severity: "error",
        stops: "configuration",
        says: `invalid version: ${version} of the Graph API has ended. ${mend}`,
      },
    ];
  if (!ends) return [];
  const days = Math.ceil((Date.parse(ends) - Date.parse(at)) / 86_400_000);
  if (days <= 0)
    return [
      {
        severity: "error",
        stops: "configuration",
        says: `invalid version: ${version} of the Graph API ended on ${ends}. ${mend}`,
      },
    ];
  if (days > WARN_DAYS) return [];
  return [
    { severity: "warning", says: `${version} of the Graph API ends on ${ends}, in ${days} days. ${mend}` },
  ];
}

// How platforms and sources write their own names, for pages, the API and the command line alike.
const names: Readonly<Record<string, string>> = {
  instagram: "Instagram",
  youtube: "YouTube",
  tiktok: "TikTok",
  bluesky: "Bluesky",
  mastodon: "Mastodon",
  threads: "Threads",
  pinterest: "Pinterest",
  wikimedia: "Wikipedia",
  gdelt: "GDELT",
  ecb: "ECB",
  reddit: "Reddit",
  x: "X",
  file: "Files",
  sample: "Sample",
  audit: "Follower audits",
  commerce: "Orders",
  campaigns: "Campaigns",
  events: "Events",
};

/** What is not on the list keeps the name it has. */
export const platformName = (id: string): string => names[id] ?? id;

/** A source of several platforms, such as the sample, is told apart by them. */
export const sourceName = ({ source, platform }: { source: string; platform: string }): string =>
  source === platform ? platformName(source) : `${platformName(source)} (${platformName(platform)})`;

// Everything /status/ says, for machines; see data/contract/status.ts.
import { jsonFile, readStatus } from "../../../lib/status.ts";

export const GET = () => jsonFile(readStatus());

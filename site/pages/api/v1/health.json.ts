// pass, warn or fail, with reasons, as of the edition's own clock; see data/contract/status.ts.
import { jsonFile, readStatus } from "../../../lib/status.ts";

export const GET = () => jsonFile(readStatus().health);

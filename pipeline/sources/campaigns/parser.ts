// The parser of the sheet's rows. A LineModule of core's ingestion.
import { sheetParser } from "../../imports/sheet.ts";
import { campaigns } from "./sheet.ts";

export const prepare = sheetParser(campaigns);

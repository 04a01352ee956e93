// Reads a copy for one market: what it claims, which rule that breaks, on what law, and what to say instead. Pure and free of dependencies, because
// the pipeline, the command line and the reader's browser all run this one function. Not legal advice: it knows wordings, not evidence.
import type { ClaimLanguage, ClaimRule, MarketClaims, RuleBook } from "../../contract/claims.ts";
import type { Checked, Hit, Issue, Passed } from "./checked.ts";
import { citationsOf } from "./citation.ts";
import { disclosureHit, type Labels, labelsOf } from "./disclosure.ts";
import { type Folded, joined, spaced } from "./folded.ts";
import { type CopyLanguage, languageOfCopy } from "./language.ts";
import { bundlesOf, expressionOf, isFound, isJoined, placesOf } from "./pattern.ts";
import { revised } from "./revision.ts";
import { culturalFit, penalties, statusOf } from "./score.ts";
import { type Context, contextOf, innocenceOf, isAsking } from "./sentence.ts";

export interface CheckOptions {
  /** ISO 639-1, when it is known. */
  readonly language?: string | undefined;
  /** Whether somebody paid for the post; unknown lets the copy's own hints decide. */
  readonly paid?: boolean | undefined;
}

/** A rule book compiled once and used for many copies. */
export interface Reader {
  readonly market: MarketClaims;
  readonly tongues: readonly Tongue[];
  readonly labels: Labels;
  read(copy: string, options?: CheckOptions): Checked;
}

interface Tongue {
  readonly language: ClaimLanguage;
  readonly context: Context;
  readonly kinds: readonly {
    readonly kind: string;
    /** What a text must have for `pattern` to be found in it; null where nothing is known to be needed. */
    readonly needs: RegExp | null;
    readonly pattern: RegExp;
    readonly except: RegExp | null;
    readonly unless: RegExp | null;
    readonly part: { readonly negation: boolean; readonly agent: boolean };
    readonly say: string;
    readonly rules: readonly ClaimRule[];
  }[];
  readonly taboo: readonly {
    readonly group: RuleBook["taboo"]["groups"][number];
    readonly pattern: RegExp;
    readonly except: RegExp | null;
  }[];
}

/** Throws on a pattern that is none and on a rule whose kind no wording knows. */
export function readerOf(book: RuleBook): Reader {
  const tongues = Object.values(book.wordings).map((wording): Tongue => {
    const list = (patterns: readonly string[]) =>
      patterns.length > 0 ? expressionOf(patterns, wording) : null;
    return {
      language: wording.language,
      context: contextOf(wording),
      kinds: Object.entries(wording.kinds).flatMap(
        ([kind, { patterns, except, unless, negation, agent, say }]) => {
          const rules = book.market.rules.filter((rule) => rule.kinds.includes(kind));
          if (rules.length === 0) return [];
          const shared = {
            kind,
            except: list(except),
            unless: list(unless),
            part: { negation: negation === "part", agent: agent === "part" },
            say,
            rules,
          };
          return bundlesOf(patterns).map((bundle) => ({
            ...shared,
            needs: bundle.needs === null ? null : expressionOf([bundle.needs], wording),
            pattern: expressionOf(bundle.patterns, wording),
          }));
        },
      ),
      taboo: book.taboo.groups
        .filter(({ language }) => language === wording.language)
        .map((group) => ({
          group,
          pattern: expressionOf(group.patterns, wording),
          except: list(group.except),
        })),
    };
  });
  const reader: Reader = {
    market: book.market,
    tongues,
    labels: labelsOf(book),
    read: (copy, options = {}) => check(reader, copy, options),
  };
  return reader;
}

function check(reader: Reader, copy: string, options: CheckOptions): Checked {
  const western = spaced(copy);
  const language = languageOfCopy(western.text, copy, options.language);
  const tongues = reader.tongues.filter((tongue) => language.read.includes(tongue.language));
  const eastern = tongues.some((tongue) => isJoined(tongue.language)) ? joined(copy) : western;
  const hits: Hit[] = [];
  const passed: Passed[] = [];
  const issues: Issue[] = [];
  for (const tongue of tongues) {
    const folded = isJoined(tongue.language) ? eastern : western;
    // “Kein Whitening”: the claim is English, what takes it back is the language around it.
    const around = tongues.find(
      ({ language: own }) => own === language.detected && isJoined(own) === isJoined(tongue.language),
    );
    const alike = tongues.filter(({ language: own }) => isJoined(own) === isJoined(tongue.language));
    // Of a slogan whose language cannot be told, any language's question word says that it asks.
    const asking = language.detected === "unknown" ? alike : [];
    readClaims(
      reader.market,
      tongue,
      alike,
      [...new Set([tongue, around ?? tongue])],
      asking,
      folded,
      copy,
      hits,
      passed,
    );
    readTaboo(tongue, folded, copy, issues);
  }
  const undisclosed = disclosureHit(
    reader.labels,
    copy,
    western,
    eastern,
    tongues.map((tongue) => tongue.language),
    options.paid,
  );
  if (undisclosed) hits.push(undisclosed);
  hits.sort(
    (a, b) =>
      a.start - b.start ||
      penalties[b.severity] - penalties[a.severity] ||
      a.rule.localeCompare(b.rule, "en"),
  );
  dropNamesWithin(hits);
  const understood = tongues.length > 0;
  const found = [...hits, ...issues.map((issue) => ({ ...issue, rule: issue.group }))];
  const judged = understood && copy.trim() !== "";
  return {
    market: reader.market.market,
    language,
    understood,
    characters: copy.length,
    hits,
    passed,
    sensitivity_issues: issues,
    cultural_fit_score: judged ? culturalFit(found) : null,
    approval_status: judged ? statusOf(found) : null,
    localization_tips: tipsFor(reader.market, language),
    revised_content: revised(copy, hits),
  };
}

function readClaims(
  market: MarketClaims,
  tongue: Tongue,
  alike: readonly Tongue[],
  around: readonly Tongue[],
  asking: readonly Tongue[],
  folded: Folded,
  copy: string,
  hits: Hit[],
  passed: Passed[],
): void {
  // Looked for only where something was found, once a kind: most copy claims nothing.
  const innocenceIn = (
    text: string,
    start: number,
    end: number,
    part: { negation: boolean; agent: boolean },
  ) => {
    for (const { context } of around) {
      const because = innocenceOf(text, start, end, context, part);
      if (because !== null) return because;
    }
    return asking.some(({ context }) => isAsking(text, start, end, context)) ? "asks" : null;
  };
  const excused = new Map<string, readonly (readonly [number, number])[]>();
  for (const { kind, needs, pattern, unless, part, say, rules } of tongue.kinds) {
    if (needs !== null && !isFound(needs, folded.text)) continue;
    let lawful: boolean | null = null;
    for (const [start, end] of placesOf(pattern, folded.text)) {
      if (start === end) continue;
      const wanting = rules.filter(
        ({ id }) =>
          !hits.some(
            (hit) =>
              hit.rule === id && hit.start < (folded.at[end] ?? 0) && hit.end > (folded.at[start] ?? 0),
          ),
      );
      if (wanting.length === 0) continue;
      const exceptions = excused.get(kind) ?? exceptionsOf(kind, alike, folded.text);
      excused.set(kind, exceptions);
      const quote = copy.slice(folded.at[start], folded.at[end]).trim();
      lawful ??= unless !== null && isFound(unless, folded.text);
      const because =
        lawful || exceptions.some(([from, to]) => from < end && to > start)
          ? "exception"
          : innocenceIn(folded.text, start, end, part);
      if (because !== null) {
        passed.push({ kind, quote, because });
        continue;
      }
      for (const rule of wanting) {
        hits.push({
          rule: rule.id,
          title: rule.title,
          kind,
          severity: rule.severity,
          confidence: rule.confidence,
          start: folded.at[start] ?? 0,
          end: folded.at[end] ?? copy.length,
          quote,
          language: tongue.language,
          why: rule.why,
          cites: citationsOf(market, rule.cites),
          reviewed_on: rule.reviewed_on,
          suggestion: say,
        });
      }
    }
  }
}

/** A disease that a healing claim already speaks of is not held against the copy a second time for being named. */
function dropNamesWithin(hits: Hit[]): void {
  const healing = hits.filter(({ severity }) => severity === "critical");
  for (let place = hits.length - 1; place >= 0; place--) {
    const hit = hits[place];
    if (hit?.kind === "disease-named" && healing.some(({ start, end }) => start < hit.end && end > hit.start))
      hits.splice(place, 1);
  }
}

/** Where a copy excuses a kind. Names of diseases are alike in several languages, so an exception of any that is read counts. */
const exceptionsOf = (kind: string, tongues: readonly Tongue[], text: string): [number, number][] =>
  tongues
    .flatMap(({ kinds }) => kinds.find((other) => other.kind === kind)?.except ?? [])
    .flatMap((except) => placesOf(except, text));

function readTaboo(tongue: Tongue, folded: Folded, copy: string, issues: Issue[]): void {
  for (const { group, pattern, except } of tongue.taboo) {
    const exceptions = except ? placesOf(except, folded.text) : [];
    for (const [start, end] of placesOf(pattern, folded.text)) {
      if (exceptions.some(([from, to]) => from < end && to > start)) continue;
      issues.push({
        group: group.id,
        title: group.title,
        severity: group.severity,
        confidence: group.confidence,
        start: folded.at[start] ?? 0,
        end: folded.at[end] ?? copy.length,
        quote: copy.slice(folded.at[start], folded.at[end]).trim(),
        why: group.why,
        source: group.source,
      });
    }
  }
}

const names: Readonly<Record<ClaimLanguage, string>> = {
  en: "English",
  de: "German",
  fr: "French",
  ja: "Japanese",
  ko: "Korean",
};

function tipsFor(market: MarketClaims, { detected }: CopyLanguage): string[] {
  const here = market.languages.map((language) => names[language]).join(" or ");
  const wrong =
    detected === "other"
      ? [`The copy is in a language without rules here. Write it in ${here}, then check again.`]
      : detected !== "unknown" && !market.languages.includes(detected)
        ? [`The copy is in ${names[detected]}; readers here expect ${here}.`]
        : [];
  return [...wrong, ...market.tips];
}

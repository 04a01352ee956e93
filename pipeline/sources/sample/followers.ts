// Who follows the two audited creators: people who post, people who only read, and the three kinds of account that are sold as followers.
// Invented to be hard: readers look like fakes, and one fake in ten looks like a person.
import { type Account, unknownAccount } from "../../accounts/account.ts";
import { digitsOf } from "./people.ts";
import { audits } from "./planted.ts";
import { type Random, randomOf } from "./random.ts";
import type { Line } from "./things.ts";
import { DAY_MS, dateOf, isoOf, mondayOf } from "./weeks.ts";

/** The samples as they were handed over on the Monday after their week, in an order that says nothing. */
export function followerSamples(seed: string, collectedAt: number): Line<"followers">[] {
  const request = {
    auditor: audits.auditor,
    audited_on: dateOf(mondayOf(audits.week) + 2 * DAY_MS),
    consent: audits.consent,
  };
  return Object.entries(audits.fakes).flatMap(([creator, fakes]) => {
    const random = randomOf(`${seed}|followers|${creator}`);
    const accounts = Array.from({ length: audits.sampled }, (_, index) =>
      index < fakes ? fakeAccount(random) : person(random),
    );
    return random.shuffled(accounts).map((account, index) => ({
      request: { creator, ...request },
      collected_at: isoOf(collectedAt),
      item: { follower_key: digitsOf(`follower|${creator}|${index}`, 32), ...account },
    }));
  });
}

function fakeAccount(random: Random): Account {
  const kind = random.weighted([
    ["shell", 6],
    ["farmed", 3],
    ["dressed", 1],
  ] as const);
  if (kind === "shell")
    return account(random, {
      followers: spread(random, 12, 1),
      following: spread(random, 700, 0.8),
      posts: random.next() < 0.6 ? 0 : random.below(5),
      picture: 0.5,
      digits: 0.65,
      named: 0.7,
      bio: 0.15,
      link: 0.01,
    });
  if (kind === "farmed")
    return account(random, {
      followers: spread(random, 90, 0.8),
      following: spread(random, 2100, 0.6),
      posts: spread(random, 4, 0.8),
      picture: 0.85,
      digits: 0.5,
      named: 0.9,
      bio: 0.4,
      link: 0.03,
    });
  return account(random, {
    followers: spread(random, 350, 0.6),
    following: spread(random, 1100, 0.5),
    posts: spread(random, 18, 0.6),
    picture: 0.98,
    digits: 0.25,
    named: 0.97,
    bio: 0.7,
    link: 0.05,
  });
}

function person(random: Random): Account {
  // One in three only reads.
  if (random.next() < 0.3)
    return account(random, {
      followers: spread(random, 110, 0.8),
      following: spread(random, 280, 0.7),
      posts: random.next() < 0.35 ? 0 : spread(random, 6, 0.8),
      picture: 0.93,
      digits: 0.25,
      named: 0.94,
      bio: 0.4,
      link: 0.02,
    });
  return account(random, {
    followers: spread(random, 420, 0.8),
    following: spread(random, 450, 0.6),
    posts: spread(random, 70, 1),
    picture: 0.99,
    digits: 0.18,
    named: 0.97,
    bio: 0.75,
    link: 0.14,
  });
}

interface Habits {
  readonly followers: number;
  readonly following: number;
  readonly posts: number;
  /** Chances of a picture, of digits in the username, of a full name, of a biography and of a link in it. */
  readonly picture: number;
  readonly digits: number;
  readonly named: number;
  readonly bio: number;
  readonly link: number;
}

function account(random: Random, habits: Habits): Account {
  const { followers, following, posts } = habits;
  const length = 7 + random.below(12);
  const digits = random.next() < habits.digits ? 1 + random.below(5) : 0;
  const named = random.next() < habits.named;
  return {
    ...unknownAccount,
    followers,
    following: Math.min(7500, following),
    posts,
    has_profile_picture: random.next() < habits.picture,
    is_private: random.next() < 0.38,
    username_length: length,
    username_digit_share: digits / length,
    full_name_words: named ? 1 + random.below(2) : 0,
    full_name_digit_share: 0,
    name_equals_username: named && random.next() < 0.03,
    bio_length: random.next() < habits.bio ? 5 + random.below(140) : 0,
    has_external_url: random.next() < habits.link,
  };
}

/** Log-normal around a middle. */
const spread = (random: Random, middle: number, sigma: number): number =>
  Math.round(middle * Math.exp(sigma * random.normal()));

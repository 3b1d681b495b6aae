/* What the server answers to the pages of the desk. No names but those of offices, no day but the last on which one was heard. */

import type { LsoProfile, Told } from '../../federation/organizations/lso-profile.ts';
import type { OfficeId } from '../../kernel/ids.ts';
import type { Names } from '../../kernel/names.ts';
import type { PlainDate } from '../../kernel/plain-date.ts';
import type { DeskFigure } from './desk-figures.ts';
import type { Shown } from './held-back.ts';

export type NamedOffice = { readonly office: OfficeId; readonly names: Names };

/** One figure in sum: how much of it was carried over from paper, and how much was only estimated. */
export type FigureSum = {
  readonly key: DeskFigure;
  readonly count: Shown;
  readonly carriedForward: Shown;
  readonly estimated: Shown;
  /** What came in the running month; null for a stock. */
  readonly thisMonth: Shown | null;
};

export type DistrictRow = NamedOffice & {
  /** Official code where the name is one of the districts that ship. */
  readonly code: string | null;
  readonly talukas: number | null;
  readonly lsos: number;
  readonly organized: Shown;
  readonly households: Shown;
  /** Whole percent; null while no household is entered. */
  readonly percent: number | null;
  /** Households organized at the end of each of twelve months. */
  readonly months: readonly number[];
  readonly quiet: number;
  readonly waiting: number;
  readonly flags: number;
};

/** `GET overview` */
export type OverviewAnswer = {
  readonly office: NamedOffice & { readonly tier: string };
  readonly today: PlainDate;
  readonly months: readonly string[];
  readonly figures: readonly FigureSum[];
  readonly districts: readonly DistrictRow[];
  readonly lsos: number;
  readonly waiting: { readonly refusals: number; readonly flags: number; readonly since: PlainDate | null };
  readonly quiet: number;
  /** Facilities whose last look lies a month or longer back, and those that were ever looked at. */
  readonly facilities: { readonly stale: number; readonly seen: number };
};

export type OfficeRow = NamedOffice & {
  readonly district: OfficeId | null;
  readonly heardOn: PlainDate | null;
  readonly organized: Shown;
  readonly households: Shown;
  readonly percent: number | null;
  readonly waiting: number;
  readonly flags: number;
  readonly phones: number;
  readonly quietPhones: number;
};

/** `GET offices` */
export type OfficesAnswer = {
  readonly today: PlainDate;
  readonly districts: readonly NamedOffice[];
  readonly offices: readonly OfficeRow[];
};

/** `GET figures/:key` and `GET figures/:key/:office`: a table of the offices below one, by month, and no further. */
export type FigureAnswer = {
  readonly key: DeskFigure;
  readonly of: NamedOffice & { readonly tier: string };
  readonly months: readonly string[];
  readonly stock: boolean;
  readonly rows: readonly (NamedOffice & {
    readonly opens: boolean;
    readonly counts: readonly Shown[];
    readonly sum: Shown;
  })[];
  /** Null for whoever sees a part of the offices only. */
  readonly sums: { readonly counts: readonly Shown[]; readonly sum: Shown } | null;
};

/** `GET offices/:office` */
export type OfficeAnswer = {
  readonly office: NamedOffice;
  readonly district: NamedOffice | null;
  readonly heardOn: PlainDate | null;
  readonly on: PlainDate;
  readonly today: PlainDate;
  readonly formedOn: PlainDate | null;
  /** As RSPN prints it, households held back where they are few. */
  readonly profile: Omit<LsoProfile, 'households' | 'organizedHouseholds'> & {
    readonly households: Omit<Told, 'count'> & { readonly count: Shown };
    readonly organizedHouseholds: Omit<Told, 'count'> & { readonly count: Shown };
  };
  readonly months: readonly string[];
  readonly figures: readonly {
    readonly key: DeskFigure;
    readonly stock: boolean;
    readonly counts: readonly Shown[];
    readonly sum: Shown;
  }[];
  readonly phones: { readonly enrolled: number; readonly quiet: number };
};

/** `GET donors`: groups across, the offices below down. */
export type DonorsAnswer = {
  readonly of: NamedOffice & { readonly tier: string };
  readonly groups: readonly string[];
  readonly rows: readonly (NamedOffice & { readonly counts: readonly Shown[]; readonly sum: Shown })[];
  readonly sums: { readonly counts: readonly Shown[]; readonly sum: Shown };
};

/** `GET emergencies`: what kind, and what came of it, by month. */
export type EmergenciesAnswer = {
  readonly of: NamedOffice & { readonly tier: string };
  readonly months: readonly string[];
  readonly types: readonly { readonly type: string; readonly counts: readonly Shown[]; readonly sum: Shown }[];
  readonly sums: { readonly counts: readonly Shown[]; readonly sum: Shown };
  readonly outcomes: readonly {
    readonly key: 'people-given-blood' | 'families-carried';
    readonly counts: readonly Shown[];
    readonly sum: Shown;
  }[];
};

/** How many complaints of one post have come so far, and what became of them. */
export type ComplaintLine = {
  readonly about: 'leader' | 'crp' | 'social-organizer' | 'district' | 'head-office' | 'auditor';
  readonly waiting: Shown;
  readonly settled: Shown;
  readonly notUpheld: Shown;
  readonly came: Shown;
};

/** `GET reports/:month` and `GET reports/:month/:office` */
export type ReportAnswer = {
  readonly of: NamedOffice & { readonly tier: string };
  readonly month: string;
  readonly offices: number;
  readonly heard: number;
  readonly closesOn: PlainDate;
  /** The month has not ended: its numbers still grow. */
  readonly running: boolean;
  /** For the report of the whole programme, and never of the reader's own post; null for every other reader and report. */
  readonly complaints: readonly ComplaintLine[] | null;
  readonly lines: readonly {
    readonly key: DeskFigure;
    readonly stock: boolean;
    readonly before: Shown;
    readonly inMonth: Shown;
    readonly toDate: Shown;
    readonly carriedForward: Shown;
    readonly estimated: Shown;
  }[];
};

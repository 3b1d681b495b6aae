import type { OfficeId } from '../../kernel/ids.ts';
import type { DistrictFigure } from './district-figures.ts';
import type { OpenedFigure, Shown } from './opened-figure.ts';

/** What `GET /api/desk/overview` answers. No names but those of offices, no day but the last on which an office was heard. */
export type DistrictPage = {
  readonly office: NamedOffice;
  readonly person: string;
  readonly today: string;
  /** Demo data stands in the books. */
  readonly sample: boolean;
  readonly figures: readonly {
    readonly key: DistrictFigure;
    readonly count: Shown;
    readonly thisMonth: Shown | null;
  }[];
  readonly offices: readonly (NamedOffice & { readonly heardOn: string | null })[];
};

export type NamedOffice = {
  readonly office: OfficeId;
  readonly names: { readonly sd: string | null; readonly ur: string | null; readonly en: string | null };
};

/** What `GET /api/desk/figures/:key` answers. */
export type OpenedPage = { readonly key: DistrictFigure; readonly opened: OpenedFigure };

import * as z from 'zod/mini';
import type { RecordId } from '../../kernel/ids.ts';
import { namesShape } from '../../kernel/names.ts';
import { idShape } from '../../kernel/record-shape.ts';
import { accept, refuse } from '../../kernel/result.ts';
import { grantKind } from '../../platform/access/grants.ts';
import type { Actor } from '../../platform/access/role.ts';
import {
  arrive,
  type Change,
  command,
  create,
  depart,
  flag,
  type Lookup,
  type Pages,
  read,
  readIfAny,
  readIndex,
  remove,
  update,
} from '../../platform/book/command.ts';
import type { Fact } from '../../platform/book/figures.ts';
import type { AnyKind } from '../../platform/book/kind.ts';
import { keepsOrganizations } from '../organizations/commands.ts';
import { type Organization, organizationKind, rootKey, stands, standsBelow } from '../organizations/organization.ts';
import { householdKind } from '../people/household.ts';
import { type Person, personKind } from '../people/person.ts';
import { tenureKind } from '../posts/tenure.ts';
import {
  type Arrival,
  arrivalKey,
  arrivalKind,
  goers,
  isOpen,
  listedLsoKind,
  pastOf,
  reasons,
  type Transfer,
  toldFields,
  transferKind,
} from './transfer.ts';

/** Who answers for a village or for the whole LSO says who leaves it. */
function letsGo(actor: Actor): boolean {
  return actor.nature !== 'person' || actor.grants.some(({ role }) => role === 'vo-bearer' || role === 'lso-bearer');
}

const isServer = (actor: Actor) => actor.nature === 'server';

/** Which persons an offer speaks of, as far as the office has written them down there. */
function peopleOf(pages: Pages, kind: Transfer['kind'], about: RecordId) {
  if (kind === 'person') return [pages.maybe(personKind, about)].filter((page) => page !== undefined);
  if (kind === 'organization') return [];
  const owner = pages.maybe(householdKind, about)?.body.owner;
  return pages.page(personKind, 'household', about).filter(({ body }) => body.owner === owner);
}

/** The giving office offers somebody, or an organization of its own, to another LSO. Nothing moves yet. */
export const offer = command({
  name: 'transfers.offer',
  nature: 'decision',
  input: z.strictObject({
    kind: z.enum(goers),
    about: idShape,
    office: z.int().check(z.positive()),
    officeNames: namesShape,
    /** They were asked, and said yes; of an organization, it was decided in its meeting. */
    agreed: z.boolean(),
  }),
  reads: ({ kind, about }, pages): Lookup[] => [
    kind === 'organization'
      ? read(organizationKind, about)
      : kind === 'household'
        ? read(householdKind, about)
        : read(personKind, about),
    readIndex(transferKind, 'about', about),
    ...(kind === 'household' ? [readIndex(personKind, 'household', about)] : []),
    ...peopleOf(pages, kind, about).map(({ id }) => readIndex(tenureKind, 'person', id)),
  ],
  mayRun: (actor, _pages, { kind }) => (kind === 'organization' ? keepsOrganizations(actor) : letsGo(actor)),
  decide: (pages, { kind, about, office, officeNames, agreed }, { actor, on }) => {
    if (!agreed) return refuse('transfers.not-agreed');
    if (office === actor.office) return refuse('transfers.own-office');
    const before = pages.page(transferKind, 'about', about).find(({ body }) => isOpen(body));
    if (before?.body.office === office && before.body.state === 'offered') return accept([]);
    if (before) return refuse('transfers.already-offered');
    const told = toldOf(pages, kind, about);
    if ('code' in told) return refuse(told.code);
    const posts = peopleOf(pages, kind, about).flatMap(({ id }) => pages.page(tenureKind, 'person', id));
    const held = posts.filter(({ body }) => body.until === null || body.until > on).length;
    if (held > 0) return refuse('transfers.holds-post', { count: held });
    return accept([
      create(transferKind, {
        about,
        kind,
        ...told,
        office,
        officeNames,
        offeredOn: on,
        by: actor.person,
        state: 'offered' as const,
        why: null,
        closedOn: null,
        past: [],
        owner: told.from,
      }),
    ]);
  },
});

function toldOf(
  pages: Pages,
  kind: Transfer['kind'],
  about: RecordId,
):
  | Pick<Transfer, 'names' | 'parent' | 'parentIs' | 'sex' | 'from'>
  | { readonly code: 'transfers.not-here-any-more' | 'organizations.root-stays' | 'moves.stands-no-more' } {
  if (kind === 'organization') {
    const { body } = pages.get(organizationKind, about);
    if (body.parent === null) return { code: 'organizations.root-stays' };
    if (!stands(body.status)) return { code: 'moves.stands-no-more' };
    return { names: body.names, parent: null, parentIs: null, sex: null, from: body.parent };
  }
  if (kind === 'household') {
    const { head, headParent, headParentIs, headSex, owner } = pages.get(householdKind, about).body;
    return { names: head, parent: headParent, parentIs: headParentIs ?? null, sex: headSex ?? null, from: owner };
  }
  const { names, parent, parentIs, sex, owner, left, withdrawnOn, mergedInto } = pages.get(personKind, about).body;
  if (mergedInto || withdrawnOn || left?.how === 'died') return { code: 'transfers.not-here-any-more' };
  return { names, parent, parentIs: parentIs ?? null, sex, from: owner };
}

/** As long as nobody has gone, the offer can be taken back; the server tells the other office. */
export const takeBack = command({
  name: 'transfers.take-back',
  nature: 'decision',
  input: z.strictObject({ transfer: idShape }),
  reads: ({ transfer }) => [read(transferKind, transfer)],
  mayRun: letsGo,
  decide: (pages, { transfer }) => {
    const { body } = pages.get(transferKind, transfer);
    if (body.state === 'gone') return refuse('transfers.gone-already');
    if (body.state !== 'offered') return accept([]);
    return accept([update(transferKind, transfer, { ...body, state: 'taking-back' as const })]);
  },
});

/** The receiving office says yes, and where they belong; or no. */
export const answer = command({
  name: 'transfers.answer',
  nature: 'decision',
  input: z.strictObject({
    arrival: idShape,
    /** The organization to which they belong from now on; null is a no. */
    to: z.nullable(idShape),
    /** Of one person: where she lives now; null when that household is not written down. */
    household: z._default(z.nullable(idShape), null),
  }),
  reads: ({ arrival, to, household }) => [
    read(arrivalKind, arrival),
    ...(to === null ? [] : [read(organizationKind, to)]),
    ...(household === null ? [] : [read(householdKind, household)]),
  ],
  mayRun: keepsOrganizations,
  decide: (pages, { arrival, to, household }, { actor, on }) => {
    const { body } = pages.get(arrivalKind, arrival);
    const state = to === null ? ('declined' as const) : ('accepted' as const);
    if (body.state === state && body.to === to && body.household === household) return accept([]);
    if (body.state !== 'offered') return refuse('transfers.answered-already');
    if (to !== null && !takesIn(pages.get(organizationKind, to).body, body)) return refuse('moves.nobody-lives-there');
    if (household !== null && (body.kind !== 'person' || pages.get(householdKind, household).body.owner !== to))
      return refuse('moves.household-elsewhere');
    const closedOn = to === null ? on : null;
    return accept([
      update(arrivalKind, arrival, { ...body, state, to, household, answeredBy: actor.person, closedOn }),
    ]);
  },
});

/** Whether they can belong to an organization: people to a CO, VO or LSO that stands, an organization below one of a higher tier. */
export function takesIn({ tier, status }: Organization, { tier: comes }: Pick<Arrival, 'tier'>): boolean {
  if (!stands(status)) return false;
  return comes === null ? tier === 'co' || tier === 'vo' || tier === 'lso' : standsBelow(comes, tier);
}

/** What the server says in the one book and the other while it carries an offer. `kinds` are those whose pages can go. */
export function carrying(kinds: ReadonlyMap<string, AnyKind>) {
  const of = (name: string): AnyKind => {
    const known = kinds.get(name);
    if (!known) throw new Error(`no register keeps ${name}`);
    return known;
  };
  const kindName = z.string().check(z.refine((name) => kinds.has(name)));
  const page = z.strictObject({ kind: kindName, id: idShape });

  /** The server tells the receiving office of an offer, again where its answer can no longer be carried out. */
  const announce = command({
    name: 'transfers.announce',
    nature: 'witness',
    input: z.strictObject(toldFields),
    reads: (input) => [
      readIndex(arrivalKind, 'transfer', arrivalKey(input)),
      readIndex(organizationKind, 'parent', rootKey),
    ],
    mayRun: isServer,
    decide: (pages, input) => {
      const root = pages.page(organizationKind, 'parent', rootKey)[0];
      if (!root) return refuse('transfers.no-root');
      const before = pages.page(arrivalKind, 'transfer', arrivalKey(input))[0];
      const told = {
        state: 'offered',
        to: null,
        household: null,
        answeredBy: null,
        closedOn: null,
        owner: root.id,
      } as const;
      const body: Arrival = { ...input, ...told };
      return accept([before ? update(arrivalKind, before.id, body) : create(arrivalKind, body)]);
    },
  });

  /** The server tells the giving office that nothing came of an offer, or the receiving one that it was taken back. */
  const close = command({
    name: 'transfers.close',
    nature: 'witness',
    input: z.strictObject({ transfer: idShape, why: z.nullable(z.enum(reasons)) }),
    reads: ({ transfer }) => [read(transferKind, transfer)],
    mayRun: isServer,
    decide: (pages, { transfer, why }, { on }) => {
      const { body } = pages.get(transferKind, transfer);
      if (!isOpen(body)) return accept([]);
      const state = why === null ? ('taken-back' as const) : ('declined' as const);
      return accept([update(transferKind, transfer, { ...body, state, why, closedOn: on })]);
    },
  });
  const withdraw = command({
    name: 'transfers.withdraw',
    nature: 'witness',
    input: z.strictObject({ arrival: idShape }),
    reads: ({ arrival }) => [read(arrivalKind, arrival)],
    mayRun: isServer,
    decide: (pages, { arrival }, { on }) => {
      const { body } = pages.get(arrivalKind, arrival);
      if (body.state !== 'offered' && body.state !== 'accepted') return accept([]);
      return accept([update(arrivalKind, arrival, { ...body, state: 'withdrawn' as const, closedOn: on })]);
    },
  });

  /** The giving office's half of the way: pages leave its book, and what they were worth until today stays in its figures. */
  const letGo = command({
    name: 'transfers.let-go',
    nature: 'witness',
    input: z.strictObject({
      transfer: idShape,
      /** The organization that they leave, where they were when they went. */
      from: idShape,
      pages: z.array(page),
      /** The office's own pages that belonged to an organization which goes. */
      behind: z.array(page),
      /** Roles over organizations that go. */
      grants: z.array(idShape),
    }),
    reads: ({ transfer, pages, behind, grants }) => [
      read(transferKind, transfer),
      readIndex(organizationKind, 'parent', rootKey),
      ...[...pages, ...behind].map(({ kind, id }) => read(of(kind), id)),
      ...grants.map((grant) => read(grantKind, grant)),
    ],
    mayRun: isServer,
    decide: (found, { transfer, from, pages, behind, grants }, { on }) => {
      const { body } = found.get(transferKind, transfer);
      const root = found.page(organizationKind, 'parent', rootKey)[0];
      if (body.state !== 'offered' || !root) return refuse('transfers.not-open');
      const facts = pages.flatMap(({ kind, id }): readonly Fact[] => of(kind).measure(found.get(of(kind), id).body));
      const gone: Transfer = { ...body, state: 'gone', closedOn: on, past: pastOf(facts, on) };
      return accept([
        ...behind.map(({ kind, id }): Change => {
          const { transfer: goes } = of(kind);
          const left = found.get(of(kind), id).body;
          return update(of(kind), id, goes && 'behind' in goes ? goes.behind(left, root.id) : left);
        }),
        ...grants.map((grant) => update(grantKind, grant, { ...found.get(grantKind, grant).body, until: on })),
        ...pages.map(({ kind, id }) => remove(of(kind), id)),
        update(transferKind, transfer, {
          ...gone,
          ...(behind.some(({ id }) => id === transfer) && { owner: root.id }),
        }),
        depart({
          about: body.about,
          kind: body.kind,
          names: body.names,
          from,
          to: null,
          office: { office: body.office, names: body.officeNames },
        }),
      ]);
    },
  });

  /** The receiving office's half: the pages stand in its book, under the ids they always had. */
  const bringIn = command({
    name: 'transfers.bring-in',
    nature: 'witness',
    input: z.strictObject({
      arrival: idShape,
      pages: z.array(z.strictObject({ kind: kindName, id: idShape, body: z.unknown() })),
    }),
    reads: ({ arrival, pages }, found) => {
      const to = found.maybe(arrivalKind, arrival)?.body.to ?? null;
      return [
        read(arrivalKind, arrival),
        ...pages.map(({ kind, id }) => readIfAny(of(kind), id)),
        ...(to === null ? [] : [readIndex(organizationKind, 'parent', to)]),
      ];
    },
    mayRun: isServer,
    decide: (found, { arrival, pages }, { on }) => {
      const { body } = found.get(arrivalKind, arrival);
      if (body.state !== 'accepted' || body.to === null) return refuse('transfers.not-open');
      const wrong = pages.find(({ kind, body: page }) => !of(kind).shape.safeParse(page).success);
      if (wrong) return refuse('book.bad-form', { where: wrong.id });
      if (pages.some(({ kind, id }) => found.maybe(of(kind), id))) return refuse('transfers.here-already');
      const comes = pages.find(({ id }) => id === body.about)?.body as Organization | Person;
      const number = body.kind === 'organization' ? comes.number : null;
      const twin = found
        .page(organizationKind, 'parent', body.to)
        .some(({ body: other }) => other.number === number && other.tier === body.tier && stands(other.status));
      return accept([
        ...pages.map((page) => arrive(of(page.kind), page.id, page.body)),
        update(arrivalKind, arrival, { ...body, state: 'arrived' as const, closedOn: on }),
        ...(twin && number !== null ? [flag('organizations.same-number', { number }, body.about, body.to)] : []),
      ]);
    },
  });

  return { announce, close, withdraw, letGo, bringIn };
}

/** The server keeps the list of LSOs in the district's book. */
export const listLso = command({
  name: 'transfers.list-lso',
  nature: 'witness',
  input: z.strictObject({ office: z.int(), names: z.nullable(namesShape) }),
  reads: ({ office }) => [
    readIndex(listedLsoKind, 'office', String(office)),
    readIndex(organizationKind, 'parent', rootKey),
  ],
  mayRun: isServer,
  decide: (pages, { office, names }) => {
    const before = pages.page(listedLsoKind, 'office', String(office))[0];
    // It keeps its book elsewhere now, or no longer.
    if (names === null) return accept(before ? [remove(listedLsoKind, before.id)] : []);
    const root = pages.page(organizationKind, 'parent', rootKey)[0];
    if (!root) return refuse('transfers.no-root');
    const body = { office, names, owner: root.id };
    return accept([before ? update(listedLsoKind, before.id, body) : create(listedLsoKind, body)]);
  },
});

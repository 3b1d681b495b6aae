import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { findIn, searchKey } from '../../../kernel/words.ts';
import { standsOver } from '../../../platform/access/reach.ts';
import type { Actor } from '../../../platform/access/role.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { Field } from '../../../platform/design/phone/field.tsx';
import { Empty } from '../../../platform/design/phone/notice.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type Organization, organizationKind, stands } from '../../organizations/organization.ts';
import { ownOrganizations } from '../../organizations/phone/own-organizations.ts';
import { sayOrganization } from '../../organizations/say-organization.ts';

/** Lists up to this long are read through; a longer one is searched. */
const readThrough = 8;
const shownAtMost = 40;

/** Where she may write somebody down: organizations of her own that stand. */
export function homesWithin(copy: Copy): readonly Kept<Organization>[] {
  return ownOrganizations(copy).filter(
    ({ id, body }) =>
      stands(body.status) &&
      (body.tier === 'co' || body.tier === 'vo' || body.tier === 'lso') &&
      standsOver(copy.actor.grants, id, copy.tree()),
  );
}

/** Who sees two organizations at once: she can say that somebody went from one to the other. */
export function mayMove(actor: Actor): boolean {
  return actor.grants.some(({ role }) => role === 'vo-bearer' || role === 'lso-bearer');
}

type OrganizationPickProps = {
  readonly choices: readonly Kept<Organization>[];
  readonly picked: string | null;
  readonly onPick: (id: string) => void;
};

/** COs first, each with the VO it belongs to: many COs share a name. */
export function OrganizationPick({ choices, picked, onPick }: OrganizationPickProps): VNode {
  const words = useWords();
  const { copy } = useOffice();
  const [search, setSearch] = useState('');
  const typed = searchKey(search);
  const numberAbove = ({ body }: Kept<Organization>) =>
    (body.parent === null ? undefined : copy.get<Organization>(organizationKind, body.parent)?.body.number) ?? 0;
  const found = choices
    .filter(
      ({ id, body: { names } }) =>
        search.trim() === '' || id === picked || findIn(searchKey(names.sd, names.ur, names.en), typed) > 0,
    )
    .sort(
      (a, b) =>
        Number(b.body.tier === 'co') - Number(a.body.tier === 'co') ||
        numberAbove(a) - numberAbove(b) ||
        (a.body.number ?? 0) - (b.body.number ?? 0),
    )
    .slice(0, shownAtMost);
  const above = ({ body }: Kept<Organization>) => {
    const parent = body.parent === null ? undefined : copy.get<Organization>(organizationKind, body.parent);
    if (body.tier !== 'co') return words.say('moves.in-no-co');
    return parent && words.say('organizations.belongs-to', { name: sayOrganization(words, parent.body) });
  };
  return (
    <>
      {choices.length > readThrough && (
        <Field type="search" label={words.say('moves.search')} value={search} onInput={setSearch} />
      )}
      {found.length === 0 ? (
        <Empty icon="people" title={words.say('moves.nowhere')}>
          <p>{words.say('moves.nowhere-help')}</p>
        </Empty>
      ) : (
        <ul class="rows">
          {found.map((kept) => (
            <li key={kept.id}>
              <TouchRow
                icon={kept.body.tier === 'co' ? 'household' : 'office'}
                pressed={picked === kept.id}
                note={above(kept)}
                onClick={() => onPick(kept.id)}
              >
                {sayOrganization(words, kept.body)}
              </TouchRow>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

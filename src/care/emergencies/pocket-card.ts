import { organizationKind } from '../../federation/organizations/organization.ts';
import { sayOrganization } from '../../federation/organizations/say-organization.ts';
import { nameIn } from '../../kernel/names.ts';
import { inForce } from '../../platform/book/rule.ts';
import { bind } from '../../platform/print/bind.ts';
import { formatLeaf } from '../../platform/print/leaf.ts';
import type { PrintedDocument } from '../../platform/print/printed.ts';
import { type Facility, facilityKind, inSeekingOrder } from './facility.ts';
import { inCallingOrder, providerCallRule, providerKind } from './provider.ts';

/** Cards on one sheet of A4. */
const cardsOnSheet = 8;

/**
 * The numbers of the night for a wallet, for leaders with and without a smartphone: who drives, and which hospital or blood bank answers. It names no
 * woman, so a neighbour's vehicle stands by its village and never by whose it is.
 */
export const pocketCard: PrintedDocument = {
  name: 'card',
  leaf: 2,
  where: 'inside',
  forBearers: false,
  kinds: [providerKind, facilityKind, organizationKind],
  compose: (source, words) => {
    const organizations = new Map([...source.all(organizationKind)].map(({ id, body }) => [id, body]));
    const rule = inForce(providerCallRule, source.rules(), source.today);
    const vehicles = inCallingOrder(source.all(providerKind), null, rule).map(({ body }) => {
      const vo = body.vo === null ? undefined : organizations.get(body.vo);
      const neighbour = words.say('emergencies.kind-neighbour');
      return {
        name:
          body.type === 'neighbour'
            ? vo
              ? words.say('emergencies.card-neighbour', { place: sayOrganization(words, vo) })
              : neighbour
            : nameIn(body.names, words.language),
        number: words.phone(body.number),
      };
    });
    const facilities = [...source.all(facilityKind)];
    const hospitals = [...inSeekingOrder(facilities), ...facilities.filter(({ body }) => body.type === 'blood-bank')];
    return bind(source, words, words.say('emergencies.card-title'), [
      {
        form: 'cards',
        says: '',
        copies: cardsOnSheet,
        parts: [
          { says: words.say('emergencies.transport'), lines: vehicles },
          {
            says: words.say('emergencies.hospital'),
            lines: hospitals.flatMap(({ body }: { readonly body: Facility }) =>
              body.number === null
                ? []
                : [{ name: nameIn(body.names, words.language), number: words.phone(body.number) }],
            ),
          },
        ].filter(({ lines }) => lines.length > 0),
        address: source.origin + formatLeaf({ document: 2, page: 1, record: source.root }),
      },
    ]);
  },
  opens: () => '/emergencies/numbers',
};

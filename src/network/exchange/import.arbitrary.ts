import fc from 'fast-check';
import { anyText, type Proposals, type Sight, someId } from '../../platform/book/proposal.arbitrary.ts';
import { importedKinds } from './import-record.ts';
import { importLists } from './list-columns.ts';

const rows = fc.nat({ max: 40 });
/** Kinds whose pages name others: what one of them names has been built on. */
const naming = [...importedKinds.keys(), 'grant', 'phone', 'tenure', 'estimate', 'on-call', 'emergency', 'call-list'];

/**
 * What an import has made and nobody has built on: the server looks that up before it takes anything back. What has been changed
 * since is among it: a phone may have changed it while the line was on its way.
 */
function whatItMade(sight: Sight): readonly { readonly kind: string; readonly id: string }[] {
  const said = naming.map((kind) => sight.ids(kind).map((id) => [id, JSON.stringify(sight.record(kind, id)?.body)]));
  return ['household', 'person', 'person-contact', 'consent', 'donor', 'donor-contact', 'place'].flatMap((kind) =>
    sight.ids(kind).flatMap((id) => {
      const isNamed = said.flat().some(([other, body]) => other !== id && body?.includes(`"${id}"`));
      return isNamed ? [] : [{ kind, id }];
    }),
  );
}

export const proposals: Proposals = {
  'exchange.begin-import': (sight) =>
    fc.record({
      list: fc.constantFrom(...importLists),
      broughtBy: fc.option(anyText),
      leaveOf: fc.option(someId(sight, 'person')),
      rows,
      leftOut: rows,
      owner: someId(sight, 'organization'),
    }),
  'exchange.finish-import': (sight) => fc.record({ import: someId(sight, 'import'), entered: rows }),
  'exchange.take-back': (sight) => fc.record({ records: fc.subarray([...whatItMade(sight)]) }),
  'exchange.finish-taking-back': (sight) => fc.record({ import: someId(sight, 'import'), stayed: rows }),
};

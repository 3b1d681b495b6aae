import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { TouchRow } from '../../../platform/design/phone/button.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { householdKind } from '../../people/household.ts';
import { sayHeadParent } from '../../people/phone/people-words.tsx';

type HouseholdPickProps = {
  /** The organization whose households are shown. */
  readonly owner: string | null;
  /** Null: hers is not written down. Undefined: not answered yet. */
  readonly picked: string | null | undefined;
  readonly onPick: (household: string | null) => void;
};

/** In which household somebody lives from now on, or that it is not written down. */
export function HouseholdPick({ owner, picked, onPick }: HouseholdPickProps): VNode {
  const words = useWords();
  const { copy } = useOffice();
  const households = useMemo(
    () => [...copy.all(householdKind)].filter(({ body }) => body.owner === owner && !body.left),
    [copy, copy.changes, owner],
  );
  return (
    <>
      <TouchRow boxed icon="help" pressed={picked === null} onClick={() => onPick(null)}>
        {words.say('moves.household-unwritten')}
      </TouchRow>
      <ul class="rows">
        {households.map(({ id, body }) => (
          <li key={id}>
            <TouchRow
              icon="household"
              pressed={picked === id}
              note={sayHeadParent(words, body)}
              onClick={() => onPick(id)}
            >
              {nameIn(body.head, words.language)}
            </TouchRow>
          </li>
        ))}
      </ul>
    </>
  );
}

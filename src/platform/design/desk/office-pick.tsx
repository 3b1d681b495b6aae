import type { VNode } from 'preact';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import type { OfficeId } from '../../../kernel/ids.ts';
import { type Names, nameIn } from '../../../kernel/names.ts';
import { findIn, fold, searchKey } from '../../../kernel/words.ts';
import { compareNames } from '../../languages/collation.ts';
import { useWords } from '../../languages/phone/words-context.tsx';
import { Button } from '../phone/button.tsx';

export type PickableOffice = {
  readonly office: OfficeId;
  readonly names: Names;
  /** What it stands below: its district. */
  readonly below: Names | null;
};

/** So many are offered at once; a few letters bring the others. */
const mostOffered = 8;

/** Which office, by its name in any spelling: nobody need know its number. One that stands alone is taken by itself. */
export function OfficePick({
  label,
  offices,
  picked,
  onPick,
}: {
  readonly label: string;
  readonly offices: readonly PickableOffice[];
  readonly picked: OfficeId | null;
  readonly onPick: (office: OfficeId | null) => void;
}): VNode {
  const words = useWords();
  const id = useId();
  const [typed, setTyped] = useState('');
  const only = offices.length === 1 ? offices[0] : undefined;
  useEffect(() => {
    if (only && picked === null) onPick(only.office);
  }, [only?.office, picked]);
  const searchable = useMemo(() => {
    const compare = compareNames(words.language);
    return offices
      .map((one) => ({
        one,
        shown: nameIn(one.names, words.language),
        key: searchKey(...[one.names, one.below].flatMap((names) => (names ? [names.en, names.sd, names.ur] : []))),
      }))
      .sort((a, b) => compare(a.shown, b.shown));
  }, [offices, words.language]);
  const wanted = fold(typed) === '' ? null : searchKey(typed);
  const found = searchable.filter(({ key }) => wanted === null || findIn(key, wanted) > 0);
  const chosen = searchable.find(({ one }) => one.office === picked);
  const below = ({ below }: PickableOffice) => below && <small class="below">{nameIn(below, words.language)}</small>;
  if (offices.length === 0) return <p class="note">{words.say('design.no-office')}</p>;
  if (chosen)
    return (
      <fieldset class="field office-pick" aria-label={label}>
        <span class="label">{label}</span>
        <p class="chosen">
          <b class="name">{chosen.shown}</b>
          {below(chosen.one)}
          {!only && <Button onClick={() => onPick(null)}>{words.say('design.another-office')}</Button>}
        </p>
      </fieldset>
    );
  const many = offices.length > mostOffered;
  const offered = (
    <ul>
      {found.slice(0, mostOffered).map(({ one, shown }) => (
        <li key={one.office}>
          <button type="button" class="offer" onClick={() => onPick(one.office)}>
            {shown}
            {below(one)}
          </button>
        </li>
      ))}
    </ul>
  );
  // A few are read quicker than a letter is typed.
  if (!many)
    return (
      <fieldset class="field office-pick" aria-label={label}>
        <span class="label">{label}</span>
        {offered}
      </fieldset>
    );
  return (
    <div class="field office-pick">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="search"
        dir="auto"
        autocomplete="off"
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      {offered}
      <output for={id}>
        {found.length === 0
          ? words.say('design.no-office-so')
          : found.length > mostOffered && words.say('design.more-offices', { count: found.length - mostOffered })}
      </output>
    </div>
  );
}

import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { nameIn } from '../../../kernel/names.ts';
import type { Actor } from '../../../platform/access/role.ts';
import type { Copy } from '../../../platform/book/copy.ts';
import type { Kept } from '../../../platform/book/kind.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { useWriting } from '../../../platform/book/phone/writing.ts';
import { Button, TouchRow } from '../../../platform/design/phone/button.tsx';
import type { IconName } from '../../../platform/design/phone/icon.tsx';
import { Icon } from '../../../platform/design/phone/icon.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Empty, Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import type { Words } from '../../../platform/languages/say.ts';
import { sayParent } from '../../people/phone/people-words.tsx';
import { type Arrival, arrivalKind, type Goer, isOpen, type Transfer, transferKind } from '../transfer.ts';

export const pictureOf: Readonly<Record<Goer, IconName>> = {
  person: 'people',
  household: 'household',
  organization: 'office',
};
const closedAtMost = 40;

/** The LSO's bearers answer who comes; they and the VOs' bearers see who goes. */
export function answersArrivals(actor: Actor): boolean {
  return actor.grants.some(({ role }) => role === 'lso-bearer');
}

/** How many wait for an answer of this office. */
export function arrivalsWaiting(copy: Copy): number {
  return [...copy.all(arrivalKind)].filter(({ body }) => body.state === 'offered').length;
}

export function sayArrival(words: Words, { state, officeNames, offeredOn, closedOn }: Arrival): string {
  const lso = nameIn(officeNames, words.language);
  switch (state) {
    case 'offered':
      return words.say('transfers.comes-from', { lso, on: offeredOn });
    case 'accepted':
      return words.say('transfers.accepted');
    case 'declined':
      return words.say('transfers.declined');
    case 'withdrawn':
      return words.say('transfers.withdrawn', { lso });
    case 'arrived':
      return words.say('transfers.arrived', { on: closedOn ?? offeredOn });
  }
}

function sayTransfer(words: Words, { state, why, officeNames, offeredOn, closedOn }: Transfer): string {
  const lso = nameIn(officeNames, words.language);
  const on = closedOn ?? offeredOn;
  if (state === 'offered') return words.say('transfers.waits', { lso });
  if (state === 'taking-back') return words.say('transfers.taking-back');
  if (state === 'gone') return words.say('transfers.went', { lso, on });
  if (state === 'taken-back' || why === null) return words.say('transfers.taken-back', { on });
  if (why === 'holds-post') return words.say('transfers.held-post');
  if (why === 'here-already') return words.say('transfers.there-already', { lso });
  return words.say(`transfers.${why}`, { lso });
}

function withParent(words: Words, who: Parameters<typeof sayParent>[1], how: string): string {
  return [sayParent(words, who), how].filter((part) => part !== null).join(' · ');
}

/** All that wait, then what was closed last, as far as a page is read. */
function inOrder<T extends { readonly closedOn: string | null; readonly offeredOn: string }>(
  pages: Iterable<Kept<T>>,
  isWaiting: (body: T) => boolean,
): readonly Kept<T>[] {
  const sorted = [...pages].sort((a, b) =>
    (a.body.closedOn ?? a.body.offeredOn) < (b.body.closedOn ?? b.body.offeredOn) ? 1 : -1,
  );
  const waiting = sorted.filter(({ body }) => isWaiting(body));
  return [...waiting, ...sorted.filter(({ body }) => !isWaiting(body)).slice(0, closedAtMost)];
}

/** Who wants to come from another LSO, and who goes to one. */
export function TransfersPage(): VNode {
  const words = useWords();
  const { copy, back, go } = useOffice();
  const { said, busy, put } = useWriting();
  const coming = useMemo(
    () => inOrder<Arrival>(copy.all(arrivalKind), ({ state }) => state === 'offered'),
    [copy, copy.changes],
  );
  const going = useMemo(() => inOrder<Transfer>(copy.all(transferKind), isOpen), [copy, copy.changes]);
  return (
    <Page title={words.say('transfers.title')} back={back} help={words.say('transfers.help')}>
      {said && <Notice>{said}</Notice>}
      {coming.length + going.length === 0 && (
        <Empty icon="linkage" title={words.say('transfers.nobody')}>
          <p>{words.say('transfers.help')}</p>
        </Empty>
      )}
      {coming.length > 0 && (
        <div class="head">
          <h2>{words.say('transfers.coming')}</h2>
          <Waiting count={coming.filter(({ body }) => body.state === 'offered').length} />
        </div>
      )}
      <ul class="rows">
        {coming.map(({ id, body }) => (
          <li key={id}>
            <TouchRow
              icon={pictureOf[body.kind]}
              note={withParent(words, body, sayArrival(words, body))}
              onClick={() => go(`/transfers/${id}`)}
            >
              {nameIn(body.names, words.language)}
            </TouchRow>
          </li>
        ))}
      </ul>
      {going.length > 0 && (
        <div class="head">
          <h2>{words.say('transfers.going')}</h2>
          <Waiting count={going.filter(({ body }) => isOpen(body)).length} />
        </div>
      )}
      <ul class="rows">
        {going.map(({ id, body }) => {
          const name = nameIn(body.names, words.language);
          return (
            <li key={id}>
              <div class="row">
                <Icon name={pictureOf[body.kind]} />
                <span class="n">
                  {name}
                  <small>{withParent(words, body, sayTransfer(words, body))}</small>
                </span>
                {body.state === 'offered' && (
                  <Button
                    icon="undo"
                    busy={busy}
                    onClick={() =>
                      void put(
                        'transfers.take-back',
                        { transfer: id },
                        words.say('transfers.taken-back-done', { name }),
                      )
                    }
                  >
                    {words.say('transfers.take-back')}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </Page>
  );
}

/** How many of a list wait for an answer; nothing where none does. */
function Waiting({ count }: { readonly count: number }): VNode | null {
  const words = useWords();
  return count === 0 ? null : <Ltr>{words.number(count)}</Ltr>;
}

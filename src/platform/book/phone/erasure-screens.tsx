import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { type Names, nameIn, namesShape } from '../../../kernel/names.ts';
import { ActionRow, Button, TouchRow } from '../../design/phone/button.tsx';
import { Tag } from '../../design/phone/marks.tsx';
import { Empty, Notice } from '../../design/phone/notice.tsx';
import { Page, Question } from '../../design/phone/page.tsx';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { Copy } from '../copy.ts';
import { type Erasure, erasureKind } from '../erasure.ts';
import { type Screen, useOffice } from './office.tsx';

/** Whose page it is, as the page itself says; null where it names nobody. */
function nameOn(copy: Copy, kind: string, id: string): Names | null {
  for (const record of copy.byKind(kind)) {
    if (record.id !== id) continue;
    const { names, head } = record.body as { readonly names?: unknown; readonly head?: unknown };
    const read = namesShape.safeParse(names ?? head);
    return read.success ? (read.data as Names) : null;
  }
  return null;
}

function isBearer(copy: Copy): boolean {
  return copy.actor.grants.some(({ role }) => role === 'lso-bearer');
}

/** She asks to be taken out: what that means, and the one thing to touch. */
function AskErasure({ params }: { readonly params: Readonly<Record<string, string>> }): VNode {
  const words = useWords();
  const { copy, back, go, me, write, offerUndo } = useOffice();
  const [said, setSaid] = useState<string | null>(null);
  const { kind = '', id = '' } = params;
  const names = nameOn(copy, kind, id);
  const known = copy.find<Erasure>(erasureKind, 'subject', id).find(({ body }) => body.state === 'asked');
  if (!names)
    return (
      <Page title={words.say('book.erasure')} back={back}>
        <Notice>{words.say('book.erasure-no-page')}</Notice>
      </Page>
    );
  const name = nameIn(names, words.language);
  const ask = async () => {
    const written = await write('book.ask-erasure', { kind, subject: id, owner: me.root });
    if (!written.written) return setSaid(words.say('book.erasure-not-asked'));
    offerUndo(written, words.say('book.erasure-asked', { name }));
    go('/erasure', 'instead');
  };
  return (
    <Page
      title={words.say('book.erasure')}
      subtitle={name}
      back={back}
      help={words.say('book.erasure-help')}
      foot={
        isBearer(copy) &&
        !known && (
          <ActionRow>
            <Button kind="go" icon="erase" onClick={() => void ask()}>
              {words.say('book.erasure-ask')}
            </Button>
          </ActionRow>
        )
      }
    >
      <Question spoken={words.say('book.erasure-question', { name })}>
        {words.say('book.erasure-question', { name })}
      </Question>
      {said && <Notice>{said}</Notice>}
      <ul class="rows">
        {(['goes', 'joined', 'day', 'figures', 'ever'] as const).map((what) => (
          <li key={what}>
            <div class="row">
              <span class="n">{words.say(`book.erasure-${what}`)}</span>
            </div>
          </li>
        ))}
      </ul>
      {known && (
        <TouchRow boxed icon="late" onClick={() => go('/erasure')}>
          {words.say('book.erasure-waits')}
        </TouchRow>
      )}
      {!isBearer(copy) && <Notice tone="calm">{words.say('book.erasure-by-bearer')}</Notice>}
    </Page>
  );
}

/** Who asked to be erased: the wishes that can still be taken back, and the days on which somebody went. */
function Erasures(): VNode {
  const words = useWords();
  const { copy, back, today, write, offerUndo } = useOffice();
  const all = [...copy.all<Erasure>(erasureKind)].sort((a, b) => (a.body.askedOn < b.body.askedOn ? 1 : -1));
  const asked = all.filter(({ body }) => body.state === 'asked');
  const done = all.filter(({ body }) => body.state === 'done');
  const takeBack = async (id: string, name: string) =>
    offerUndo(await write('book.take-erasure-back', { erasure: id }), words.say('book.erasure-taken-back', { name }));
  return (
    <Page title={words.say('book.erasures')} back={back} help={words.say('book.erasure-help')}>
      {all.length === 0 && <Empty icon="done" title={words.say('book.erasures-none')} />}
      <ul class="rows">
        {asked.map(({ id, body }) => {
          const names = nameOn(copy, body.kind, body.subject);
          const name = names ? nameIn(names, words.language) : words.say('book.erasure-somebody');
          return (
            <li key={id}>
              <div class="row">
                <span class="n">
                  <bdi>{name}</bdi>
                  <small>{words.say('book.erasure-asked-on', { on: body.askedOn })}</small>
                </span>
                {isBearer(copy) && (
                  <Button icon="undo" onClick={() => void takeBack(id, name)}>
                    {words.say('book.erasure-take-back')}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
        {done.map(({ id, body }) => (
          <li key={id}>
            <div class="row">
              <span class="n">
                {words.say('book.erasure-somebody')}
                <small>{words.say('book.erasure-gone')}</small>
              </span>
              <Tag icon="done">{words.relativeDay(body.doneOn ?? today, today)}</Tag>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}

export const erasureScreens: readonly Screen[] = [
  { path: '/erasure', component: Erasures },
  { path: '/erasure/:kind/:id', component: AskErasure },
];

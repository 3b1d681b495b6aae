import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { carriedForwardKind } from '../../../federation/office/carried-forward.ts';
import { toLatinDigits } from '../../../kernel/digits.ts';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { ActionRow, Button } from '../../../platform/design/phone/button.tsx';
import { Field, PickGrid } from '../../../platform/design/phone/field.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { Page } from '../../../platform/design/phone/page.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { carriedFigures } from '../carry-forward.ts';

type Figure = (typeof carriedFigures)[number];
const isOwn = (figure: string): figure is Figure => carriedFigures.some((own) => own === figure);

/** What the old books say: a number, its page, who told it. It is counted apart, and every report says so. */
export function BeforeOtaq(): VNode {
  const words = useWords();
  const { copy, back, me, today, write, offerUndo } = useOffice();
  const [figure, setFigure] = useState<Figure | null>(null);
  const [count, setCount] = useState('');
  const [page, setPage] = useState('');
  const [told, setTold] = useState('');
  const [said, setSaid] = useState<string | null>(null);
  const carried = [...copy.all(carriedForwardKind)].filter(({ body }) => isOwn(body.figure));
  const number = Number(toLatinDigits(count).replace(/\D/g, '') || '0');
  async function save(): Promise<void> {
    try {
      const done = await write('emergencies.carry-forward', {
        figure,
        count: number,
        until: today,
        bookPage: page.trim(),
        toldBy: told.trim(),
        owner: me.root,
      });
      if (!done.written) return setSaid(words.sayRefusal(done.refusal));
      back();
      offerUndo(done, words.say('emergencies.carried-written', { count: number }));
    } catch {
      setSaid(words.say('emergencies.not-saved'));
    }
  }
  return (
    <Page
      title={words.say('emergencies.before')}
      back={back}
      help={words.say('emergencies.before-help')}
      foot={
        <ActionRow>
          <Button
            kind="go"
            icon="done"
            disabled={figure === null || number === 0 || page.trim() === '' || told.trim() === ''}
            onClick={() => void save()}
          >
            {words.say('emergencies.write')}
          </Button>
        </ActionRow>
      }
    >
      {said && <Notice>{said}</Notice>}
      <PickGrid
        label={words.say('emergencies.before')}
        picked={figure}
        onPick={setFigure}
        choices={carriedFigures.map((value) => ({ value, label: words.say(`emergencies.figure-${value}`) }))}
      />
      <Field label={words.say('emergencies.before-count')} numeric value={count} onInput={setCount} />
      <Field label={words.say('emergencies.before-page')} value={page} onInput={setPage} />
      <Field label={words.say('emergencies.before-told')} value={told} onInput={setTold} />
      <ul class="rows">
        {carried.map(({ id, body: { figure, ...body } }) => (
          <li key={id}>
            <div class="row">
              <span class="n">
                {isOwn(figure) && words.say(`emergencies.figure-${figure}`)}
                <small>{words.say('emergencies.before-line', { page: body.bookPage, name: body.toldBy })}</small>
              </span>
              <Ltr>{words.number(body.count)}</Ltr>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}

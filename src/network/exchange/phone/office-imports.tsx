import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useOffice } from '../../../platform/book/phone/office.tsx';
import { Button } from '../../../platform/design/phone/button.tsx';
import { Ltr } from '../../../platform/design/phone/isolated.tsx';
import { Notice } from '../../../platform/design/phone/notice.tsx';
import { useWords } from '../../../platform/languages/phone/words-context.tsx';
import { type ImportPage, importKind } from '../import-record.ts';

/** As many as are shown; older ones stand in the book. */
const shown = 8;

/**
 * The lists that were brought into the office from files: who, what, when, how many. A bearer gives her leave for one here; `askLeave`
 * makes the code with network, and answers null where the office refuses it.
 */
export function OfficeImports({ askLeave }: { readonly askLeave: () => Promise<string | null> }): VNode | null {
  const words = useWords();
  const { copy } = useOffice();
  const [leave, setLeave] = useState<string | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const imports = [...copy.all<ImportPage>(importKind)].sort((a, b) => (a.body.on < b.body.on ? 1 : -1));
  const mayGive = copy.actor.grants.some(({ role }) => role === 'lso-bearer');
  if (imports.length === 0 && !mayGive) return null;

  async function give(): Promise<void> {
    setBusy(true);
    setSaid(null);
    try {
      const made = await askLeave();
      if (made === null) setSaid(words.say('access.not-allowed'));
      else setLeave(made);
    } catch {
      setSaid(words.say('exchange.leave-offline'));
    }
    setBusy(false);
  }
  const by = ({ broughtBy, leaveOf }: ImportPage) => {
    const who = broughtBy ?? words.say('exchange.by-operator');
    return leaveOf === null ? who : `${who}, ${words.say('exchange.with-leave')}`;
  };
  return (
    <>
      <div class="head">
        <h2>{words.say('exchange.imports')}</h2>
        <Ltr>{words.number(imports.length)}</Ltr>
      </div>
      <ul class="rows">
        {imports.slice(0, shown).map(({ id, body }) => (
          <li key={id}>
            <div class="row">
              <span class="n">
                <b>{words.say(`exchange.list.${body.list}`)}</b>
                <small>
                  {body.entered === null
                    ? words.say('exchange.being-brought', { on: body.on, by: by(body) })
                    : body.takenBackOn === null
                      ? words.say('exchange.brought', { on: body.on, by: by(body), entered: body.entered })
                      : words.say('exchange.taken-back', { on: body.takenBackOn, stayed: body.stayed })}
                </small>
              </span>
            </div>
          </li>
        ))}
      </ul>
      {mayGive && (
        <>
          {said && <Notice>{said}</Notice>}
          <p class="muted">{words.say('exchange.leave-what')}</p>
          {leave === null ? (
            <Button icon="key" busy={busy} onClick={() => void give()}>
              {words.say('exchange.leave-make')}
            </Button>
          ) : (
            <Notice tone="good" icon="key">
              <p>{words.say('exchange.leave')}</p>
              <p class="fig leave">
                <Ltr>
                  {leave.slice(0, 5)} {leave.slice(5)}
                </Ltr>
              </p>
            </Notice>
          )}
        </>
      )}
    </>
  );
}

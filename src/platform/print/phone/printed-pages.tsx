import './print.css';
import type { VNode } from 'preact';
import { encode } from 'uqr';
import { Ltr } from '../../design/phone/isolated.tsx';
import { AjrakBorder } from '../../design/phone/page.tsx';
import { directionOf } from '../../languages/language.ts';
import { useWords } from '../../languages/phone/words-context.tsx';
import type { CardsPage, FactsPage, Printed, PrintedCell, PrintedPage, RegisterPage, Written } from '../printed.ts';

/** A square that a camera reads. It is drawn in black whatever the light of the phone. */
function Code({
  address,
  says,
  of,
}: {
  readonly address: string;
  readonly says: string;
  readonly of: 'leaf' | 'head';
}): VNode {
  const squares = encode(address, { ecc: 'M', border: 1 }).data;
  const path = squares.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg class={`${of}-code`} viewBox={`0 0 ${squares.length} ${squares.length}`} role="img" aria-label={says}>
      <path d={path} />
    </svg>
  );
}

function Shown({ written }: { readonly written: Written }): VNode {
  return typeof written === 'string' ? <bdi>{written}</bdi> : <Ltr>{written.ltr}</Ltr>;
}

function Masthead({ printed, page }: { readonly printed: Printed; readonly page: PrintedPage }): VNode {
  const words = useWords();
  return (
    <div class="masthead">
      <div>
        <p class="title">{printed.title}</p>
        <p>
          <b>{printed.office}</b> <span class="soft">{printed.dated}</span>
        </p>
      </div>
      <div class="finds">
        <Code of="leaf" address={page.address} says={words.say('print.code')} />
        <p class="soft">{page.says}</p>
      </div>
    </div>
  );
}

function Cell({ cell }: { readonly cell: PrintedCell }): VNode | null {
  if (cell === null) return null;
  return (
    <>
      <Shown written={cell.text} />
      {cell.note && (
        <small>
          <Shown written={cell.note} />
        </small>
      )}
    </>
  );
}

function Register({ page }: { readonly page: RegisterPage }): VNode {
  return (
    <table class="book-page">
      <thead>
        <tr>
          {page.columns.map(({ head, width }) => (
            <th scope="col" key={head} class={width}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {page.rows.map((row, line) => (
          <tr key={line}>
            {row.map((cell, at) => (
              <td key={page.columns[at]?.head} class={page.columns[at]?.width}>
                <Cell cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Facts({ page }: { readonly page: FactsPage }): VNode {
  return (
    <>
      <div class="figures">
        {page.figures.map(({ figure, says }) => (
          <div key={says}>
            <p class="figure">
              <Shown written={figure} />
            </p>
            <p>{says}</p>
          </div>
        ))}
      </div>
      <dl class="told">
        {page.lines.map(({ says, value }) => (
          <div key={says}>
            <dt>{says}</dt>
            <dd>
              <Shown written={value} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Cards({ printed, page }: { readonly printed: Printed; readonly page: CardsPage }): VNode {
  const numbers = page.parts.reduce((sum, { lines }) => sum + lines.length, 0);
  // As on the server, what does not fit is set smaller.
  const size = numbers > 12 ? ' many' : numbers > 6 ? ' full' : '';
  return (
    <div class="cards">
      {Array.from({ length: page.copies }, (_, copy) => (
        <div class={`card${size}`} key={copy}>
          <Masthead printed={printed} page={page} />
          {page.parts.map(({ says, lines }) => (
            <div class="part" key={says}>
              <p class="says">{says}</p>
              {lines.map(({ name, number }) => (
                <p class="dial" key={`${name} ${number}`}>
                  <bdi>{name}</bdi> <Ltr>{number}</Ltr>
                </p>
              ))}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** The pages of a document as the browser prints them, A4; on the screen each is a small picture of itself. */
export function PrintedPages({ printed }: { readonly printed: Printed }): VNode {
  const words = useWords();
  return (
    <div class="printed" lang={printed.language} dir={directionOf(printed.language)}>
      {printed.pages.map((page) => (
        <section class={`sheet-a4 ${page.form}`} key={page.address} aria-label={page.says || printed.title}>
          <div class="on-sheet">
            {page.form === 'cards' ? (
              <Cards printed={printed} page={page} />
            ) : (
              <>
                <AjrakBorder />
                <Masthead printed={printed} page={page} />
                {page.form === 'register' ? <Register page={page} /> : <Facts page={page} />}
                {printed.head && (
                  <div class="head-of-book">
                    <Code of="head" address={printed.head.address} says={words.say('print.head-code')} />
                    <p>
                      {printed.head.says} <Ltr>{printed.head.digits}</Ltr>
                    </p>
                  </div>
                )}
              </>
            )}
          </div>
        </section>
      ))}
    </div>
  );
}

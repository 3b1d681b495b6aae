import type { ComponentChildren, VNode } from 'preact';
import { formatBloodGroup, formatPhone } from '../../languages/format.ts';
import { useWords } from '../../languages/phone/words-context.tsx';

/** Whatever is read from left to right: groups, phones, amounts, percents, ids. Without it "(O+)" turns into "(+O)". */
export function Ltr({
  children,
  class: extra,
}: {
  readonly children: ComponentChildren;
  readonly class?: string;
}): VNode {
  return (
    <bdi dir="ltr" class={extra ? `ltr ${extra}` : 'ltr'}>
      {children}
    </bdi>
  );
}

/** `B−`, with the true minus sign. */
export function BloodGroup({ group }: { readonly group: string }): VNode {
  return <Ltr class="grp">{formatBloodGroup(group)}</Ltr>;
}

/** `0300 000 0101`; with `call` it can be dialled. */
export function PhoneNumber({ number, call }: { readonly number: string; readonly call?: boolean }): VNode {
  const { digits } = useWords();
  const written = <Ltr class="nowrap">{formatPhone(number, digits)}</Ltr>;
  return call ? (
    <a class="link" href={`tel:${number.replace(/[^\d+]/g, '')}`}>
      {written}
    </a>
  ) : (
    written
  );
}

type FigureProps = {
  /** A number is grouped and written in the reader's digits; text is shown as it is. */
  readonly value: number | string;
  /** What it counts, for those who hear the page; the caller shows it beside the figure. */
  readonly what?: string;
  /** Where it opens. A figure that opens is underlined. */
  readonly href?: string;
  readonly onOpen?: () => void;
  readonly class?: string;
};

/** The largest thing on a page. */
export function Figure({ value, what, href, onOpen, class: extra }: FigureProps): VNode {
  const words = useWords();
  const written = typeof value === 'number' ? words.number(value) : value;
  const shown = <Ltr>{written}</Ltr>;
  const style = `fig${extra ? ` ${extra}` : ''}`;
  const label = what && { 'aria-label': words.say('design.opens', { figure: written, what }) };
  if (href)
    return (
      <a class={`${style} opens`} href={href} {...label}>
        {shown}
      </a>
    );
  if (onOpen)
    return (
      <button type="button" class={`${style} opens`} onClick={onOpen} {...label}>
        {shown}
      </button>
    );
  return <span class={style}>{shown}</span>;
}

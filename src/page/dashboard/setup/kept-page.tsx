/** A page for things that are set up once: a list, a form to create or change one, and a way to delete it. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useDashboard } from "../api/context.ts";
import type { Resource } from "../api/use-resource.ts";
import { Confirm } from "../ui/confirm.tsx";
import { Failure } from "../ui/failure.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { type KeptWords, WORDS } from "./words.ts";

export type FormProps<Item> = {
  readonly item: Item | null;
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
};

type Props<Item extends { readonly id: string }> = {
  readonly words: KeptWords;
  readonly icon: IconName;
  readonly items: Resource<Item[]>;
  readonly nameOf: (item: Item) => string;
  /** Under the name, and beside it. */
  readonly describe: (item: Item) => ComponentChildren;
  readonly beside: (item: Item) => ComponentChildren;
  readonly form: (props: FormProps<Item>) => ComponentChildren;
  readonly remove: (item: Item) => Promise<unknown>;
  /** Further actions on an item. */
  readonly more?: (item: Item) => ComponentChildren;
};

type Open<Item> =
  | { readonly kind: "form"; readonly item: Item | null }
  | { readonly kind: "delete"; readonly item: Item };

export function KeptPage<Item extends { readonly id: string }>(props: Props<Item>) {
  const { words, icon, items, nameOf, form, remove } = props;
  const { title, about, first, one, add } = words;
  const { say, may } = useDashboard();
  const [open, setOpen] = useState<Open<Item> | null>(null);
  const close = () => setOpen(null);
  const done = (said: string) => {
    say(said);
    close();
    void items.reload();
  };
  return (
    <>
      <PageHead title={title} about={about}>
        {may("admin") && (
          <button type="button" class="button primary" onClick={() => setOpen({ kind: "form", item: null })}>
            <Icon name="plus" />
            {add}
          </button>
        )}
      </PageHead>
      <div class="stack">
        <Failure error={items.error} />
        {items.value === null && items.error === null && <WaitingLines />}
        {items.value?.length === 0 && (
          <div class="card empty">
            <Icon name={icon} size={28} />
            <h2>{WORDS.none(one)}</h2>
            <p>{first}</p>
            {may("admin") && (
              <button type="button" class="button" onClick={() => setOpen({ kind: "form", item: null })}>
                {add}
              </button>
            )}
          </div>
        )}
        {items.value !== null && items.value.length > 0 && (
          <Items {...props} all={items.value} mayChange={may("admin")} onOpen={setOpen} />
        )}
      </div>
      {open?.kind === "form" && form({ item: open.item, onDone: done, onClose: close })}
      {open?.kind === "delete" && (
        <Confirm
          title={WORDS.deleteTitle(one)}
          action={WORDS.delete}
          isDangerous
          onClose={close}
          run={async () => {
            await remove(open.item);
            await items.reload();
            done(WORDS.deleted(nameOf(open.item)));
          }}
        >
          {WORDS.deleteAbout(nameOf(open.item))}
        </Confirm>
      )}
    </>
  );
}

type ItemsProps<Item extends { readonly id: string }> = Props<Item> & {
  readonly all: readonly Item[];
  readonly mayChange: boolean;
  readonly onOpen: (open: Open<Item>) => void;
};

const Items = <Item extends { readonly id: string }>(props: ItemsProps<Item>) => (
  <ul class="card kept">
    {props.all.map((item) => (
      <li key={item.id}>
        <div class="grow">
          <div class="title">{props.nameOf(item)}</div>
          <div class="faint small wrap">{props.describe(item)}</div>
        </div>
        <div class="soft">{props.beside(item)}</div>
        <div class="row">
          {props.more?.(item)}
          {props.mayChange && (
            <>
              <button
                type="button"
                class="button small"
                aria-label={WORDS.changeLabel(props.nameOf(item))}
                onClick={() => props.onOpen({ kind: "form", item })}
              >
                {WORDS.change}
              </button>
              <button
                type="button"
                class="button small danger"
                aria-label={WORDS.deleteLabel(props.nameOf(item))}
                onClick={() => props.onOpen({ kind: "delete", item })}
              >
                {WORDS.delete}
              </button>
            </>
          )}
        </div>
      </li>
    ))}
  </ul>
);

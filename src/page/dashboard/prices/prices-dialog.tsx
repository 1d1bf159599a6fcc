/** A provider's price lists: one is shown, to read, to change or to delete. */

import { useId, useState } from "preact/hooks";
import { CallbatchError, type PriceList, type Provider } from "../../../client/client.ts";
import { useDashboard } from "../api/context.ts";
import { NotDone } from "../api/failure-words.ts";
import { useResource } from "../api/use-resource.ts";
import { Form } from "../setup/form.tsx";
import { dayOf } from "../text/days.ts";
import { dateOnly, plural } from "../text/format.ts";
import { Confirm, type ConfirmProps } from "../ui/confirm.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Failure } from "../ui/failure.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { linesOf, textOf } from "./price-lines.ts";
import { EXAMPLE, WORDS } from "./words.ts";

type Props = { readonly provider: Provider; readonly onClose: () => void };

export function PricesDialog({ provider, onClose }: Props) {
  const { client, may } = useDashboard();
  const lists = useResource(`prices ${provider.id}`, () => client.listPrices(provider.id));
  if (lists.value !== null && may("admin"))
    return <PricesForm provider={provider} lists={lists.value} onClose={onClose} />;
  return (
    <Dialog title={WORDS.title(provider.label)} closing="freely" onClose={onClose}>
      <Failure error={lists.error} />
      {lists.value === null && lists.error === null && <WaitingLines />}
      {lists.value?.length === 0 && <p class="soft">{WORDS.none}</p>}
      {lists.value?.map((list) => (
        <section key={list.valid_from}>
          <h3>{nameOf(list)}</h3>
          <pre class="small">{textOf(list)}</pre>
        </section>
      ))}
    </Dialog>
  );
}

const nameOf = ({ valid_from, currency, rates }: PriceList): string =>
  `From ${dateOnly(valid_from)} · ${currency} · ${plural(rates.length, "price")}`;

type FormProps = Props & { readonly lists: readonly PriceList[] };
type Asked = Pick<ConfirmProps, "title" | "children" | "action" | "run">;
type Edited = { readonly from: string; readonly currency: string; readonly lines: string };

const editedOf = (list: PriceList | undefined, currency: string): Edited => ({
  from: list?.valid_from ?? dayOf(Date.now()),
  currency: list?.currency ?? currency,
  lines: list === undefined ? "" : textOf(list),
});

function PricesForm({ provider, lists, onClose }: FormProps) {
  const { client, say } = useDashboard();
  const [shown, setShown] = useState(lists[0]?.valid_from ?? "");
  const [edited, setEdited] = useState(() => editedOf(lists[0], ""));
  const [isTried, setTried] = useState(false);
  const { rates, places, wrongLine } = linesOf(edited.lines);
  const edit = (part: Partial<Edited>) => setEdited((before) => ({ ...before, ...part }));
  const show = (from: string) => {
    setShown(from);
    const list = lists.find(({ valid_from }) => valid_from === from);
    setEdited(editedOf(list, lists[0]?.currency ?? ""));
  };
  const done = (said: string) => {
    say(said);
    onClose();
  };
  const [asked, setAsked] = useState<Asked | null>(null);
  const put = async () => {
    const list = { valid_from: edited.from, currency: edited.currency, rates: [...rates] };
    // One that begins on another day now has moved.
    const moved = shown !== "" && shown !== edited.from ? { replaces: shown } : {};
    await client.setPrices(provider.id, { ...list, ...moved }).catch((error) => {
      throw atLine(error, places);
    });
    done(WORDS.saved(provider.label));
  };
  /** Another list that begins on that day would go without a word. */
  const save = async () => {
    if (shown === edited.from || lists.every(({ valid_from }) => valid_from !== edited.from)) return put();
    const title = WORDS.replaceTitle(dateOnly(edited.from));
    setAsked({ title, children: WORDS.replaceAbout, action: WORDS.replace, run: put });
    throw new NotDone(WORDS.taken, "");
  };
  const askToRemove = () =>
    setAsked({
      title: WORDS.removeTitle,
      children: WORDS.removeAbout(dateOnly(shown), lists.at(-1)?.valid_from === shown),
      action: WORDS.remove,
      run: async () => {
        await client.deletePrices(provider.id, shown);
        done(WORDS.removed);
      },
    });
  const fault = wrongLine !== null && isTried ? WORDS.wrongLine(wrongLine) : null;
  return (
    <>
      <Form
        title={WORDS.title(provider.label)}
        kind="wide"
        action={WORDS.save}
        isReady={wrongLine === null && rates.length > 0}
        save={save}
        onClose={onClose}
      >
        <p class="soft">{WORDS.about}</p>
        {lists.length > 0 && (
          <SelectField label={WORDS.list} value={shown} onValue={show}>
            {lists.map((list) => (
              <option key={list.valid_from} value={list.valid_from}>
                {nameOf(list)}
              </option>
            ))}
            <option value="">{WORDS.add}</option>
          </SelectField>
        )}
        <div class="columns">
          <TextField
            label={WORDS.from}
            hint={WORDS.fromHint}
            type="date"
            value={edited.from}
            onValue={(from) => edit({ from })}
            isRequired
          />
          <TextField
            label={WORDS.currency}
            placeholder="EUR"
            value={edited.currency}
            onValue={(currency) => edit({ currency: currency.toUpperCase().trim() })}
            isRequired
          />
        </div>
        <LinesField
          value={edited.lines}
          fault={fault}
          onValue={(lines) => edit({ lines })}
          onLeave={() => setTried(true)}
        />
        {shown !== "" && (
          <div>
            <button type="button" class="button small danger" onClick={askToRemove}>
              {WORDS.remove}
            </button>
          </div>
        )}
      </Form>
      {asked !== null && <Confirm {...asked} isDangerous onClose={() => setAsked(null)} />}
    </>
  );
}

/** What is wrong with a price is said of its line. */
function atLine(error: unknown, places: readonly number[]): unknown {
  const [issue] = error instanceof CallbatchError ? (error.envelope?.issues ?? []) : [];
  const place = /^rates\[(\d+)\]/.exec(issue?.path ?? "")?.[1];
  if (issue === undefined || place === undefined) return error;
  return new NotDone(WORDS.line(places[Number(place)] ?? 0), issue.message);
}

type LinesProps = {
  readonly value: string;
  readonly fault: string | null;
  readonly onValue: (lines: string) => void;
  readonly onLeave: () => void;
};

function LinesField({ value, fault, onValue, onLeave }: LinesProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{WORDS.lines}</label>
      <textarea
        id={id}
        class="input"
        rows={8}
        placeholder={EXAMPLE}
        value={value}
        spellcheck={false}
        aria-invalid={fault !== null}
        aria-describedby={`${id}-about`}
        onInput={(event) => onValue(event.currentTarget.value)}
        onBlur={onLeave}
      />
      <div id={`${id}-about`} class={fault === null ? "hint" : "fault"}>
        {fault ?? WORDS.linesHint}
      </div>
    </div>
  );
}

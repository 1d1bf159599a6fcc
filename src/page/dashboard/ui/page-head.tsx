/** A page's title. It gets the focus when the page opens, so that a screen reader begins there. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";

type Props = {
  readonly title: string;
  readonly about?: ComponentChildren;
  readonly back?: { readonly href: string; readonly label: string };
  /** After the title. */
  readonly beside?: ComponentChildren;
  /** Its actions have a row of their own, so that what the title and its line say moves none of them. */
  readonly isTall?: boolean;
  /** Actions on this page. */
  readonly children?: ComponentChildren;
};

export function PageHead({ title, about, back, beside, isTall = false, children }: Props) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title} · callbatch`;
  }, [title]);
  return (
    <header class={`page-head ${isTall ? "tall" : ""}`}>
      <div>
        {back !== undefined && (
          <a class="crumb" href={back.href}>
            <Icon name="back" size={14} />
            {back.label}
          </a>
        )}
        <div class="row">
          <h1 ref={ref} tabIndex={-1}>
            {title}
          </h1>
          {beside}
        </div>
        {about !== undefined && <p>{about}</p>}
      </div>
      {children !== undefined && <div class="row">{children}</div>}
    </header>
  );
}

/** Asks before people are called without calling hours: how late at night a phone could ring. */

import { useEffect, useState } from "preact/hooks";
import { Confirm } from "../ui/confirm.tsx";
import { type Callees, latestRing, latestRingWords } from "./latest-ring.ts";
import { WORDS } from "./words.ts";

/** Empty until the table of numbers is loaded, or if it cannot be. */
function useZones(numbers: Callees["numbers"]): readonly string[] {
  const [zones, setZones] = useState<readonly string[]>([]);
  useEffect(() => {
    let isWanted = true;
    void import("../../../window/zones-of-number.ts").then(
      ({ zonesOfCallee }) => {
        const found = new Set(numbers.flatMap(({ to_number, timezone }) => zonesOfCallee(to_number, timezone)));
        if (isWanted) setZones([...found]);
      },
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [numbers]);
  return zones;
}

type Props = { readonly callees: Callees; readonly onAllow: () => void; readonly onClose: () => void };

export function AnyHour({ callees, onAllow, onClose }: Props) {
  const zones = useZones(callees.numbers);
  return (
    <Confirm
      title={WORDS.anyHourTitle}
      action={WORDS.anyHourAction}
      isDangerous
      onClose={onClose}
      run={async () => onAllow()}
    >
      <p>{latestRingWords(latestRing(zones, callees.startsAt, callees.endsAt))}</p>
      <p>{WORDS.anyHourAbout}</p>
    </Confirm>
  );
}

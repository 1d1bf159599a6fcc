/**
 * Phone numbers formatted for people. The library with each country's format is loaded after the page; until then a
 * number is shown as it is.
 */

import { useEffect, useState } from "preact/hooks";

type Numbers = typeof import("./phone-numbers.ts");

let loaded: Numbers | null = null;

export function usePhoneNumbers(): Numbers | null {
  const [numbers, setNumbers] = useState(loaded);
  useEffect(() => {
    if (numbers !== null) return;
    const known = (read: Numbers) => {
      loaded = read;
      setNumbers(() => read);
    };
    void import("./phone-numbers.ts").then(known, () => {});
  }, [numbers]);
  return numbers;
}

export function usePhoneFormat(): (number: string) => string {
  const numbers = usePhoneNumbers();
  return (number) => numbers?.international(number) ?? number;
}

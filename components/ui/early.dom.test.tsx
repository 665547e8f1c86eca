import { act, cleanup } from "@testing-library/react";
import { useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, expect, test } from "vitest";
import { Checkbox, RadioGroup } from "@/components/form/checkbox";
import { Select } from "@/components/form/select";
import { TextArea, TextInput } from "@/components/form/text-input";

const OPTIONS = [
  { value: "a", label: "甲" },
  { value: "b", label: "乙" },
];

/** A form that says what it knows, and is drawn anew at every change. */
function Form() {
  const [known, setKnown] = useState({ line: "", text: "", list: "a", box: false, radio: "a" });
  const put = (patch: Partial<typeof known>) => setKnown((before) => ({ ...before, ...patch }));
  return (
    <form>
      <TextInput value={known.line} onChange={(event) => put({ line: event.target.value })} />
      <TextArea value={known.text} onChange={(event) => put({ text: event.target.value })} />
      <Select
        options={OPTIONS}
        value={known.list}
        onChange={(event) => put({ list: event.target.value })}
      />
      <Checkbox
        label="勾"
        checked={known.box}
        onChange={(event) => put({ box: event.target.checked })}
      />
      <RadioGroup
        legend="选"
        name="radio"
        options={OPTIONS}
        value={known.radio}
        onChange={(event) => put({ radio: event.target.value })}
      />
      <output>{JSON.stringify(known)}</output>
    </form>
  );
}

const field = <T extends HTMLElement>(selector: string) => {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(selector);
  return found;
};

afterEach(cleanup);

async function sent(before: () => void): Promise<unknown> {
  document.body.innerHTML = renderToString(<Form />);
  before();
  const root = await act(async () => hydrateRoot(document.body, <Form />));
  const known: unknown = JSON.parse(field("output").textContent ?? "");
  const shown = {
    line: field<HTMLInputElement>("form > span > input").value,
    text: field<HTMLTextAreaElement>("textarea").value,
    list: field<HTMLSelectElement>("select").value,
    box: field<HTMLInputElement>("[type=checkbox]").checked,
    radio: field<HTMLInputElement>("[type=radio]:checked").value,
  };
  expect(shown).toEqual(known);
  act(() => root.unmount());
  return known;
}

test("what was typed and chosen before the page listened is known, and stays", async () => {
  const known = await sent(() => {
    field<HTMLInputElement>("form > span > input").value = "早";
    field<HTMLTextAreaElement>("textarea").value = "更早";
    field<HTMLSelectElement>("select").value = "b";
    field<HTMLInputElement>("[type=checkbox]").checked = true;
    field<HTMLInputElement>('[type=radio][value="b"]').checked = true;
  });
  expect(known).toEqual({ line: "早", text: "更早", list: "b", box: true, radio: "b" });
});

test("nothing is told where nothing was touched", async () => {
  const known = await sent(() => undefined);
  expect(known).toEqual({ line: "", text: "", list: "a", box: false, radio: "a" });
});
